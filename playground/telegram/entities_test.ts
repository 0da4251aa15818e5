import { assertEquals, assertThrows } from "@std/assert";
import type { MessageEntity } from "grammy/types";
import { formatted } from "./entities.ts";
import { BotApiError } from "./error.ts";

Deno.test("formatted() finds commands, tags, mentions and addresses", () => {
  assertEquals(formatted("/start@desk_bot #from_shop @ana_b t.me/x https://a.pt/b. no/slash"), {
    text: "/start@desk_bot #from_shop @ana_b t.me/x https://a.pt/b. no/slash",
    entities: [
      { type: "bot_command", offset: 0, length: 15 },
      { type: "hashtag", offset: 16, length: 10 },
      { type: "mention", offset: 27, length: 6 },
      { type: "url", offset: 34, length: 6 },
      { type: "url", offset: 41, length: 14 },
    ],
  });
});

Deno.test("formatted() counts in UTF-16 code units", () => {
  assertEquals(formatted("🟦 #açaí").entities, [{ type: "hashtag", offset: 3, length: 5 }]);
});

Deno.test("formatted() trims and moves the formatting along", () => {
  assertEquals(formatted("  bold \n", [{ type: "bold", offset: 2, length: 5 }]), {
    text: "bold",
    entities: [{ type: "bold", offset: 0, length: 4 }],
  });
});

Deno.test("formatted() leaves a link's text alone", () => {
  const link = { type: "text_link", offset: 0, length: 4, url: "https://a.pt" } as const;
  assertEquals(formatted("#tag", [link]).entities, [link]);
});

Deno.test("formatted() refuses formatting that does not fit its text, or leads nowhere", () => {
  const refused: [entity: object, words: string][] = [
    [{ type: "bold", offset: 0, length: 9 }, "ENTITY_BOUNDS_INVALID"],
    [{ type: "bold", offset: 1, length: 2 }, "begins in a middle of a UTF-16 symbol"],
    [{ type: "bold", offset: 0, length: 1 }, "ends in a middle of a UTF-16 symbol"],
    [{ type: "text_link", offset: 0, length: 2, url: "http://x:99999/" }, "is invalid"],
    [{ type: "custom_emoji", offset: 0, length: 2 }, "invalid custom emoji identifier"],
  ];
  for (const [entity, words] of refused) {
    assertThrows(() => formatted("🙂 oi", [entity as MessageEntity]), BotApiError, words);
  }
  for (const url of ["https://example.com/a?b#c", "example.com", "tg://user?id=5"]) {
    assertEquals(formatted("oi", [{ type: "text_link", offset: 0, length: 2, url }]).text, "oi");
  }
});
