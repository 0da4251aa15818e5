/** Messages that somebody deleted, where Telegram does not admit it. */
import { assert, assertEquals } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { erases, tracesOf } from "../support/erasing.ts";
import type { InlineKeyboardMarkup, MessageOrigin } from "grammy/types";
import type { ContentSpec } from "../../playground/telegram/content.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** A desk at which Maria has written "um", on a Telegram of that kind. */
async function open(answersToDeleted: "not found" | "invalid" | "astray", isInvalid: boolean) {
  const desk = await TestDesk.open();
  desk.telegram.unproven.answersToDeleted = answersToDeleted;
  desk.telegram.unproven.deletedAreInvalid = isInvalid;
  const maria = desk.customer("Maria");
  const first = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  return { desk, maria, first };
}

/** Takes away all copies of a customer's cards in the group. */
function deletesRoots(desk: TestDesk, { id }: SimulatedUser): void {
  for (const message of desk.group.messages) {
    const isRoot = message.is_automatic_forward && message.text?.includes(`ID ${id}`);
    if (isRoot) desk.boss.deletes(message);
  }
}

/** What the bot has put into the group outside of every thread. */
function outside(desk: TestDesk): string[] {
  return textsOf(
    desk.group.messages.filter(({ from, message_thread_id }) =>
      from?.id === desk.bot.id && message_thread_id === undefined
    ),
  );
}

/** Lets minutes pass, one by one. */
async function passMinutes(desk: TestDesk, minutes: number): Promise<void> {
  for (let each = 0; each < minutes; each++) await desk.passes(MINUTE_MS);
}

const KINDS = [["not found", false], ["invalid", false], ["invalid", true], ["astray", false], [
  "astray",
  true,
]] as const;

for (const [how, isInvalid] of KINDS) {
  const where = `where an answer to a deleted message is ${how}${
    isInvalid ? ", and all invalid" : ""
  }`;

  Deno.test(`a thread whose root was deleted long ago begins anew at once, ${where}`, async () => {
    const { desk, maria } = await open(how, isInvalid);
    await using _ = desk;
    await passMinutes(desk, 20);
    deletesRoots(desk, maria);
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["dois"]);
    assertEquals(outside(desk), []);
    desk.ana.comments(desk.cardOf(maria), "olá");
    await desk.settled();
    assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá");
  });

  Deno.test(`nothing stays outside of a thread that ends in mid-conversation, ${where}`, async () => {
    const { desk, maria } = await open(how, isInvalid);
    await using _ = desk;
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    deletesRoots(desk, maria);
    const chat = desk.chatOf(maria);
    const three = maria.sends(chat, "três");
    maria.sends(chat, { photo: true, caption: "quatro" });
    await desk.settled();
    await passMinutes(desk, 8);
    assertEquals(textsOf(desk.threadOf(maria)), ["três", "quatro"]);
    assertEquals(outside(desk), []);
    // What was put there is linked as if it had come there at once.
    maria.edits(three, "3");
    maria.sends(chat, "sobre o três", { replyTo: three.message_id });
    await desk.settled();
    const thread = desk.threadOf(maria);
    assertEquals(textsOf(thread), ["3", "quatro", "sobre o três"]);
    assertEquals(thread[2]!.reply_to_message?.message_id, thread[0]!.message_id);
    desk.ana.sends(desk.group, "resposta", { replyTo: thread[0]!.message_id });
    await desk.settled();
    assertEquals(desk.toldTo(maria).at(-1)?.reply_to_message?.message_id, three.message_id);
  });

  Deno.test(`an answer to a comment that was deleted is shown in its thread, ${where}`, async () => {
    const { desk, maria, first } = await open(how, isInvalid);
    await using _ = desk;
    desk.boss.deletes(desk.threadOf(maria)[0]!);
    const chat = desk.chatOf(maria);
    maria.sends(chat, "sobre o um", { replyTo: first.message_id });
    for (const caption of ["a", "b"]) {
      const album = { replyTo: first.message_id, mediaGroupId: "1" };
      maria.sends(chat, { photo: true, caption }, album);
    }
    await desk.settled();
    await desk.passes(2000);
    assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um", "a", "b"]);
    assertEquals(outside(desk), []);
    assertEquals(desk.channel.messages.length, 1);
  });

  Deno.test(`an album and the bot's own words do not go astray either, ${where}`, async () => {
    const { desk, maria } = await open(how, isInvalid);
    await using _ = desk;
    deletesRoots(desk, maria);
    for (const caption of ["a", "b"]) {
      maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "1" });
    }
    await desk.settled();
    await desk.passes(2000);
    assertEquals(textsOf(desk.threadOf(maria)), ["a", "b"]);
    deletesRoots(desk, maria);
    await desk.passes(HOUR_MS);
    maria.blocks(desk.bot);
    await desk.settled();
    await desk.passes(2000);
    assertEquals(desk.threadOf(maria).length, 1);
    assertEquals(outside(desk), []);
  });

  Deno.test(`what is done to a message that is gone is done to nothing, ${where}`, async () => {
    const { desk, maria, first } = await open(how, isInvalid);
    await using _ = desk;
    desk.ana.comments(desk.cardOf(maria), "oi");
    await desk.settled();
    const copy = desk.threadOf(maria)[0]!;
    desk.boss.deletes(copy);
    maria.edits(first, "uno");
    maria.reacts(desk.toldTo(maria).at(-1)!, "👍");
    await desk.settled();
    // The edit is shown as a message of its own, since there is nothing to edit.
    assert(textsOf(desk.threadOf(maria)).some((text) => text.includes("uno")));
    assertEquals(outside(desk), []);
    assertEquals(await desk.anotherStore().failed.list(desk.channel.id), []);
  });
}

Deno.test("what went astray is taken away, though another instance goes on before it is known why", async () => {
  const { desk, maria } = await open("astray", false);
  await using _ = desk;
  deletesRoots(desk, maria);
  desk.telegram.faults.next("setMessageReaction", { kind: "hang" });
  for (const caption of ["a", "b"]) {
    maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "1" });
  }
  await desk.settled();
  desk.clock.aheadMs += 2000;
  void desk.app.drain();
  await desk.isCalling("setMessageReaction");
  const other = desk.anotherApp();
  for (let minute = 0; minute < 3; minute++) {
    desk.clock.aheadMs += MINUTE_MS;
    await other.start();
    await other.drain();
    await other.settled();
  }
  await other.close();
  assertEquals(textsOf(desk.threadOf(maria)), ["a", "b"]);
  assertEquals(outside(desk), []);
});

Deno.test("looking for what is answered leaves the reaction to it alone", async () => {
  const { desk, maria } = await open("astray", true);
  await using _ = desk;
  const comment = desk.ana.comments(desk.cardOf(maria), "oi");
  await desk.settled();
  const copy = desk.toldTo(maria).at(-1)!;
  maria.reacts(copy, "👍");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "sobre isso", { replyTo: copy.message_id });
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "sobre isso");
  assertEquals(desk.group.reactionsOf(comment.message_id), [{ type: "emoji", emoji: "👍" }]);
  desk.ana.deletes(comment);
  maria.sends(desk.chatOf(maria), "e mais", { replyTo: copy.message_id });
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "sobre isso", "e mais"]);
  assertEquals(outside(desk), []);
});

Deno.test("a restart, and a Telegram that changes its mind, lose nothing that went astray", async () => {
  const { desk, maria } = await open("astray", true);
  await using _ = desk;
  deletesRoots(desk, maria);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(outside(desk), ["dois"]);
  await desk.restart();
  desk.telegram.unproven.answersToDeleted = "not found";
  maria.sends(desk.chatOf(maria), "três");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["dois", "três"]);
  assertEquals(outside(desk), []);
});

Deno.test("many messages that went astray come into the new thread in their order", async () => {
  const { desk, maria } = await open("astray", true);
  await using _ = desk;
  const before = Array.from({ length: 5 }, (_, n) => `antes ${n}`);
  const after = Array.from({ length: 60 }, (_, n) => `depois ${n}`);
  for (const text of before) maria.sends(desk.chatOf(maria), text);
  await desk.settled();
  deletesRoots(desk, maria);
  for (const text of after) maria.sends(desk.chatOf(maria), text);
  await desk.settled();
  assertEquals(outside(desk).length, 60);
  await passMinutes(desk, 6);
  assertEquals(textsOf(desk.threadOf(maria)), after);
  assertEquals(outside(desk), []);
});

Deno.test("a root is looked at once in two minutes at most, and not while it says itself that it is there", async () => {
  const { desk, maria } = await open("not found", false);
  await using _ = desk;
  const looks = async (event: () => unknown) => {
    const { length } = desk.telegram.calls;
    await event();
    return desk.telegram.calls.slice(length)
      .filter(({ method }) => method === "setMessageReaction").length;
  };
  const writes = async (text: string) => {
    maria.sends(desk.chatOf(maria), text);
    await desk.settled();
  };
  // A new card is there, and what follows it is looked at once.
  assertEquals(await looks(() => writes("dois")), 0);
  assertEquals(await looks(() => passMinutes(desk, 20)), 1);
  // After a silence the first message is looked at, others are not until later.
  assertEquals(await looks(() => writes("três")), 1);
  assertEquals(await looks(() => passMinutes(desk, 20)), 0);
  const chatter = async () => {
    for (let minute = 0; minute < 30; minute++) {
      for (let each = 0; each < 5; each++) await writes(`${minute} ${each}`);
      await desk.passes(MINUTE_MS);
    }
  };
  const count = await looks(chatter);
  assert(count <= 16, `${count} looks for 150 messages in half an hour`);
});

Deno.test("what went astray in a group that is no longer the desk's is shown in the one that is", async () => {
  const { desk, maria } = await open("astray", true);
  await using _ = desk;
  deletesRoots(desk, maria);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  desk.telegram.link(desk.channel, group);
  await passMinutes(desk, 8);
  const shown = group.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertEquals(textsOf(shown), ["dois"]);
  assertEquals(outside(desk), []);
});

for (const isThere of [true, false]) {
  const how = isThere ? "with what was before its words" : "by itself, where the bot is no longer";
  Deno.test(`what went astray in a group that is no longer the desk's is shown ${how}`, async () => {
    const { desk, maria } = await open("astray", true);
    await using _ = desk;
    deletesRoots(desk, maria);
    const photo = { photo: true, caption: "dois" } as const;
    const forwarded = maria.sends(desk.chatOf(maria), photo, { forwardedFrom: FORWARDED_FROM });
    maria.sends(desk.chatOf(maria), "três");
    await desk.settled();
    const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
    desk.telegram.promote(group, desk.bot);
    await desk.settled();
    desk.telegram.link(desk.channel, group);
    if (!isThere) desk.telegram.removeMember(desk.group, desk.bot, "kicked");
    await passMinutes(desk, 8);
    const shown = group.messages.filter(({ from }) => from?.id === desk.bot.id);
    // What nobody can ask where it stands is taken to lie outside.
    assertEquals(textsOf(shown), isThere ? ["↪ Feira\ndois", "três"] : ["um", "dois", "três"]);
    assertEquals(outside(desk), isThere ? [] : ["↪ Feira\ndois", "três"]);
    const replyTo = forwarded.message_id;
    maria.sends(desk.chatOf(maria), "sobre isso", { replyTo });
    await desk.settled();
    const answer = group.messages.findLast(({ text }) => text === "sobre isso")!;
    assertEquals(answer.reply_to_message?.message_id, shown.at(-2)!.message_id);
  });
}

Deno.test("what was to be put into a thread is put into the one in another group that is linked before", async () => {
  const { desk, maria } = await open("astray", true);
  await using _ = desk;
  deletesRoots(desk, maria);
  const asked: unknown[] = [];
  desk.telegram.faults.next(
    ({ method, payload }) => method === "copyMessage" && payload.from_chat_id === desk.group.id,
    { kind: "429", retryAfterS: 600 },
  );
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  await passMinutes(desk, 3);
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  desk.telegram.link(desk.channel, group);
  // A message of that number may be somebody else's there.
  desk.telegram.faults.rate({ kind: "500" }, 1, ({ method, payload }) => {
    if (method === "copyMessage") asked.push(payload.from_chat_id);
    return false;
  });
  await passMinutes(desk, 15);
  assertEquals(asked, [desk.group.id]);
  assertEquals(textsOf(group.messages.filter(({ from }) => from?.id === desk.bot.id)), ["dois"]);
  assertEquals(outside(desk), []);
});

Deno.test("a file whose caption is too long is shown in another group all the same", async () => {
  const desk = await TestDesk.open();
  await using _ = desk;
  desk.telegram.unproven.answersToDeleted = "astray";
  const maria = desk.telegram.createUser({ firstName: "Maria", isPremium: true });
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  deletesRoots(desk, maria);
  desk.telegram.faults.next(
    ({ method, payload }) => method === "copyMessage" && payload.from_chat_id === desk.group.id,
    { kind: "429", retryAfterS: 600 },
  );
  maria.sends(desk.chatOf(maria), { photo: true, caption: "x".repeat(2000) });
  await desk.settled();
  await passMinutes(desk, 3);
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  desk.telegram.link(desk.channel, group);
  await passMinutes(desk, 15);
  const shown = group.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertEquals(shown.filter(({ photo }) => photo).length, 1);
});

/** What stands under a message that came by way of another bot, or was forwarded. */
const LINKS: InlineKeyboardMarkup = {
  inline_keyboard: [[{ text: "Loja", url: "https://loja.example/pao" }]],
};
const FORWARDED_FROM: MessageOrigin = {
  type: "channel",
  date: 1,
  message_id: 5,
  chat: { id: -1009, type: "channel", title: "Feira" },
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
  const opened = await open("astray", true);
  const viaBot = opened.desk.telegram.createBot({ name: "Bot", username: "other_bot" });
  return { ...opened, how: { viaBot, keyboard: LINKS } };
}

/** Maria's thread loses its root, and the copies in it are asked where they stand. */
async function haveCopiesAsked(desk: TestDesk, maria: SimulatedUser): Promise<void> {
  deletesRoots(desk, maria);
  maria.sends(desk.chatOf(maria), "por último");
  await desk.settled();
  await passMinutes(desk, 8);
  assertEquals(textsOf(desk.threadOf(maria)), ["por último"]);
}

for (const [what, content] of Object.entries(KINDS_OF_CONTENT)) {
  Deno.test(`${what} keeps its link buttons when it is put into the new thread`, async () => {
    const { desk, maria, how } = await openWithLinks();
    await using _ = desk;
    deletesRoots(desk, maria);
    maria.sends(desk.chatOf(maria), content, how);
    await desk.settled();
    await passMinutes(desk, 8);
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
      { kind: "error", errorCode: 502, description: "Bad Gateway" },
    );
    maria.sends(desk.chatOf(maria), content, how);
    await desk.settled();
    const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
    desk.telegram.promote(group, desk.bot);
    await desk.settled();
    desk.telegram.link(desk.channel, group);
    await passMinutes(desk, 8);
    assertEquals(linksUnder(group.messages), [LINKS]);
    assertEquals(outside(desk), []);
  });
}

for (const answersToDeleted of ["not found", "astray"] as const) {
  Deno.test(`whatever has link buttons keeps them when its thread turns out to be gone, where an answer to a deleted message is ${answersToDeleted}`, async () => {
    const { desk, maria } = await open(answersToDeleted, false);
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
      const { desk, maria } = await open(answersToDeleted, false);
      await using _ = desk;
      if (!isTrusted) await passMinutes(desk, 20);
      deletesRoots(desk, maria);
      const chat = desk.chatOf(maria);
      const contents = Object.values(KINDS_OF_CONTENT);
      maria.sends(chat, "dois");
      for (const content of contents) maria.sends(chat, content, FORWARDED);
      maria.sends(chat, "três");
      await desk.settled();
      await passMinutes(desk, 8);
      const thread = desk.threadOf(maria);
      const texts = ["dois", "↪ Feira\npão", "↪ Feira\npão", "↪ Feira", "[sticker]", "três"];
      assertEquals(textsOf(thread), texts);
      assertEquals(linksUnder(thread), contents.map(() => LINKS));
      assertEquals(outside(desk), []);
    });
  }
}

Deno.test("what went astray with link buttons that Telegram takes no more is followed by the links", async () => {
  const { desk, maria } = await open("astray", false);
  await using _ = desk;
  deletesRoots(desk, maria);
  maria.sends(desk.chatOf(maria), { photo: true, caption: "pão" }, FORWARDED);
  desk.telegram.faults.rate(
    { kind: "error", errorCode: 400, description: "Bad Request: BUTTON_URL_INVALID" },
    1,
    ({ method, payload }) =>
      method === "copyMessage" && payload.from_chat_id === desk.group.id &&
      payload.reply_markup !== undefined,
  );
  await desk.settled();
  await passMinutes(desk, 8);
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

Deno.test("what is put into a thread is shown there once, though that one has ended as well", async () => {
  const { desk, maria, first } = await open("astray", true);
  await using _ = desk;
  desk.boss.deletes(desk.threadOf(maria)[0]!);
  // While it cannot be asked where the copy stands, the root goes, too.
  desk.telegram.faults.next(({ method }) => method === "editMessageReplyMarkup", {
    kind: "error",
    errorCode: 502,
    description: "Bad Gateway",
  });
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: first.message_id });
  await desk.settled();
  assertEquals(outside(desk), ["sobre o um"]);
  deletesRoots(desk, maria);
  desk.telegram.unproven.answersToDeleted = "not found";
  await passMinutes(desk, 8);
  assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um"]);
  assertEquals(textsOf(desk.group.messages).filter((text) => text === "sobre o um").length, 1);
});

/** How a message of Maria's that lies outside of her thread comes to be shown in one. */
const WAYS_BACK: Record<string, (desk: TestDesk) => Promise<void>> = {
  "put into the new thread": () => Promise.resolve(),
  "shown anew because its copy was deleted": (desk) => {
    desk.telegram.faults.next(
      ({ method, payload }) => method === "copyMessage" && payload.from_chat_id === desk.group.id,
      {
        kind: "error",
        errorCode: 400,
        description: "Bad Request: message to copy not found",
      },
    );
    return Promise.resolve();
  },
  "shown anew in another group": async (desk) => {
    const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
    desk.telegram.promote(group, desk.bot);
    await desk.settled();
    desk.telegram.link(desk.channel, group);
  },
};

for (const [how, happens] of Object.entries(WAYS_BACK)) {
  Deno.test(`nothing names who is erased after something was ${how}`, async () => {
    const { desk, maria } = await open("astray", true);
    await using _ = desk;
    deletesRoots(desk, maria);
    const chat = desk.chatOf(maria);
    maria.sends(chat, "dois");
    maria.sends(chat, { sticker: true }, { forwardedFrom: FORWARDED_FROM });
    await desk.settled();
    await happens(desk);
    await passMinutes(desk, 8);
    await erases(desk, maria);
    assertEquals(await tracesOf(desk.kv, maria), []);
  });
}
