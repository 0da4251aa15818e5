/** Who the bot is: as it was kept from an earlier start, and as its maker has named it since. */
import type { Bot } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { ProblemError } from "../../texts/problem_sentence.ts";
import { answerOf } from "../api.ts";
import { NotReady } from "../updates.ts";

/** Where it is kept from start to start. */
export interface IdentityMemory {
  recall(name: "me"): Promise<UserFromGetMe | null>;
  remember(name: "me", value: UserFromGetMe): Promise<void>;
}

/** One bot's knowledge of itself, which its client holds. */
export class Identity {
  constructor(private readonly options: { bot: Bot; memory: IdentityMemory }) {}

  /** Takes from memory who the bot is. Throws `NotReady` if memory does not know either. */
  async recall(): Promise<void> {
    const { bot, memory } = this.options;
    if (bot.isInited()) return;
    const me = await memory.recall("me");
    if (!me) throw new NotReady("The bot does not know itself yet");
    bot.botInfo = me;
  }

  /** Takes from memory who the bot is, if memory knows. */
  async recallIfKnown(): Promise<void> {
    try {
      await this.recall();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
    }
  }

  /** Asks Telegram (Bot API, getMe). Throws `ProblemError` if it does not tell, and nothing is known. */
  async ask(): Promise<void> {
    const { bot, memory } = this.options;
    const answer = await answerOf(bot.api.getMe());
    if (answer.failure) {
      if (bot.isInited()) return;
      throw new ProblemError({ because: "nameless", description: answer.failure.description });
    }
    const isNews = !bot.isInited() ||
      JSON.stringify(bot.botInfo) !== JSON.stringify(answer.result);
    bot.botInfo = answer.result;
    if (isNews) await memory.remember("me", answer.result);
  }
}
