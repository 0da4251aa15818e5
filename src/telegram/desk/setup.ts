/**
 * Setting desks up, in private with their owner: who claims the bot, what the checklists' buttons do.
 * All of it may be asked for again, so it is answered at once and in the background, and not kept in
 * the outbox.
 */
import { type Api, Composer, type Context } from "grammy";
import type { Message, User } from "grammy/types";
import { deskAskedFor } from "../../decisions/routing.ts";
import { claimedWith, MOST_WRONG_CODES } from "../../desk/claim.ts";
import { commandGivenIn } from "../../commands/command.ts";
import type { Config } from "../../config.ts";
import type { Language } from "../../words/language.ts";
import type { Claim } from "../../desk/desk.ts";
import type { Later } from "../../jobs/background.ts";
import type { Log } from "../../log.ts";
import { spokenLanguage } from "../../words/language.ts";
import { isSameSecret } from "../../secret.ts";
import { readButton } from "../../buttons/button.ts";
import { callsOff, chosenAs, pressedInVain } from "../../buttons/choosing.ts";
import type { SetupAction } from "../../buttons/setup.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import { wordsOf } from "../receiving/facts/content.ts";
import type { Checklists } from "./checklists.ts";
import type { Choices } from "./choices.ts";
import type { Desks } from "./desks.ts";
import type { Guide } from "./guide.ts";
import type { OwnedDesks, Owner } from "./owned_desks.ts";
import type { Placing } from "./placing.ts";
import type { ServedDesk } from "./served_desk.ts";
import { logUnanswered } from "./shown_checklist.ts";
import type { Accept } from "../updates.ts";

/** What setting up needs to be kept. */
export interface SetupMemory {
  recall(name: "claim"): Promise<Claim | null>;
  /** Makes somebody the owner, unless there is one; resolves with who it is. */
  claimDesk(ownerId: number): Promise<Claim>;
  /** Counts a wrong code. */
  countAttempt(userId: number): Promise<void>;
  /** How many wrong codes somebody has tried of late. */
  attempts(userId: number): Promise<number>;
}

/** What setting up needs of the world. */
export interface SetupOptions {
  api: Api;
  config: Pick<Config, "claimCode" | "locale">;
  memory: SetupMemory;
  desks: Desks;
  checklists: Checklists;
  guide: Guide;
  owned: OwnedDesks;
  choices: Choices;
  placing: Placing;
  /** Whether somebody is an administrator of a desk. */
  isAdmin: (served: ServedDesk, user: User) => Promise<boolean>;
  botUsername: () => string;
  log: Log;
}

/** Sets one bot's desks up. */
export class Setup {
  constructor(private readonly options: SetupOptions) {}

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
      const { text } = ctx.message;
      const code = claimedWith(text);
      if (code !== null && !this.options.owned.areFixed) {
        // A desk may be called so, and be meant by its link.
        const { among, all } = this.options.desks;
        if (deskAskedFor(text, { desks: among, isAlone: all.length < 2 })) return await next();
        if (await this.#claim(ctx.from, code)) later(this.#welcome(ctx.from));
        // Who may not claim, and is not told so, is a customer like any other once there is a desk.
        else if (this.options.desks.isKnown) await next();
        return;
      }
      const texts = TEXTS[this.#languageOf(ctx.from)];
      if (callsOff(ctx.message.text, texts) && await this.options.owned.isAdding(ctx.from)) {
        return later(this.#callOff(this.#ownerOf(ctx.from)));
      }
      const inVain = pressedInVain(ctx.message.text, texts);
      if (inVain !== undefined && await this.options.owned.isOwner(ctx.from)) {
        return later(this.options.choices.pressedInVain(inVain, this.#ownerOf(ctx.from)));
      }
      // While there is no desk nobody but the owner can be its administrator.
      if (this.options.desks.isKnown || !await this.#isOwnersSetup(ctx.message)) {
        return await next();
      }
      later(this.showAnew(ctx.from.id, this.#languageOf(ctx.from), this.options.desks.all));
    });

    inPrivate.on("message:chat_shared", async (ctx, next) => {
      const { from, message: { chat_shared: shared } } = ctx;
      const { owned, choices } = this.options;
      const where = chosenAs(shared.request_id);
      if (where === undefined || !await owned.isOwner(from)) return await next();
      later(choices.shared(shared, where, this.#ownerOf(from)));
    });

    composer.on("callback_query:data", async (ctx, next) => {
      const button = readButton(ctx.callbackQuery.data);
      if (button?.kind !== "setup") return await next();
      await this.options.desks.recallIfKnown();
      const isOwner = await this.#isOwner(ctx.from);
      const press = () => this.#press(ctx, button.action, isOwner);
      if (isOwner) later(press());
      else ask(ctx.from.id, press);
    });

    composer.use(this.options.placing.composer({ later, acceptOutside }));

    composer.on("message:is_automatic_forward", async (ctx, next) => {
      if (!await this.#isTestMessage(ctx.message)) await next();
    });
    return composer;
  }

  /** Leads the owner to another desk; the next channel that they show is one. */
  async lead(ownerId: number, language: Language): Promise<void> {
    await this.options.owned.add({ ownerId, language });
  }

  /** Looks at desks anew and shows them; the owner is led on, if something is to be chosen. */
  async showAnew(
    userId: number,
    language: Language,
    shown: readonly ServedDesk[],
  ): Promise<void> {
    const { checklists, owned } = this.options;
    for (const served of shown) {
      await served.watch.lookAgain();
      await checklists.show(served, userId, language);
    }
    if (await owned.isOwner({ id: userId })) await this.#leadOn({ ownerId: userId, language });
  }

  /** Calls off a desk that was to be shown; the owner is led on where another is set up. */
  async #callOff(owner: Owner): Promise<void> {
    await this.options.owned.callOff(owner);
    await this.#leadOn(owner);
  }

  /** Leads the owner on, if something is to be chosen. */
  async #leadOn({ ownerId, language }: Owner): Promise<void> {
    const { desks, guide } = this.options;
    const channels = desks.all.map(({ channel }) => channel).filter(isId);
    const isToBeShown = desks.claim?.isAdding === true || channels.length === 0;
    await guide.resume(ownerId, language, isToBeShown ? [undefined] : channels);
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
    const { desks, checklists, guide, log } = this.options;
    const language = this.#languageOf(user);
    log.info("desk claimed", { userId: user.id });
    if (desks.isKnown) return await this.showAnew(user.id, language, desks.all);
    await guide.begin(user.id, language);
    await desks.lookAgain();
    await checklists.showAll(user.id, language);
  }

  async #isOwnersSetup(message: Message): Promise<boolean> {
    const given = commandGivenIn(wordsOf(message), this.options.botUsername());
    const isSetup = given !== null && given !== "of another bot" && given.name === "setup";
    if (!isSetup || !message.from) return false;
    return (await this.options.memory.recall("claim"))?.ownerId === message.from.id;
  }

  async #press(
    ctx: Context,
    action: SetupAction,
    isOwner: boolean,
  ): Promise<void> {
    const { api, desks, isAdmin, log } = this.options;
    const { id, from } = ctx.callbackQuery!;
    const served = this.#desksMeant(action);
    const isOwners = action.does !== "check" && action.does !== "walk" && action.does !== "show";
    const isOfAll = async () => {
      for (const each of served) if (!await isAdmin(each, from)) return false;
      return served.length > 0;
    };
    const may = isOwner || (!isOwners && desks.isKnown && await isOfAll());
    const language = this.#languageOf(from);
    const refusal = !may ? "admins-only" : served.length === 0 ? "desk-gone" : null;
    const told = refusal ? { text: say({ text: refusal }, language), show_alert: true } : {};
    logUnanswered(await answerOf(api.answerCallbackQuery(id, told)), log);
    if (!refusal) await this.#do(action, served, from);
  }

  async #do(action: SetupAction, served: readonly ServedDesk[], user: User): Promise<void> {
    const { checklists, owned } = this.options;
    const owner = this.#ownerOf(user);
    switch (action.does) {
      case "check":
        for (const each of served) await each.watch.lookAgain();
        return await checklists.renewAll();
      case "walk":
        for (const each of served) await each.testMessage.go();
        return await checklists.renewAll();
      case "show":
        for (const each of served) await checklists.show(each, user.id, owner.language);
        return;
      case "add":
        return await owned.add(owner);
      case "remove":
        for (const each of served) await owned.remove(each, owner);
        return;
      case "open":
        return await owned.open(action.channelId, owner);
      case "move":
        return await owned.move(served[0]!, action.channelId, owner);
    }
  }

  /** Whether somebody owns the bot. With CHANNEL_ID, its first desk's owner does, who moves nothing. */
  async #isOwner({ id }: User): Promise<boolean> {
    const { memory, desks } = this.options;
    return (await memory.recall("claim"))?.ownerId === id || desks.ownerId === id;
  }

  /** Of which desks a button is; one that names none is of all. */
  #desksMeant(action: SetupAction): readonly ServedDesk[] {
    const { desks } = this.options;
    const { deskId } = "deskId" in action ? action : {};
    if (deskId === undefined) return desks.all;
    return desks.all.filter((each) => each.channel === deskId || each === desks.at(deskId));
  }

  /** Whether an automatic forward is the test message's of one of the desks. */
  async #isTestMessage(forward: Message): Promise<boolean> {
    for (const { testMessage } of this.options.desks.all) {
      if (await testMessage.notice(forward)) return true;
    }
    return false;
  }

  #ownerOf(user: User): Owner {
    return { ownerId: user.id, language: this.#languageOf(user) };
  }

  #languageOf({ language_code }: User): Language {
    return spokenLanguage(language_code) ?? this.options.config.locale;
  }
}

function isId(channel: ServedDesk["channel"]): channel is number {
  return typeof channel === "number";
}
