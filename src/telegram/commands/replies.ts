/** Canned replies as administrators keep them, by commands. */
import { InputFile } from "grammy";
import type { CommandName } from "../../commands/command.ts";
import { excerpt } from "../../words/excerpt.ts";
import { bareWords } from "../../words/typed.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { answering } from "../../message/facts.ts";
import { fileIdOf, idOf, problemOf, type Reply, toReply, toTitle } from "../../replies/reply.ts";
import { writeReplyFile } from "../../replies/file.ts";
import type { ReplyNotice } from "../../texts/notices/replies.ts";
import type { Change } from "../../jobs/change.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { MenuEntry } from "../../settings/menu.ts";
import { say } from "../../texts/texts.ts";
import { answerTo, type Asked, type CommandHandler, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { importReplies, type ReplyCommandsOptions } from "./reply_import.ts";
import { tryFile } from "../reply_files.ts";
import { deletedNotice, FULL_NOTICE, savedNotice } from "./reply_notices.ts";

/** What people write between an old title and a new one. */
const ARROW = /\s+(?:->|=>|→|>)\s+/;
/** How many similar titles are offered for one that does not exist. */
const NEAREST = 3;

/** The commands that change a desk's canned replies, or carry them elsewhere. */
export class ReplyCommands {
  /** What administrators may ask. */
  readonly handlers = {
    addreply: (delivery, asked) => this.#add(delivery, asked),
    delreply: (delivery, asked) => this.#remove(delivery, asked),
    renamereply: (delivery, asked) => this.#rename(delivery, asked),
    exportreplies: (delivery, asked) => this.#export(delivery, asked),
    importreplies: (delivery, asked) => importReplies(delivery, asked, this.options),
  } satisfies Partial<Record<CommandName, CommandHandler>>;

  constructor(private readonly options: ReplyCommandsOptions) {}

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
    if (added === "full") return answerTo(delivery, asked, FULL_NOTICE);
    if (added !== "exists") {
      return answerTo(delivery, asked, savedNotice(reply, added === "replaced"));
    }
    const draftId = await shelf.keepDraft(channelId, reply);
    return answerTo(delivery, asked, { text: "reply-exists", title, draftId });
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
