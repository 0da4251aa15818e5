/**
 * Setting a desk up, in private with its owner: who claims it, where the bot is added, what the
 * checklist's buttons do. All of it may be asked for again, so it is answered at once and in the
 * background, and not kept in the outbox; but for leaving where somebody else has added the bot. Which
 * channel the owner has added it to is written down first: Telegram tells of that once.
 */
import { type Api, Composer, type Context } from "grammy";
import type { Chat, ChatMemberUpdated, Message, User } from "grammy/types";
import { claimedWith, MOST_WRONG_CODES } from "../../desk/claim.ts";
import { commandGivenIn } from "../../commands/command.ts";
import type { Config } from "../../config.ts";
import type { Language } from "../../words/language.ts";
import type { Claim } from "../../desk/desk.ts";
import { Departures } from "../../decisions/outside.ts";
import { isInside } from "../../desk/team.ts";
import type { Later } from "../../jobs/background.ts";
import type { Log } from "../../log.ts";
import { spokenLanguage } from "../../words/language.ts";
import { isSameSecret } from "../../secret.ts";
import { readButton } from "../../buttons/button.ts";
import { type SetupAction, writeSetupAction } from "../../buttons/setup.ts";
import { say } from "../../texts/texts.ts";
import { steadyClock } from "../../time/steady.ts";
import { defined } from "../../values/defined.ts";
import { answerOf } from "../api.ts";
import { wordsOf } from "../receiving/facts/content.ts";
import type { DeskWatch } from "./desk_watch.ts";
import { logUnanswered, type ShownChecklist } from "./shown_checklist.ts";
import type { Accept } from "../updates.ts";
import type { TestMessage } from "./test_message.ts";

/** What setting up needs to be kept. */
export interface SetupMemory {
  recall(name: "claim"): Promise<Claim | null>;
  /** Makes somebody the owner, unless there is one; resolves with who it is. */
  claimDesk(ownerId: number): Promise<Claim>;
  /** The channel that the owner has shown. */
  showChannel(channelId: number): Promise<void>;
  /** Counts a wrong code. */
  countAttempt(userId: number): Promise<void>;
  /** How many wrong codes somebody has tried of late. */
  attempts(userId: number): Promise<number>;
}

/** What setting up needs of the world. */
export interface SetupOptions {
  api: Api;
  config: Pick<Config, "channel" | "claimCode" | "locale">;
  memory: SetupMemory;
  watch: DeskWatch;
  testMessage: TestMessage;
  checklist: ShownChecklist;
  /** Whether somebody is an administrator of the desk. */
  isAdmin: (user: User) => Promise<boolean>;
  botUsername: () => string;
  now: () => number;
  log: Log;
}

/** Sets one bot's desk up. */
export class Setup {
  readonly #departures: Departures;
  #look: Promise<void> | undefined;
  #nextLook: Promise<void> | undefined;

  constructor(private readonly options: SetupOptions) {
    this.#departures = new Departures(options.now, steadyClock(options.now));
  }

  /** Handles what concerns the set-up. Comes first: it works without a desk. */
  composer({ later, ask, acceptOutside }: {
    later: Later;
    /** Does what somebody who may be a stranger asks for, as far as there is room. */
    ask: (userId: number, work: () => Promise<void>) => void;
    /** Accepts an update that is none of the desk's. */
    acceptOutside: Accept;
  }): Composer<Context> {
    const composer = new Composer<Context>();
    const inPrivate = composer.chatType("private");

    inPrivate.on("message:text", async (ctx, next) => {
      const code = claimedWith(ctx.message.text);
      if (code !== null && this.options.config.channel === undefined) {
        if (await this.#claim(ctx.from, code)) later(this.#welcome(ctx.from));
        // Who may not claim, and is not told so, is a customer like any other once there is a desk.
        else if (this.options.watch.isKnown) await next();
        return;
      }
      // While there is no desk nobody but the owner can be its administrator.
      if (this.options.watch.isKnown || !await this.#isOwnersSetup(ctx.message)) {
        return await next();
      }
      later(this.options.checklist.show(ctx.from.id, this.#languageOf(ctx.from)));
    });

    composer.on("callback_query:data", async (ctx, next) => {
      const button = readButton(ctx.callbackQuery.data);
      if (button?.kind !== "setup") return await next();
      const isOwner = (await this.options.memory.recall("claim"))?.ownerId === ctx.from.id;
      const press = () => this.#press(ctx, button.action, isOwner);
      if (isOwner) later(press());
      else ask(ctx.from.id, press);
    });

    composer.filter((ctx) => ctx.chat?.type !== "private").on("my_chat_member", async (ctx) => {
      const change = ctx.myChatMember;
      if (await this.#isByStranger(change)) {
        const language = spokenLanguage(change.from.language_code);
        const leaving = this.#departures.onAdded(change.chat.id, defined({ language }));
        await acceptOutside(ctx.update, () => leaving);
      }
      if (await this.#isFirstDesk(change)) await this.#show(change.chat.id);
      later(this.#placed(change));
    });

    composer.on("message:is_automatic_forward", async (ctx, next) => {
      if (!await this.options.testMessage.notice(ctx.message)) await next();
    });
    return composer;
  }

  /** Whether this person owns the desk by this code, from now on or already. */
  async #claim(user: User, code: string): Promise<boolean> {
    const { config, memory, log } = this.options;
    if (isSameSecret(code, config.claimCode)) {
      const { ownerId } = await memory.claimDesk(user.id);
      return ownerId === user.id;
    }
    if (await memory.attempts(user.id) < MOST_WRONG_CODES) {
      await memory.countAttempt(user.id);
      log.warn("claimed with a wrong code", { userId: user.id });
    }
    return false;
  }

  async #welcome(user: User): Promise<void> {
    const { api, watch, checklist, log } = this.options;
    log.info("desk claimed", { userId: user.id });
    const words = say({ text: "owner" }, this.#languageOf(user));
    logUnanswered(await answerOf(api.sendMessage(user.id, words)), log);
    await watch.lookAgain();
    await checklist.show(user.id, this.#languageOf(user));
  }

  async #isOwnersSetup(message: Message): Promise<boolean> {
    const given = commandGivenIn(wordsOf(message), this.options.botUsername());
    const isSetup = given !== null && given !== "of another bot" && given.name === "setup";
    if (!isSetup || !message.from) return false;
    return (await this.options.memory.recall("claim"))?.ownerId === message.from.id;
  }

  async #press(ctx: Context, action: SetupAction, isOwner: boolean): Promise<void> {
    const { api, testMessage, isAdmin, watch, checklist } = this.options;
    const { id, from } = ctx.callbackQuery!;
    const may = isOwner || (action.does !== "move" && watch.isKnown && await isAdmin(from));
    const language = this.#languageOf(from);
    const told = may ? {} : { text: say({ text: "admins-only" }, language), show_alert: true };
    logUnanswered(await answerOf(api.answerCallbackQuery(id, told)), this.options.log);
    if (!may) return;
    switch (action.does) {
      case "check":
        await watch.lookAgain();
        return await checklist.renew();
      case "walk":
        await testMessage.go();
        return await checklist.renew();
      case "move":
        await this.#show(action.channelId);
        await watch.lookAgain();
        logUnanswered(
          await answerOf(api.sendMessage(from.id, say({ text: "desk-moved" }, language))),
          this.options.log,
        );
        return await checklist.show(from.id, language);
    }
  }

  /** The bot's own place in a channel or group has changed. */
  async #placed(change: ChatMemberUpdated): Promise<void> {
    const { config, memory, watch, checklist } = this.options;
    const { chat, from, old_chat_member: before, new_chat_member: now } = change;
    await watch.recallIfKnown();
    const groupId = chat.type === "supergroup" ? chat.id : undefined;
    if (watch.isOurs(chat)) {
      await watch.lookAgain(groupId);
      return await checklist.renew();
    }
    if (!isInside(now)) return;
    const claim = config.channel === undefined ? await memory.recall("claim") : null;
    if (claim?.ownerId === from.id) return await this.#placedByOwner(chat, from, claim);
    // Whether a stranger's is to be left, who leaves it finds out.
    const isByOwner = watch.isKnown && watch.desk.ownerId === from.id;
    if (isInside(before) || isByOwner || !watch.takesCards) await this.#lookAgain(groupId);
  }

  /** Looks at the desk again. All who ask while somebody looks share the next look. */
  async #lookAgain(groupId?: number): Promise<void> {
    this.#nextLook ??= (async () => {
      await this.#look?.catch(() => {});
      this.#nextLook = undefined;
      this.#look = this.options.watch.lookAgain(groupId);
      await this.#look;
    })();
    await this.#nextLook;
  }

  /** Whether somebody has added the bot to a chat that is not known to be for them to say. */
  async #isByStranger(change: ChatMemberUpdated): Promise<boolean> {
    const { config, memory, watch } = this.options;
    const { chat, from, old_chat_member: before, new_chat_member: now } = change;
    if (!isInside(now) || isInside(before)) return false;
    await watch.recallIfKnown();
    if (watch.isOurs(chat) || (watch.isKnown && watch.desk.ownerId === from.id)) return false;
    if (config.channel !== undefined) return true;
    return (await memory.recall("claim"))?.ownerId !== from.id;
  }

  async #placedByOwner(chat: Chat, owner: User, claim: Claim): Promise<void> {
    const { api, watch, checklist } = this.options;
    if (chat.type === "channel" && chat.id !== claim.channelId && watch.isKnown) {
      const language = this.#languageOf(owner);
      const text = say({ text: "button-move" }, language);
      const callback_data = writeSetupAction({ does: "move", channelId: chat.id });
      const words = say({ text: "move-desk", title: chat.title }, language);
      return logUnanswered(
        await answerOf(api.sendMessage(owner.id, words, {
          reply_markup: { inline_keyboard: [[{ text, callback_data }]] },
        })),
        this.options.log,
      );
    }
    await watch.lookAgain(chat.type === "supergroup" ? chat.id : undefined);
    await checklist.renew();
  }

  /** Whether the owner has added the bot to a channel, while it serves none. */
  async #isFirstDesk({ chat, from, new_chat_member: now }: ChatMemberUpdated): Promise<boolean> {
    const { config, memory, watch } = this.options;
    if (config.channel !== undefined || chat.type !== "channel" || !isInside(now)) return false;
    const claim = await memory.recall("claim");
    if (claim?.ownerId !== from.id || claim.channelId === chat.id) return false;
    await watch.recallIfKnown();
    return claim.channelId === undefined || !watch.isKnown;
  }

  /** From now on the desk is in this channel. */
  async #show(channelId: number): Promise<void> {
    await this.options.memory.showChannel(channelId);
    this.options.watch.forget();
  }

  #languageOf({ language_code }: User): Language {
    return spokenLanguage(language_code) ?? this.options.config.locale;
  }
}
