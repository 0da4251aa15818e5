import { assert, assertEquals } from "@std/assert";
import { ODD_ANSWERS, ODD_WAITS } from "../support/odd_answers.ts";
import type { Update } from "grammy/types";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

const CHAT = { id: 5, type: "private", first_name: "x" };
const FROM = { id: 5, is_bot: false, first_name: "x" };
const MESSAGE = { message_id: 1, date: 1, chat: CHAT, from: FROM };

/** Updates that are none, each with an ID of its own. */
const ODD_UPDATES: readonly object[] = [
  { message: 5 },
  { message: null },
  { message: [] },
  { message: {} },
  { message: { ...MESSAGE, chat: 5 } },
  { message: { ...MESSAGE, from: null } },
  { message: { ...MESSAGE, date: 1e308 } },
  { message: { ...MESSAGE, message_id: -1 } },
  { message: { ...MESSAGE, text: {} } },
  { message: { ...MESSAGE, text: "x", entities: 5 } },
  { message: { ...MESSAGE, text: "x", entities: [null] } },
  { message: { ...MESSAGE, photo: {} } },
  { message: { ...MESSAGE, photo: [5] } },
  { message: { ...MESSAGE, contact: 5 } },
  { message: { ...MESSAGE, forward_origin: "x" } },
  { message: { ...MESSAGE, reply_to_message: 5 } },
  { message: JSON.parse('{"__proto__":{"chat":5}}') },
  { edited_message: "x" },
  { channel_post: 5 },
  { callback_query: 5 },
  { callback_query: { id: 5, from: FROM, data: "x" } },
  { inline_query: { id: "1", from: FROM, query: 5, offset: "" } },
  { message_reaction: { chat: CHAT, message_id: 1, date: 1, new_reaction: 5 } },
  { my_chat_member: { chat: CHAT } },
  { chat_member: { chat: CHAT, from: FROM, date: 1, old_chat_member: 5, new_chat_member: null } },
  { message: MESSAGE, edited_message: MESSAGE },
  { something_new: 5 },
  { update_id: "x", message: MESSAGE },
  { update_id: -5 },
];

/** A message as a Telegram newer than this program may tell of it: each with something unknown. */
const NEWER_MESSAGES: readonly object[] = [
  { forward_origin: { type: "starship", date: 1 } },
  { forward_origin: { type: "chat", date: 1, sender_chat: { id: 7, type: "orbit" } } },
  { external_reply: { origin: { type: "starship", date: 1 } } },
  { external_reply: { origin: { type: "hidden_user", date: 1, sender_user_name: "x" }, orbit: 5 } },
  { external_reply: {} },
  { entities: [{ type: "hologram", offset: 0, length: 2, height: 5 }] },
  { via_bot: { ...FROM, is_bot: true, thinks: [] } },
  { reply_markup: { inline_keyboard: [[{ text: "x", teleports: {} }]] } },
  { hologram: { file_id: 5 } },
];

/** The same of what else there is to tell. */
const NEWER_UPDATES: readonly object[] = [
  { message: { ...MESSAGE, chat: { id: 7, type: "orbit" } } },
  { message: { ...MESSAGE, chat: { id: -7, type: "orbit" } } },
  {
    message_reaction: {
      chat: CHAT,
      user: FROM,
      message_id: 1,
      date: 1,
      old_reaction: [],
      new_reaction: [{ type: "smell", smell: 5 }],
    },
  },
  ...["my_chat_member", "chat_member"].map((name) => ({
    [name]: {
      chat: { id: -7, type: "channel", title: "x" },
      from: FROM,
      date: 1,
      old_chat_member: { status: "left", user: FROM },
      new_chat_member: { status: "orbiting", user: FROM },
    },
  })),
];

/** Lets real time pass until something is so. */
async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadlineMs = Date.now() + 20_000;
  while (!isSo()) {
    assert(Date.now() < deadlineMs, what);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const eventsOf = (desk: TestDesk) => desk.logLines.map((line) => JSON.parse(line).event as string);

for (const body of [...ODD_ANSWERS, ...ODD_WAITS]) {
  Deno.test(`whatever is answered ${body || "nothing"}, what was to be done is done when Telegram is well again`, async () => {
    await using desk = await TestDesk.open();
    const maria = await desk.hearsFrom("Maria");
    const joao = desk.customer("João");
    desk.telegram.faults.rate({ kind: "odd answer", body }, 1);
    joao.sends(desk.chatOf(joao), "bom dia");
    const said = maria.sends(desk.chatOf(maria), "um");
    maria.edits(said, "um!");
    desk.ana.comments(desk.cardOf(maria), "dois");
    desk.boss.sends(desk.group, "/failed");
    for (let time = 0; time < 5; time++) await desk.passes(61_000);
    desk.telegram.faults.clear();
    for (let time = 0; time < 3; time++) await desk.passes(301_000);
    assertEquals(shownTo(desk, maria), ["oi", "um!"]);
    assertEquals(shownTo(desk, joao), ["bom dia"]);
    assertEquals(textsOf(desk.toldTo(maria)).at(-1), "dois");
    assert(!eventsOf(desk).some((event) => /own fault|given up|put aside/.test(event)));
    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals([health.status, (await health.json()).failed], [200, 0]);
  });
}

Deno.test("polling goes on whatever getUpdates is answered", async () => {
  await using desk = await TestDesk.open({ transport: "polling" });
  const maria = desk.customer("Maria");
  for (const body of ["<html></html>", '{"ok":true,"result":{}}', '{"ok":true}', "null"]) {
    desk.telegram.faults.next("getUpdates", { kind: "odd answer", body });
    const before = desk.telegram.calls.length;
    // The request that is held open brings this; the next one is answered so.
    maria.sends(desk.chatOf(maria), body);
    const asked = () =>
      desk.telegram.calls.slice(before).filter(({ method }) => method === "getUpdates");
    await until(() => asked().length >= 2, "it asks again");
  }
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await desk.settled();
  assertEquals(shownTo(desk, maria).at(-1), "ainda aí?");
  assertEquals(shownTo(desk, maria).length, 5);
});

for (const transport of ["webhook", "polling"] as const) {
  Deno.test(`odd updates end nothing, keep nobody waiting and come no more than three times, by ${transport}`, async () => {
    await using desk = await TestDesk.open({ transport });
    const maria = await desk.hearsFrom("Maria");
    const { update, lane } = desk.telegram.updates.at(-1)!;
    // Earlier IDs: those that follow are of what people write.
    let updateId = update.update_id - 1000;
    for (const odd of ODD_UPDATES) {
      updateId++;
      const whole = typeof odd === "object" ? { update_id: updateId, ...odd } : odd;
      desk.bot.redeliver(whole as unknown as Update, lane, 3600);
    }
    const joao = desk.customer("João");
    joao.sends(desk.chatOf(joao), "bom dia");
    await until(() => hasThread(desk, joao), "others are served");
    maria.sends(desk.chatOf(maria), "ainda aí?");
    await until(() => shownTo(desk, maria).includes("ainda aí?"), "the same chat is served");
    await desk.settled();
    assertEquals(shownTo(desk, maria), ["oi", "ainda aí?"]);
    assert(!desk.logLines.some((line) => /not accepted/.test(line)), "none is asked for again");
  });
}

Deno.test("what a newer Telegram tells of in its own way is read as far as it is known", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const { update, lane } = desk.telegram.updates.at(-1)!;
  const said = desk.telegram.updates.find((each) => each.update.message?.text === "oi")!.update;
  const newer = [
    ...NEWER_MESSAGES.map((more) => ({ message: { ...said.message, ...more } })),
    ...NEWER_UPDATES,
  ];
  // Earlier IDs: those that follow are of what people write.
  let updateId = update.update_id - 1000;
  for (const each of newer) {
    desk.bot.redeliver({ update_id: ++updateId, ...each } as Update, lane, 3600);
  }
  await desk.settled();
  assertEquals(eventsOf(desk).filter((event) => /own fault|given up|not accepted/.test(event)), []);
  assertEquals(shownTo(desk, maria).length, 1 + NEWER_MESSAGES.length);
});

/** What the bot has shown of a customer's. */
function shownTo(desk: TestDesk, customer: SimulatedUser): string[] {
  return textsOf(desk.threadOf(customer).filter(({ from }) => from?.id === desk.bot.id));
}

function hasThread(desk: TestDesk, { id }: SimulatedUser): boolean {
  return desk.group.messages.some(({ text }) => text?.split("\n")[1] === `ID ${id}`);
}
