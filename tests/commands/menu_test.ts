import { assert, assertEquals } from "@std/assert";
import { namesOfCommand } from "../../src/commands/command.ts";
import { TestDesk } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

const CUSTOMER = ["start", "help", "terms", "privacy", "solved"];
const AGENT = ["help", "notify", "shift"];
const ADMIN = [
  ...AGENT,
  ...["replies", "addreply", "renamereply", "delreply", "exportreplies", "importreplies"],
  ...["settings", "set", "reset", "stats", "setup", "failed"],
];
const OWNER = [
  ...[...ADMIN, "invite", "allow", "disallow"],
  ...["desks", "adddesk", "route", "renamedesk", "removedesk"],
];
const THREAD = [
  ...[
    "help",
    "close",
    "closesilent",
    "reply",
    "pix",
    "priority",
    "assign",
    "transfer",
    "tag",
    "who",
  ],
  ...["later", "undo", "ban", "unban", "shift"],
];

/** A desk, an administrator Carla with English, and what somebody is offered. */
async function open() {
  const talk = await openTalk();
  const { desk } = talk;
  const carla = desk.telegram.createUser({ firstName: "Carla", languageCode: "en" });
  desk.telegram.promote(desk.channel, carla);
  await desk.settled();
  const offered = (who: SimulatedUser, chat = desk.chatOf(who)) =>
    who.menu(desk.bot, chat).map(({ command }) => command);
  /** Portuguese menus show the Portuguese names. */
  const inPortuguese = (names: string[]) =>
    names.map((name) => namesOfCommand(name as never)[1] ?? name);
  return { ...talk, carla, offered, inPortuguese };
}

Deno.test("typing / in private shows customers, agents, administrators and the creator their own", async () => {
  const { desk, maria, carla, offered, inPortuguese } = await open();
  await using _ = desk;
  assertEquals(offered(maria), inPortuguese(CUSTOMER));
  for (const who of [carla, desk.ana, desk.boss]) who.starts(desk.bot);
  await desk.settled();
  assertEquals(offered(carla), ADMIN);
  assertEquals(offered(desk.ana), inPortuguese(AGENT));
  assertEquals(offered(desk.boss), inPortuguese(OWNER));
  // In every language of ours, and in the desk's for everybody else.
  const words = ["en", "es", "pt", "pt-br", "fr", "zh-hans"].map((languageCode) => {
    const who = desk.telegram.createUser({ firstName: "X", languageCode });
    return who.menu(desk.bot).find(({ command }) => /^(help|ajuda)$/.test(command))?.description;
  });
  assertEquals(words, ["help", "ayuda", "ajuda", "ajuda", "ajuda", "ajuda"]);
});

Deno.test("typing / in the group shows what is given in threads, to its administrators more", async () => {
  const { desk, carla, offered, inPortuguese } = await open();
  await using _ = desk;
  assertEquals(offered(desk.ana, desk.group), inPortuguese(THREAD));
  assertEquals(offered(carla, desk.group), THREAD);
  const shown = offered(desk.boss, desk.group);
  assertEquals(shown.slice(0, THREAD.length), inPortuguese(THREAD));
  assert(shown.includes("permitir") && shown.includes("ajustes") && !shown.includes("configurar"));
});

Deno.test("menus follow who is promoted, demoted, leaves and comes back, at once", async () => {
  const { desk, offered, inPortuguese } = await open();
  await using _ = desk;
  const { telegram, channel, ana } = desk;
  ana.starts(desk.bot);
  await desk.settled();
  telegram.promote(channel, ana);
  await desk.settled();
  assertEquals(offered(ana), inPortuguese(ADMIN));
  telegram.demote(channel, ana);
  await desk.settled();
  assertEquals(offered(ana), inPortuguese(AGENT));
  telegram.removeMember(channel, ana, "left");
  await desk.settled();
  assertEquals(offered(ana), inPortuguese(CUSTOMER));
  telegram.addMember(channel, ana);
  await desk.settled();
  assertEquals(offered(ana), inPortuguese(AGENT));
  telegram.promote(channel, ana);
  telegram.removeMember(channel, ana, "kicked");
  await desk.settled();
  assertEquals(offered(ana), inPortuguese(CUSTOMER));
});

Deno.test("a start that finds everything as it was registers nothing; one that finds more, that", async () => {
  const { desk, carla, offered } = await open();
  await using _ = desk;
  carla.starts(desk.bot);
  await desk.settled();
  const registered = (from: number) =>
    desk.telegram.calls.slice(from).filter(({ method }) => method === "setMyCommands").length;
  let from = desk.telegram.calls.length;
  await desk.restart();
  assertEquals(registered(from), 0);
  assertEquals(offered(carla), ADMIN);
  await desk.app.close(0);
  desk.telegram.demote(desk.channel, carla);
  from = desk.telegram.calls.length;
  await desk.restart();
  await desk.settled();
  assert(registered(from) > 0);
  assertEquals(offered(carla), AGENT);
});

Deno.test("Telegram failing, menus stay as they were, and are put right when it is over", async () => {
  const { desk, carla, offered } = await open();
  await using _ = desk;
  carla.starts(desk.bot);
  await desk.settled();
  desk.telegram.faults.rate({ kind: "500" }, 1, "getChatAdministrators");
  const dora = desk.telegram.createUser({ firstName: "Dora", languageCode: "en" });
  desk.telegram.promote(desk.channel, dora);
  await desk.settled();
  assertEquals(offered(carla), ADMIN);
  desk.telegram.faults.clear();
  dora.starts(desk.bot);
  await desk.passes(60_000);
  assertEquals([offered(carla), offered(dora)], [ADMIN, ADMIN]);
});

Deno.test("menus that Telegram does not take are tried again, and stop nothing", async () => {
  await using desk = await TestDesk.open({ isStarted: false });
  desk.telegram.faults.rate({ kind: "500" }, 1, "setMyCommands");
  await desk.app.start();
  const maria = await desk.hearsFrom("Maria");
  assertEquals(desk.toldTo(maria).length, 1);
  assertEquals(maria.menu(desk.bot), []);
  desk.telegram.faults.clear();
  await desk.passes(60_000);
  assertEquals(maria.menu(desk.bot).length, CUSTOMER.length);
});

/** Telegram takes so many more calls for menus, and then none for a while. */
function limitMenus(desk: TestDesk, { taken, forS }: { taken: number; forS: number }) {
  let calls = 0;
  let untilMs = Infinity;
  desk.telegram.faults.rate({ kind: "429", retryAfterS: forS }, 1, ({ method }) => {
    if (!/^(set|delete)MyCommands$/.test(method) || ++calls <= taken) return false;
    if (untilMs === Infinity) untilMs = desk.clock.now() + forS * 1000;
    return desk.clock.now() < untilMs;
  });
}

Deno.test("too many menus at once are waited out, and then everybody has theirs", async () => {
  const { desk, carla, offered, inPortuguese } = await open();
  await using _ = desk;
  const { telegram, channel, ana } = desk;
  for (const who of [carla, ana, desk.boss]) who.starts(desk.bot);
  await desk.settled();
  const menuCalls = () =>
    telegram.calls.filter(({ method }) => /^(set|delete)MyCommands$/.test(method)).length;
  // Nothing is taken, part of what is for all, part of one person's.
  for (const taken of [0, 3, 14]) {
    limitMenus(desk, { taken, forS: 100 });
    telegram.promote(channel, ana);
    telegram.demote(channel, carla);
    await desk.settled();
    const asked = menuCalls();
    await desk.passes(60_000);
    assertEquals(menuCalls(), asked, "it was asked again too soon");
    await desk.passes(60_000);
    assertEquals([offered(ana), offered(carla)], [inPortuguese(ADMIN), AGENT], String(taken));
    telegram.faults.clear();
    telegram.demote(channel, ana);
    telegram.promote(channel, carla);
    await desk.settled();
    assertEquals([offered(ana), offered(carla)], [inPortuguese(AGENT), ADMIN], String(taken));
  }
});

Deno.test("who leaves while Telegram takes no menus sees no command of the team's in the end", async () => {
  const { desk, offered, inPortuguese } = await open();
  await using _ = desk;
  desk.ana.starts(desk.bot);
  await desk.settled();
  limitMenus(desk, { taken: 0, forS: 30 });
  desk.telegram.removeMember(desk.channel, desk.ana, "left");
  await desk.settled();
  assertEquals(offered(desk.ana), inPortuguese(AGENT));
  await desk.passes(60_000);
  assertEquals(offered(desk.ana), inPortuguese(CUSTOMER));
});

Deno.test("menus that are half registered when the bot stops are registered whole by the next", async () => {
  const { desk, carla, offered } = await open();
  await using _ = desk;
  carla.starts(desk.bot);
  await desk.settled();
  // Those of all are taken, and nobody's own.
  limitMenus(desk, { taken: 12, forS: 3600 });
  const dora = desk.telegram.createUser({ firstName: "Dora", languageCode: "en" });
  dora.starts(desk.bot);
  desk.telegram.promote(desk.channel, dora);
  await desk.settled();
  assert(offered(dora).length < ADMIN.length);
  desk.telegram.faults.clear();
  await desk.restart();
  await desk.settled();
  assertEquals([offered(dora), offered(carla)], [ADMIN, ADMIN]);
});
