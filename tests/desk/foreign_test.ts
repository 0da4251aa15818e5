/** Chats that are none of the desk's: the bot leaves wherever else somebody adds it, whatever happens. */
import { assert, assertEquals } from "@std/assert";
import { codeOf, NewBot } from "../support/page.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { Phone } from "../support/phone.ts";
import { refusal } from "../support/refusal.ts";
import { linkAnother, openWithMaria } from "../support/relinked.ts";
import { openTalk } from "../support/talk.ts";
import type { Call, Fault, SimulatedChat } from "../../playground/telegram/telegram.ts";

const LEFT = "left a chat that is none of the desk's";
const WORDS = "one company's desk";
/** Longer than Telegram's servers remember what they have told of a chat. */
const FORGOTTEN_MS = 66_000;

/** Rui, whom the desk does not know, and what he does. */
function strangerOf({ telegram, bot }: Pick<TestDesk, "telegram" | "bot">) {
  const rui = telegram.createUser({ firstName: "Rui", languageCode: "en" });
  const addsTo = (title: string, type: "channel" | "supergroup" = "supergroup") => {
    if (type === "supergroup") {
      const chat = telegram.createSupergroup({ title, creator: rui });
      rui.adds(chat, bot);
      return chat;
    }
    const chat = telegram.createChannel({ title, creator: rui });
    rui.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", { chat });
    return chat;
  };
  const isOut = (chat: SimulatedChat) => chat.membership(bot.user).status === "left";
  return { rui, addsTo, isOut };
}

const logged = ({ logLines }: TestDesk, chat: SimulatedChat) =>
  logLines.filter((line) => line.includes(LEFT) && line.includes(`"chatId":${chat.id}`)).length;
const said = (chat: SimulatedChat) =>
  chat.messages.filter(({ text }) => text?.includes(WORDS)).length;

const FAULTS: Fault[] = [
  { kind: "429", retryAfterS: 30 },
  { kind: "500" },
  { kind: "502" },
  { kind: "lost request" },
  { kind: "lost answer" },
  { kind: "hang", ms: 10 },
];
for (const method of ["leaveChat", "getChat"]) {
  for (const fault of FAULTS) {
    Deno.test(`a foreign chat is left, whatever becomes of the calls: ${method}, ${fault.kind}`, async () => {
      await using desk = await TestDesk.open();
      const { addsTo, isOut } = strangerOf(desk);
      desk.telegram.faults.next(method, fault, 5);
      const chat = addsTo("Festa");
      await desk.settled();
      if (method === "leaveChat" && fault.kind !== "lost answer") {
        assertEquals([isOut(chat), logged(desk, chat)], [false, 0], "said to be left too early");
      }
      await desk.restart();
      for (let minute = 0; minute < 5; minute++) await desk.passes(FORGOTTEN_MS);
      assertEquals([isOut(chat), logged(desk, chat)], [true, 1]);
      assertEquals(said(chat), 1);
    });
  }
}

Deno.test("where nothing may be said, the bot leaves without a word", async () => {
  await using desk = await TestDesk.open();
  const { addsTo, isOut } = strangerOf(desk);
  for (
    const fault of [
      refusal("Bad Request: CHAT_RESTRICTED"),
      refusal("Forbidden: CHAT_WRITE_FORBIDDEN", 403),
      { kind: "502" },
    ] as const
  ) {
    desk.telegram.faults.next("sendMessage", fault, 10);
    const chat = addsTo(fault.kind);
    await desk.passes(FORGOTTEN_MS);
    assert(isOut(chat));
  }
  // Of nothing that happens in others' chats the desk's own alarm rings.
  const health = await (await desk.app.handler(new Request("https://d.example/health"))).json();
  assertEquals(health.ok, true);
});

Deno.test("a process that is killed at any call of leaving leaves after its next start", async () => {
  for (const method of ["getChat", "sendMessage", "leaveChat"]) {
    await using desk = await TestDesk.open();
    const { addsTo, isOut } = strangerOf(desk);
    desk.telegram.faults.next(method, { kind: "hang" });
    const chat = addsTo("Festa");
    await desk.isCalling(method);
    await desk.restart();
    await desk.passes(FORGOTTEN_MS);
    assertEquals([isOut(chat), said(chat)], [true, 1], method);
  }
});

Deno.test("whoever throws the bot out first is asked nothing more", async () => {
  await using desk = await TestDesk.open();
  const { rui, addsTo } = strangerOf(desk);
  desk.telegram.faults.next("leaveChat", { kind: "502" });
  const chat = addsTo("Festa");
  await desk.settled();
  desk.telegram.removeMember(chat, desk.bot, "kicked");
  await desk.passes(FORGOTTEN_MS);
  const calls = desk.telegram.calls.length;
  await desk.passes(60 * 60_000);
  const later = desk.telegram.calls.slice(calls).filter(({ payload }) =>
    payload.chat_id === chat.id
  );
  assertEquals(later, []);
  // Added once more, it leaves once more.
  desk.telegram.addMember(chat, desk.bot);
  await desk.settled();
  assertEquals(chat.membership(desk.bot.user).status, "left");
  assert(rui.id > 0);
});

Deno.test("a basic group that becomes a supergroup meanwhile is left as such", async () => {
  await using desk = await TestDesk.open();
  const { rui, isOut } = strangerOf(desk);
  const small = desk.telegram.createGroup({ title: "Festa", creator: rui });
  desk.telegram.faults.next("leaveChat", { kind: "502" });
  rui.adds(small, desk.bot);
  await desk.settled();
  const grown = desk.telegram.upgrade(small);
  await desk.passes(FORGOTTEN_MS);
  await desk.passes(FORGOTTEN_MS);
  assert(isOut(grown));
});

Deno.test("the desk's channel and group are never left, however late Telegram says whose they are", async () => {
  await using desk = await TestDesk.open();
  const next = desk.telegram.createSupergroup({ title: "Novo", creator: desk.boss });
  const isOfNext = ({ method, payload }: Call) =>
    method === "getChat" && payload.chat_id === next.id;
  desk.telegram.faults.next(isOfNext, { kind: "502" }, 8);
  desk.telegram.link(desk.channel, next);
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  desk.telegram.addMember(next, rui);
  desk.telegram.promote(next, rui);
  rui.adds(next, desk.bot);
  await desk.settled();
  for (let minute = 0; minute < 5; minute++) await desk.passes(FORGOTTEN_MS);
  assertEquals(next.membership(desk.bot.user).status, "member");
  assertEquals(desk.group.membership(desk.bot.user).status, "administrator");
});

Deno.test("a group that becomes the desk's after the bot has said that it leaves is not left", async () => {
  await using desk = await TestDesk.open();
  const { rui } = strangerOf(desk);
  const next = desk.telegram.createSupergroup({ title: "Novo", creator: desk.boss });
  desk.telegram.addMember(next, rui);
  desk.telegram.promote(next, rui);
  desk.telegram.faults.next("leaveChat", { kind: "502" });
  rui.adds(next, desk.bot);
  await desk.settled();
  assertEquals(next.messages.filter(({ from }) => from?.id === desk.bot.id).length, 1);
  desk.telegram.link(desk.channel, next);
  // The bot cannot learn it from its channel.
  const isOfChannel = ({ method, payload }: Call) =>
    method === "getChat" && payload.chat_id === desk.channel.id;
  desk.telegram.faults.rate({ kind: "502" }, 1, isOfChannel);
  await desk.passes(60_000);
  assertEquals(next.membership(desk.bot.user).status, "member");
});

Deno.test("a group that was the desk's is not left, and what was written there arrives", async () => {
  const { desk, maria } = await openWithMaria();
  await using _ = desk;
  const former = desk.group;
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 900 });
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  await linkAnother(desk);
  await desk.minutesPass(6);
  desk.telegram.removeMember(former, desk.bot, "left");
  desk.telegram.addMember(former, desk.ana);
  desk.telegram.promote(former, desk.ana);
  desk.ana.adds(former, desk.bot);
  await desk.settled();
  await desk.minutesPass(12);
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
  assertEquals(former.membership(desk.bot.user).status, "member");
});

Deno.test("hundreds of additions meet no limit, keep nobody waiting, and are all left", async () => {
  const { desk, maria } = await openTalk({
    limits: "telegram",
    env: { PACE: "telegram" },
  });
  await using _ = desk;
  const { addsTo, isOut } = strangerOf(desk);
  const before = desk.telegram.calls.length;
  const chats = Array.from({ length: 300 }, (_, n) => addsTo(`Festa ${n}`));
  await desk.settled();
  const beganMs = desk.clock.now();
  maria.sends(desk.chatOf(maria), "tem pão?");
  await desk.until("it is shown", () => textsOf(desk.threadOf(maria)).at(-1) === "tem pão?");
  desk.ana.comments(desk.cardOf(maria), "tem!");
  await desk.until("it is read", () => textsOf(desk.toldTo(maria)).at(-1) === "tem!");
  assert(desk.clock.now() - beganMs < 10_000);
  for (let seconds = 0; !chats.every(isOut); seconds += 5) {
    assert(seconds < 600, `${chats.filter((chat) => !isOut(chat)).length} are never left`);
    await desk.passes(5000);
  }
  const refused = desk.telegram.calls.slice(before).filter(({ response }) =>
    response?.ok === false && response.error_code === 429
  );
  assertEquals(refused.length, 0);
  assertEquals(chats.filter((chat) => said(chat) !== 1), []);
});

Deno.test("added elsewhere by anybody, the bot says one line and leaves; also before it is claimed", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { addsTo, isOut } = strangerOf(desk);
  const early = addsTo("Cedo");
  await desk.settled();
  assert(isOut(early));
  const { channel, group } = await phone.setsUp();
  const foreign = [addsTo("Festa"), addsTo("Canal do Rui", "channel")];
  await desk.settled();
  assertEquals(foreign.map((chat) => [isOut(chat), said(chat)]), [[true, 1], [true, 1]]);
  for (const chat of [channel, group]) {
    assertEquals(chat.membership(desk.bot.user).status, "administrator");
  }
  assertEquals((await desk.health()).ok, true);
});

Deno.test("the channel's new group is not left because Telegram does not say whose it is", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { telegram, bot } = desk;
  const { rui, isOut } = strangerOf(desk);
  const { channel } = await phone.setsUp();
  const next = telegram.createSupergroup({ title: "Grupo novo", creator: rui });
  telegram.link(channel, next);
  const isOfNext = ({ method, payload }: Call) =>
    method === "getChat" && payload.chat_id === next.id;
  telegram.faults.next(isOfNext, { kind: "502" }, 10);
  rui.adds(next, bot);
  await desk.settled();
  assertEquals(next.membership(bot.user).status, "member");
  // Anybody's group, once asked about in vain, is left all the same.
  telegram.faults.clear();
  const party = telegram.createSupergroup({ title: "Festa", creator: rui });
  telegram.faults.next(({ payload }) => payload.chat_id === party.id, { kind: "502" });
  rui.adds(party, bot);
  await desk.settled();
  assert(isOut(party));
});

Deno.test("before anybody has claimed the desk, too, what is owed survives a restart", async () => {
  await using desk = await NewBot.start({ PUBLIC_URL: "https://desk.example" });
  const { addsTo, isOut } = strangerOf(desk);
  desk.telegram.faults.next("leaveChat", { kind: "502" });
  const chat = addsTo("Cedo");
  await desk.settled();
  assert(!isOut(chat));
  await desk.restart();
  await desk.until("it leaves", () => isOut(chat));
  desk.boss.opens(`https://t.me/padaria_bot?start=claim_${codeOf(desk)}`);
  await desk.until("the owner is told", () => desk.addresses.length > 0);
});

Deno.test("while the channel that CHANNEL_ID names cannot be seen, its group is not left", async () => {
  await using desk = await TestDesk.open({ isStarted: false });
  desk.telegram.unlink(desk.channel);
  assertEquals(await desk.app.start(), false);
  const { addsTo, isOut } = strangerOf(desk);
  const foreign = addsTo("Festa");
  desk.telegram.demote(desk.group, desk.bot);
  desk.telegram.removeMember(desk.group, desk.bot, "left");
  desk.telegram.addMember(desk.group, desk.bot);
  desk.telegram.promote(desk.group, desk.bot);
  await desk.settled();
  assert(!isOut(foreign), "left while any group may yet be the desk's");
  desk.telegram.link(desk.channel, desk.group);
  for (let minute = 0; minute < 3; minute++) await desk.passes(FORGOTTEN_MS);
  assertEquals(desk.group.membership(desk.bot.user).status, "administrator");
  assert(isOut(foreign));
});

Deno.test("the group of a desk is not left while only another desk is known", async () => {
  await using desk = await TestDesk.open({ others: ["Vendas"], isStarted: false });
  const { channel } = desk.others[0]!;
  desk.telegram.removeMember(channel, desk.bot, "left");
  // Not the owner's, whose word would do.
  const group = desk.telegram.createSupergroup({ title: "Vendas (log)", creator: desk.ana });
  desk.telegram.link(channel, group);
  await desk.app.start();
  const { addsTo, isOut } = strangerOf(desk);
  desk.telegram.addMember(group, desk.bot);
  const foreign = addsTo("Festa");
  await desk.settled();
  assertEquals(group.membership(desk.bot.user).status, "member");
  assert(isOut(foreign));
});
