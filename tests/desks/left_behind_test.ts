/**
 * What a desk owed that is no more: nobody of another desk is shown what its team wrote, and nothing
 * goes without a word.
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { openChats, textsOf } from "../support/desk.ts";
import { UnclaimedBot } from "../support/unclaimed_bot.ts";

const GONE =
  "⚠️ O balcão padaria não existe mais. O que a equipe dele ainda ia entregar não chegou a: ";

/** A bot whose desk CHANNEL_ID names, until it does so no more and Beto claims another channel. */
async function open() {
  const env: Record<string, string> = {};
  const desk = await UnclaimedBot.create({ env });
  const { telegram, beto, bot } = desk;
  const old = openChats(telegram, "Padaria", beto, bot);
  env.CHANNEL_ID = String(old.channel.id);
  await desk.boots();
  await desk.settled();
  const writes = async (who: ReturnType<typeof desk.customer>, words: string) => {
    const message = who.sends(desk.chatOf(who), words);
    await desk.settled();
    return message;
  };
  const comments = async (who: ReturnType<typeof desk.customer>, words: string) => {
    const card = old.channel.messages.find(({ text }) => text?.includes(`ID ${who.id}`))!;
    beto.comments(card as never, words);
    await desk.settled();
  };
  const isNamedNoMore = async () => {
    delete env.CHANNEL_ID;
    await desk.boots();
    await desk.claims();
    desk.sets();
    await desk.settled();
    for (let minutes = 0; minutes < 15; minutes++) await desk.passes(MINUTE_MS);
  };
  const told = (who: ReturnType<typeof desk.customer>) => textsOf(desk.toldTo(who));
  return { desk, old, writes, comments, isNamedNoMore, told };
}

Deno.test("the owner is told in private whom the team's answers have not reached, once for all", async () => {
  const { desk, writes, comments, isNamedNoMore, told } = await open();
  await using _ = desk;
  const [maria, rita] = [desk.customer("Maria", { lastName: "Silva" }), desk.customer("Rita")];
  for (const each of [maria, rita]) {
    await writes(each, "oi");
    each.blocks(desk.bot);
    await desk.settled();
  }
  await comments(maria, "um");
  await comments(maria, "dois");
  await comments(maria, "# só uma nota");
  await comments(rita, "três");
  await isNamedNoMore();
  for (const each of [maria, rita]) each.unblocks(desk.bot);
  await desk.passes(8 * DAY_MS);
  await desk.passes(2 * MINUTE_MS);
  const said = told(desk.beto).filter((text) => text.includes("não existe mais"));
  const people = said.map((text) => text.replace(GONE, "").split(/[,.] ?/).toSorted());
  assertEquals(people, [["", "Maria Silva (2)", "Rita (1)"]]);
  // The people of the other desk are shown nothing of it.
  for (const { messages } of [desk.channel, desk.group]) {
    assertEquals(textsOf(messages).filter((text) => /Maria|Rita|um|dois|três/.test(text)), []);
  }
});

Deno.test("an answer that was to be sent later is told of when it would have gone", async () => {
  const { desk, writes, comments, isNamedNoMore, told } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await writes(maria, "oi");
  await comments(maria, "/later 5h amanhã tem pão");
  await isNamedNoMore();
  await desk.passes(5 * HOUR_MS);
  await desk.passes(2 * MINUTE_MS);
  assertEquals(told(desk.beto).at(-1), `${GONE}Maria (1).`);
  assertEquals(told(maria).includes("amanhã tem pão"), false);
});

Deno.test("what a customer wrote there is shown at the desk that serves them by now, in order", async () => {
  const { desk, old, writes, isNamedNoMore, told } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await writes(maria, "oi");
  // The group is to be left alone for a while.
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 60 });
  await writes(maria, "dois pães");
  const before = told(maria).length;
  await isNamedNoMore();
  assertEquals(textsOf(old.group.messages).includes("dois pães"), false);
  assertEquals(textsOf(desk.threadOf(maria)), ["dois pães"]);
  await writes(maria, "bem quentes");
  assertEquals(textsOf(desk.threadOf(maria)), ["dois pães", "bem quentes"]);
  // Nothing is to be sent again, and the owner has nothing to do.
  assertEquals(told(maria).slice(before), []);
  assertEquals(told(desk.beto).filter((text) => text.includes("não existe mais")), []);
});

Deno.test("a customer whose message can be shown at no desk any more is told so", async () => {
  const { desk, writes, isNamedNoMore, told } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await writes(maria, "oi");
  desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 60 });
  const { message_id: lost } = maria.sends(desk.chatOf(maria), { dice: { emoji: "🎯", value: 3 } });
  await desk.settled();
  // What is known of it is sealed with the token.
  desk.telegram.revokeToken(desk.bot);
  await isNamedNoMore();
  const last = desk.toldTo(maria).at(-1)!;
  assertStringIncludes(last.text!, "o atendimento a que ela foi enviada não existe mais");
  assertEquals(last.reply_to_message?.message_id, lost);
  assertEquals(told(desk.beto).filter((text) => text.includes("não existe mais")), []);
  await writes(maria, "pão ou bolo?");
  assertEquals(textsOf(desk.threadOf(maria)), ["pão ou bolo?"]);
});
