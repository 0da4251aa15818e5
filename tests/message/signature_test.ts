import type { Message, MessageOrigin } from "grammy/types";
import { assert, assertEquals } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { type DeskOptions, textsOf } from "../support/desk.ts";
import { Side } from "../support/sides.ts";
import { openTalk } from "../support/talk.ts";
import type { ContentSpec, SimulatedMessage } from "../../playground/telegram/telegram.ts";

const JOSE: MessageOrigin = {
  type: "user",
  date: 1,
  sender_user: { id: 77, is_bot: false, first_name: "José" },
};

/** A conversation in which the team's answers are signed, or are not yet. */
async function open(
  { signature = true, ...options }: DeskOptions & { signature?: boolean } = {},
): Promise<Side> {
  const side = await Side.open("the team", {
    isPremium: true,
    settings: { panel: false, signature },
    ...options,
  });
  side.desk.bot.known.add(77);
  return side;
}

/** An administrator switches signatures on or off. */
async function sets({ desk }: Side, value: "on" | "off"): Promise<void> {
  desk.boss.sends(desk.group, `/set signature ${value}`);
  await desk.settled();
}

/** What a message shows, its bold words in asterisks. */
function shown(message: Message): string {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const bold = entities.filter(({ type }) => type === "bold");
  return bold.toReversed().reduce((all, { offset, length }) => {
    const end = offset + length;
    return `${all.slice(0, offset)}*${all.slice(offset, end)}*${all.slice(end)}`;
  }, text);
}

const shownIn = (messages: Message[]) => messages.map(shown);

Deno.test("a text and a caption begin with who wrote them, in bold, in the same call", async () => {
  await using side = await open();
  await side.sends({ text: "sim, temos", entities: [{ type: "italic", offset: 0, length: 3 }] });
  await side.sends({ photo: true, caption: "olha", show_caption_above_media: true });
  await side.sends({ video: true, caption: "video" });
  await side.sends({ animation: true, caption: "animation" });
  await side.sends({ audio: true, caption: "audio" });
  await side.sends({ document: true, caption: "document" });
  await side.sends({ voice: true, caption: "voice" });
  const [text, photo] = side.arrived();
  assertEquals(shownIn(side.arrived()), [
    "*Ana*\nsim, temos",
    "*Ana*\nolha",
    ...["video", "animation", "audio", "document", "voice"].map((kind) => `*Ana*\n${kind}`),
  ]);
  assertEquals(text!.entities, [
    { type: "bold", offset: 0, length: 3 },
    { type: "italic", offset: 4, length: 3 },
  ]);
  assertEquals(photo!.show_caption_above_media, true);
  assertEquals(side.calls, ["sendMessage", ...Array(6).fill("copyMessage")]);
});

Deno.test("kinds without a caption, and media that have none, go unsigned", async () => {
  await using side = await open();
  await side.sends({ photo: true });
  await side.sends({ sticker: true });
  await side.sends({ contact: { first_name: "Zé" } });
  await side.sends({ poll: { question: "Pão?", options: ["sim", "não"] } });
  await side.sends({ dice: true });
  await side.sends({ location: { latitude: 1, longitude: 2 } });
  const arrived = side.arrived();
  assertEquals(arrived.length, 6);
  assert(!JSON.stringify(arrived.map(({ from: _, chat: __, ...rest }) => rest)).includes("Ana"));
});

Deno.test("nothing else is signed: customers' messages, notes, what the bot itself says", async () => {
  await using side = await open();
  const { desk, maria, there } = side;
  maria.sends(there, "oi");
  await desk.settled();
  assertEquals(desk.threadOf(maria).at(-1)!.text, "oi");
  await side.sends("# só nós");
  await side.sends("/close");
  assertEquals(side.arrived().filter((message) => shown(message).includes("Ana")), []);
});

Deno.test("switched on and off by its names in three languages", async () => {
  await using side = await open({ signature: false });
  const { desk } = side;
  for (const [n, name] of ["signature", "assinatura", "firma"].entries()) {
    desk.boss.sends(desk.group, `/set ${name} on`);
    await desk.settled();
    await side.sends(`com ${n}`);
    desk.boss.sends(desk.group, `/set ${name} off`);
    await desk.settled();
    await side.sends(`sem ${n}`);
  }
  assertEquals(
    shownIn(side.arrived()),
    [0, 1, 2].flatMap((n) => [`*Ana*\ncom ${n}`, `sem ${n}`]),
  );
});

Deno.test("an anonymous administrator signs with their title, who has none as the channel", async () => {
  await using side = await open();
  const { desk, maria } = side;
  const comments = async (words: string, as: "anonymous" | typeof desk.channel) => {
    desk.boss.comments(desk.cardOf(maria), words, { as });
    await desk.settled();
  };
  await comments("sem título", "anonymous");
  desk.group.membership(desk.boss).customTitle = "Gerente";
  await comments("com título", "anonymous");
  await comments("como canal", desk.channel);
  desk.channel.signatures = true;
  await comments("como canal que mostra autores", desk.channel);
  assertEquals(shownIn(side.arrived()), [
    "*Atendimento*\nsem título",
    "*Gerente*\ncom título",
    "*Atendimento*\ncomo canal",
    "*Atendimento*\ncomo canal que mostra autores",
  ]);
});

Deno.test("a name is shown on one line; who has none to be seen signs as the channel", async () => {
  await using side = await open();
  side.desk.ana.info.first_name = "Ana\n\u202eMaria";
  await side.sends("um");
  side.desk.ana.info.first_name = "\u3164";
  await side.sends("dois");
  assertEquals(shownIn(side.arrived()), ["*Ana Maria*\num", "*Atendimento*\ndois"]);
});

Deno.test("a name that reads like a link gets no preview; the text's own link does", async () => {
  await using side = await open();
  side.desk.ana.info.first_name = "padaria.com";
  await side.sends("bom dia");
  const url = "https://example.com/menu";
  await side.sends({ text: url, entities: [{ type: "url", offset: 0, length: url.length }] });
  const sent = side.desk.telegram.calls.filter(({ method }) => method === "sendMessage").slice(-2);
  assertEquals(sent.map(({ payload }) => payload.link_preview_options), [
    { is_disabled: true },
    { url },
  ]);
});

Deno.test("an album is signed once, on the first caption it has", async () => {
  await using side = await open();
  await side.sendsAlbum([{ photo: true }, { photo: true, caption: "b" }, {
    photo: true,
    caption: "c",
  }]);
  assertEquals(shownIn(side.arrived()), ["", "*Ana*\nb", "c"]);
  assertEquals(new Set(side.arrived().map(({ media_group_id: id }) => id)).size, 1);
  side.forgets();
  await side.sendsAlbum([{ photo: true }, { photo: true }], { mediaGroupId: "bare" });
  assertEquals(shownIn(side.arrived()), ["", ""]);
  assertEquals(side.calls.filter((method) => !method.startsWith("get")), ["copyMessages"]);
});

Deno.test("an album whose signed caption is too long has it follow as a text", async () => {
  await using side = await open();
  const caption = "x".repeat(1022);
  const sent = await side.sendsAlbum([{ photo: true }, { photo: true, caption }, {
    photo: true,
    caption: "c",
  }]);
  assertEquals(shownIn(side.arrived()), ["", "", "c", `*Ana*\n${caption}`]);
  const [, second, , text] = side.arrived();
  assertEquals(text!.reply_to_message?.message_id, second!.message_id);
  // Whatever it becomes is signed as it was.
  side.forgets();
  await side.edits(sent[1]!, { caption: "curto" });
  assertEquals(shownIn(side.arrived()), ["*Ana*\n✏️ curto"]);
});

Deno.test("pieces of an album that have to go alone are signed where the album would be", async () => {
  await using side = await open();
  side.desk.telegram.faults.next("sendMediaGroup", {
    kind: "error",
    errorCode: 400,
    description: 'Bad Request: failed to send message #1 with the error message "WRONG"',
  });
  await side.sendsAlbum([{ photo: true, caption: "a" }, { photo: true, caption: "b" }]);
  assertEquals(shownIn(side.arrived()), ["*Ana*\na", "b"]);
});

Deno.test("a text that its signature makes too long goes in parts, and edits keep it signed", async () => {
  await using side = await open();
  const words = `${"palavra ".repeat(511)}fim.`;
  assertEquals(words.length, 4092);
  await side.sends(words);
  assertEquals(side.arrived().length, 1);
  assertEquals(shown(side.arrived()[0]!), `*Ana*\n${words}`);
  side.forgets();
  const sent = await side.sends(`${words}!`);
  const parts = side.arrived();
  assertEquals(parts.length, 2);
  assertEquals(textsOf(parts).join(" "), `Ana\n${words}!`);
  assertEquals(parts[1]!.reply_to_message?.message_id, parts[0]!.message_id);
  side.forgets();
  await side.edits(sent, "curto");
  assertEquals(shownIn(side.arrived()), ["*Ana*\n✏️ curto"]);
});

Deno.test("a caption that its signature makes too long follows its photo", async () => {
  await using side = await open();
  const caption = "x".repeat(1021);
  const sent = await side.sends({ photo: true, caption });
  const [photo, text, ...more] = side.arrived();
  assertEquals([shown(photo!), shown(text!), more], ["", `*Ana*\n${caption}`, []]);
  assert(photo!.photo);
  assertEquals(text!.reply_to_message?.message_id, photo!.message_id);
  side.forgets();
  await side.edits(sent, { caption: "curta" });
  assertEquals(shownIn(side.arrived()), ["*Ana*\n✏️ curta"]);
});

Deno.test("an edit that with the signature is too long is shown anew, in parts, signed", async () => {
  await using side = await open();
  const sent = await side.sends("curto");
  const words = "x".repeat(4094);
  await side.edits(sent, words);
  const [old, ...parts] = side.arrived();
  assertEquals(shown(old!), "*Ana*\ncurto");
  assertEquals(textsOf(parts).join(""), `Ana\n✏️ ${words}`);
  assertEquals(parts[0]!.reply_to_message?.message_id, old!.message_id);
});

Deno.test("the signature stands before the origin of a forward, and before placeholders' facts", async () => {
  await using side = await open();
  await side.sends("{nome}, aqui é {agente}");
  await side.sends("pão", { forwardedFrom: JOSE });
  await side.sends({ photo: true, caption: "pão" }, { forwardedFrom: JOSE });
  await side.sends({ photo: true }, { forwardedFrom: JOSE });
  await side.sendsAlbum([{ photo: true, caption: "a" }, { photo: true }], { forwardedFrom: JOSE });
  assertEquals(shownIn(side.arrived()), [
    "*Ana*\nMaria, aqui é Ana",
    "*Ana*\n↪ José\npão",
    "*Ana*\n↪ José\npão",
    "↪ José",
    "*Ana*\n↪ José\na",
    "",
  ]);
});

Deno.test("a forward too long for its origin and its signature goes in parts with both", async () => {
  await using side = await open();
  const words = "x".repeat(4090);
  await side.sends(words, { forwardedFrom: JOSE });
  assertEquals(textsOf(side.arrived()).join(""), `Ana\n↪ José\n${words}`);
  side.forgets();
  await side.sends({ photo: true, caption: "y".repeat(1020) }, { forwardedFrom: JOSE });
  assertEquals(shownIn(side.arrived()), ["", `*Ana*\n↪ José\n${"y".repeat(1020)}`]);
});

Deno.test("what an answer refers to elsewhere is said below the signature, and edits keep both", async () => {
  await using side = await open();
  const sent = await side.sends("sim", { externalReplyTo: { origin: JOSE }, quote: "tem pão?" });
  assertEquals(shownIn(side.arrived()), ["*Ana*\n↩ José: “tem pão?”\nsim"]);
  await side.edits(sent, "não");
  assertEquals(shownIn(side.arrived()), ["*Ana*\n↩ José: “tem pão?”\nnão"]);
});

Deno.test("quotes find their place on either side of a signature", async () => {
  await using side = await open();
  const { desk, maria, there } = side;
  const sent = await side.sends("pão e pão");
  const [copy] = side.arrived();
  side.forgets();
  await side.sends("este", { replyTo: sent.message_id, quote: "pão" });
  const answer = side.arrived()[0]!;
  assertEquals([answer.quote?.text, answer.quote?.position], ["pão", "Ana\n".length]);
  assertEquals(answer.reply_to_message?.message_id, copy!.message_id);
  // A customer may quote the signature as well.
  for (const quote of ["pão e", "Ana\npão e"]) {
    const before = desk.threadOf(maria).length;
    maria.sends(there, "esse?", { replyTo: copy!.message_id, quote });
    await desk.settled();
    const [shown] = desk.threadOf(maria).slice(before);
    assertEquals([shown!.text, shown!.quote?.text, shown!.quote?.position], ["esse?", "pão e", 0]);
    assertEquals(shown!.reply_to_message?.message_id, sent.message_id);
  }
  maria.sends(there, "quem?", { replyTo: copy!.message_id, quote: "Ana" });
  await desk.settled();
  assertEquals(desk.threadOf(maria).at(-1)!.text, "↩ “Ana”\nquem?");
});

Deno.test("edits keep the form that a message had when it was sent, whatever is decided since", async () => {
  await using side = await open({ signature: false });
  const unsigned = await side.sends("um");
  const photo = await side.sends({ photo: true, caption: "foto" });
  await sets(side, "on");
  const signed = await side.sends("dois");
  await side.edits(unsigned, "um!");
  await side.edits(photo, { caption: "foto!" });
  await side.edits(signed, "dois!");
  assertEquals(shownIn(side.arrived()), ["um!", "foto!", "*Ana*\ndois!"]);
  await sets(side, "off");
  // Nor does another name of hers change what was sent.
  side.desk.ana.info.first_name = "Anita";
  await side.edits(signed, { text: "dois.", entities: [{ type: "bold", offset: 0, length: 4 }] });
  await side.edits(unsigned, "um.");
  assertEquals(shownIn(side.arrived()), ["um.", "foto!", "*Ana*\n*dois*."]);
  assertEquals(side.arrived().length, 3);
});

Deno.test("a caption that is emptied or given later has the signature of when its photo was sent", async () => {
  await using side = await open();
  const sent = await side.sends({ photo: true });
  await sets(side, "off");
  const captions = ["olha", "", "veja"];
  const seen: string[] = [];
  for (const caption of captions) {
    await side.edits(sent, { caption });
    seen.push(shown(side.arrived()[0]!));
  }
  assertEquals(seen, ["*Ana*\nolha", "", "*Ana*\nveja"]);
});

Deno.test("a photo that is swapped, and a caption of an album that is edited, stay signed", async () => {
  await using side = await open();
  const photo = await side.sends({ photo: true, caption: "um" });
  await side.edits(photo, { photo: true, caption: "dois" });
  const album = await side.sendsAlbum([{ photo: true, caption: "a" }, {
    photo: true,
    caption: "b",
  }]);
  await side.edits(album[0]!, { caption: "a!" });
  await side.edits(album[1]!, { caption: "b!" });
  assertEquals(shownIn(side.arrived()), ["*Ana*\ndois", "*Ana*\na!", "b!"]);
});

Deno.test("what takes the place of a copy that is gone is signed as the copy was", async () => {
  await using side = await open();
  const sent = await side.sends("um");
  await sets(side, "off");
  side.maria.deletes(side.arrived()[0]!);
  side.forgets();
  await side.edits(sent, "dois");
  assertEquals(shownIn(side.arrived()), ["*Ana*\n✏️ dois"]);
});

Deno.test("a note that becomes an answer is signed as answers are when it does", async () => {
  await using side = await open({ signature: false });
  const [first, second] = [await side.sends("# um"), await side.sends("# dois")];
  await side.edits(first, "um");
  await sets(side, "on");
  await side.edits(second, "dois");
  assertEquals(shownIn(side.arrived()), ["um", "*Ana*\ndois"]);
});

Deno.test("an answer that waits goes as answers are when it goes; until then its words lie sealed", async () => {
  await using side = await open();
  const { desk } = side;
  desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 10 });
  await side.sends("segredo");
  for await (const { value } of desk.kv.list({ prefix: [] })) {
    const inside = Deno.inspect(value, { depth: 20, strAbbreviateSize: 1e6 });
    assertEquals(/segredo/.test(inside), false);
  }
  await sets(side, "off");
  await desk.passes(11_000);
  assertEquals(shownIn(side.arrived()), ["segredo"]);
});

Deno.test("an inserted canned reply is signed by who inserts it, and counts as a use", async () => {
  await using side = await open();
  const { desk, here } = side;
  desk.boss.sends(here, "/addreply Oi\nOlá, {nome}!");
  await desk.settled();
  const asking = desk.ana.queries(desk.bot, "oi");
  await desk.settled();
  const [result] = await asking;
  desk.ana.choosesResult(here, result!, { replyTo: side.rootId });
  await desk.settled();
  assertEquals(shownIn(side.arrived()), ["*Ana*\nOlá, Maria!"]);
  desk.boss.sends(here, "/replies");
  await desk.settled();
  assert(here.messages.at(-1)!.text!.includes("1. Oi · 1×"));
});

Deno.test("link buttons stay under what is signed", async () => {
  await using side = await open();
  const keyboard = { inline_keyboard: [[{ text: "Loja", url: "https://loja.example/" }]] };
  await side.sends("promoção", { forwardedFrom: JOSE, keyboard });
  const [got] = side.arrived();
  assertEquals(shown(got!), "*Ana*\n↪ José\npromoção");
  assertEquals(got!.reply_markup?.inline_keyboard, keyboard.inline_keyboard);
});

Deno.test("/reply signs by who asks, a pressed button by who pressed; /pix goes unsigned", async () => {
  const talk = await openTalk({ settings: { panel: false, signature: true } });
  const { desk, maria, says, press, line } = talk;
  await using _ = desk;
  const adds = async (title: string, content: ContentSpec) => {
    const model = desk.boss.sends(desk.group, content);
    desk.boss.sends(desk.group, `/addreply ${title}`, { replyTo: model.message_id });
    await desk.settled();
  };
  await adds("Prazo", "3 dias, {nome}");
  await adds("Cardápio", { photo: true, caption: "Pães, por {agente}" });
  await adds("Longa", "x".repeat(4095));
  await adds("Figurinha", { sticker: true });
  desk.boss.sends(desk.group, "/set pix dono@padaria.example; Padaria; Recife");
  await desk.settled();
  const before = desk.toldTo(maria).length;
  const got = () => shownIn(desk.toldTo(maria).slice(before));
  await says(desk.ana, "/reply prazo");
  await says(desk.ana, "/reply");
  await press(desk.bia, line() as SimulatedMessage, "Cardápio");
  await says(desk.boss, "/reply longa", { as: "anonymous" });
  await says(desk.ana, "/reply figurinha");
  await says(desk.ana, "/pix 10 pão");
  const [first, second, long, rest, sticker, pix] = got();
  assertEquals([first, second], ["*Ana*\n3 dias, Maria", "*Bia*\nPães, por Bia"]);
  assertEquals(`${long}${rest}`, `*Atendimento*\n${"x".repeat(4095)}`);
  assertEquals(sticker, "");
  assert(pix!.includes("pão") && !pix!.includes("Ana"));
  // The thread sees what the customer got.
  const seen = shownIn(desk.threadOf(maria));
  assertEquals(
    seen.filter((text) => text.startsWith("*")),
    got().filter((text) => text[0] === "*"),
  );
});

Deno.test("an answer that goes later is signed if answers are when it goes, and keeps that form", async () => {
  await using side = await open({ signature: false });
  const { desk } = side;
  const first = await side.sends("/later 2h pronto, {nome}");
  await side.sendsAlbum([{ photo: true }, { photo: true, caption: "/later 2h veja" }]);
  await side.sends({ photo: true, caption: "/later 2h" });
  await sets(side, "on");
  side.forgets();
  await desk.passes(2 * HOUR_MS);
  await desk.passes(1000);
  assertEquals(shownIn(side.arrived()), ["*Ana*\npronto, Maria", "", "*Ana*\nveja", ""]);
  await sets(side, "off");
  await side.edits(first, "/later 2h pronto, {nome}!");
  assertEquals(shown(side.arrived()[0]!), "*Ana*\npronto, Maria!");
  await sets(side, "on");
  await side.sends("/later 2h sem");
  await sets(side, "off");
  side.forgets();
  await desk.passes(2 * HOUR_MS);
  assertEquals(shownIn(side.arrived()), ["sem"]);
});
