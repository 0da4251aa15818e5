/**
 * Messages that somebody deleted, where Telegram does not admit it: what answers them goes astray, and
 * is brought back.
 */
import { assert, assertEquals } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { erases, tracesOf } from "../support/erasing.ts";
import { deletesRoots, FORWARDED_FROM, openAstray, outside } from "../support/astray.ts";
import { refusal } from "../support/refusal.ts";
import { linkAnother } from "../support/relinked.ts";

/** How Telegram takes an answer to what was deleted, and whether it says of all of it that it is invalid. */
const KINDS: [how: "not found" | "invalid" | "astray", isInvalid: boolean][] = [
  ["not found", false],
  ["invalid", false],
  ["invalid", true],
  ["astray", false],
  ["astray", true],
];

for (const [how, isInvalid] of KINDS) {
  const where = `where an answer to a deleted message is ${how}${
    isInvalid ? ", and all invalid" : ""
  }`;

  Deno.test(`a thread whose root was deleted long ago begins anew at once, ${where}`, async () => {
    const { desk, maria } = await openAstray(how, isInvalid);
    await using _ = desk;
    await desk.minutesPass(20);
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
    const { desk, maria } = await openAstray(how, isInvalid);
    await using _ = desk;
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    deletesRoots(desk, maria);
    const chat = desk.chatOf(maria);
    const three = maria.sends(chat, "três");
    maria.sends(chat, { photo: true, caption: "quatro" });
    await desk.settled();
    await desk.minutesPass(8);
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
    const { desk, maria, first } = await openAstray(how, isInvalid);
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
    const { desk, maria } = await openAstray(how, isInvalid);
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
    const { desk, maria, first } = await openAstray(how, isInvalid);
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
  const { desk, maria } = await openAstray("astray", false);
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
  const { desk, maria } = await openAstray("astray", true);
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
  const { desk, maria } = await openAstray("astray", true);
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
  const { desk, maria } = await openAstray("astray", true);
  await using _ = desk;
  const before = Array.from({ length: 5 }, (_, n) => `antes ${n}`);
  const after = Array.from({ length: 60 }, (_, n) => `depois ${n}`);
  for (const text of before) maria.sends(desk.chatOf(maria), text);
  await desk.settled();
  deletesRoots(desk, maria);
  for (const text of after) maria.sends(desk.chatOf(maria), text);
  await desk.settled();
  assertEquals(outside(desk).length, 60);
  await desk.minutesPass(6);
  assertEquals(textsOf(desk.threadOf(maria)), after);
  assertEquals(outside(desk), []);
});

Deno.test("a root is looked at once in two minutes at most, and not while it says itself that it is there", async () => {
  const { desk, maria } = await openAstray("not found", false);
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
  assertEquals(await looks(() => desk.minutesPass(20)), 1);
  // After a silence the first message is looked at, others are not until later.
  assertEquals(await looks(() => writes("três")), 1);
  assertEquals(await looks(() => desk.minutesPass(20)), 0);
  const chatter = async () => {
    for (let minute = 0; minute < 30; minute++) {
      for (let each = 0; each < 5; each++) await writes(`${minute} ${each}`);
      await desk.passes(MINUTE_MS);
    }
  };
  const count = await looks(chatter);
  assert(count <= 16, `${count} looks for 150 messages in half an hour`);
});

Deno.test("what is put into a thread is shown there once, though that one has ended as well", async () => {
  const { desk, maria, first } = await openAstray("astray", true);
  await using _ = desk;
  desk.boss.deletes(desk.threadOf(maria)[0]!);
  // While it cannot be asked where the copy stands, the root goes, too.
  desk.telegram.faults.next(
    ({ method }) => method === "editMessageReplyMarkup",
    refusal("Bad Gateway", 502),
  );
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: first.message_id });
  await desk.settled();
  assertEquals(outside(desk), ["sobre o um"]);
  deletesRoots(desk, maria);
  desk.telegram.unproven.answersToDeleted = "not found";
  await desk.minutesPass(8);
  assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um"]);
  assertEquals(textsOf(desk.group.messages).filter((text) => text === "sobre o um").length, 1);
});

/** How a message of Maria's that lies outside of her thread comes to be shown in one. */
const WAYS_BACK: Record<string, (desk: TestDesk) => Promise<void>> = {
  "put into the new thread": () => Promise.resolve(),
  "shown anew because its copy was deleted": (desk) => {
    desk.telegram.faults.next(
      ({ method, payload }) => method === "copyMessage" && payload.from_chat_id === desk.group.id,
      refusal("Bad Request: message to copy not found"),
    );
    return Promise.resolve();
  },
  "shown anew in another group": async (desk) => {
    await linkAnother(desk);
  },
};

for (const [how, happens] of Object.entries(WAYS_BACK)) {
  Deno.test(`nothing names who is erased after something was ${how}`, async () => {
    const { desk, maria } = await openAstray("astray", true);
    await using _ = desk;
    deletesRoots(desk, maria);
    const chat = desk.chatOf(maria);
    maria.sends(chat, "dois");
    maria.sends(chat, { sticker: true }, { forwardedFrom: FORWARDED_FROM });
    await desk.settled();
    await happens(desk);
    await desk.minutesPass(8);
    await erases(desk, maria);
    assertEquals(await tracesOf(desk.kv, maria), []);
  });
}
