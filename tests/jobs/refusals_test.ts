/**
 * What Telegram may refuse, wherever the bot calls it. A chat that is not the desk's own is one
 * person's, a message in the desk's own is one message's: others go on, nobody is alarmed, somebody is
 * told once, and nothing is tried for ever.
 */
import { assertEquals, assertLess } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { type Refusal, RefusedDesk } from "../support/refused_desk.ts";

/** Refusals that speak of whom the call was for, of a message, or of a method: not of the token. */
const REFUSALS: Refusal[] = [
  [403, "Forbidden: bot was blocked by the user"],
  [403, "Forbidden: user is deactivated"],
  [403, "Forbidden: bot can't initiate conversation with a user"],
  [403, "Forbidden: the bot can't send messages to the bot"],
  [403, "Forbidden: bot was kicked from the group chat"],
  [403, "Forbidden: bot was kicked from the supergroup chat"],
  [403, "Forbidden: bot is not a member of the channel chat"],
  [403, "Forbidden: the group chat was deleted"],
  [403, "Forbidden: something nobody has seen yet"],
  [400, "Bad Request: USER_IS_BLOCKED"],
  [400, "Bad Request: INPUT_USER_DEACTIVATED"],
  [400, "Bad Request: chat not found"],
  [400, "Bad Request: private chat not found"],
  [400, "Bad Request: chat_id is empty"],
  [400, "Bad Request: user not found"],
  [400, "Bad Request: PARTICIPANT_ID_INVALID"],
  [400, "Bad Request: USER_ID_INVALID"],
  [400, "Bad Request: PEER_ID_INVALID"],
  [400, "Bad Request: have no write access to the chat"],
  [400, "Bad Request: can't access the chat"],
  [400, "Bad Request: CHAT_WRITE_FORBIDDEN"],
  [400, "Bad Request: CHAT_RESTRICTED"],
  [400, "Bad Request: CHAT_ADMIN_REQUIRED"],
  [400, "Bad Request: CHAT_SEND_STICKERS_FORBIDDEN"],
  [400, "Bad Request: need administrator rights in the channel chat"],
  [400, "Bad Request: not enough rights to send text messages to the chat"],
  [400, "Bad Request: not enough rights to send stickers to the chat"],
  [400, "Bad Request: not enough rights to send polls to the chat"],
  [400, "Bad Request: not enough rights to manage pinned messages in the chat"],
  [400, "Bad Request: member list is inaccessible"],
  [400, "Bad Request: message to be replied not found"],
  [400, "Bad Request: message thread not found"],
  [400, "Bad Request: TOPIC_CLOSED"],
  [400, "Bad Request: message to copy not found"],
  [400, "Bad Request: message to edit not found"],
  [400, "Bad Request: message to react not found"],
  [400, "Bad Request: message can't be edited"],
  [400, "Bad Request: message can't be deleted for everyone"],
  [400, "Bad Request: message is too long"],
  [400, "Bad Request: message caption is too long"],
  [400, "Bad Request: message text is empty"],
  [400, "Bad Request: can't parse entities: unexpected end of name token at byte offset 5"],
  [400, "Bad Request: ENTITY_BOUNDS_INVALID"],
  [400, "Bad Request: QUOTE_TEXT_INVALID"],
  [400, "Bad Request: BUTTON_DATA_INVALID"],
  [400, "Bad Request: REACTION_INVALID"],
  [400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"],
  [400, "Bad Request: user restricted receiving of voice note messages"],
  [400, "Bad Request: user restricted receiving of video note messages"],
  [400, "Bad Request: wrong file identifier/HTTP URL specified"],
  [400, "Bad Request: the message can't be copied"],
  [400, "Bad Request: messages can't be forwarded"],
  [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
  [404, "Not Found: method not found"],
  [413, "Request Entity Too Large"],
  [500, "Internal Server Error: sent message was immediately deleted and can't be returned"],
];

/** For whom a refusal is told, everything it may be refused in, and every method on the way. */
const SOME: Refusal[] = [
  [403, "Forbidden: something nobody has seen yet"],
  [403, "Forbidden: bot was kicked from the supergroup chat"],
  [400, "Bad Request: CHAT_RESTRICTED"],
  [400, "Bad Request: not enough rights to send stickers to the chat"],
  [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
  [404, "Not Found: method not found"],
];

for (const refusal of REFUSALS) {
  Deno.test(`a customer's chat answers "${refusal[1]}": it is theirs alone, and the thread is told`, async () => {
    await using story = await RefusedDesk.open();
    const { desk, maria } = story;
    story.refuses(refusal, ({ payload }) => Number(payload.chat_id) === maria.id);
    const words = desk.ana.comments(desk.cardOf(maria), "temos pão");
    const sticker = desk.ana.comments(desk.cardOf(maria), { sticker: true });
    await desk.settled();
    await story.bystandersTalk("bom dia");
    assertEquals(await story.health(), 200);
    await story.everythingHappens();
    await story.aQuarterPasses();
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
    const isBlock = /block/i.test(refusal[1]);
    const blocked = textsOf(desk.threadOf(maria)).filter((text) => text.includes("bloqueou o bot"));
    for (const message of [words, sticker]) {
      const told = story.answersTo(message).length;
      // Who writes is thought to be back, until the next refusal.
      assertEquals([told, blocked.length > 0], isBlock ? [0, true] : [1, false]);
    }
  });

  Deno.test(`the group answers "${refusal[1]}" to one customer's messages: both sides are told of them`, async () => {
    await using story = await RefusedDesk.open();
    const { desk, maria } = story;
    story.refuses(
      refusal,
      (call) =>
        Number(call.payload.chat_id) === desk.group.id && story.isMarias(call) &&
        call.method !== "sendMessage",
    );
    await story.everythingHappens();
    await story.bystandersTalk("bom dia");
    const sticker = maria.sends(desk.chatOf(maria), { sticker: true });
    await desk.settled();
    assertEquals(await story.health(), 200);
    await story.aQuarterPasses();
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
    if (/replied|thread|TOPIC/.test(refusal[1])) return;
    assertEquals(story.answersTo(sticker).length, 1);
  });

  Deno.test(`the channel answers "${refusal[1]}" to one card's links: it is posted without`, async () => {
    await using story = await RefusedDesk.open();
    const { desk } = story;
    const rita = desk.customer("Rita");
    story.refuses(
      refusal,
      ({ method, payload }) =>
        method === "sendMessage" && Number(payload.chat_id) === desk.channel.id &&
        String(payload.text).includes(`ID ${rita.id}`) && payload.entities !== undefined,
    );
    rita.sends(desk.chatOf(rita), "tem bolo?");
    await desk.settled();
    await story.bystandersTalk("bom dia");
    assertEquals(textsOf(desk.threadOf(rita)), ["tem bolo?"]);
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
  });

  Deno.test(`getChatMember of a newcomer answers "${refusal[1]}": others are served`, async () => {
    await using story = await RefusedDesk.open();
    const { desk } = story;
    const rita = desk.customer("Rita");
    story.refuses(
      refusal,
      ({ method, payload }) => method === "getChatMember" && Number(payload.user_id) === rita.id,
    );
    rita.sends(desk.chatOf(rita), "tem bolo?");
    await desk.settled();
    await story.bystandersTalk("bom dia");
    const isOfChat = /kicked|member of|deleted$|chat not found|access|write|CHAT_|rights|list is/i
      .test(refusal[1]) && !/deactivated/.test(refusal[1]);
    if (isOfChat) return;
    assertEquals(textsOf(desk.threadOf(rita)), ["tem bolo?"]);
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
  });

  Deno.test(`an agent's private chat answers "${refusal[1]}": what is said there ends there`, async () => {
    await using story = await RefusedDesk.open();
    const { desk } = story;
    desk.ana.sends(desk.ana.chatWith(desk.bot), "/avisar sim");
    await desk.settled();
    story.refuses(refusal, ({ payload }) => Number(payload.chat_id) === desk.ana.id);
    for (const words of ["/ajuda", "/dados", "oi", "/stats"]) {
      desk.ana.sends(desk.ana.chatWith(desk.bot), words);
    }
    await story.bystandersTalk("bom dia");
    await story.aQuarterPasses();
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
  });
}

for (const refusal of SOME) {
  Deno.test(`each method alone answers "${refusal[1]}": others go on, and it ends`, async (t) => {
    const methods = new Set<string>();
    {
      await using story = await RefusedDesk.open();
      const before = story.desk.telegram.calls.length;
      await story.everythingHappens();
      for (const { method } of story.desk.telegram.calls.slice(before)) methods.add(method);
    }
    assertLess(8, methods.size, [...methods].join());
    for (const method of methods) {
      if (method.startsWith("get")) continue;
      await t.step(method, async () => {
        await using story = await RefusedDesk.open();
        story.refuses(refusal, (call) => call.method === method && story.isMarias(call));
        await story.everythingHappens();
        await story.bystandersTalk("bom dia");
        await story.aQuarterPasses();
        // A thread that takes no text reads like a group that takes none, until others go on: once a lane.
        const most = method === "sendMessage" ? 4 : 0;
        assertLess(story.alarms.length, most + 1, story.alarms.join("\n"));
        assertEquals(await story.health(), 200);
      });
    }
  });
}
