import { assertEquals, assertExists } from "@std/assert";
import type { Message } from "grammy/types";
import type { ContentSpec } from "./content.ts";
import { type Kind, kindOf } from "./kind.ts";
import { customer, scene } from "./scene.ts";

const CONTENTS: Record<Kind, ContentSpec> = {
  text: { text: "hello", link_preview_options: { is_disabled: true } },
  rich_message: { rich_message: "hello" },
  live_photo: { live_photo: true, caption: "hello" },
  photo: { photo: { width: 10, height: 10 }, caption: "hello" },
  video: { video: true },
  animation: { animation: true },
  audio: { audio: { title: "Fado", performer: "Amália" } },
  document: { document: { fileName: "bill.pdf", mimeType: "application/pdf" } },
  voice: { voice: { durationS: 3 } },
  video_note: { video_note: true },
  sticker: { sticker: { emoji: "🐳" } },
  contact: { contact: { first_name: "Zé" } },
  venue: { venue: true },
  location: { location: { live_period: 600 } },
  poll: { poll: { question: "?", options: ["a", "b"] } },
  dice: { dice: { emoji: "🎯" } },
  game: { game: true },
  checklist: { checklist: { title: "To do", tasks: ["this"] } },
  story: { story: true },
  paid_media: { paid_media: true },
  invoice: { invoice: true },
  giveaway: { giveaway: true },
  giveaway_winners: { giveaway_winners: true },
  service: { service: { message_auto_delete_timer_changed: { message_auto_delete_time: 60 } } },
};

for (const [kind, content] of Object.entries(CONTENTS) as [Kind, ContentSpec][]) {
  Deno.test(`people send a message of the kind ${kind}`, async () => {
    const { telegram, bot } = scene();
    const { user, chat } = customer(telegram, bot);
    const sent: Message = user.sends(chat, content);
    assertEquals(kindOf(sent), kind);
    if (kind !== "service") assertExists(telegram.updates.at(-1)?.update.message?.[kind]);
    await telegram.close();
  });
}

Deno.test("an animation is a document too, a venue a location, a live photo a photo", async () => {
  const { telegram, bot } = scene();
  const { user, chat } = customer(telegram, bot);
  assertExists(user.sends(chat, { animation: true }).document);
  assertExists(user.sends(chat, { venue: true }).location);
  assertExists(user.sends(chat, { live_photo: true }).photo);
  await telegram.close();
});

Deno.test("whose bot may not use them has plain ones in place of custom emoji", async () => {
  const { telegram, bot, call } = scene();
  telegram.unproven.botsKeepCustomEmoji = false;
  const { user, chat } = customer(telegram, bot);
  const entities = [
    { type: "bold" as const, offset: 0, length: 4 },
    { type: "custom_emoji" as const, offset: 5, length: 2, custom_emoji_id: "5" },
  ];
  const sent = user.sends(chat, { text: "olá! 🙂", entities });
  assertEquals(sent.entities, entities);
  const where = { chat_id: user.id };
  const { result: copy } = await call("copyMessage", {
    ...where,
    from_chat_id: user.id,
    message_id: sent.message_id,
  });
  assertEquals(chat.message(copy.message_id)?.entities, [entities[0]!]);
  const photo = { photo: "https://a.pt/a.jpg", caption: "olá! 🙂", caption_entities: entities };
  const { result: shown } = await call("sendPhoto", { ...where, ...photo });
  assertEquals(shown.caption_entities, [entities[0]]);
  const { description } = await call("editMessageText", {
    ...where,
    message_id: copy.message_id,
    text: "oi! 🙂",
    entities: [{ ...entities[1], offset: 4 }],
  });
  assertEquals(description, undefined);
  assertEquals(chat.message(copy.message_id)?.entities, undefined);
  await telegram.close();
});
