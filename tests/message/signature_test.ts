/** Answers that begin with the name of who has written them. */
import { assert, assertEquals } from "@std/assert";
import { refusal } from "../support/refusal.ts";
import { openTalk } from "../support/talk.ts";
import type { ContentSpec, SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { JOSE } from "../support/origins.ts";
import { openSigned, shown, shownIn } from "../support/signed.ts";

Deno.test("a text and a caption begin with who wrote them, in bold, in the same call", async () => {
  await using side = await openSigned();
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
  await using side = await openSigned();
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
  await using side = await openSigned();
  const { desk, maria, there } = side;
  maria.sends(there, "oi");
  await desk.settled();
  assertEquals(desk.threadOf(maria).at(-1)!.text, "oi");
  await side.sends("# só nós");
  await side.sends("/close");
  assertEquals(side.arrived().filter((message) => shown(message).includes("Ana")), []);
});

Deno.test("switched on and off by its names in three languages", async () => {
  await using side = await openSigned({ signature: false });
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
  await using side = await openSigned();
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
  await using side = await openSigned();
  side.desk.ana.info.first_name = "Ana\n\u202eMaria";
  await side.sends("um");
  side.desk.ana.info.first_name = "\u3164";
  await side.sends("dois");
  assertEquals(shownIn(side.arrived()), ["*Ana Maria*\num", "*Atendimento*\ndois"]);
});

Deno.test("a name that reads like a link gets no preview; the text's own link does", async () => {
  await using side = await openSigned();
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
  await using side = await openSigned();
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
  await using side = await openSigned();
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
  await using side = await openSigned();
  side.desk.telegram.faults.next(
    "sendMediaGroup",
    refusal('Bad Request: failed to send message #1 with the error message "WRONG"'),
  );
  await side.sendsAlbum([{ photo: true, caption: "a" }, { photo: true, caption: "b" }]);
  assertEquals(shownIn(side.arrived()), ["*Ana*\na", "b"]);
});

Deno.test("the signature stands before the origin of a forward, and before placeholders' facts", async () => {
  await using side = await openSigned();
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

Deno.test("what an answer refers to elsewhere is said below the signature, and edits keep both", async () => {
  await using side = await openSigned();
  const sent = await side.sends("sim", { externalReplyTo: { origin: JOSE }, quote: "tem pão?" });
  assertEquals(shownIn(side.arrived()), ["*Ana*\n↩ José: “tem pão?”\nsim"]);
  await side.edits(sent, "não");
  assertEquals(shownIn(side.arrived()), ["*Ana*\n↩ José: “tem pão?”\nnão"]);
});

Deno.test("quotes find their place on either side of a signature", async () => {
  await using side = await openSigned();
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

Deno.test("an inserted canned reply is signed by who inserts it, and counts as a use", async () => {
  await using side = await openSigned();
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
  await using side = await openSigned();
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
