import type { Message } from "grammy/types";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
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
