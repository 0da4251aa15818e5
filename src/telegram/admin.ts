/** What administrators ask of the bot: for now, the list of what was given up. */
import { type Api, Composer, type Context } from "grammy";
import type { Config } from "../config.ts";
import type { Desk } from "../desk.ts";
import {
  type FailedAction,
  type FailedJob,
  readAction,
  type Which,
  writeFailed,
} from "../failed.ts";
import type { Log } from "../log.ts";
import { isCommand } from "../relay.ts";
import { authorOf } from "../team.ts";
import { TEXTS } from "../texts/texts.ts";
import { answerOf } from "./api.ts";

/** Given-up jobs, where they are kept. */
export interface FailedJobs {
  list(desk: Desk): Promise<FailedJob[]>;
  retry(desk: Desk, which: Which): Promise<void>;
  dismiss(desk: Desk, which: Which): Promise<void>;
}

/** What the administrators' side needs. */
export interface AdminOptions {
  api: Api;
  desk: () => Desk;
  failed: FailedJobs;
  config: Pick<Config, "locale" | "timeZone">;
  log: Log;
}

/** The administrators' side of one desk. */
export class Admin {
  constructor(private readonly options: AdminOptions) {}

  /**
   * Handles commands in the group and presses of buttons. Whether somebody may is asked of
   * Telegram, so nothing of it stands between an update and its receipt: it goes on in `later`.
   */
  composer(later: (work: Promise<void>) => void): Composer<Context> {
    const composer = new Composer<Context>();
    composer.filter((ctx) => ctx.chat?.id === this.options.desk().groupId)
      .on("message:text", (ctx, next) => {
        if (!isCommand(ctx.message, "failed")) return next();
        const author = authorOf(ctx.message, this.options.desk());
        const answer = { chatId: ctx.chat.id, answerTo: ctx.message.message_id };
        if (author.kind === "desk") later(this.sendFailed(answer));
        if (author.kind === "person") {
          later(this.answerFailed(author.userId, answer).then(() => {}));
        }
      });
    composer.on("callback_query:data", (ctx, next) => {
      const action = readAction(ctx.callbackQuery.data, this.options.desk().channelId);
      if (!action) return next();
      later(this.#press(ctx, action));
    });
    return composer;
  }

  /** Sends the list of what was given up, if this person is an administrator; `false`: not. */
  async answerFailed(
    userId: number,
    to: { chatId: number; answerTo?: number },
  ): Promise<boolean> {
    const isAdmin = await this.isAdmin(userId);
    if (isAdmin) await this.sendFailed(to);
    return isAdmin;
  }

  /** Sends the list of what was given up. */
  async sendFailed({ chatId, answerTo }: { chatId: number; answerTo?: number }): Promise<void> {
    const { text, ...rest } = await this.#write();
    const answer = await answerOf(this.options.api.sendMessage(chatId, text, {
      ...rest,
      ...(answerTo === undefined ? {} : { reply_parameters: { message_id: answerTo } }),
    }));
    if (answer.failure) {
      this.options.log.warn("list not sent", { reason: answer.failure.description });
    }
  }

  async #press(ctx: Context, { does, which }: FailedAction): Promise<void> {
    const { api, desk, failed, config, log } = this.options;
    const query = ctx.callbackQuery!;
    const texts = TEXTS[config.locale];
    const isAdmin = await this.isAdmin(query.from.id);
    if (isAdmin) await failed[does](desk(), which);
    const told = await answerOf(api.answerCallbackQuery(query.id, {
      text: isAdmin
        ? texts["failed-done"]({ text: "failed-done", does })
        : texts["admins-only"]({ text: "admins-only" }),
      show_alert: !isAdmin,
    }));
    if (told.failure) log.warn("press not answered", { reason: told.failure.description });
    if (!isAdmin || !query.message) return;
    const { text, ...rest } = await this.#write();
    const { chat, message_id } = query.message;
    const edited = await answerOf(api.editMessageText(chat.id, message_id, text, rest));
    if (edited.failure) log.warn("list not renewed", { reason: edited.failure.description });
  }

  async #write() {
    const { desk, failed, config: { locale, timeZone } } = this.options;
    const format = new Intl.DateTimeFormat(locale, {
      timeZone,
      dateStyle: "short",
      timeStyle: "short",
    });
    return writeFailed(await failed.list(desk()), {
      texts: TEXTS[locale],
      formatTime: (ms) => format.format(ms),
    });
  }

  /**
   * The channel's creator and administrators, and the group's creator. An error is no answer:
   * meanwhile they are refused.
   */
  async isAdmin(userId: number): Promise<boolean> {
    const { api, desk } = this.options;
    const { channelId, groupId } = desk();
    const inChannel = await answerOf(api.getChatMember(channelId, userId));
    if (!inChannel.failure && /^(creator|administrator)$/.test(inChannel.result.status)) {
      return true;
    }
    const inGroup = await answerOf(api.getChatMember(groupId, userId));
    return !inGroup.failure && inGroup.result.status === "creator";
  }
}
