import { assertEquals } from "@std/assert";
import type { CallbackQuery, Message, MessageReactionUpdated } from "grammy/types";
import { type CommandFacts, commandFacts } from "../../../src/message/facts.ts";
import { toContent, traceOf } from "../../../src/replies/reply.ts";
import { readMessage } from "../../../src/telegram/receiving/facts/message.ts";
import { readPress } from "../../../src/telegram/receiving/facts/press.ts";
import { readReaction } from "../../../src/telegram/receiving/facts/reaction.ts";

const desk = { channelId: -1001, groupId: -1002, title: "Atendimento", isPublic: false };
const viewpoint = { desk, botId: 1, botUsername: "padaria_bot", fingerprintKey: "key" };

const bot = { id: 1, is_bot: true, first_name: "Padaria", username: "padaria_bot" };
const maria = {
  id: 7,
  is_bot: false,
  first_name: "Maria",
  last_name: "Silva",
  language_code: "en-GB",
};
const ana = { id: 8, is_bot: false, first_name: "Ana", language_code: "xx" };
const channel = { id: desk.channelId, type: "channel", title: "Atendimento" };
const group = { id: desk.groupId, type: "supergroup", title: "Log" };

const inPrivate = (more: object) =>
  readMessage(
    {
      message_id: 5,
      date: 100,
      chat: { id: 7, type: "private", first_name: "Maria" },
      from: maria,
      ...more,
    } as Message,
    viewpoint,
  );

const inGroup = (more: object) =>
  readMessage(
    {
      message_id: 50,
      date: 100,
      chat: group,
      from: ana,
      message_thread_id: 40,
      ...more,
    } as Message,
    viewpoint,
  );

/** The automatic forward of a card. */
const root = (more: object = {}) => ({
  message_id: 40,
  date: 90,
  sender_chat: channel,
  is_automatic_forward: true,
  forward_origin: { type: "channel", chat: channel, message_id: 4, date: 90 },
  text: "🟦 Maria Silva\nID 7",
  ...more,
});

Deno.test("a customer's message is read with their names, their language, and no thread", () => {
  const { place, sentMs, customer, author, wording, given, isNote, album, answered } = inPrivate({
    text: "bom dia",
    message_thread_id: 3,
  });
  assertEquals(place, { chatId: 7, messageId: 5 });
  assertEquals(sentMs, 100_000);
  assertEquals(customer, { id: 7, firstName: "Maria", lastName: "Silva" });
  assertEquals(author, { kind: "person", userId: 7, name: "Maria" });
  assertEquals(wording, { language: "en" });
  assertEquals({ given, isNote, album, answered }, {
    given: null,
    isNote: false,
    album: undefined,
    answered: undefined,
  });
});

Deno.test("a comment is read with its thread and its author, and is no customer's", () => {
  const { place, customer, author, wording } = inGroup({ text: "olá" });
  assertEquals(place, { chatId: desk.groupId, messageId: 50, rootId: 40 });
  assertEquals(customer, undefined);
  assertEquals(author, { kind: "person", userId: 8, name: "Ana" });
  assertEquals(wording, {}, "a language that nobody speaks here");
});

Deno.test("who writes for a chat is told by the chat, whatever account is named", () => {
  const filler = { from: { ...bot, username: "GroupAnonymousBot" }, text: "olá" };
  const of = (more: object) => inGroup({ ...filler, ...more }).author;
  assertEquals(of({ sender_chat: channel }), { kind: "desk", name: "Atendimento" });
  assertEquals(of({ sender_chat: group, author_signature: "Chefe" }), {
    kind: "desk",
    name: "Chefe",
  });
  assertEquals(of({ sender_chat: { ...channel, id: -1999 } }), { kind: "stranger" });
  assertEquals(of({}), { kind: "stranger" }, "another bot");
});

Deno.test("commands are found by mark or by slash; another bot's are told apart; notes begin with #", () => {
  const given = (more: object) => inGroup(more).given;
  assertEquals(given({ text: "/ban" }), { word: "ban", name: "ban" });
  assertEquals(given({ photo: [], caption: "/prioridade 3" }), {
    word: "prioridade",
    name: "priority",
  });
  assertEquals(given({ text: "/nada" }), { word: "nada" });
  assertEquals(given({ text: "/ban@outro_bot" }), "of another bot");
  assertEquals(inGroup({ text: "# só para nós" }).isNote, true);
  assertEquals(inGroup({ photo: [], caption: "#nota" }).isNote, true);
  assertEquals(inGroup({ text: "isto # não" }).isNote, false);
});

Deno.test("each message has one file: that which stands for it, not what older clients are shown", () => {
  const file = (id: string) => ({ file_id: id, file_unique_id: `u-${id}`, file_size: 9 });
  const of = (more: object) => inPrivate(more).content;
  const animation = of({ animation: file("gif"), document: file("document") });
  assertEquals(animation.file, {
    kind: "animation",
    fileId: "gif",
    uniqueId: "u-gif",
    sizeBytes: 9,
  });
  assertEquals(animation.snapshot.media, { type: "animation", fileId: "gif" });
  const live = of({ live_photo: file("live"), photo: [file("small"), file("still")] });
  assertEquals(live.snapshot.media, { type: "live_photo", fileId: "live", stillId: "still" });
  assertEquals(of({ photo: [file("small"), file("large")] }).file?.fileId, "large");
  const voice = of({ voice: file("voice") });
  assertEquals([voice.file?.kind, voice.snapshot.media], ["voice", undefined]);
  assertEquals(of({ text: "nada" }).file, undefined);
});

Deno.test("only media can be a piece of an album", () => {
  const photo = [{ file_id: "p", file_unique_id: "u" }];
  assertEquals(inPrivate({ photo, media_group_id: "99" }).album, "99");
  assertEquals(inPrivate({ text: "oi", media_group_id: "99" }).album, undefined);
});

Deno.test("the root of a thread is known by the card it forwards, also when a comment brings it", () => {
  const post = { postId: 4, customer: { id: 7, firstName: "Maria Silva" }, isFormer: false };
  assertEquals(inGroup(root()).post, post);
  const { answered } = inGroup({ text: "olá", reply_to_message: root() });
  assertEquals(answered, {
    messageId: 40,
    author: { kind: "desk", name: "Atendimento" },
    isRoot: true,
    post,
  });
  // Where posts carry their authors' profiles.
  assertEquals(inGroup(root({ sender_chat: { ...channel, id: -1999 } })).post, post);
  assertEquals(inGroup(root({ text: "➡️ Maria Silva\nID 7\nver" })).post?.isFormer, true);
  assertEquals(inGroup(root({ text: "novidades!" })).post, {
    postId: 4,
    customer: null,
    isFormer: false,
  });
});

Deno.test("a forged card is nobody's, whatever it says", () => {
  const other = { ...channel, id: -1999 };
  const forged = [
    { is_automatic_forward: undefined },
    { forward_origin: { type: "channel", chat: other, message_id: 4, date: 90 } },
    { forward_origin: { type: "hidden_user", sender_user_name: "Maria", date: 90 } },
  ];
  for (const each of forged) {
    assertEquals(inGroup(root(each)).post, undefined);
    assertEquals(inGroup({ text: "olá", reply_to_message: root(each) }).answered?.post, undefined);
  }
  assertEquals(inPrivate(root()).post, undefined);
});

Deno.test("what a command answers is read whole; what anything else answers only as far as it leads", () => {
  const other = {
    message_id: 45,
    date: 95,
    from: maria,
    text: "posso entrar?",
    forward_origin: { type: "user", date: 1, sender_user: { ...ana, last_name: "Souza" } },
  };
  const command = inGroup({ text: "/allow", reply_to_message: other }).answered;
  assertEquals(command?.author, { kind: "person", userId: 7, name: "Maria" });
  assertEquals(command?.subject, { kind: "person", userId: 8, name: "Ana" });
  assertEquals(command?.content?.snapshot.words?.text, "posso entrar?");
  assertEquals(command?.content?.snapshot.origin, { name: "Ana Souza", userId: 8 });
  assertEquals(inGroup({ text: "sim", reply_to_message: other }).answered?.content, undefined);
  const joined = { ...other, forward_origin: undefined, new_chat_members: [ana] };
  const { answered } = inGroup({ text: "/allow", reply_to_message: joined });
  assertEquals(answered?.subject, { kind: "person", userId: 8, name: "Ana" });
});

Deno.test("what is kept of a command leaves out what is too long, but not whom it answers", () => {
  const kept = (length: number): CommandFacts =>
    commandFacts(inGroup({
      text: "/undo",
      reply_to_message: { message_id: 45, date: 95, from: ana, text: "a".repeat(length) },
    }));
  assertEquals(kept(4096).answered?.content?.kind, "text");
  const { answered } = kept(60_000);
  assertEquals(answered, {
    messageId: 45,
    author: { kind: "person", userId: 8, name: "Ana" },
  });
  assertEquals(commandFacts(inGroup({ text: "/help" })).answered, undefined);
});

Deno.test("only what was inserted through this bot is known for a canned reply", () => {
  const content = toContent(inGroup({ text: "Abrimos às 8h" }).content)!;
  const of = (more: object) => inGroup({ text: "Abrimos às 8h", ...more }).replyTrace;
  assertEquals(of({ via_bot: bot }), traceOf(content, "key"));
  assertEquals(of({ via_bot: { ...bot, id: 2 } }), undefined);
  assertEquals(of({}), undefined);
});

Deno.test("the note of a pin names the customer of the card", () => {
  const note = (text: string) => inGroup({ pinned_message: { message_id: 4, date: 1, text } });
  assertEquals(note("🟦 Maria\nID 7").pinned, { id: 7, firstName: "Maria" });
  assertEquals(note("novidades!").pinned, undefined);
});

Deno.test("a press is read with the command that its message answers, and the root that it brings", () => {
  const press = (message: object, data: string | undefined = "x") =>
    readPress({ id: "q", data, from: maria, chat_instance: "c", message } as CallbackQuery, {
      desk,
      botId: 1,
    });
  const at = { message_id: 60, date: 100, chat: group, from: bot, message_thread_id: 40 };
  const answer = press({ ...at, reply_to_message: { message_id: 45, date: 95, from: ana } });
  assertEquals(answer?.command, 45);
  assertEquals(answer?.by, { kind: "person", userId: 7, name: "Maria" });
  assertEquals(answer?.wording, { language: "en" });
  const under = press({ ...at, reply_to_message: root() });
  assertEquals([under?.command, under?.message.answered?.post?.postId], [undefined, 4]);
  const old = press({ chat: group, message_id: 60, date: 0 });
  assertEquals(old?.message, { place: { chatId: desk.groupId, messageId: 60 } });
  assertEquals(readPress({ id: "q", from: maria } as CallbackQuery, { desk, botId: 1 }), null);
});

Deno.test("of a reaction the last standard emoji counts", () => {
  const read = (new_reaction: object[], more: object = { user: ana }) =>
    readReaction(
      { chat: group, message_id: 50, date: 1, new_reaction, ...more } as MessageReactionUpdated,
      desk,
    );
  const emoji = (sign: string) => ({ type: "emoji", emoji: sign });
  assertEquals(read([emoji("👍"), emoji("🔥"), { type: "paid" }]), {
    at: { chatId: desk.groupId, messageId: 50 },
    author: { kind: "person", userId: 8, name: "Ana" },
    reactorId: 8,
    emoji: "🔥",
  });
  assertEquals(read([{ type: "custom_emoji", custom_emoji_id: "1" }]).emoji, null);
  assertEquals(read([], { actor_chat: channel }).author, { kind: "desk", name: "Atendimento" });
  assertEquals(read([], { actor_chat: { ...channel, id: -1 } }).author, { kind: "stranger" });
});
