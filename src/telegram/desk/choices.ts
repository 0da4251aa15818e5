/**
 * What comes of the chats that the owner chooses for the desk: by adding the bot there, or by sharing
 * one with it, which most clients do together and some in another order or by halves.
 */
import type { Api } from "grammy";
import type { Chat, ChatShared, UserFromGetMe } from "grammy/types";
import { writeSetupAction } from "../../buttons/setup.ts";
import type { Claim } from "../../desk/desk.ts";
import type { DeskChat } from "../../desk/rights.ts";
import { type ChoiceProblem, problemOfChoice } from "../../desk/step.ts";
import type { Log } from "../../log.ts";
import { Turns } from "../../values/turns.ts";
import { say } from "../../texts/texts.ts";
import type { Language } from "../../words/language.ts";
import { answerOf } from "../api.ts";
import { classify } from "../classify.ts";
import type { DeskWatch } from "./desk_watch.ts";
import type { Guide } from "./guide.ts";
import { logUnanswered, type ShownChecklist } from "./shown_checklist.ts";

/** Who has claimed the bot, and how they are spoken to. */
export interface Owner {
  ownerId: number;
  language: Language;
}

/** What choosing needs of the world. */
export interface ChoicesOptions {
  api: Api;
  memory: {
    recall(name: "claim"): Promise<Claim | null>;
    /** The channel that the owner has shown. */
    showChannel(channelId: number): Promise<void>;
  };
  watch: DeskWatch;
  checklist: ShownChecklist;
  guide: Guide;
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

  /** From now on the desk is in this channel. */
  async show(channelId: number): Promise<void> {
    await this.options.memory.showChannel(channelId);
    this.options.watch.forget();
  }

  /** The owner has made the bot an administrator of a chat. */
  async placed(chat: Chosen, owner: Owner): Promise<void> {
    const where = chat.type === "channel" ? "channel" : "group";
    await this.#turns.take(() => this.#choose(chat, where, owner));
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
    if (await this.#choose(found.result, where, owner)) return;
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

  /** Looks at what the desk is with a chat in which the bot is; resolves with whether something was said. */
  async #choose(chat: Chosen, where: DeskChat, owner: Owner): Promise<boolean> {
    const { memory, watch, checklist, guide } = this.options;
    guide.hears(owner.language);
    await watch.recallIfKnown();
    const claim = await memory.recall("claim");
    const isChannel = chat.type === "channel";
    if (isChannel && where === "channel" && chat.id !== claim?.channelId) {
      if (watch.isKnown) {
        await this.#askToMove(chat, owner);
        return true;
      }
      await this.show(chat.id);
    }
    await watch.lookAgain(chat.type === "supergroup" ? chat.id : undefined);
    await checklist.renew();
    const channelId = isChannel && where === "channel" ? chat.id : claim?.channelId;
    const problem = problemOfChoice(
      { id: chat.id, type: chat.type, isForum: chat.is_forum === true },
      where,
      {
        channelId,
        channelTitle: where === "group" ? await this.#titleOf(channelId) : "",
        linkedId: watch.linked?.groupId ?? undefined,
        checks: watch.checks,
      },
    );
    const amiss = problem ?? (isChannel ? await this.#otherBot(chat.id) : null);
    if (amiss) await guide.remark({ ...owner, problem: amiss, title: chat.title ?? "" });
    return amiss !== null;
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

  async #askToMove({ id: channelId, title }: Chosen, { ownerId, language }: Owner): Promise<void> {
    const { api, log } = this.options;
    const text = say({ text: "button-move" }, language);
    const callback_data = writeSetupAction({ does: "move", channelId });
    const words = say({ text: "move-desk", title: title ?? "" }, language);
    logUnanswered(
      await answerOf(api.sendMessage(ownerId, words, {
        reply_markup: { inline_keyboard: [[{ text, callback_data }]] },
      })),
      log,
    );
  }
}

/** Whether an ID is a basic group's: those of supergroups and channels are below (Bot API, Chat.id). */
function isBasic(chatId: number): boolean {
  return chatId > -1_000_000_000_000;
}
