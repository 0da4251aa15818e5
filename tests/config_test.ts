import { assertEquals, assertStringIncludes } from "@std/assert";
import { readEnvironment } from "../src/config.ts";
import { sentenceOf } from "../src/texts/problem_sentence.ts";

const read = (env: Record<string, string>) => {
  const { problems, ...settings } = readEnvironment((name) => env[name]);
  return { ...settings, problems: problems.map(sentenceOf) };
};
const TOKEN = "123456:token-of-a-test";

Deno.test("a token is all that is needed", () => {
  const { config, listen } = read({ BOT_TOKEN: TOKEN });
  assertEquals(listen, { hostname: "0.0.0.0", port: 8000 });
  assertEquals(config, {
    botToken: TOKEN,
    botId: 123456,
    apiRoot: "https://api.telegram.org",
    webhookSecret: "77dd3b2b3d40b08ee1497b75e071ff17b29272408be57f847fda9cfb884f98a5",
    claimCode: "cc0280a9f39ec413",
    fingerprintKey: "54e39068bd6617a3150d46ab7e3629efeaf4a0ad17aa1693db5d74af62d3c51a",
    kvPath: "./data/balcao.sqlite3",
    locale: "pt-BR",
    timeZone: "America/Sao_Paulo",
    retentionDays: 90,
    pace: "telegram",
    albumQuietMs: 1000,
    logLevel: "info",
  });
});

Deno.test("everything that is wrong is named at once", () => {
  const { config, problems } = read({
    BOT_TOKEN: "nonsense",
    CHANNEL_ID: "my channel",
    PORT: "http",
    TIME_ZONE: "Brasilia",
    LOCALE: "klingon",
    RETENTION_DAYS: "0",
    PACE: "fast",
    PUBLIC_URL: "desk.example.com",
    WEBHOOK_SECRET: "with space",
    LOG_LEVEL: "loud",
  });
  assertEquals(config, null);
  for (
    const name of [
      "BOT_TOKEN",
      "CHANNEL_ID",
      "PORT",
      "TIME_ZONE",
      "LOCALE",
      "RETENTION_DAYS",
      "PACE",
      "PUBLIC_URL",
      "WEBHOOK_SECRET",
      "LOG_LEVEL",
    ]
  ) assertEquals(problems.filter((problem) => problem.startsWith(name)).length, 1, name);
});

Deno.test("a missing token is said with what to do about it", () => {
  const places: [Record<string, string>, string][] = [
    [{}, "paste its token on the program's page, opened here by the address in the program's log"],
    [{ PUBLIC_URL: "https://desk.example" }, "write its token into .env in the program's folder"],
    [{ container: "docker" }, "write its token into the .env beside compose.yaml"],
  ];
  for (const [env, place] of places) {
    const [said, ...others] = read(env).problems;
    assertStringIncludes(said!, "BOT_TOKEN is missing: ask @BotFather for a bot, ");
    assertStringIncludes(said!, place);
    assertEquals(others, []);
  }
});

Deno.test("a channel is named by number or by username", () => {
  assertEquals(read({ BOT_TOKEN: TOKEN, CHANNEL_ID: "-1001234" }).config?.channel, -1001234);
  assertEquals(read({ BOT_TOKEN: TOKEN, CHANNEL_ID: "@my_desk" }).config?.channel, "@my_desk");
});

Deno.test("Deno Deploy's production timeline has its own address and database", () => {
  const deploy = {
    BOT_TOKEN: TOKEN,
    DENO_DEPLOY: "1",
    DENO_DEPLOY_APP_SLUG: "desk",
    DENO_DEPLOY_ORG_SLUG: "acme",
  };
  const { config } = read({ ...deploy, DENO_TIMELINE: "production" });
  assertEquals(config?.publicUrl, "https://desk.acme.deno.net");
  assertEquals(config?.kvPath, undefined);
  for (const timeline of ["preview/abc", "git-branch/main", ""]) {
    const preview = read({ ...deploy, DENO_TIMELINE: timeline });
    assertEquals(preview.config, null);
  }
});

Deno.test("Telegram's own servers deliver to https only", () => {
  assertEquals(read({ BOT_TOKEN: TOKEN, PUBLIC_URL: "http://desk.example.com" }).config, null);
  const local = { TELEGRAM_API_ROOT: "http://127.0.0.1:8081/" };
  const { config } = read({ BOT_TOKEN: TOKEN, PUBLIC_URL: "http://127.0.0.1:8000/", ...local });
  assertEquals(config?.publicUrl, "http://127.0.0.1:8000");
  assertEquals(config?.apiRoot, "http://127.0.0.1:8081");
});

Deno.test("a secret in the wrong line is not repeated", () => {
  const secret = "987654:AAsecret-secret-secret";
  const { problems } = read({
    BOT_TOKEN: TOKEN,
    CHANNEL_ID: secret,
    PORT: secret,
    LOCALE: secret,
    TIME_ZONE: secret,
    PUBLIC_URL: `ftp://user:${secret}@desk.example`,
  });
  assertEquals(problems.length, 5);
  assertEquals(problems.filter((problem) => problem.includes("secret-secret")), []);
});

Deno.test("a public address has no path", () => {
  assertEquals(read({ BOT_TOKEN: TOKEN, PUBLIC_URL: "https://example.com/desk" }).problems, [
    "PUBLIC_URL must have no path: updates are received at /telegram.",
  ]);
});
