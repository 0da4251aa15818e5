import type { Message } from "grammy/types";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Shows } from "../../../src/message/link.ts";
import { readContent } from "../../../src/telegram/receiving/facts/content.ts";
import { showsOf } from "../../../src/telegram/receiving/facts/fingerprint.ts";

const fingerprint = (message: Message, key: string) => showsOf(message, readContent(message), key);

const size = { width: 1, height: 1, file_size: 1 };
const photo = (fileId: string, caption: string) =>
  ({
    message_id: 1,
    date: 1,
    chat: { id: 7, type: "private", first_name: "Maria" },
    photo: [{ file_id: fileId, file_unique_id: "same", ...size }],
    caption,
  }) as Message;

Deno.test("a fingerprint tells what is seen apart, whatever ID Telegram gives a file today", () => {
  const shows = fingerprint(photo("monday", "tem pão?"), "key");
  assertEquals(fingerprint(photo("tuesday", "tem pão?"), "key"), shows);
  assertNotEquals(fingerprint(photo("monday", "tem pães?"), "key").content, shows.content);
  const rich = (file_id: string) =>
    ({
      ...photo("monday", ""),
      photo: undefined,
      rich_message: { blocks: [{ type: "photo", photo: [{ file_id, ...size }] }] },
    }) as unknown as Message;
  assertEquals(fingerprint(rich("monday"), "key"), fingerprint(rich("tuesday"), "key"));
});

Deno.test("a fingerprint says nothing without the key, and is short", () => {
  const shows = fingerprint(photo("monday", "sim"), "key");
  assertNotEquals(fingerprint(photo("monday", "sim"), "other key").content, shows.content);
  assertEquals(shows.content.length, 16);
  assert(!JSON.stringify(shows).includes("sim"));
});

Deno.test("fingerprints stay comparable with those of links that were written long ago", () => {
  const at = { message_id: 1, date: 1, chat: { id: 7, type: "private", first_name: "Maria" } };
  const location = { latitude: 1, longitude: 2 };
  const poll = {
    id: "1",
    type: "quiz",
    question: "Pão?",
    options: [{ text: "sim", voter_count: 0 }],
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    allows_multiple_answers: false,
  };
  const formatted = {
    text: "tem pão?",
    entities: [{ type: "bold", offset: 0, length: 3 }],
    link_preview_options: { is_disabled: true },
  };
  const hidden = {
    ...photo("monday", "tem pão?"),
    has_media_spoiler: true,
    show_caption_above_media: true,
  };
  const known: [object, Shows][] = [
    [formatted, { kind: "text", content: "6062d0f3a91a160d", media: "" }],
    [hidden, { kind: "photo", content: "1f0d9301c3d3ec9f", media: "0b6e1e7dc8641b6f" }],
    [
      { contact: { phone_number: "+351910000000", first_name: "Rui" } },
      { kind: "contact", content: "7930c7e810c44c49", media: "" },
    ],
    [
      { venue: { location, title: "Café", address: "Rua 1" }, location },
      { kind: "venue", content: "451c73294909a835", media: "" },
    ],
    [{ poll }, { kind: "poll", content: "7d0bbc3c9730d4cc", media: "" }],
  ];
  for (const [content, shows] of known) {
    assertEquals(fingerprint({ ...at, ...content } as Message, "key"), shows);
  }
});
