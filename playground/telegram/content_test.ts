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
