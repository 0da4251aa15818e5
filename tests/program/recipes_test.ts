/**
 * The files that operators run the bot by, tried as far as they can be without systemd and Docker:
 * the unit's command line and the image's steps run in a folder of their own, with the real program.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { VARIABLES } from "../../src/config.ts";
import { freePort } from "../support/port.ts";
import { Folder } from "../support/operator.ts";
import { until } from "../support/program.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const read = (path: string) => Deno.readTextFile(`${ROOT}/${path}`);

/** How long the program takes to stop, at most, in seconds; Docker and systemd must not be quicker. */
const STOP_S = 5;
/** What may be set besides the variables: by Deno and by systems. */
const SYSTEM = ["container", "DENO_NO_UPDATE_CHECK", "OTEL_DENO_TRACING", "HOME"];

/**
 * An environment without any of our variables, in which `deno` is the one that runs this. Only the
 * image has a user `deno`: that a folder given to it is there is what can be seen here.
 */
async function environmentIn(folder: Folder): Promise<Record<string, string>> {
  const bin = `${folder.path}/bin`;
  await Deno.mkdir(bin);
  await Deno.symlink(Deno.execPath(), `${bin}/deno`);
  await Deno.writeTextFile(`${bin}/chown`, '#!/bin/sh\n[ "$1" = deno:deno ] && [ -d "$2" ]\n', {
    mode: 0o755,
  });
  const theirs = Object.entries(Deno.env.toObject()).filter(([name]) =>
    !(VARIABLES as readonly string[]).includes(name)
  );
  const { PATH, ...others } = Object.fromEntries(theirs);
  return { ...others, PATH: `${bin}:${PATH}`, NO_COLOR: "1" };
}

function begin(command: string[], env: Record<string, string>, cwd: string): Deno.ChildProcess {
  const [program, ...args] = command;
  return new Deno.Command(program!, {
    args,
    cwd,
    env,
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a command to its end. */
async function runs(command: string[], env: Record<string, string>, cwd: string) {
  const { code, stdout, stderr } = await begin(command, env, cwd).output();
  return { code, said: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

/**
 * Starts the program as the recipe does, has `meanwhile` look at it, asks it to stop as Docker and
 * systemd do; resolves with what it has said.
 */
async function startsAndStops(
  command: string[],
  env: Record<string, string>,
  cwd: string,
  port: string,
  meanwhile: (origin: string) => Promise<void>,
): Promise<string> {
  const child = begin(command, env, cwd);
  const said = Promise.all([child.stdout, child.stderr].map((out) => new Response(out).text()));
  const origin = `http://127.0.0.1:${port}`;
  let tookMs = Infinity;
  try {
    await until("it listens", async () => {
      try {
        await (await fetch(`${origin}/health`)).body?.cancel();
        return true;
      } catch (error) {
        if (error instanceof TypeError) return false;
        throw error;
      }
    });
    await meanwhile(origin);
  } finally {
    const beganMs = Date.now();
    child.kill("SIGTERM");
    await child.status;
    tookMs = Date.now() - beganMs;
  }
  assert(tookMs < STOP_S * 1000, `stopping took ${tookMs} ms`);
  const words = (await said).join("");
  assertStringIncludes(words, '"event":"stopped"');
  return words;
}

/** A file in systemd's form: each section's settings; of a name that comes twice, all values. */
function readUnit(text: string): Record<string, Record<string, string[]>> {
  const unit: Record<string, Record<string, string[]>> = {};
  let section = "";
  for (const line of text.split("\n")) {
    const head = /^\[(\w+)\]$/.exec(line);
    if (head) unit[section = head[1]!] = {};
    else if (line !== "" && !line.startsWith("#")) {
      const [, name, value] = /^(\w+)=(.+)$/.exec(line)!;
      (unit[section]![name!] ??= []).push(value!);
    }
  }
  return unit;
}

Deno.test("the unit's command line starts the bot in its folder, and stops it in time", async () => {
  const { Service } = readUnit(await read("balcao.service")) as {
    Service: Record<string, string[]>;
  };
  const said = Object.fromEntries(
    Service.Environment!.flatMap((line) => line.split(" ")).map((each) => each.split("=")),
  ) as Record<string, string>;
  for (const name of Object.keys(said)) {
    assert([...VARIABLES, ...SYSTEM].includes(name), `nothing looks at ${name}`);
  }
  assertEquals(said.OTEL_DENO_TRACING, "false");
  assert(Number(Service.TimeoutStopSec![0]) > STOP_S);
  assert(Number(Service.LimitNOFILE![0]) >= 65_536);
  const writable = Service.ReadWritePaths![0]!.split(" ");
  const home = Service.WorkingDirectory![0]!;
  assertEquals([writable.includes(`${home}/data`), said.HOME], [true, home]);

  await using folder = await Folder.make();
  const port = String(freePort());
  const { HOME: _home, ...set } = said;
  const env = { ...await environmentIn(folder), ...set };
  for (const name of ["deno.json", "deno.lock", "main.ts", "src", "tasks"]) {
    await Deno.symlink(`${ROOT}/${name}`, `${folder.path}/${name}`);
  }
  await Deno.writeTextFile(`${folder.path}/.env`, `PORT=${port}\nHOST=127.0.0.1\n`);
  const [program, ...args] = Service.ExecStart![0]!.split(" ");
  assertEquals(program, "/usr/local/bin/deno");
  await startsAndStops([Deno.execPath(), ...args], env, folder.path, port, async (origin) => {
    assertEquals((await (await fetch(`${origin}/health`)).json()).mode, "setup");
  });
});

/** A step of a Dockerfile, its continued lines joined. */
interface Step {
  does: string;
  what: string;
}

function readDockerfile(text: string): Step[] {
  return text.replace(/^#.*\n/gm, "").replace(/\\\n\s*/g, "").split("\n").filter(Boolean)
    .map((line) => {
      const [, does, what] = /^([A-Z]+) (.+)$/.exec(line)!;
      return { does: does!, what: what! };
    });
}

/** Copies a file, or a folder with all that is in it. */
async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}

Deno.test("the image's steps, one by one, make a bot that runs and is healthy when it says so", async () => {
  await using folder = await Folder.make();
  const port = String(freePort());
  const env = await environmentIn(folder);
  /** The image's paths, here. */
  const here = (text: string) => text.replace(/(?<![\w.])\/(data|app)\b/g, `${folder.path}/$1`);
  let cwd = folder.path;
  let user = "root";
  const done: string[] = [];
  const steps = readDockerfile(await read("Dockerfile"));
  for (const { does, what } of steps) {
    done.push(does);
    switch (does) {
      case "FROM":
        assertMatch(what, /^denoland\/deno:debian-\d+\.\d+\.\d+$/);
        break;
      case "ENV":
        for (const [, name, value] of what.matchAll(/(\w+)=(\S+)/g)) {
          assert([...VARIABLES, ...SYSTEM].includes(name!), `nothing looks at ${name}`);
          env[name!] = here(value!);
        }
        break;
      case "WORKDIR":
        cwd = here(what);
        await Deno.mkdir(cwd, { recursive: true });
        break;
      case "COPY": {
        const [into, ...names] = what.split(" ").toReversed();
        for (const name of names) {
          await copy(`${ROOT}/${name}`, into === "./" ? `${cwd}/${name}` : `${cwd}/${into}`);
        }
        break;
      }
      case "RUN": {
        const { code, said } = await runs(["sh", "-c", here(what)], env, cwd);
        assertEquals(code, 0, `${what}\n${said}`);
        break;
      }
      case "USER":
        user = what;
        break;
      case "VOLUME":
        assertStringIncludes(env.KV_PATH!, here(what));
        assert((await Deno.stat(here(what))).isDirectory);
        break;
      case "EXPOSE":
        assertEquals(what, "8000");
        break;
      case "STOPSIGNAL":
        assertEquals(what, "SIGTERM");
        break;
      case "HEALTHCHECK":
      case "CMD":
        break;
      default:
        throw new Error(`nobody has tried ${does}`);
    }
  }
  assertEquals(user, "deno", "it runs as root");
  assertEquals(env.OTEL_DENO_TRACING, "false");
  assert(done.lastIndexOf("COPY") < done.indexOf("USER"), "the bot may write its own code");

  // As `docker compose exec` is told to on the page about servers.
  const examined = await runs(["deno", "task", "doctor"], env, cwd);
  assertEquals(examined.code, 1);
  assertStringIncludes(examined.said, "BOT_TOKEN");

  const [, check] = / CMD (.+)$/.exec(steps.find(({ does }) => does === "HEALTHCHECK")!.what)!;
  const command: string[] = JSON.parse(steps.findLast(({ does }) => does === "CMD")!.what);
  Object.assign(env, { PORT: port, HOST: "127.0.0.1" });
  const isHealthy = async () => (await runs(["sh", "-c", check!], env, cwd)).code === 0;
  await startsAndStops(command, env, cwd, port, async () => {
    assertEquals(await isHealthy(), false, "a bot without a token is said to be well");
  });
  // What a bot that is well answers, is for the check alone to read.
  const well = Deno.serve(
    { hostname: "127.0.0.1", port: Number(port), onListen: () => {} },
    (request) => new Response("{}", { status: request.url.endsWith("/health") ? 200 : 404 }),
  );
  assertEquals(await isHealthy(), true);
  await well.shutdown();
});

Deno.test("what compose.yaml says of the bot fits its image and its variables", async () => {
  const steps = readDockerfile(await read("Dockerfile"));
  const step = (does: string) => steps.find((each) => each.does === does)!.what;
  const { services, volumes } = parse(await read("compose.yaml"));
  assertEquals(Object.keys(services), ["balcao"]);
  const { balcao } = services;
  assertEquals([balcao.build, balcao.env_file], [".", ".env"]);
  for (const name of Object.keys(balcao.environment)) {
    assert((VARIABLES as readonly string[]).includes(name), `nothing looks at ${name}`);
  }
  // Whatever .env says: the port that is passed on, and the volume, are those of the image.
  assertEquals(balcao.environment.PORT, step("EXPOSE"));
  assertEquals(balcao.ports, [`127.0.0.1:8000:${step("EXPOSE")}`]);
  const [volume, place] = balcao.volumes[0].split(":");
  assertEquals([volume in volumes, place], [true, step("VOLUME")]);
  assert(balcao.environment.KV_PATH.startsWith(`${place}/`));
  assertStringIncludes(step("ENV"), `KV_PATH=${balcao.environment.KV_PATH}`);
  assertEquals(balcao.restart, "unless-stopped");
  assert(parseInt(balcao.stop_grace_period) > STOP_S);
  assert(balcao.ulimits.nofile >= 65_536);
});

Deno.test("what the page on servers has one do fits the unit", async () => {
  const { Service } = readUnit(await read("balcao.service")) as {
    Service: Record<string, string[]>;
  };
  const page = await read("docs/server.md");
  const home = Service.WorkingDirectory![0]!;
  assertStringIncludes(page, `useradd --system --home-dir ${home}`);
  assertStringIncludes(page, `nologin ${Service.User![0]}\n`);
  assertStringIncludes(page, `mkdir -p ${home}/data`);
  assertStringIncludes(page, ` ${Service.ExecStart![0]!.split(" ")[0]}\n`);
});
