/** The list of canned replies as administrators see it, page by page, and what its buttons do. */
import type { Language } from "../../words/language.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { fileIdOf, type Reply } from "../../replies/reply.ts";
import { LISTED, listWords, type ReplyAction, writeReplies } from "../../buttons/replies.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { answerTo, type Asked, type AskedAt, outcomeOfShowing, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { sendContent } from "../reply_content.ts";
import { tryFile } from "../reply_files.ts";
import { deletedNotice, FULL_NOTICE, savedNotice } from "./reply_notices.ts";
import type { Replies } from "../../replies/replies.ts";

/** What a press ends in: a word for who pressed, and what else follows. */
interface Pressed {
  told?: string;
  outcome: Outcome;
}

/** Shows a desk's canned replies. */
export class ReplyList {
  constructor(private readonly replies: Replies) {}

  /** Shows the first page of those that fit what follows the command. */
  async show(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const words = listWords(asked.words.text);
    const page = await this.#page(delivery, words, 0, asked.language);
    const { text, ...more } = delivery.messageIn(asked.at.chatId, page);
    const { api } = delivery;
    return await showTo(
      delivery,
      asked,
      (answering) => api.sendMessage(asked.at.chatId, text, { ...more, ...answering }),
    );
  }

  /** Does what a button of the list asks for. */
  async press(delivery: Delivery, action: ReplyAction, to: AskedAt): Promise<Pressed> {
    const { shelf } = this.replies;
    const { api, desk: { channelId } } = delivery;
    const { at, language } = to;
    const gone: Pressed = {
      told: say({ text: "reply-gone" }, language),
      outcome: { kind: "sent" },
    };
    switch (action.does) {
      case "page":
        return { outcome: await this.#turn(delivery, to, action) };
      case "delete": {
        const removed = await shelf.remove(channelId, action.id);
        const outcome = await this.#turn(delivery, to, action);
        if (!removed) return { ...gone, outcome };
        const told = say(await deletedNotice(delivery, action.id, removed), language);
        return { told, outcome };
      }
      case "show": {
        const reply = await shelf.get(channelId, action.id);
        if (!reply) return gone;
        if (await this.#isRefused(delivery, action.id, reply)) {
          const { title } = reply;
          return { ...gone, told: say({ text: "reply-broken", title }, language) };
        }
        const outcome = await showTo(
          delivery,
          to,
          (answering) => sendContent(api, at.chatId, reply.content, answering),
        );
        return { outcome };
      }
      case "rename": {
        const reply = await shelf.get(channelId, action.id);
        if (!reply) return gone;
        const { title } = reply;
        return { outcome: answerTo(delivery, to, { text: "reply-rename-how", title }) };
      }
      case "replace": {
        const reply = await shelf.draft(channelId, action.draftId);
        if (!reply) return gone;
        const added = await shelf.add(channelId, reply, { replaces: true });
        const text = say(added === "full" ? FULL_NOTICE : savedNotice(reply, true), language);
        const edited = await delivery.call(() =>
          api.editMessageText(at.chatId, at.messageId, text)
        );
        return { outcome: await outcomeOfShowing(delivery, edited) };
      }
    }
  }

  /** Shows another page of the list, in the place of this one. */
  async #turn(
    delivery: Delivery,
    { at, language }: AskedAt,
    { words, offset }: { words: string; offset: number },
  ): Promise<Outcome> {
    let page = await this.#page(delivery, words, offset, language);
    // The last of a page was deleted: the one before is the last now.
    if (!page.reply_markup && offset > 0) {
      page = await this.#page(delivery, words, Math.max(0, offset - LISTED), language);
    }
    const { chatId, messageId } = at;
    const { text, ...more } = delivery.messageIn(chatId, page);
    return outcomeOfShowing(
      delivery,
      await delivery.call(() => delivery.api.editMessageText(chatId, messageId, text, more)),
    );
  }

  async #page({ desk }: Delivery, words: string, offset: number, language: Language) {
    const found = await this.replies.find(desk.channelId, words, { offset, limit: LISTED });
    return writeReplies(found, { words, offset, texts: TEXTS[language] });
  }

  /** Whether Telegram refuses a reply; where that is new, it is marked. */
  async #isRefused(
    { api, desk }: Delivery,
    id: string,
    { content, isBroken }: Reply,
  ): Promise<boolean> {
    const fileId = fileIdOf(content);
    if (isBroken || fileId === undefined) return isBroken === true;
    if (await tryFile(api, fileId) !== "refused") return false;
    await this.replies.shelf.markBroken(desk.channelId, id, content);
    return true;
  }
}
