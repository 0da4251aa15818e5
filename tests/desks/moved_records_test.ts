/** What a desk has of its own goes along when it moves to another channel. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/owned_desks.ts";

/** A desk that Bia is of, too, and that takes her along when it moves to another channel. */
async function openWithBia() {
  const opened = await open();
  const { desk, press, adds } = opened;
  const { telegram } = desk;
  const bia = telegram.createUser({ firstName: "Bia", languageCode: "pt-br" });
  bia.opens("https://t.me/padaria_bot?start=oi");
  telegram.addMember(desk.channel, bia);
  await desk.settled();
  const maria = desk.customer("Maria");
  const writes = async (words: string, who: SimulatedUser = maria) => {
    who.sends(desk.chatOf(who), words);
    await desk.settled();
  };
  const comments = async (who: SimulatedUser, words: string, channel = desk.channel) => {
    who.comments(channel.messages.at(-1) as never, words);
    await desk.settled();
  };
  const moves = async () => {
    const next = await adds("Outro canal");
    telegram.addMember(next.channel, bia);
    await desk.settled();
    await press("Mudar atendimento");
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
    return next;
  };
  return { ...opened, bia, maria, writes, comments, moves };
}

Deno.test("who wants to be told that somebody waits is told in the channel to which the desk has moved", async () => {
  const { desk, bia, writes, moves } = await openWithBia();
  await using _ = desk;
  await writes("/notify on", bia);
  await moves();
  const before = desk.toldTo(bia).length;
  await writes("uma pergunta");
  assertEquals(desk.toldTo(bia).length, before + 1);
  assertStringIncludes(desk.toldTo(bia).at(-1)!.text!, "Maria");
});

Deno.test("colleagues are known by their names in the channel to which the desk has moved", async () => {
  const { desk, bia, maria, writes, comments, moves } = await openWithBia();
  await using _ = desk;
  await writes("oi");
  await comments(bia, "bom dia");
  const next = await moves();
  await writes("e agora?");
  await comments(desk.beto, "/assign bia", next.channel);
  assertEquals(textsOf(next.channel.messages), [`🟦 Maria\nID ${maria.id}\n#bia`]);
});

Deno.test("a desk's numbers go on when it moves to another channel, and so do the uses of its canned replies", async () => {
  const { desk, bia, asks, writes, comments, moves } = await openWithBia();
  await using _ = desk;
  for (
    const words of ["/addreply Alfa\nUm texto", "/addreply Beta\nDois", "/addreply Gama\nTrês"]
  ) {
    await asks(words);
  }
  await writes("oi");
  await comments(bia, "/r gama");
  const next = await moves();
  await writes("e agora?");
  await comments(desk.beto, "/r", next.channel);
  const offered = next.group.messages.at(-1)!.reply_markup!.inline_keyboard.flat();
  assertEquals(offered[0]!.text, "Gama");
  await asks("/stats");
  const said = desk.toldTo(desk.beto).at(-1)!;
  assertStringIncludes(said.caption!, "Bia");
  assertStringIncludes(said.caption!, "Mensagens de clientes: 2");
});

Deno.test("a channel that a desk has left is none of its own any more once another desk is there", async () => {
  const { desk, press, writes, comments, moves } = await openWithBia();
  await using _ = desk;
  const next = await moves();
  const { beto, bot, telegram, channel, group } = desk;
  telegram.promote(channel, bot);
  beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", { chat: channel });
  await desk.settled();
  telegram.promote(group, bot);
  await press("Novo balcão");
  const joao = desk.customer("João");
  await writes("/start atendimento_2", joao);
  await writes("oi", joao);
  await comments(beto, "/ban");
  const question = group.messages.findLast(({ reply_markup: markup }) => markup !== undefined)!;
  const [yes] = question.reply_markup!.inline_keyboard.flat() as { callback_data: string }[];
  void beto.presses(question as never, yes!.callback_data);
  await desk.settled();
  beto.sends(next.group, `/unban ${joao.id}`);
  await desk.settled();
  assertStringIncludes(next.group.messages.at(-1)!.text!, "não está banido");
  beto.sends(group, `/unban ${joao.id}`);
  await desk.settled();
  assertStringIncludes(textsOf(group.messages).slice(-2).join("\n"), "desbaniu este cliente");
});
