/**
 * Where the bot is added: a channel that its owner shows it is a desk, and whoever else adds it
 * somewhere is left. Which channel it is, is written down first: Telegram tells of that once.
 */
import { Composer, type Context } from "grammy";
import type { ChatMemberUpdated, User } from "grammy/types";
import { Departures } from "../../decisions/outside.ts";
import { isInside } from "../../desk/team.ts";
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import { steadyClock } from "../../time/steady.ts";
import { defined } from "../../values/defined.ts";
import { spokenLanguage } from "../../words/language.ts";
import type { Accept } from "../updates.ts";
import type { Checklists } from "./checklists.ts";
import type { Choices } from "./choices.ts";
import type { Desks } from "./desks.ts";
import type { OwnedDesks } from "./owned_desks.ts";

/** What that needs of the world. */
export interface PlacingOptions {
  config: Pick<Config, "locale">;
  desks: Desks;
  checklists: Checklists;
  owned: OwnedDesks;
  choices: Choices;
  now: () => number;
}

/** Says whose the chats are to which the bot is added. */
export class Placing {
  readonly #departures: Departures;
  #look: Promise<void> | undefined;
  #nextLook: Promise<void> | undefined;

  constructor(private readonly options: PlacingOptions) {
    this.#departures = new Departures(options.now, steadyClock(options.now));
  }

  /** Handles changes of the bot's own place in channels and groups. */
  composer({ later, acceptOutside }: { later: Later; acceptOutside: Accept }): Composer<Context> {
    const composer = new Composer<Context>();
    composer.filter((ctx) => ctx.chat?.type !== "private").on("my_chat_member", async (ctx) => {
      const change = ctx.myChatMember;
      if (await this.#isByStranger(change)) {
        const language = spokenLanguage(change.from.language_code);
        const leaving = this.#departures.onAdded(change.chat.id, defined({ language }));
        await acceptOutside(ctx.update, () => leaving);
      }
      const isNew = await this.#isAwaited(change) && await this.options.owned.show(change.chat.id);
      later(this.#placed(change, isNew));
    });
    return composer;
  }

  /** The bot's own place in a channel or group has changed. */
  async #placed(change: ChatMemberUpdated, isNew: boolean): Promise<void> {
    const { config: { locale }, desks, checklists, owned, choices } = this.options;
    const { chat, from, old_chat_member: before, new_chat_member: now } = change;
    await desks.recallIfKnown();
    const groupId = chat.type === "supergroup" ? chat.id : undefined;
    const isByOwner = await owned.isOwner(from);
    if (isByOwner && now.status === "administrator") {
      const language = spokenLanguage(from.language_code) ?? locale;
      return await choices.placed(chat, { ownerId: from.id, language }, isNew);
    }
    const served = desks.ofChat(chat);
    if (served) {
      await served.watch.lookAgain(groupId);
      return await checklists.renew(served);
    }
    if (!isInside(now)) return;
    if (isByOwner) {
      await desks.lookAgain(groupId);
      return await checklists.renewAll();
    }
    // Whether a stranger's is to be left, who leaves it finds out.
    const areWell = desks.all.every(({ watch }) => watch.takesCards);
    if (isInside(before) || this.#isDesksOwner(from) || !areWell) await this.#lookAgain(groupId);
  }

  /** Looks at the desks again. All who ask while somebody looks share the next look. */
  async #lookAgain(groupId?: number): Promise<void> {
    this.#nextLook ??= (async () => {
      // If that look fails, it is told to those who share it.
      await this.#look?.catch(() => {});
      this.#nextLook = undefined;
      this.#look = this.options.desks.lookAgain(groupId);
      await this.#look;
    })();
    await this.#nextLook;
  }

  /** Whether the owner has added the bot to a channel, and one is awaited. */
  async #isAwaited({ chat, from, new_chat_member: now }: ChatMemberUpdated): Promise<boolean> {
    const { owned } = this.options;
    if (chat.type !== "channel" || !isInside(now) || !await owned.isOwner(from)) return false;
    return await owned.standingOf(chat.id) === "awaited";
  }

  /** Whether somebody has added the bot to a chat that is not known to be for them to say. */
  async #isByStranger(change: ChatMemberUpdated): Promise<boolean> {
    const { desks, owned } = this.options;
    const { chat, from, old_chat_member: before, new_chat_member: now } = change;
    if (!isInside(now) || isInside(before)) return false;
    await desks.recallIfKnown();
    if (desks.isOurs(chat) || this.#isDesksOwner(from)) return false;
    return !await owned.isOwner(from);
  }

  #isDesksOwner({ id }: User): boolean {
    return this.options.desks.known.some(({ watch }) => watch.desk.ownerId === id);
  }
}
