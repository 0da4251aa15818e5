/** Link buttons under what went astray: they come along wherever it is shown. */
import { assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import type { InlineKeyboardMarkup } from "grammy/types";
import type { ContentSpec } from "../../playground/telegram/content.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import { deletesRoots, FORWARDED_FROM, openAstray, outside } from "../support/astray.ts";
import { refusal } from "../support/refusal.ts";
import { linkAnother } from "../support/relinked.ts";

/** What stands under a message that came by way of another bot, or was forwarded. */
const LINKS: InlineKeyboardMarkup = {
  inline_keyboard: [[{ text: "Loja", url: "https://loja.example/pao" }]],
};

const FORWARDED = { forwardedFrom: FORWARDED_FROM, keyboard: LINKS };

const KINDS_OF_CONTENT: Record<string, ContentSpec> = {
  "a text": "pão",
  "a photo": { photo: true, caption: "pão" },
  "a sticker": { sticker: true },
};

/** The link buttons under these messages. */
function linksUnder(messages: Pick<SimulatedMessage, "reply_markup">[]) {
  return messages.flatMap(({ reply_markup }) => {
    const isOfLinks = reply_markup?.inline_keyboard.flat().some((button) => "url" in button);
    return isOfLinks ? [reply_markup!] : [];
  });
}

/** A desk as above, where Maria may write by way of a bot that puts link buttons there. */
async function openWithLinks() {
  const opened = await openAstray("astray", true);
  const viaBot = opened.desk.telegram.createBot({ name: "Bot", username: "other_bot" });
  return { ...opened, how: { viaBot, keyboard: LINKS } };
}

/** Maria's thread loses its root, and the copies in it are asked where they stand. */
async function haveCopiesAsked(desk: TestDesk, maria: SimulatedUser): Promise<void> {
  deletesRoots(desk, maria);
  maria.sends(desk.chatOf(maria), "por último");
  await desk.settled();
  await desk.minutesPass(8);
  assertEquals(textsOf(desk.threadOf(maria)), ["por último"]);
}

for (const [what, content] of Object.entries(KINDS_OF_CONTENT)) {
  Deno.test(`${what} keeps its link buttons when it is put into the new thread`, async () => {
    const { desk, maria, how } = await openWithLinks();
    await using _ = desk;
    deletesRoots(desk, maria);
    maria.sends(desk.chatOf(maria), content, how);
    await desk.settled();
    await desk.minutesPass(8);
    assertEquals(linksUnder(desk.threadOf(maria)), [LINKS]);
    assertEquals(outside(desk), []);
  });

  Deno.test(`${what} keeps its link buttons when its thread turns out to be gone`, async () => {
    for (const isForwarded of [false, true]) {
      const { desk, maria, how } = await openWithLinks();
      await using _ = desk;
      maria.sends(desk.chatOf(maria), "dois");
      maria.sends(desk.chatOf(maria), content, isForwarded ? FORWARDED : how);
      await desk.settled();
      await haveCopiesAsked(desk, maria);
      assertEquals(linksUnder(desk.group.messages), [LINKS]);
    }
  });

  Deno.test(`${what} keeps its link buttons when it is shown anew in another group`, async () => {
    const { desk, maria, how } = await openWithLinks();
    await using _ = desk;
    deletesRoots(desk, maria);
    // The look at the root has to wait.
    desk.telegram.faults.next(
      ({ method }) => method === "setMessageReaction",
      refusal("Bad Gateway", 502),
    );
    maria.sends(desk.chatOf(maria), content, how);
    await desk.settled();
    const group = await linkAnother(desk);
    await desk.minutesPass(8);
    assertEquals(linksUnder(group.messages), [LINKS]);
    assertEquals(outside(desk), []);
  });
}

for (const answersToDeleted of ["not found", "astray"] as const) {
  Deno.test(`whatever has link buttons keeps them when its thread turns out to be gone, where an answer to a deleted message is ${answersToDeleted}`, async () => {
    const { desk, maria } = await openAstray(answersToDeleted, false);
    await using _ = desk;
    const contents = Object.values(KINDS_OF_CONTENT);
    for (const content of contents) maria.sends(desk.chatOf(maria), content, FORWARDED);
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    await haveCopiesAsked(desk, maria);
    assertEquals(outside(desk), []);
    assertEquals(linksUnder(desk.group.messages), contents.map(() => LINKS));
  });

  for (const isTrusted of [true, false]) {
    const seen = isTrusted ? "was seen lately" : "was long not seen";
    Deno.test(`what goes astray with link buttons keeps them, and its place in the order, where the root ${seen} and an answer to a deleted message is ${answersToDeleted}`, async () => {
      const { desk, maria } = await openAstray(answersToDeleted, false);
      await using _ = desk;
      if (!isTrusted) await desk.minutesPass(20);
      deletesRoots(desk, maria);
      const chat = desk.chatOf(maria);
      const contents = Object.values(KINDS_OF_CONTENT);
      maria.sends(chat, "dois");
      for (const content of contents) maria.sends(chat, content, FORWARDED);
      maria.sends(chat, "três");
      await desk.settled();
      await desk.minutesPass(8);
      const thread = desk.threadOf(maria);
      const texts = ["dois", "↪ Feira\npão", "↪ Feira\npão", "↪ Feira", "[sticker]", "três"];
      assertEquals(textsOf(thread), texts);
      assertEquals(linksUnder(thread), contents.map(() => LINKS));
      assertEquals(outside(desk), []);
    });
  }
}

Deno.test("what went astray with link buttons that Telegram takes no more is followed by the links", async () => {
  const { desk, maria } = await openAstray("astray", false);
  await using _ = desk;
  deletesRoots(desk, maria);
  maria.sends(desk.chatOf(maria), { photo: true, caption: "pão" }, FORWARDED);
  desk.telegram.faults.rate(
    refusal("Bad Request: BUTTON_URL_INVALID"),
    1,
    ({ method, payload }) =>
      method === "copyMessage" && payload.from_chat_id === desk.group.id &&
      payload.reply_markup !== undefined,
  );
  await desk.settled();
  await desk.minutesPass(8);
  const links = "🔗 Loja: https://loja.example/pao";
  assertEquals(textsOf(desk.threadOf(maria)), ["↪ Feira\npão", links]);
  assertEquals(outside(desk), []);
  assertEquals(await desk.anotherStore().failed.list(desk.channel.id), []);
});

Deno.test("a copy keeps the link buttons that an edit gave it when its thread turns out to be gone", async () => {
  const { desk, maria, how: { viaBot } } = await openWithLinks();
  await using _ = desk;
  const message = maria.sends(desk.chatOf(maria), "pão", { viaBot });
  await desk.settled();
  desk.telegram.edits(message, "pães", LINKS);
  await desk.settled();
  await haveCopiesAsked(desk, maria);
  assertEquals(linksUnder(desk.group.messages), [LINKS]);
});

Deno.test("an answer to a comment that was deleted keeps its link buttons", async () => {
  const { desk, maria, first, how } = await openWithLinks();
  await using _ = desk;
  desk.boss.deletes(desk.threadOf(maria)[0]!);
  const content = { photo: true, caption: "sobre o um" } as const;
  maria.sends(desk.chatOf(maria), content, { ...how, replyTo: first.message_id });
  await desk.settled();
  await desk.passes(2000);
  assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um"]);
  assertEquals(linksUnder(desk.threadOf(maria)), [LINKS]);
  assertEquals(outside(desk), []);
});
