/**
 * Where the bot is added: a channel that its owner shows it is a desk, and whoever else adds it
 * somewhere is left. Which channel it is, is written down first: Telegram tells of that once.
 */
import { type Api, Composer, type Context } from "grammy";
import type { Chat, ChatMemberUpdated, InlineKeyboardButton, User } from "grammy/types";
import type { SetupAction } from "../../buttons/setup.ts";
import { addLinks, writeSetupAction } from "../../buttons/setup.ts";
import { Departures } from "../../decisions/outside.ts";
import { channelsOf, type Claim, withChannels } from "../../desk/desk.ts";
import { type NamedDesk, withDeskMoved, withoutDeskNamed } from "../../desk/names.ts";
import { isInside } from "../../desk/team.ts";
import type { Log } from "../../log.ts";
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import type { Notice } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import { steadyClock } from "../../time/steady.ts";
import { defined } from "../../values/defined.ts";
import { type Language, spokenLanguage } from "../../words/language.ts";
import { answerOf } from "../api.ts";
import type { Accept } from "../updates.ts";
import type { Checklists } from "./checklists.ts";
import type { Desks } from "./desks.ts";
import type { ServedDesk } from "./served_desk.ts";
import { logUnanswered } from "./shown_checklist.ts";

/** What the owner has shown, as it is kept. */
export interface PlacingMemory {
  recall(name: "claim"): Promise<Claim | null>;
  /** Changes what the owner has shown, and what the desks are called with it. */
  changeClaim(
    decide: (
      claim: Claim,
      names: readonly NamedDesk[],
    ) => { claim: Claim; names?: readonly NamedDesk[] },
  ): Promise<void>;
}

/** What that needs of the world. */
export interface PlacingOptions {
  api: Api;
  config: Pick<Config, "channels" | "locale">;
  memory: PlacingMemory;
  desks: Desks;
  checklists: Checklists;
  /** How many conversations are open at a desk, and whose some of them are. */
  countOpen: (deskId: number) => Promise<{ count: number; customers: string[] }>;
  botUsername: () => string;
  now: () => number;
  log: Log;
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
      const isNew = await this.#showIfAwaited(change);
      later(this.#placed(change, isNew));
    });
    return composer;
  }

  /** Says how another desk is opened; the next channel that the owner shows is one. */
  async lead(userId: number, language: Language): Promise<void> {
    const { api, memory, botUsername, log } = this.options;
    if (this.#isFixed) {
      const fixed = say({ text: "desks-fixed" }, language);
      return logUnanswered(await answerOf(api.sendMessage(userId, fixed)), log);
    }
    await memory.changeClaim((claim) => ({ claim: { ...claim, isAdding: true } }));
    const text = say({ text: "button-add-channel" }, language);
    const reply_markup = { inline_keyboard: [[{ text, url: addLinks(botUsername()).channel }]] };
    const words = say({ text: "adddesk" }, language);
    logUnanswered(await answerOf(api.sendMessage(userId, words, { reply_markup })), log);
  }

  /** Has a desk be no more, unless somebody is served there by now, or it is the last. */
  async remove(served: ServedDesk, owner: User): Promise<void> {
    const { api, memory, desks, countOpen, log } = this.options;
    const { watch, channel } = served;
    const name = desks.nameOf(served);
    if (!watch.isKnown || name === undefined) return;
    const { channelId, groupId } = watch.desk;
    if (this.#isFixed) return await this.#tell(owner, { text: "desks-fixed" });
    if (desks.known.length < 2) return await this.#tell(owner, { text: "removedesk-last" });
    const { count, customers } = await countOpen(channelId);
    if (count > 0) {
      return await this.#tell(owner, { text: "removedesk-open", name, count, customers });
    }
    await memory.changeClaim((claim, names) => ({
      claim: withChannels(claim, channelsOf(claim).filter((each) => each !== channel)),
      names: withoutDeskNamed(names, channelId),
    }));
    await desks.refresh();
    for (const chatId of [groupId, channelId]) {
      logUnanswered(await answerOf(api.leaveChat(chatId)), log);
    }
    await this.#tell(owner, { text: "removedesk-done", name });
  }

  /** Opens another desk in a channel. */
  async open(channelId: number, owner: User): Promise<void> {
    if (this.#isFixed) return await this.#tell(owner, { text: "desks-fixed" });
    await this.#show(channelId);
    await this.#showChecklist(channelId, owner);
  }

  /** Has a desk go on in another channel. */
  async move({ watch, channel }: ServedDesk, channelId: number, owner: User): Promise<void> {
    if (this.#isFixed) return await this.#tell(owner, { text: "desks-fixed" });
    const { memory, desks } = this.options;
    const from = watch.isKnown ? watch.desk.channelId : channel;
    await memory.changeClaim((claim, names) => {
      const channels = channelsOf(claim).filter((each) => each !== channelId);
      const moved = channels.map((each) => each === from ? channelId : each);
      return {
        claim: withChannels(claim, moved.length > 0 ? moved : [channelId]),
        names: typeof from === "number" ? withDeskMoved(names, { from, to: channelId }) : names,
      };
    });
    await desks.refresh();
    await this.#tell(owner, { text: "desk-moved" });
    await this.#showChecklist(channelId, owner);
  }

  async #showChecklist(channelId: number, owner: User): Promise<void> {
    const { desks, checklists } = this.options;
    const served = desks.all.find((each) => each.channel === channelId);
    if (!served) return;
    await served.watch.lookAgain();
    await checklists.show(served, owner.id, this.#languageOf(owner));
  }

  /** The bot's own place in a channel or group has changed. */
  async #placed(change: ChatMemberUpdated, isNew: boolean): Promise<void> {
    const { memory, desks, checklists } = this.options;
    const { chat, from, old_chat_member: before, new_chat_member: now } = change;
    await desks.recallIfKnown();
    const groupId = chat.type === "supergroup" ? chat.id : undefined;
    if (isNew && desks.known.length > 0) return await this.#showChecklist(chat.id, from);
    const served = desks.ofChat(chat);
    if (served) {
      await served.watch.lookAgain(groupId);
      return await checklists.renew(served);
    }
    if (!isInside(now)) return;
    const claim = this.#isFixed ? null : await memory.recall("claim");
    if (claim?.ownerId === from.id) return await this.#placedByOwner(chat, from);
    // Whether a stranger's is to be left, who leaves it finds out.
    const areWell = desks.all.every(({ watch }) => watch.takesCards);
    if (isInside(before) || this.#isOwner(from) || !areWell) await this.#lookAgain(groupId);
  }

  /** Looks at the desks again. All who ask while somebody looks share the next look. */
  async #lookAgain(groupId?: number): Promise<void> {
    this.#nextLook ??= (async () => {
      await this.#look?.catch(() => {});
      this.#nextLook = undefined;
      this.#look = this.options.desks.lookAgain(groupId);
      await this.#look;
    })();
    await this.#nextLook;
  }

  /** Whether somebody has added the bot to a chat that is not known to be for them to say. */
  async #isByStranger(change: ChatMemberUpdated): Promise<boolean> {
    const { memory, desks } = this.options;
    const { chat, from, old_chat_member: before, new_chat_member: now } = change;
    if (!isInside(now) || isInside(before)) return false;
    await desks.recallIfKnown();
    if (desks.isOurs(chat) || this.#isOwner(from)) return false;
    if (this.#isFixed) return true;
    return (await memory.recall("claim"))?.ownerId !== from.id;
  }

  /** Whether the operator has said which desks there are. */
  get #isFixed(): boolean {
    return this.options.config.channels.length > 0;
  }

  #isOwner({ id }: User): boolean {
    return this.options.desks.known.some(({ watch }) => watch.desk.ownerId === id);
  }

  async #placedByOwner(chat: Chat, owner: User): Promise<void> {
    const { desks, checklists } = this.options;
    if (chat.type === "channel" && desks.isKnown) return await this.#askWhatFor(chat, owner);
    await desks.lookAgain(chat.type === "supergroup" ? chat.id : undefined);
    await checklists.renewAll();
  }

  /** Whether another desk is to be in a channel, or one that there is to move there. */
  async #askWhatFor(chat: Chat.ChannelChat, owner: User): Promise<void> {
    const { api, desks, log } = this.options;
    const language = this.#languageOf(owner);
    const press = (text: string, action: SetupAction): InlineKeyboardButton[] => [
      { text, callback_data: writeSetupAction(action) },
    ];
    const channelId = chat.id;
    const keyboard = [
      press(say({ text: "button-new-desk" }, language), { does: "open", channelId }),
      ...desks.known.map((served) => {
        const { channelId: deskId } = served.watch.desk;
        const name = desks.nameOf(served)!;
        const text = say({ text: "button-move", name }, language);
        return press(text, { does: "move", channelId, deskId });
      }),
    ];
    const words = say({ text: "move-desk", title: chat.title }, language);
    logUnanswered(
      await answerOf(
        api.sendMessage(owner.id, words, { reply_markup: { inline_keyboard: keyboard } }),
      ),
      log,
    );
  }

  /**
   * Notes a channel to which the owner has added the bot, if one is awaited: the first, another that
   * they are about to show, or one in the place of a channel that is no desk yet. Whether it was.
   */
  async #showIfAwaited({ chat, from, new_chat_member: now }: ChatMemberUpdated): Promise<boolean> {
    const { memory, desks } = this.options;
    if (this.#isFixed || chat.type !== "channel" || !isInside(now)) return false;
    const claim = await memory.recall("claim");
    if (claim?.ownerId !== from.id || channelsOf(claim).includes(chat.id)) return false;
    await desks.recallIfKnown();
    const isAwaited = claim.isAdding || !desks.all.every(({ watch }) => watch.isKnown);
    if (isAwaited) await this.#show(chat.id);
    return isAwaited;
  }

  /** From now on a desk is in this channel: in place of the one that never was one. */
  async #show(channelId: number): Promise<void> {
    const { memory, desks } = this.options;
    const pending = desks.all.find(({ watch }) => !watch.isKnown)?.channel;
    await memory.changeClaim((claim: Claim) => {
      const left = channelsOf(claim).filter((each) => each !== pending && each !== channelId);
      return { claim: withChannels(claim, [...left, channelId]) };
    });
    await desks.refresh();
  }

  async #tell(owner: User, notice: Notice): Promise<void> {
    const { api, log } = this.options;
    const words = say(notice, this.#languageOf(owner));
    logUnanswered(await answerOf(api.sendMessage(owner.id, words)), log);
  }

  #languageOf({ language_code }: User): Language {
    return spokenLanguage(language_code) ?? this.options.config.locale;
  }
}
