/** A later part of a message, where Telegram refuses it in words that nobody has seen yet. */
import { assertEquals } from "@std/assert";
import { FORWARDED_FROM } from "../support/astray.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

const UNSEEN = {
  kind: "error",
  errorCode: 400,
  description: "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET",
} as const;
const OF_BUTTONS = { ...UNSEEN, description: "Bad Request: BUTTON_URL_INVALID" } as const;
const LINKS = { inline_keyboard: [[{ text: "Loja", url: "https://loja.example/pao" }]] };
const LINE = "🔗 Loja: https://loja.example/pao";

/**
 * A desk to which Maria forwards a sticker whose buttons Telegram does not take: they follow in a line.
 * From that line on the group refuses what it is asked for.
 */
async function open(isRefused: (text: string) => boolean) {
  const desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const each of [maria, joao]) each.sends(desk.chatOf(each), "oi");
  await desk.settled();
  let isLineDue = false;
  desk.telegram.faults.rate(OF_BUTTONS, 1, ({ payload }) => payload.reply_markup !== undefined);
  desk.telegram.faults.rate(UNSEEN, 1, ({ method, payload }) => {
    if (Number(payload.chat_id) !== desk.group.id || method.startsWith("get")) return false;
    isLineDue ||= payload.text === LINE;
    return isLineDue && isRefused(String(payload.text));
  });
  maria.sends(desk.chatOf(maria), { sticker: true }, {
    forwardedFrom: FORWARDED_FROM,
    keyboard: LINKS,
  });
  await desk.settled();
  return { desk, maria, joao };
}

Deno.test("a later part waits for a group that refuses everything for minutes, and then follows", async () => {
  const { desk, maria } = await open(() => true);
  await using _ = desk;
  await desk.minutesPass(5);
  assertEquals((await desk.health()).failed, 0);
  desk.telegram.faults.clear();
  await desk.minutesPass(3);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "↪ Feira", "[sticker]", LINE]);
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), []);
  assertEquals((await desk.health()).failed, 0);
});

Deno.test("a later part that alone is refused is given up, of which both sides are told, and others go on", async () => {
  const { desk, maria, joao } = await open((text) => text === LINE);
  await using _ = desk;
  await desk.minutesPass(5);
  joao.sends(desk.chatOf(joao), "e eu?");
  await desk.minutesPass(1);
  const [oi, origin, sticker, line, ...more] = textsOf(desk.threadOf(maria));
  assertEquals([oi, origin, sticker], ["oi", "↪ Feira", "[sticker]"]);
  assertEquals([line!.startsWith("🫥"), more.length], [true, 0]);
  assertEquals(textsOf(desk.toldTo(maria)).length, 2);
  assertEquals(textsOf(desk.threadOf(joao)), ["oi", "e eu?"]);
  assertEquals((await desk.health()).failed, 1);
});
