/**
 * Setting a desk up, in private with its owner: who claims it, where the bot is added, what the
 * checklist's buttons do. All of it may be asked for again, so it is answered at once and in the
 * background, and not kept in the outbox; but for leaving where somebody else has added the bot. Which
 * channel the owner has added it to is written down first: Telegram tells of that once.
 */
import { type Api, Composer, type Context } from "grammy";
import type { ChatMemberUpdated, Message, User } from "grammy/types";
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
import { chosenAs, pressedInVain } from "../../buttons/choosing.ts";
import type { SetupAction } from "../../buttons/setup.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { steadyClock } from "../../time/steady.ts";
import { defined } from "../../values/defined.ts";
import { answerOf } from "../api.ts";
import { wordsOf } from "../receiving/facts/content.ts";
import type { Choices, Owner } from "./choices.ts";
import type { DeskWatch } from "./desk_watch.ts";
import type { Guide } from "./guide.ts";
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
  guide: Guide;
  choices: Choices;
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
      const inVain = pressedInVain(ctx.message.text, TEXTS[this.#languageOf(ctx.from)]);
      if (inVain !== undefined && await this.#isClaimers(ctx.from)) {
        return later(this.options.choices.pressedInVain(inVain, this.#ownerOf(ctx.from)));
      }
      // While there is no desk nobody but the owner can be its administrator.
      if (this.options.watch.isKnown || !await this.#isOwnersSetup(ctx.message)) {
        return await next();
      }
      later(this.showAnew(ctx.from.id, this.#languageOf(ctx.from)));
    });

    inPrivate.on("message:chat_shared", async (ctx, next) => {
      const { from, message: { chat_shared: shared } } = ctx;
      const where = chosenAs(shared.request_id);
      if (where === undefined || !await this.#isClaimers(from)) return await next();
      later(this.options.choices.shared(shared, where, this.#ownerOf(from)));
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
      if (await this.#isFirstDesk(change)) await this.options.choices.show(change.chat.id);
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
    const { watch, checklist, guide, log } = this.options;
    const language = this.#languageOf(user);
    log.info("desk claimed", { userId: user.id });
    if (watch.isKnown) return await this.showAnew(user.id, language);
    await guide.begin(user.id, language);
    await watch.lookAgain();
    await checklist.show(user.id, language);
  }

  /** Looks at everything anew and shows it; the owner is led on, if something is to be chosen. */
  async showAnew(userId: number, language: Language): Promise<void> {
    const { config, memory, watch, checklist, guide } = this.options;
    await watch.lookAgain();
    await checklist.show(userId, language);
    if (config.channel !== undefined) return;
    if ((await memory.recall("claim"))?.ownerId === userId) await guide.resume(userId, language);
  }

  /** Whether it is for this person to say which the desk's channel is. */
  async #isClaimers({ id }: User): Promise<boolean> {
    const { config, memory } = this.options;
    if (config.channel !== undefined) return false;
    return (await memory.recall("claim"))?.ownerId === id;
  }

  #ownerOf(user: User): Owner {
    return { ownerId: user.id, language: this.#languageOf(user) };
  }

  async #isOwnersSetup(message: Message): Promise<boolean> {
    const given = commandGivenIn(wordsOf(message), this.options.botUsername());
    const isSetup = given !== null && given !== "of another bot" && given.name === "setup";
    if (!isSetup || !message.from) return false;
    return (await this.options.memory.recall("claim"))?.ownerId === message.from.id;
  }

  async #press(ctx: Context, action: SetupAction, isOwner: boolean): Promise<void> {
    const { api, testMessage, isAdmin, watch, checklist, guide } = this.options;
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
        await this.options.choices.show(action.channelId);
        await watch.lookAgain();
        logUnanswered(
          await answerOf(api.sendMessage(from.id, say({ text: "desk-moved" }, language))),
          this.options.log,
        );
        await checklist.show(from.id, language);
        return await guide.resume(from.id, language);
    }
  }

  /** The bot's own place in a channel or group has changed. */
  async #placed(change: ChatMemberUpdated): Promise<void> {
    const { config, memory, watch, checklist, choices } = this.options;
    const { chat, from, old_chat_member: before, new_chat_member: now } = change;
    await watch.recallIfKnown();
    const groupId = chat.type === "supergroup" ? chat.id : undefined;
    const claim = config.channel === undefined ? await memory.recall("claim") : null;
    if (claim?.ownerId === from.id && now.status === "administrator") {
      return await choices.placed(chat, this.#ownerOf(from));
    }
    if (watch.isOurs(chat) || (claim?.ownerId === from.id && isInside(now))) {
      await watch.lookAgain(groupId);
      return await checklist.renew();
    }
    if (!isInside(now)) return;
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

  /** Whether the owner has added the bot to a channel, while it serves none. */
  async #isFirstDesk({ chat, from, new_chat_member: now }: ChatMemberUpdated): Promise<boolean> {
    const { config, memory, watch } = this.options;
    if (config.channel !== undefined || chat.type !== "channel" || !isInside(now)) return false;
    const claim = await memory.recall("claim");
    if (claim?.ownerId !== from.id || claim.channelId === chat.id) return false;
    await watch.recallIfKnown();
    return claim.channelId === undefined || !watch.isKnown;
  }

  #languageOf({ language_code }: User): Language {
    return spokenLanguage(language_code) ?? this.options.config.locale;
  }
}
