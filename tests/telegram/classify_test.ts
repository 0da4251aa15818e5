import { assertEquals } from "@std/assert";
import { classify, isOfPerson, scopeOf } from "../../src/telegram/classify.ts";

const refused = (description: string, code = 400) => classify({ code, description }).kind;

Deno.test("no answer may pass", () => {
  assertEquals(classify({ description: "the connection failed" }).kind, "passing");
});

Deno.test("429 pauses for as long as Telegram says, also where it hides in another refusal", () => {
  assertEquals(
    classify({ code: 429, description: "Too Many Requests: retry after 17", retryAfterS: 17 }),
    { kind: "pause", retryAfterS: 17 },
  );
  assertEquals(
    classify({
      code: 400,
      description: "Bad Request: failed to send message #1 with the error message " +
        '"Too Many Requests: retry after 8"',
    }),
    { kind: "pause", retryAfterS: 8 },
  );
});

Deno.test("an upgraded group tells its new ID", () => {
  const description = "Bad Request: group chat was upgraded to a supergroup chat";
  assertEquals(classify({ code: 400, description, migrateToChatId: -1003 }), {
    kind: "migrated",
    chatId: -1003,
  });
});

const WORDS: [expected: string, code: number, words: string[]][] = [
  ["blocked", 403, ["Forbidden: bot was blocked by the user"]],
  ["blocked", 400, ["Bad Request: USER_IS_BLOCKED"]],
  ["gone", 403, [
    "Forbidden: user is deactivated",
    "Forbidden: bot can't initiate conversation with a user",
    "Forbidden: the bot can't send messages to the bot",
  ]],
  ["trouble", 403, [
    "Forbidden: bot was kicked from the group chat",
    "Forbidden: bot was kicked from the supergroup chat",
    "Forbidden: bot was kicked from the channel chat",
    "Forbidden: bot is not a member of the supergroup chat",
    "Forbidden: bot is not a member of the channel chat",
    "Forbidden: the group chat was deleted",
    "Forbidden: something nobody has seen yet",
  ]],
  ["trouble", 400, [
    "Bad Request: have no write access to the chat",
    "Bad Request: have no access to the chat",
    "Bad Request: can't access the chat",
    "Bad Request: CHANNEL_PRIVATE",
    "Bad Request: CHANNEL_INVALID",
    "Bad Request: CHAT_WRITE_FORBIDDEN",
    "Bad Request: CHAT_RESTRICTED",
    "Bad Request: need administrator rights in the channel chat",
    "Bad Request: not enough rights to send text messages to the chat",
    "Bad Request: member list is inaccessible",
    "Bad Request: not enough rights to manage pinned messages in the chat",
  ]],
  ["trouble", 401, ["Unauthorized", "Unauthorized: invalid token specified"]],
  ["trouble", 404, ["Not Found", "Not Found: method not found"]],
  ["trouble", 421, ["Misdirected Request: unallowed token specified"]],
  ["trouble", 409, [
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    "Conflict: terminated by setWebhook request",
    "Conflict: terminated by other setWebhook",
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  ]],
  ["no chat", 400, ["Bad Request: chat not found", "Bad Request: private chat not found"]],
  ["no user", 400, [
    "Bad Request: user not found",
    "Bad Request: member not found",
    "Bad Request: PARTICIPANT_ID_INVALID",
    "Bad Request: USER_ID_INVALID",
    "Bad Request: USER_NOT_PARTICIPANT",
  ]],
  ["no answered message", 400, [
    "Bad Request: message to be replied not found",
    "Bad Request: REPLY_MESSAGE_ID_INVALID",
    "Bad Request: REPLY_TO_INVALID",
    "Bad Request: message thread not found",
    "Bad Request: TOPIC_DELETED",
    "Bad Request: TOPIC_CLOSED",
  ]],
  ["no message", 400, [
    "Bad Request: message to copy not found",
    "Bad Request: message to edit not found",
    "Bad Request: message to forward not found",
    "Bad Request: there are no messages to forward",
    "Bad Request: MESSAGE_ID_INVALID",
    "Bad Request: MSG_ID_INVALID",
    "Bad Request: message not found",
    "Bad Request: message to delete not found",
    "Bad Request: message to pin not found",
    "Bad Request: message to unpin not found",
    "Bad Request: message to react not found",
  ]],
  ["uncopyable", 400, [
    "Bad Request: the message can't be copied",
    "Bad Request: messages can't be forwarded",
    "Bad Request: message has protected content and can't be forwarded",
  ]],
  ["no quote", 400, ["Bad Request: QUOTE_TEXT_INVALID"]],
  ["no voice", 400, [
    "Bad Request: VOICE_MESSAGES_FORBIDDEN",
    "Bad Request: user restricted receiving of voice note messages",
    "Bad Request: user restricted receiving of video note messages",
  ]],
  ["gone", 400, ["Bad Request: INPUT_USER_DEACTIVATED", "Bad Request: USER_DELETED"]],
  ["passing", 400, ["Bad Request: group send failed"]],
  ["too long", 400, [
    "Bad Request: message is too long",
    "Bad Request: message caption is too long",
    "Bad Request: MEDIA_CAPTION_TOO_LONG",
  ]],
  ["uneditable", 400, [
    "Bad Request: message can't be edited",
    "Bad Request: message media can't be edited",
    "Bad Request: there is no text in the message to edit",
    "Bad Request: there is no caption in the message to edit",
    "Bad Request: message content type can't be used in an album",
    "Bad Request: can't change media type in the album",
  ]],
  ["unchanged", 400, [
    "Bad Request: message is not modified: specified new message content and reply markup are " +
    "exactly the same as a current content and reply markup of the message",
  ]],
  ["passing", 500, ["Internal Server Error", "Internal Server Error: restart"]],
  ["passing", 502, ["Bad Gateway"]],
  ["refused", 500, [
    "Internal Server Error: sent message was immediately deleted and can't be returned",
  ]],
  ["refused", 400, [
    "Bad Request: message text is empty",
    "Bad Request: text must be non-empty",
    "Bad Request: chat_id is empty",
    "Bad Request: can't parse entities: unexpected end of name token at byte offset 5",
    "Bad Request: message can't be deleted",
    "Bad Request: message can't be deleted for everyone",
    "Bad Request: user is an administrator of the chat",
    "Bad Request: BUTTON_DATA_INVALID",
    "Bad Request: reply markup is too long",
    "Bad Request: REACTION_INVALID",
    "Bad Request: file is too big",
    "Bad Request: invalid file_id",
    "Bad Request: wrong remote file identifier specified: Wrong padding in the string",
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
    "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET",
    "Bad Request: wrong file identifier/HTTP URL specified",
  ]],
  ["refused", 413, ["Request Entity Too Large"]],
];
for (const [expected, code, sentences] of WORDS) {
  for (const words of sentences) {
    Deno.test(`${code} "${words.slice(0, 70)}" means: ${expected}`, () => {
      assertEquals(refused(words, code), expected);
    });
  }
}

const SCOPES: [expected: string, code: number, words: string[]][] = [
  ["token", 401, ["Unauthorized", "Unauthorized: invalid token specified"]],
  ["token", 404, ["Not Found"]],
  ["token", 421, ["Misdirected Request: unallowed token specified"]],
  ["chat", 403, [
    "Forbidden: bot was kicked from the supergroup chat",
    "Forbidden: bot is not a member of the channel chat",
    "Forbidden: the group chat was deleted",
  ]],
  ["chat", 400, [
    "Bad Request: CHAT_WRITE_FORBIDDEN",
    "Bad Request: have no write access to the chat",
    "Bad Request: have no access to the chat",
    "Bad Request: can't access the chat",
    "Bad Request: CHANNEL_PRIVATE",
    "Bad Request: need administrator rights in the channel chat",
    "Bad Request: not enough rights to send text messages to the chat",
  ]],
  ["unsure", 404, ["Not Found: method not found"]],
  ["unsure", 403, ["Forbidden: something nobody has seen yet"]],
  ["unsure", 400, [
    "Bad Request: CHAT_RESTRICTED",
    "Bad Request: not enough rights to send polls to the chat",
    "Bad Request: not enough rights to manage pinned messages in the chat",
  ]],
];
for (const [expected, code, sentences] of SCOPES) {
  for (const words of sentences) {
    Deno.test(`trouble ${code} "${words.slice(0, 70)}" reaches: ${expected}`, () => {
      assertEquals(scopeOf({ code, description: words }), expected);
    });
  }
}

Deno.test("what getChatMember refuses says something of the person, unless it names the chat or may pass", () => {
  const isTheirs = (code: number, description: string) => isOfPerson({ code, description });
  for (
    const [code, words] of [
      [400, "Bad Request: user not found"],
      [400, "Bad Request: PARTICIPANT_ID_INVALID"],
      [400, "Bad Request: USER_ID_INVALID"],
      [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
      [403, "Forbidden: user is deactivated"],
      [403, "Forbidden: something nobody has seen yet"],
    ] as const
  ) assertEquals([words, isTheirs(code, words)], [words, true]);
  for (
    const [code, words] of [
      [400, "Bad Request: chat not found"],
      [400, "Bad Request: member list is inaccessible"],
      [400, "Bad Request: have no access to the chat"],
      [400, "Bad Request: CHANNEL_PRIVATE"],
      [400, "Bad Request: CHAT_ADMIN_REQUIRED"],
      [403, "Forbidden: bot was kicked from the channel chat"],
      [401, "Unauthorized"],
      [429, "Too Many Requests: retry after 3"],
      [502, "Bad Gateway"],
    ] as const
  ) assertEquals([words, isTheirs(code, words)], [words, false]);
});
