/** The line to Telegram: one bot's client and its connection, with the desk it serves at the end. */
import type { Bot } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import type { CheckProblem } from "../health/checklist.ts";
import type { StatusSources } from "../health/status_board.ts";
import type { Config } from "../config.ts";
import type { Later } from "../jobs/background.ts";
import type { Log } from "../log.ts";
import { defined } from "../values/defined.ts";
import type { ChatCall } from "./chat_call.ts";
import { type FeedbackMemory, InlineFeedback } from "./desk/inline_feedback.ts";
import { type ServedDesk, type ServedDeskOptions, serveDesk } from "./desk/served_desk.ts";
import { createBot } from "./receiving/bot.ts";
import { Connection, type ConnectionOptions } from "./receiving/connection.ts";
import { guardAnswers } from "./wire/answer.ts";

/** What a line needs of the world. */
export interface LineOptions {
  config: Config;
  fetch: typeof globalThis.fetch;
  memory: ServedDeskOptions["memory"] & ConnectionOptions["memory"] & FeedbackMemory;
  /** Called with each call to a chat that is made. */
  onCall: (call: ChatCall) => void;
  /** Has go out what waited for a repair of the desk. */
  onReady: () => Promise<void>;
  /** What is wrong with the database. */
  databaseProblem: () => CheckProblem | undefined;
  later: Later;
  now: () => number;
  log: Log;
}

/** The bot at Telegram, and the desk it serves there. */
export interface Line {
  bot: Bot;
  /** Ends every call that is under way. */
  calls: AbortController;
  connection: Connection;
  desk: ServedDesk;
  botUsername: () => string;
  /** The bot; `undefined`: it has not learned yet who it is. */
  me: () => UserFromGetMe | undefined;
  feedback: InlineFeedback;
  /** What is known of Telegram and of the desk. */
  known: StatusSources["known"];
}

/** Makes the line; nothing is asked of Telegram yet. */
export function createLine(
  { fetch, onCall, onReady, databaseProblem, ...options }: LineOptions,
): Line {
  const { config } = options;
  const calls = new AbortController();
  const bot = createBot({ config, fetch, signal: calls.signal, onCall });
  guardAnswers(bot.api);
  const me = () => bot.isInited() ? bot.botInfo : undefined;
  const desk = serveDesk({ ...options, api: bot.api, me, onReady });
  const { watch, testMessage } = desk;
  const feedback = new InlineFeedback(options);
  const connection = new Connection({ ...options, bot, watch, feedback, databaseProblem });
  return {
    bot,
    calls,
    connection,
    desk,
    me,
    feedback,
    botUsername: () => bot.botInfo.username,
    known: () => {
      const { problems, checks, claimLink, isAnswering } = connection;
      return {
        isTelegramAnswering: isAnswering,
        isDeskKnown: watch.isKnown,
        isDeskReady: watch.isReady,
        problems,
        checks: [...checks, testMessage.check],
        ...defined({ claimLink }),
      };
    },
  };
}
