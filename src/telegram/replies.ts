/** Canned replies as administrators keep them: by commands, and by the buttons of their list. */
import { type Api, Composer, type Context, InputFile } from "grammy";
import type { Message, MessageEntity } from "grammy/types";
import type { Config, Language } from "../config.ts";
import type { Desk } from "../desk.ts";
import type { Log } from "../log.ts";
import { languageFor } from "../notice.ts";
import { unknownPlaceholders } from "../placeholders.ts";
import { answering, commandOf } from "../relay.ts";
import type { Replies } from "../replies.ts";
import { idOf, problemOf, type Reply, textOf, toReply, toTitle } from "../reply.ts";
import { isReplyCommand, replyCommand } from "../reply_command.ts";
import { readReplyFile, writeReplyFile } from "../reply_file.ts";
import {
  LISTED,
  listWords,
  readReplyAction,
  type ReplyAction,
  writeReplies,
  writeReplyAction,
} from "../reply_list.ts";
import type { ReplyNotice } from "../reply_notice.ts";
import { authorOf } from "../team.ts";
import { say, TEXTS } from "../texts/texts.ts";
import type { Admin } from "./admin.ts";
import { answerOf } from "./api.ts";
import { sendContent } from "./reply_content.ts";

/** How many similar titles are offered for one that does not exist. */
const NEAREST = 3;
/** How many unknown placeholders are named. */
const UNKNOWN_SHOWN = 10;
/** How many of a file's problems are told. */
const PROBLEMS_SHOWN = 10;
/** A bot can fetch files up to this size (Bot API, getFile). */
const MAX_FILE_BYTES = 20_000_000;
const FETCH_TIMEOUT_MS = 30_000;

/** What managing replies needs of the world. */
export interface ReplyDeskOptions {
  api: Api;
  /** Fetches files; its addresses hold the token and never go to the log. */
  fetch: typeof globalThis.fetch;
  desk: () => Desk;
  admin: Admin;
  replies: Replies;
  config: Pick<Config, "apiRoot" | "botToken" | "locale">;
  log: Log;
}

/** Where an answer goes, and in which language. */
interface To {
  chatId: number;
  answerTo: number;
  language: Language;
}

/** What may accompany a sentence. */
type More = Omit<NonNullable<Parameters<Api["sendMessage"]>[2]>, "reply_parameters">;

/** The administrators' side of one desk's canned replies. */
export class ReplyDesk {
  constructor(private readonly options: ReplyDeskOptions) {}

  /**
   * Handles commands in the group and presses of buttons; those in private come to `answer` once
   * their writer is known not to be a customer. Whether somebody may is asked of Telegram, so
   * nothing of it stands between an update and its receipt: it goes on in `later`.
   */
  composer(later: (work: Promise<void>) => void): Composer<Context> {
    const composer = new Composer<Context>();
    composer.filter((ctx) => ctx.chat?.id === this.options.desk().groupId)
      .on("message:text", (ctx, next) => {
        if (!isReplyCommand(commandOf(ctx.message))) return next();
        later(this.answer(ctx.message));
      });
    composer.on("callback_query:data", (ctx, next) => {
      const action = readReplyAction(ctx.callbackQuery.data);
      if (!action) return next();
      later(this.#press(ctx, action));
    });
    return composer;
  }

  /** Does what a command asks for, if who gave it is an administrator. */
  async answer(message: Message): Promise<void> {
    const name = commandOf(message);
    const author = authorOf(message, this.options.desk());
    const isAllowed = author.kind === "desk" ||
      author.kind === "person" && await this.options.admin.isAdmin(author.userId);
    if (!isReplyCommand(name) || !isAllowed) return;
    const to: To = {
      chatId: message.chat.id,
      answerTo: message.message_id,
      language: this.#languageOf(author.kind === "person" ? message.from : undefined),
    };
    const words = (message.text ?? "").replace(/^\S+\s*/, "");
    switch (replyCommand(name)) {
      case "add":
        return await this.#add(message, to);
      case "list":
        return await this.#list(listWords(words), to);
      case "remove":
        return await this.#remove(toTitle(words), to);
      case "rename":
        return await this.#rename(words, to);
      case "export":
        return await this.#export(to);
      case "import":
        return await this.#import(message, to);
    }
  }

  async #add(message: Message, to: To): Promise<void> {
    const asked = toReply(message);
    if (!("problem" in asked)) return await this.#keep(asked, to);
    const isBare = /^\S+\s*$/.test(message.text ?? "") && answering(message).answerTo === undefined;
    const { problem } = asked;
    await this.#say(isBare ? { text: "reply-how" } : { text: "reply-problem", problem }, to);
  }

  async #keep(reply: Reply, to: To): Promise<void> {
    const { shelf } = this.options.replies;
    const { channelId } = this.options.desk();
    const { title } = reply;
    const added = await shelf.add(channelId, reply, { replaces: false });
    if (added === "full") {
      return await this.#say({ text: "reply-problem", problem: { because: "full" } }, to);
    }
    if (added !== "exists") return await this.#say(savedNotice(reply, false), to);
    const draftId = await shelf.keepDraft(channelId, reply);
    const text = say({ text: "reply-replace" }, to.language);
    const callback_data = writeReplyAction({ does: "replace", draftId });
    await this.#say({ text: "reply-exists", title }, to, {
      reply_markup: { inline_keyboard: [[{ text, callback_data }]] },
    });
  }

  async #list(words: string, to: To): Promise<void> {
    const { text, ...more } = await this.#page(words, 0, to.language);
    await this.#send(text, to, more);
  }

  async #page(words: string, offset: number, language: Language) {
    const { replies, desk } = this.options;
    const found = await replies.find(desk().channelId, words, { offset, limit: LISTED });
    return writeReplies(found, { words, offset, texts: TEXTS[language] });
  }

  async #remove(title: string, to: To): Promise<void> {
    const { replies, desk } = this.options;
    const { channelId } = desk();
    const removed = await replies.shelf.remove(channelId, idOf(title));
    if (removed) return await this.#say({ text: "reply-deleted", title: removed.title }, to);
    const nearest = await this.#nearest(title);
    await this.#say({ text: "reply-not-found", title, nearest }, to);
  }

  /** Titles like one that does not exist: those with all its words, else with any of them. */
  async #nearest(title: string): Promise<string[]> {
    const { replies, desk } = this.options;
    const found = new Set<string>();
    for (const words of [title, ...title.split(" ")]) {
      const page = { offset: 0, limit: NEAREST };
      const { replies: near } = await replies.find(desk().channelId, words, page);
      if (words !== "") { for (const { reply } of near) found.add(reply.title); }
      if (found.size >= NEAREST) break;
    }
    return [...found].slice(0, NEAREST);
  }

  /** The first line names the reply, the second what it is called from now on. */
  async #rename(words: string, to: To): Promise<void> {
    const { replies, desk } = this.options;
    const [old = "", ...rest] = words.split("\n");
    const title = toTitle(rest.join(" "));
    if (title === "") {
      return await this.#say({ text: "reply-rename-how", title: toTitle(old) || "…" }, to);
    }
    const { channelId } = desk();
    const id = idOf(old);
    const known = await replies.shelf.get(channelId, id);
    const problem = known && problemOf({ ...known, title });
    if (problem) return await this.#say({ text: "reply-problem", problem }, to);
    const renamed = await replies.shelf.rename(channelId, id, title);
    if (renamed === "renamed") return await this.#say({ text: "reply-renamed", title }, to);
    if (renamed === "taken") return await this.#say({ text: "reply-title-taken", title }, to);
    const nearest = await this.#nearest(toTitle(old));
    await this.#say({ text: "reply-not-found", title: toTitle(old), nearest }, to);
  }

  async #export({ chatId, answerTo, language }: To): Promise<void> {
    const { api, replies, desk } = this.options;
    const all = await replies.all(desk().channelId);
    if (all.length === 0) {
      return await this.#say({ text: "reply-none", words: "" }, { chatId, answerTo, language });
    }
    const bytes = new TextEncoder().encode(writeReplyFile(all));
    this.#note(
      await answerOf(api.sendDocument(chatId, new InputFile(bytes, "replies.json"), {
        caption: say({ text: "reply-exported", count: all.length }, language),
        reply_parameters: { message_id: answerTo },
      })),
    );
  }

  async #import({ reply_to_message: answered }: Message, to: To): Promise<void> {
    const { replies, desk } = this.options;
    const document = answered?.document;
    if (!document) return await this.#say({ text: "reply-import-how" }, to);
    const json = await this.#fetch(document);
    if (json === null) return await this.#say({ text: "reply-file-unread" }, to);
    const { problems, ...file } = readReplyFile(json);
    if (problems) {
      const shown = problems.slice(0, PROBLEMS_SHOWN);
      const { length: count } = problems;
      return await this.#say({ text: "reply-file-problems", problems: shown, count }, to);
    }
    const counts = await replies.shelf.import(
      desk().channelId,
      (file as { replies: Reply[] }).replies,
    );
    await this.#say(
      counts === "full"
        ? { text: "reply-problem", problem: { because: "full" } }
        : { text: "reply-imported", ...counts },
      to,
    );
  }

  /** The text of a file; `null` if it cannot be had. */
  async #fetch(document: NonNullable<Message["document"]>): Promise<string | null> {
    const { api, config: { apiRoot, botToken }, fetch } = this.options;
    if ((document.file_size ?? 0) > MAX_FILE_BYTES) return null;
    const file = await answerOf(api.getFile(document.file_id));
    if (file.failure || file.result.file_path === undefined) return null;
    try {
      const signal = AbortSignal.timeout(FETCH_TIMEOUT_MS);
      const address = `${apiRoot}/file/bot${botToken}/${file.result.file_path}`;
      const response = await fetch(address, { signal });
      const text = await response.text();
      return response.ok ? text : null;
    } catch {
      return null;
    }
  }

  async #press(ctx: Context, action: ReplyAction): Promise<void> {
    const { api, admin } = this.options;
    const query = ctx.callbackQuery!;
    const language = this.#languageOf(query.from);
    const isAdmin = await admin.isAdmin(query.from.id);
    const message = query.message;
    const told = isAdmin && message
      ? await this.#do(action, {
        chatId: message.chat.id,
        answerTo: message.message_id,
        language,
      })
      : isAdmin
      ? undefined
      : say({ text: "admins-only" }, language);
    this.#note(
      await answerOf(api.answerCallbackQuery(query.id, {
        ...(told === undefined ? {} : { text: told.slice(0, 200) }),
        show_alert: !isAdmin,
      })),
    );
  }

  /** Does what a button asks for; what is to be told to who pressed it. */
  async #do(action: ReplyAction, to: To): Promise<string | undefined> {
    const { api, replies: { shelf }, desk } = this.options;
    const { channelId } = desk();
    const { language } = to;
    const gone = say({ text: "reply-gone" }, language);
    switch (action.does) {
      case "page":
        await this.#turn(to, action);
        return undefined;
      case "delete": {
        const removed = await shelf.remove(channelId, action.id);
        await this.#turn(to, action);
        return removed ? say({ text: "reply-deleted", title: removed.title }, language) : gone;
      }
      case "show": {
        const reply = await shelf.get(channelId, action.id);
        if (!reply) return gone;
        const extra = { reply_parameters: { message_id: to.answerTo } };
        this.#note(await answerOf(sendContent(api, to.chatId, reply.content, extra)));
        return undefined;
      }
      case "rename": {
        const reply = await shelf.get(channelId, action.id);
        if (!reply) return gone;
        await this.#say({ text: "reply-rename-how", title: reply.title }, to);
        return undefined;
      }
      case "replace": {
        const reply = await shelf.draft(channelId, action.draftId);
        if (!reply) return gone;
        const added = await shelf.add(channelId, reply, { replaces: true });
        const notice: ReplyNotice = added === "full"
          ? { text: "reply-problem", problem: { because: "full" } }
          : savedNotice(reply, true);
        this.#note(
          await answerOf(api.editMessageText(to.chatId, to.answerTo, say(notice, language))),
        );
        return undefined;
      }
    }
  }

  /** Shows another page of the list, in the place of this one. */
  async #turn(
    { chatId, answerTo, language }: To,
    { words, offset }: { words: string; offset: number },
  ): Promise<void> {
    let page = await this.#page(words, offset, language);
    // The last of a page was deleted: the one before is the last now.
    if (!page.reply_markup && offset > 0) {
      page = await this.#page(words, Math.max(0, offset - LISTED), language);
    }
    const { text, ...more } = page;
    this.#note(await answerOf(this.options.api.editMessageText(chatId, answerTo, text, more)));
  }

  async #say(notice: ReplyNotice, to: To, more: More = {}): Promise<void> {
    const sentence = say(notice, to.language);
    if (notice.text !== "reply-rename-how") return await this.#send(sentence, to, more);
    // A command to be copied by a touch, and changed.
    const command = `/renamereply ${notice.title}\n${notice.title}`;
    const text = `${sentence}\n\n${command}`;
    const offset = text.length - command.length;
    const entities: MessageEntity[] = [{ type: "pre", offset, length: command.length }];
    await this.#send(text, to, { ...more, entities });
  }

  async #send(text: string, { chatId, answerTo }: To, more: More = {}): Promise<void> {
    const { api } = this.options;
    const parameters = { reply_parameters: { message_id: answerTo }, ...more };
    this.#note(await answerOf(api.sendMessage(chatId, text, parameters)));
  }

  #note({ failure }: { failure?: { description: string } | undefined }): void {
    if (failure) this.options.log.warn("reply command", { reason: failure.description });
  }

  #languageOf(from: { language_code?: string } | undefined): Language {
    return languageFor(from?.language_code, this.options.config.locale);
  }
}

function savedNotice(reply: Reply, replaced: boolean): ReplyNotice {
  const unknown = unknownPlaceholders(textOf(reply.content)).slice(0, UNKNOWN_SHOWN);
  return { text: "reply-saved", title: reply.title, replaced, unknown };
}
