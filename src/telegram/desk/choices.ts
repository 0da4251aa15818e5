/**
 * What comes of the chats that the owner chooses for a desk: by adding the bot there, or by sharing
 * one with it, which most clients do together and some in another order or by halves.
 */
import type { Api } from "grammy";
import type { Chat, ChatShared, InlineKeyboardButton, UserFromGetMe } from "grammy/types";
import { type SetupAction, writeSetupAction } from "../../buttons/setup.ts";
import type { DeskChat } from "../../desk/rights.ts";
import { type ChoiceProblem, problemOfChoice } from "../../desk/step.ts";
import type { Log } from "../../log.ts";
import { Turns } from "../../values/turns.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import { classify } from "../classify.ts";
import type { Checklists } from "./checklists.ts";
import type { Desks } from "./desks.ts";
import type { Guide } from "./guide.ts";
import type { OwnedDesks, Owner } from "./owned_desks.ts";
import type { ServedDesk } from "./served_desk.ts";
import { logUnanswered } from "./shown_checklist.ts";

/** What choosing needs of the world. */
export interface ChoicesOptions {
  api: Api;
  desks: Desks;
  checklists: Checklists;
  guide: Guide;
  owned: OwnedDesks;
  /** The bot; `undefined`: it has not learned yet who it is. */
  me: () => UserFromGetMe | undefined;
  log: Log;
}

/** A chat that was chosen. */
type Chosen = Pick<Chat, "id" | "type" | "title" | "is_forum">;

/** The owner's choices for one bot. */
export class Choices {
  /** One tap comes as two updates, which would look at the desk at once. */
  readonly #turns = new Turns();

  constructor(private readonly options: ChoicesOptions) {}

  /** The owner has made the bot an administrator of a chat; `isNew`: with that, it is a new desk's. */
  async placed(chat: Chosen, owner: Owner, isNew: boolean): Promise<void> {
    const where = chat.type === "channel" ? "channel" : "group";
    await this.#turns.take(() => this.#choose(chat, where, { owner, isNew }));
  }

  /** The owner has shared a chat; whether the bot is there, and what it may do, is to be asked. */
  async shared(shared: ChatShared, where: DeskChat, owner: Owner): Promise<void> {
    await this.#turns.take(() => this.#share(shared, where, owner));
  }

  async #share(
    { chat_id: chatId, title }: ChatShared,
    where: DeskChat,
    owner: Owner,
  ): Promise<void> {
    const { api, me, guide } = this.options;
    const known = me();
    if (known === undefined) return;
    const remark = (problem: ChoiceProblem, name = title ?? "") =>
      guide.remark({ ...owner, problem, title: name });
    const found = await answerOf(api.getChat(chatId));
    const bot = found.failure ? found : await answerOf(api.getChatMember(chatId, known.id));
    if (found.failure || bot.failure) {
      const { kind } = classify((found.failure ?? bot.failure)!);
      if (kind === "pause" || kind === "passing") {
        return await remark({ because: "unanswered", where });
      }
      if (!isBasic(chatId)) return await remark({ because: "outside", where });
      // It may be a supergroup by now, of which the owner has just been told.
      if (!guide.hasJustSpoken) await remark({ because: "basic group" });
      return;
    }
    // A basic group has to become a supergroup first, whatever the bot is there.
    if (bot.result.status !== "administrator" && !isBasic(chatId)) {
      return await remark({ because: "outside", where }, found.result.title);
    }
    const desk = await this.#otherDesk(found.result, where);
    if (desk !== undefined) {
      return await remark({ because: "other desk", where, desk }, found.result.title);
    }
    if (await this.#choose(found.result, where, { owner, isNew: false })) return;
    await guide.lead();
    if (guide.hasJustSpoken) return;
    if (!await guide.repeat()) {
      await remark({ because: "chosen already", where }, found.result.title);
    }
  }

  /** A client that knows no such buttons has sent the words on one: the other way is offered. */
  async pressedInVain(where: DeskChat, owner: Owner): Promise<void> {
    await this.options.guide.remark({
      ...owner,
      problem: { because: "other client", where },
      title: "",
    });
  }

  /**
   * The name of the desk whose a chat is, if one is being set up and it is another; `undefined`: that
   * is not so.
   */
  async #otherDesk(chat: Chosen, where: DeskChat): Promise<string | undefined> {
    const { desks, guide } = this.options;
    await desks.recallIfKnown();
    const served = desks.ofChat(chat);
    const isRight = (chat.type === "channel") === (where === "channel");
    if (!served || !isRight || !await guide.isLeading()) return undefined;
    return served === await this.#led() ? undefined : desks.nameOf(served);
  }

  /** The desk that is being set up, or was last; `undefined`: its channel is yet to be chosen. */
  async #led(): Promise<ServedDesk | undefined> {
    const { desks, guide } = this.options;
    if (desks.claim?.isAdding) return undefined;
    const channelId = await guide.channelId();
    return desks.all.find(({ channel }) => channel === channelId) ?? desks.all.at(-1);
  }

  /** Looks at what a desk is with a chat in which the bot is; resolves with whether something was said. */
  async #choose(
    chat: Chosen,
    where: DeskChat,
    { owner, isNew }: { owner: Owner; isNew: boolean },
  ): Promise<boolean> {
    const { desks, checklists, guide, owned } = this.options;
    guide.hears(owner.language);
    await desks.recallIfKnown();
    const isChannel = chat.type === "channel" && where === "channel";
    let isOpened = isNew;
    if (isChannel && !desks.ofChat(chat)) {
      const standing = await owned.standingOf(chat.id);
      if (standing === "unasked") {
        await this.#askWhatFor(chat, owner);
        return true;
      }
      isOpened = await owned.show(chat.id) || isOpened;
    }
    await this.#look(chat, owner, isOpened);
    await checklists.renewAll();
    const served = desks.ofChat(chat) ?? await this.#led();
    const channelId = typeof served?.channel === "number" ? served.channel : undefined;
    const problem = problemOfChoice(
      { id: chat.id, type: chat.type, isForum: chat.is_forum === true },
      where,
      {
        channelId,
        channelTitle: where === "group" ? await this.#titleOf(channelId) : "",
        linkedId: served?.watch.linked?.groupId ?? undefined,
        checks: served?.watch.checks ?? [],
      },
    );
    const amiss = problem ?? (chat.type === "channel" ? await this.#otherBot(chat.id) : null);
    if (amiss) await guide.remark({ ...owner, problem: amiss, title: chat.title ?? "" });
    return amiss !== null;
  }

  /** Looks at the desk that a chat is, or may be, for. A further one that opens is shown. */
  async #look(chat: Chosen, owner: Owner, isOpened: boolean): Promise<void> {
    const { desks, owned } = this.options;
    const groupId = chat.type === "supergroup" ? chat.id : undefined;
    if (isOpened && desks.known.some(({ channel }) => channel !== chat.id)) {
      return await owned.showChecklist(chat.id, owner);
    }
    const served = desks.ofChat(chat);
    if (served) await served.watch.lookAgain(groupId);
    else await desks.lookAgain(groupId);
  }

  /** A bot beside ours that may post in the channel: it may be the desk of that bot already. */
  async #otherBot(channelId: number): Promise<ChoiceProblem | null> {
    const { api, me } = this.options;
    const found = await answerOf(api.getChatAdministrators(channelId, { return_bots: true }));
    if (found.failure) return null;
    const other = found.result.find((member) =>
      member.user.is_bot && member.user.id !== me()?.id &&
      member.status === "administrator" && member.can_post_messages && member.can_edit_messages
    );
    if (!other) return null;
    return { because: "other bot", username: other.user.username ?? other.user.first_name };
  }

  async #titleOf(chatId: number | undefined): Promise<string> {
    if (chatId === undefined) return "";
    const found = await answerOf(this.options.api.getChat(chatId));
    return found.failure ? "" : found.result.title ?? "";
  }

  /** Whether another desk is to be in a channel, or one that there is to move there. */
  async #askWhatFor(
    { id: channelId, title }: Chosen,
    { ownerId, language }: Owner,
  ): Promise<void> {
    const { api, desks, log } = this.options;
    const press = (text: string, action: SetupAction): InlineKeyboardButton[] => [
      { text, callback_data: writeSetupAction(action) },
    ];
    const inline_keyboard = [
      press(say({ text: "button-new-desk" }, language), { does: "open", channelId }),
      ...desks.known.map((served) => {
        const { channelId: deskId } = served.watch.desk;
        const text = say({ text: "button-move", name: desks.nameOf(served)! }, language);
        return press(text, { does: "move", channelId, deskId });
      }),
    ];
    const words = say({ text: "move-desk", title: title ?? "" }, language);
    logUnanswered(
      await answerOf(api.sendMessage(ownerId, words, { reply_markup: { inline_keyboard } })),
      log,
    );
  }
}

/** Whether an ID is a basic group's: those of supergroups and channels are below (Bot API, Chat.id). */
function isBasic(chatId: number): boolean {
  return chatId > -1_000_000_000_000;
}
