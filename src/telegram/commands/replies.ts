/** Canned replies as administrators keep them: by commands, and by the buttons of their list. */
import { InputFile } from "grammy";
import type { CommandName } from "../../commands/command.ts";
import type { Language } from "../../words/language.ts";
import { excerpt } from "../../words/excerpt.ts";
import { bareWords } from "../../words/typed.ts";
import { MOST_UNKNOWN_NAMED, unknownPlaceholders } from "../../message/placeholders.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { answering } from "../../message/facts.ts";
import {
  fileIdOf,
  idOf,
  noteMarkOf,
  problemOf,
  type Reply,
  toReply,
  toTitle,
  wordsIn,
} from "../../replies/reply.ts";
import { writeReplyFile } from "../../replies/file.ts";
import { LISTED, listWords, type ReplyAction, writeReplies } from "../../buttons/replies.ts";
import type { ReplyNotice } from "../../texts/notices/replies.ts";
import type { Change } from "../../jobs/change.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { MenuEntry } from "../../settings/menu.ts";
import type { Notice } from "../../texts/notice.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import {
  answerTo,
  type Asked,
  type AskedAt,
  type CommandHandler,
  outcomeOfShowing,
  showTo,
} from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { importReplies, type ReplyDeskOptions } from "./reply_import.ts";
import { sendContent } from "../reply_content.ts";
import { tryFile } from "../reply_files.ts";

/** What people write between an old title and a new one. */
const ARROW = /\s+(?:->|=>|→|>)\s+/;
/** How many similar titles are offered for one that does not exist. */
const NEAREST = 3;

/** What a press ends in: a word for who pressed, and what else follows. */
interface Pressed {
  told?: string;
  outcome: Outcome;
}

/** The administrators' side of a bot's canned replies. */
export class ReplyDesk {
  /** What administrators may ask. */
  readonly handlers = {
    addreply: (delivery, asked) => this.#add(delivery, asked),
    replies: (delivery, asked) => this.#list(delivery, asked),
    delreply: (delivery, asked) => this.#remove(delivery, asked),
    renamereply: (delivery, asked) => this.#rename(delivery, asked),
    exportreplies: (delivery, asked) => this.#export(delivery, asked),
    importreplies: (delivery, asked) => importReplies(delivery, asked, this.options),
  } satisfies Partial<Record<CommandName, CommandHandler>>;

  constructor(private readonly options: ReplyDeskOptions) {}

  async #add(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const { given } = asked;
    const reply = toReply(given);
    if (!("problem" in reply)) return await this.#keep(delivery, asked, reply);
    const isBare = asked.words.text === "" && answering(given).answerTo === undefined;
    const { problem } = reply;
    return answerTo(
      delivery,
      asked,
      isBare ? { text: "reply-how" } : { text: "reply-problem", problem },
    );
  }

  async #keep(delivery: Delivery, asked: Asked, reply: Reply): Promise<Outcome> {
    const { shelf } = this.options.replies;
    const { channelId } = delivery.desk;
    const { title } = reply;
    const fileId = fileIdOf(reply.content);
    if (fileId !== undefined && await tryFile(delivery.api, fileId) === "refused") {
      return answerTo(delivery, asked, { text: "reply-problem", problem: { because: "file" } });
    }
    const added = await shelf.add(channelId, reply, { replaces: false });
    if (added === "full") return answerTo(delivery, asked, FULL);
    if (added !== "exists") {
      return answerTo(delivery, asked, savedNotice(reply, added === "replaced"));
    }
    const draftId = await shelf.keepDraft(channelId, reply);
    return answerTo(delivery, asked, { text: "reply-exists", title, draftId });
  }

  async #list(delivery: Delivery, asked: Asked): Promise<Outcome> {
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

  async #page({ desk }: Delivery, words: string, offset: number, language: Language) {
    const { replies } = this.options;
    const found = await replies.find(desk.channelId, words, { offset, limit: LISTED });
    return writeReplies(found, { words, offset, texts: TEXTS[language] });
  }

  async #remove(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const title = toTitle(asked.words.text);
    if (title === "") return answerTo(delivery, asked, { text: "reply-delete-how" });
    const id = await this.#idMeant(delivery, title);
    const removed = id && await this.options.replies.shelf.remove(delivery.desk.channelId, id);
    if (removed) return answerTo(delivery, asked, await deletedNotice(delivery, id!, removed));
    const nearest = await this.#nearest(delivery, title);
    return answerTo(delivery, asked, { text: "reply-not-found", title: excerpt(title), nearest });
  }

  /** The reply of a title; with quotation marks or a full stop around it, if none is called so. */
  async #idMeant({ desk }: Delivery, title: string): Promise<string | undefined> {
    const { shelf } = this.options.replies;
    for (const id of [idOf(title), idOf(bareWords(title))]) {
      if (await shelf.get(desk.channelId, id)) return id;
    }
    return undefined;
  }

  /** Titles like one that does not exist: those with all its words, else with any of them. */
  async #nearest({ desk }: Delivery, title: string): Promise<string[]> {
    const { replies } = this.options;
    const found = new Set<string>();
    for (const words of [title, ...title.split(" ")]) {
      const page = { offset: 0, limit: NEAREST };
      const { replies: near } = await replies.find(desk.channelId, words, page);
      if (words !== "") { for (const { reply } of near) found.add(reply.title); }
      if (found.size >= NEAREST) break;
    }
    return [...found].slice(0, NEAREST);
  }

  /** What a reply is called, and is to be called: in two lines, or with an arrow between. */
  async #titlesIn(delivery: Delivery, text: string): Promise<{ old: string; title: string }> {
    const [old = "", ...rest] = text.split("\n");
    const [before = "", after] = old.split(ARROW, 2);
    const isArrow = rest.length === 0 && after !== undefined &&
      await this.#idMeant(delivery, old) === undefined;
    return isArrow
      ? { old: before, title: toTitle(after) }
      : { old, title: toTitle(rest.join(" ")) };
  }

  /** Gives a reply another title. */
  async #rename(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const { shelf } = this.options.replies;
    const { channelId } = delivery.desk;
    const { old, title } = await this.#titlesIn(delivery, asked.words.text);
    const answer = (notice: ReplyNotice) => answerTo(delivery, asked, notice);
    if (toTitle(old) === "") return answer({ text: "reply-rename-which" });
    if (title === "") return answer({ text: "reply-rename-how", title: excerpt(toTitle(old)) });
    const id = await this.#idMeant(delivery, old) ?? idOf(old);
    const known = await shelf.get(channelId, id);
    const problem = known && problemOf({ ...known, title });
    if (problem) return answer({ text: "reply-problem", problem });
    const renamed = await shelf.rename(channelId, id, title);
    if (renamed === "renamed") {
      const notice = { text: "reply-renamed", title } as const;
      return answerTo(delivery, asked, notice, (read) => onReplyRenamed(read, id, title));
    }
    if (renamed === "taken") return answer({ text: "reply-title-taken", title });
    const nearest = await this.#nearest(delivery, toTitle(old));
    return answer({ text: "reply-not-found", title: excerpt(old), nearest });
  }

  async #export(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const { api, desk } = delivery;
    const all = await this.options.replies.all(desk.channelId);
    if (all.length === 0) return answerTo(delivery, asked, { text: "reply-none", words: "" });
    const bytes = new TextEncoder().encode(writeReplyFile(all));
    const caption = say({ text: "reply-exported", count: all.length }, asked.language);
    return await showTo(
      delivery,
      asked,
      (answering) =>
        api.sendDocument(asked.at.chatId, new InputFile(bytes, "replies.json"), {
          caption,
          ...answering,
        }),
    );
  }

  /** Does what a button of the list asks for. */
  async press(delivery: Delivery, action: ReplyAction, to: AskedAt): Promise<Pressed> {
    const { shelf } = this.options.replies;
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
        const text = say(added === "full" ? FULL : savedNotice(reply, true), language);
        const edited = await delivery.call(() =>
          api.editMessageText(at.chatId, at.messageId, text)
        );
        return { outcome: await outcomeOfShowing(delivery, edited) };
      }
    }
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
    await this.options.replies.shelf.markBroken(desk.channelId, id, content);
    return true;
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
}

/** What is said of a desk that has as many replies as it may. */
const FULL: ReplyNotice = { text: "reply-problem", problem: { because: "full" } };

/** What is said of a reply that was deleted: the menu may have led to it. */
async function deletedNotice({ read }: Delivery, id: string, { title }: Reply): Promise<Notice> {
  const { menu = [] } = await read.settings();
  const isInMenu = menu.some((entry) => "replyId" in entry && entry.replyId === id);
  return { text: "reply-deleted", title, isInMenu };
}

/** The menu leads to a reply under its new title. */
async function onReplyRenamed(read: Reader, id: string, title: string): Promise<Change> {
  const settings = await read.settings();
  const { menu = [] } = settings;
  const isIt = (entry: MenuEntry) => "replyId" in entry && entry.replyId === id;
  if (!menu.some(isIt)) return {};
  const renamed = { label: title, replyId: idOf(title) };
  return { settings: { ...settings, menu: menu.map((each) => isIt(each) ? renamed : each) } };
}

function savedNotice(reply: Reply, replaced: boolean): ReplyNotice {
  const { title, content } = reply;
  const unknown = unknownPlaceholders(wordsIn(content)).slice(0, MOST_UNKNOWN_NAMED);
  const mark = noteMarkOf(content);
  return { text: "reply-saved", title, replaced, unknown, ...defined({ mark }) };
}
