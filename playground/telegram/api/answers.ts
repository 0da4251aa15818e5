/** Methods that answer what a person's client asked: inline queries and pressed buttons. */
import type { InlineQueryResult, Opts } from "grammy/types";
import { badRequest } from "../error.ts";
import { inlineContent } from "../inline_content.ts";
import type { Execution } from "./execution.ts";
import { checkedInlineKeyboard } from "./markup.ts";
import { MAX_CAPTION_LENGTH, MAX_TEXT_LENGTH } from "./send.ts";

const MAX_RESULTS = 50;
const MAX_ID_BYTES = 64;
const MAX_ANSWER_LENGTH = 200;

/** https://core.telegram.org/bots/api#answerinlinequery */
export function answerInlineQuery(call: Execution, args: Opts<"answerInlineQuery">): true {
  const { results, next_offset = "", button } = args;
  if (results.length > MAX_RESULTS) throw badRequest("too many inline query results specified");
  const ids = results.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw badRequest("RESULT_ID_DUPLICATE");
  if (ids.some((id) => id === "" || bytes(id) > MAX_ID_BYTES)) {
    throw badRequest("RESULT_ID_INVALID");
  }
  if (bytes(next_offset) > MAX_ID_BYTES) throw badRequest("NEXT_OFFSET_INVALID");
  if (button !== undefined && "start_parameter" in button) {
    const parameter = button.start_parameter ?? "";
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(parameter)) throw badRequest("START_PARAM_INVALID");
  }
  for (const result of results) refuseResult(call, result);
  call.world.queries.answerInline(call.bot, args);
  return true;
}

/** https://core.telegram.org/bots/api#answercallbackquery */
export function answerCallbackQuery(call: Execution, args: Opts<"answerCallbackQuery">): true {
  if ((args.text?.length ?? 0) > MAX_ANSWER_LENGTH) throw badRequest("MESSAGE_TOO_LONG");
  call.world.queries.answerCallback(call.bot, args);
  return true;
}

/** A result has to be sendable before it is offered. */
function refuseResult(call: Execution, result: InlineQueryResult): void {
  const { world, bot } = call;
  checkedInlineKeyboard(call, result.reply_markup);
  const { text, caption } = inlineContent(world.files, bot, result);
  if (text === "") throw badRequest("message text is empty");
  if ((text?.length ?? 0) > MAX_TEXT_LENGTH) throw badRequest("message is too long");
  if ((caption?.length ?? 0) > MAX_CAPTION_LENGTH) {
    throw badRequest("message caption is too long");
  }
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
