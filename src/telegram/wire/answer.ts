/** The one way in for the Bot API's answers: what is none of Telegram's is no answer. */
import type { Api } from "grammy";
import type { ApiResponse } from "grammy/types";
import { DAY_MS } from "../../time/duration.ts";
import { fullChat, member, sentMessage, user } from "./message.ts";
import {
  anyList,
  both,
  count,
  done,
  either,
  type Fields,
  groupId,
  isRecord,
  list,
  present,
  record,
  type Shape,
  text,
  time,
} from "./shape.ts";

/** Nobody is asked to wait for longer; what says so is no answer of Telegram's. */
const MOST_RETRY_AFTER_S = 7 * DAY_MS / 1000;

/** What stands for an answer that cannot be read: whether the call was executed is unknown. */
const UNREADABLE = {
  ok: false,
  error_code: 502,
  description: "the answer was not Telegram's",
} as const;

/** What calls answer that we rely on; of any other it is enough that it answers something. */
const RESULTS = new Map<string, Shape>(Object.entries({
  getMe: both(user, record({ username: text })),
  getUpdates: anyList,
  getWebhookInfo: record({ url: text, pending_update_count: count }, {
    last_error_date: time,
    last_error_message: text,
  }),
  getChat: fullChat,
  getChatMember: member,
  getChatMemberCount: count,
  getChatAdministrators: list(member),
  getMyDescription: record({ description: text }),
  getMyShortDescription: record({ short_description: text }),
  getMyDefaultAdministratorRights: record({}),
  createChatInviteLink: record({ invite_link: text }),
  getFile: record({ file_id: text }, { file_path: text, file_size: count }),
  copyMessage: sentMessage,
  copyMessages: list(sentMessage),
  sendMediaGroup: list(sentMessage),
  sendChatAction: present,
}));

/** The answers of calls that make a message or change one, or do something else. */
const BY_DEED: readonly [RegExp, Shape][] = [
  [/^(send|forward)/, sentMessage],
  // Of messages that were sent in inline mode only `true` is told (Bot API, editMessageText).
  [/^(edit|stop)Message/, either(sentMessage, done)],
  [/^(set|delete|pin|unpin|ban|unban|leave|answer|approve|decline)/, done],
];

/** Has every answer to calls of this API client read here first. */
export function guardAnswers(api: Api): void {
  api.config.use(async (call, method, payload, signal) =>
    readAnswer(method, await call(method, payload, signal))
  );
}

/** An answer as Telegram would have given it; `method` is the call's. */
function readAnswer<T>(method: string, value: unknown): ApiResponse<T> {
  if (!isRecord(value)) return UNREADABLE;
  if (value.ok === true) {
    return shapeOf(method)(value.result) === null
      ? { ok: true, result: value.result as T }
      : UNREADABLE;
  }
  const { ok, error_code: code, description } = value;
  if (ok !== false || !isCode(code) || typeof description !== "string") return UNREADABLE;
  return { ok: false, error_code: code, description, parameters: readParameters(value.parameters) };
}

function shapeOf(method: string): Shape {
  const named = RESULTS.get(method);
  return named ?? BY_DEED.find(([deed]) => deed.test(method))?.[1] ?? present;
}

/** What a refusal is told with, as far as it makes sense. */
function readParameters(value: unknown): { retry_after?: number; migrate_to_chat_id?: number } {
  const given: Fields = isRecord(value) ? value : {};
  const { retry_after: retryAfterS, migrate_to_chat_id: chatId } = given;
  return {
    ...(isWait(retryAfterS) ? { retry_after: retryAfterS } : {}),
    ...(groupId(chatId) === null ? { migrate_to_chat_id: chatId as number } : {}),
  };
}

/** Whether so many seconds can be waited for. */
function isWait(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= MOST_RETRY_AFTER_S;
}

function isCode(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 300 && (value as number) < 600;
}
