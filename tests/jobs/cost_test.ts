import { assertEquals } from "@std/assert";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { countingKv } from "../support/kv_doubles.ts";
import { roundTrips } from "../support/round_trips.ts";
import { dataOf, openTalk } from "../support/talk.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

/** A conversation, and what an event in it costs: commits, and calls to the channel and the group. */
async function open(options: DeskOptions = {}) {
  const { wrap: wrapKv, commits } = countingKv();
  const talk = await openTalk({ ...options, wrapKv });
  const { desk } = talk;
  const costOf = async (event: () => unknown) => {
    const { length } = desk.telegram.calls;
    commits.length = 0;
    await event();
    await desk.settled();
    const to = (chatId: number) =>
      desk.telegram.calls.slice(length)
        .filter(({ method, payload }) => payload.chat_id === chatId && !method.startsWith("get"))
        .map(({ method }) => method).join(" ");
    return { commits: commits.length, channel: to(desk.channel.id), group: to(desk.group.id) };
  };
  return { ...talk, costOf };
}

Deno.test("a message of a standing customer costs two commits and one call, an answer no more", async () => {
  const { desk, maria, costOf } = await open();
  await using _ = desk;
  const chat = desk.chatOf(maria);
  const message = { commits: 2, channel: "", group: "copyMessage" };
  const answer = { commits: 2, channel: "", group: "" };
  assertEquals(await costOf(() => maria.sends(chat, "espero agora")), message);
  assertEquals(await costOf(() => maria.sends(chat, "e mais")), message);
  assertEquals(await costOf(() => desk.ana.comments(desk.cardOf(maria), "pronto")), answer);
  assertEquals(await costOf(() => desk.ana.comments(desk.cardOf(maria), "e mais")), answer);
});

Deno.test("what a message or an answer needs to be known is asked of the database together", async () => {
  const { wrap: wrapKv, asked, clear } = roundTrips();
  const { desk, maria, writes, says } = await openTalk({ wrapKv });
  await using _ = desk;
  await writes("espero agora");
  clear();
  await writes("e mais");
  assertEquals(asked.toSorted(), [
    "commit",
    "commit",
    "get conversation doubt settings",
    "get conversation lease served-by settings",
    "get conversation pause root settings",
    "list job",
    "list job",
  ]);
  clear();
  await says(desk.ana, "pronto");
  assertEquals(asked.toSorted(), [
    "commit",
    "commit",
    "get agent conversation settings",
    "get conversation membership pause",
    "get customer-by-root lease settings",
    "list job",
    "list job",
    "list parked",
  ]);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "pronto");
});

Deno.test("what is received is acknowledged after two ways to the database: one to ask, one to write", async () => {
  const { wrap: wrapKv, rounds, clear } = roundTrips();
  const { desk, writes, says } = await openTalk({ wrapKv });
  await using _ = desk;
  /** What was asked one after the other until the first commit. */
  const untilReceipt = async (event: () => unknown) => {
    clear();
    await event();
    const last = rounds.findIndex((asked) => asked.includes("commit"));
    return rounds.slice(0, last + 1).map((asked) => asked.toSorted());
  };
  assertEquals(await untilReceipt(() => writes("espero agora")), [
    ["get conversation lease served-by settings", "list job"],
    ["commit"],
  ]);
  const answer = [["get customer-by-root lease settings", "list job", "list parked"], ["commit"]];
  assertEquals(await untilReceipt(() => says(desk.ana, "pronto")), answer);
});

Deno.test("first contact: a card, its pin without a sound or a note, the panel, the message", async () => {
  const { desk, costOf } = await open({ settings: {} });
  await using _ = desk;
  const joao = desk.customer("João");
  const { channel, group } = await costOf(() => joao.sends(desk.chatOf(joao), "oi"));
  assertEquals(channel.split(" ").toSorted(), ["deleteMessage", "pinChatMessage", "sendMessage"]);
  // Telegram pins a card's copy in the group by itself.
  assertEquals(group.split(" ").toSorted(), ["copyMessage", "sendMessage", "unpinChatMessage"]);
  const pin = desk.telegram.calls.findLast(({ method }) => method === "pinChatMessage")!;
  assertEquals(pin.payload.disable_notification, true);
  assertEquals(desk.channel.messages.filter(({ pinned_message }) => pinned_message), []);
  assertEquals(desk.group.pinned, []);
});

/** What an event costs in the channel: at most one edit of the card, and one change of its pin. */
const EVENTS: [string, string, string, string][] = [
  ["an assignment", "/assign", "editMessageText", "sendMessage deleteMessage"],
  ["a priority", "/priority 4", "editMessageText", "sendMessage deleteMessage"],
  ["the same priority", "/priority 1", "", "sendMessage deleteMessage"],
  ["an end", "/close", "editMessageText unpinChatMessage", "sendMessage deleteMessage"],
  ["a silent end", "/fs", "editMessageText unpinChatMessage", "sendMessage deleteMessage"],
  ["a question", "/who", "", "sendMessage"],
  ["a note", "# sempre paga em dia", "", ""],
  ["an answer", "bom dia!", "", ""],
];

for (const [what, words, channel, group] of EVENTS) {
  Deno.test(`${what} costs ${channel || "nothing"} in the channel`, async () => {
    const { desk, maria, costOf } = await open();
    await using _ = desk;
    const cost = await costOf(() => desk.ana.comments(desk.cardOf(maria), words));
    assertEquals([cost.channel, cost.group], [channel, group]);
  });
}

Deno.test("what customers do costs one edit of the card if it shows otherwise, else none", async () => {
  const { desk, maria, first, says, costOf } = await open();
  await using _ = desk;
  const chat = desk.chatOf(maria);
  const inChannel = async (event: () => unknown) => (await costOf(event)).channel;
  assertEquals(await inChannel(() => maria.edits(first, "boa tarde")), "");
  assertEquals(await inChannel(() => maria.reacts(desk.toldTo(maria)[1]!, "👍")), "");
  assertEquals(await inChannel(() => maria.sends(chat, "/terms")), "");
  assertEquals(await inChannel(() => maria.starts(desk.bot, "site")), "editMessageText");
  assertEquals(await inChannel(() => maria.starts(desk.bot, "site")), "");
  assertEquals(await inChannel(() => maria.blocks(desk.bot)), "editMessageText");
  assertEquals(await inChannel(() => maria.unblocks(desk.bot)), "editMessageText");
  maria.info.first_name = "Mariana";
  assertEquals(await inChannel(() => maria.sends(chat, "casei")), "editMessageText");
  await says(desk.ana, "/close");
  assertEquals(
    await inChannel(() => maria.sends(chat, "voltei")),
    "editMessageText pinChatMessage deleteMessage",
  );
  assertEquals(await inChannel(() => maria.sends(chat, "oi")), "");
});

Deno.test("several changes at once cost one edit", async () => {
  const { desk, maria, costOf, cardText } = await open();
  await using _ = desk;
  // They wait together, until Telegram says who gives them.
  desk.telegram.faults.next("getChatMember", { kind: "500" });
  const cost = await costOf(async () => {
    for (const words of ["/priority 2", "/assign", "/priority 5"]) {
      desk.bia.comments(desk.cardOf(maria), words);
      await desk.settled();
    }
    await desk.passes(6000);
  });
  assertEquals(cost.channel, "editMessageText");
  assertEquals(cardText().split("\n")[2], "#p5 #bia");
});

Deno.test("closed and reopened before the card could follow, it is not touched", async () => {
  const { desk, maria, costOf, isPinned, cardText } = await open();
  await using _ = desk;
  desk.telegram.faults.next("editMessageText", { kind: "429", retryAfterS: 5 });
  const cost = await costOf(async () => {
    desk.ana.comments(desk.cardOf(maria), "/fs");
    await desk.settled();
    maria.sends(desk.chatOf(maria), "ainda não!");
    await desk.settled();
    await desk.passes(6000);
  });
  assertEquals(cost.channel, "editMessageText");
  assertEquals([cardText().slice(0, 2), isPinned()], ["🟦", true]);
});

Deno.test("a press costs what a command costs, but for the command", async () => {
  const { desk, maria, costOf } = await open({ settings: {} });
  await using _ = desk;
  const panel = desk.threadOf(maria)[0] as SimulatedMessage;
  const { channel, group } = await costOf(() => {
    void desk.ana.presses(panel, dataOf(panel, "Encerrar"));
  });
  assertEquals([channel, group], ["editMessageText unpinChatMessage", "sendMessage"]);
});

Deno.test("a team that pins and unpins by hand is not fought with; its pins leave no notes on cards", async () => {
  const { desk, maria, costOf, isPinned, says } = await open();
  await using _ = desk;
  const card = desk.cardOf(maria);
  assertEquals((await costOf(() => desk.boss.unpins(card))).channel, "");
  assertEquals((await costOf(() => desk.boss.pins(card))).channel, "deleteMessage");
  assertEquals(isPinned(), true);
  desk.boss.unpins(card);
  await says(desk.ana, "/close");
  assertEquals(isPinned(), false);
  // What is no card keeps its note.
  const post = desk.boss.sends(desk.channel, "Reunião às 10h");
  assertEquals((await costOf(() => desk.boss.pins(post))).channel, "");
  assertEquals(textsOf(desk.channel.messages).includes("Reunião às 10h"), true);
});

Deno.test("where Telegram refuses a pin that changes nothing, the desk goes on", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.unproven.refusesUnchangedPins = true;
  const maria = await desk.hearsFrom("Maria");
  desk.boss.unpins(desk.cardOf(maria));
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "voltei");
  await desk.settled();
  assertEquals(desk.cardOf(maria).text!.slice(0, 2), "🟦");
  assertEquals(desk.channel.pinned, [desk.cardOf(maria).message_id]);
});
