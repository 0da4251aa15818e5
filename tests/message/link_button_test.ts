import type { InlineKeyboardMarkup } from "grammy/types";
import { assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { postOf } from "../support/origins.ts";
import { refusal } from "../support/refusal.ts";
import { fromBothSides, type Side } from "../support/sides.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";

const forwardedFrom = postOf("Feira");
const keyboard: InlineKeyboardMarkup = {
  inline_keyboard: [
    [{ text: "Loja", url: "https://loja.example/pao" }, { text: "Votar", callback_data: "a" }],
    [{ text: "Jogar", web_app: { url: "https://app.example" } }],
    [{ text: "Buscar", switch_inline_query: "pão" }],
    [{ text: "Copiar PIX", copy_text: { text: "000201" } }],
  ],
};
const kept: InlineKeyboardMarkup = {
  inline_keyboard: [
    [{ text: "Loja", url: "https://loja.example/pao" }],
    [{ text: "Jogar", url: "https://app.example" }],
    [{ text: "Copiar PIX", copy_text: { text: "000201" } }],
  ],
};
const LINKS =
  "🔗 Loja: https://loja.example/pao\n🔗 Jogar: https://app.example\n🔗 Copiar PIX: 000201";

/** Telegram refuses the buttons of the next calls of a method. */
function refusesButtons(side: Side, method: string, times = 1): void {
  side.desk.telegram.faults.next(
    ({ method: called, payload }) => called === method && payload.reply_markup !== undefined,
    refusal("Bad Request: BUTTON_URL_INVALID"),
    times,
  );
}

const KINDS: ContentSpec[] = [
  "pão",
  { photo: true, caption: "pão" },
  { sticker: true },
  { contact: true },
  { venue: true },
  { location: { latitude: 1, longitude: 2, live_period: 900 } },
  { dice: { emoji: "🎲", value: 4 } },
  { poll: { question: "Qual?", options: ["um", "dois"], type: "quiz", correct_option_ids: [1] } },
];

fromBothSides("link buttons stay under whatever is forwarded; others go", async (side) => {
  for (const content of KINDS) {
    side.forgets();
    await side.sends(content, { forwardedFrom, keyboard });
    const shown = side.arrived();
    assertEquals(shown.at(-1)!.reply_markup, kept, JSON.stringify(content));
    assertEquals(shown.slice(0, -1).filter(({ reply_markup }) => reply_markup), []);
    assertEquals(side.told(), []);
  }
  assertEquals(side.desk.cardOf(side.maria).reply_markup, undefined);
});

fromBothSides("buttons that lead nowhere are left out", async (side) => {
  const only = { inline_keyboard: [[{ text: "Votar", callback_data: "a" }]] };
  await side.sends("pão", { forwardedFrom, keyboard: only });
  assertEquals(side.arrived()[0]!.reply_markup, undefined);
});

fromBothSides("an edit of what came by way of a bot keeps its buttons", async (side) => {
  const viaBot = side.desk.telegram.createBot({ name: "Bot", username: "other_bot" });
  const text = await side.sends("pão", { viaBot, keyboard });
  const photo = await side.sends({ photo: true, caption: "pão" }, { viaBot, keyboard });
  const live = { latitude: 1, longitude: 2, live_period: 900 };
  const place = await side.sends({ location: live }, { viaBot, keyboard });
  side.forgets();
  const { telegram } = side.desk;
  telegram.edits(text, "pães");
  telegram.edits(photo, { caption: "pães" });
  telegram.edits(photo, { video: true, caption: "filme" });
  telegram.edits(place, { location: { ...live, latitude: 3 } });
  await side.desk.settled();
  telegram.edits(place, { location: { latitude: 3, longitude: 2 } });
  await side.desk.settled();
  const shown = side.there.messages.slice(-3);
  assertEquals([shown[0]!.text, shown[1]!.caption, shown[2]!.location!.latitude], [
    "pães",
    "filme",
    3,
  ]);
  assertEquals(shown.map(({ reply_markup }) => reply_markup), [kept, kept, kept]);
  assertEquals([side.arrived(), side.told()], [[], []]);
});

fromBothSides("buttons that Telegram does not take become links in the words", async (side) => {
  refusesButtons(side, "sendMessage");
  await side.sends("pão", { forwardedFrom, keyboard });
  refusesButtons(side, "copyMessage");
  await side.sends({ photo: true, caption: "pão" }, { forwardedFrom, keyboard });
  refusesButtons(side, "copyMessage");
  await side.sends({ voice: true }, { forwardedFrom, keyboard });
  assertEquals(textsOf(side.arrived()), [
    `↪ Feira\npão\n\n${LINKS}`,
    `↪ Feira\npão\n\n${LINKS}`,
    `↪ Feira\n${LINKS}`,
  ]);
  assertEquals(side.told(), []);
});

fromBothSides("where there is no room for the links, a message after it has them", async (side) => {
  for (const content of [{ sticker: true }, { photo: true, caption: "b".repeat(1000) }] as const) {
    side.forgets();
    refusesButtons(side, "copyMessage");
    await side.sends(content, { forwardedFrom, keyboard });
    const [shown, links] = side.arrived().slice(-2);
    assertEquals([shown!.reply_markup, links!.text], [undefined, LINKS]);
    assertEquals(links!.reply_to_message?.message_id, shown!.message_id);
    assertEquals(side.told(), []);
  }
});

fromBothSides("who answers the links after a message answers that message", async (side) => {
  const { desk, maria } = side;
  refusesButtons(side, "copyMessage");
  const sent = await side.sends({ sticker: true }, { forwardedFrom, keyboard });
  const replyTo = side.arrived().at(-1)!.message_id;
  side.forgets();
  if (side.from === "the team") maria.sends(side.there, "quero!", { replyTo });
  else desk.ana.comments(desk.cardOf(maria), "quero!", { replyTo });
  await desk.settled();
  const [answer] = side.told();
  assertEquals([answer!.text, answer!.reply_to_message?.message_id], ["quero!", sent.message_id]);
});

fromBothSides("an edit keeps links in the words as well", async (side) => {
  const viaBot = side.desk.telegram.createBot({ name: "Bot", username: "other_bot" });
  refusesButtons(side, "copyMessage");
  const text = await side.sends("pão", { viaBot, keyboard });
  assertEquals(textsOf(side.arrived()), [`pão\n\n${LINKS}`]);
  refusesButtons(side, "editMessageText");
  side.desk.telegram.edits(text, "pães");
  await side.desk.settled();
  assertEquals(textsOf(side.arrived()), [`pães\n\n${LINKS}`]);
});

fromBothSides("a long text has its buttons under its last part", async (side) => {
  const words = Array.from({ length: 900 }, (_, n) => `pão${n}`).join(" ");
  await side.sends(words, { forwardedFrom, keyboard });
  const [line, ...parts] = side.arrived();
  assertEquals(line!.text, "↪ Feira");
  assertEquals(parts.map(({ text }) => text).join(" "), words);
  assertEquals(parts.map(({ reply_markup }) => reply_markup), [undefined, kept]);
  side.forgets();
  refusesButtons(side, "copyMessage");
  refusesButtons(side, "sendMessage");
  await side.sends(words, { forwardedFrom, keyboard });
  assertEquals(side.arrived().slice(1).map(({ text }) => text).join(" ").includes(LINKS), true);
  assertEquals(side.told(), []);
}, { isPremium: true });

fromBothSides("a keyboard of any size lets its message through", async (side) => {
  const row = Array.from({ length: 8 }, (_, n) => ({
    text: `Loja ${n}`,
    url: `https://loja.example/${"a".repeat(2000)}`,
  }));
  const huge = { inline_keyboard: Array.from({ length: 12 }, () => row) };
  await side.sends("p".repeat(4000), { forwardedFrom, keyboard: huge });
  assertEquals(side.arrived().length > 0, true);
  assertEquals(side.told(), []);
});
