/**
 * Answers to inline queries that may be refused. Telegram refuses an answer as a whole for one bad
 * result and does not say which; it is given again without the culprit, which is found by leaving
 * out. An answer that is taken is final, so a search that it ends goes on with the next query.
 */
import type { Api } from "grammy";
import type { Desk } from "../../desk/desk.ts";
import type { Log } from "../../log.ts";
import type { Call } from "../../message/webhook_answer.ts";
import type { FoundReply } from "../../replies/index.ts";
import { fileIdOf, mayBeRefused, type Reply } from "../../replies/reply.ts";
import type { ReplyShelf } from "../../replies/shelf.ts";
import { answerOf } from "../api.ts";
import type { Failure } from "../classify.ts";
import { tryFiles } from "../reply_files.ts";

/** How often an answer is tried, of which the last is without all that may be to blame. */
const MOST_CALLS = 10;
/** A query lives for 30 seconds (tdlib/telegram-bot-api, Client.cpp); the search ends before. */
const PATIENCE_MS = 12_000;
/** Refusals that concern the query, whatever it is answered with. */
const OF_QUERY = /query is too old|query_id_invalid|query id is invalid/i;

/** A reply that is offered, of the desk whose it is. */
export interface ReplyOfDesk extends FoundReply {
  desk: Desk;
}

/** An answer that offers replies, each of them one of its results. */
export interface Offer {
  call: Call;
  replies: ReplyOfDesk[];
}

/** The ID of a reply's result where those of several desks are offered: titles may be the same. */
export function resultIdOf({ id, desk }: ReplyOfDesk): string {
  return `${id}${desk.channelId}`;
}

/** What giving answers needs of the world. */
export interface InlineAnswersOptions {
  api: Api;
  shelf: ReplyShelf;
  /** Tells who runs the desk that these replies are no longer offered. */
  tell: (desk: Desk, broken: Reply[]) => Promise<void>;
  log: Log;
}

/** Gives answers by calls of our own. */
export class InlineAnswers {
  /** Replies of desks that were part of a refused answer and have not been taken since. */
  readonly #suspects = new Set<string>();

  constructor(private readonly options: InlineAnswersOptions) {}

  /** Gives an answer, without what Telegram refuses; that is marked, and told once. */
  async give({ call, replies }: Offer): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const isSuspect = (reply: ReplyOfDesk) => this.#suspects.has(resultIdOf(reply));
    const search: Search = {
      trusted: replies.filter((reply) => !isSuspect(reply)),
      trial: firstHalf(replies.filter(isSuspect)),
      refused: [],
      accused: [],
    };
    for (let calls = 1; calls <= MOST_CALLS; calls++) {
      const isLast = calls === MOST_CALLS || patience.aborted;
      const shown = isLast
        ? search.trusted.filter(({ reply }) => !mayBeRefused(reply.content))
        : [...search.trusted, ...search.trial];
      const failure = await this.#try(call, shown);
      if (!failure) {
        for (const reply of shown) this.#suspects.delete(resultIdOf(reply));
        return isLast ? undefined : await this.#mark([...search.refused, ...search.accused]);
      }
      if (isLast || failure.code !== 400 || OF_QUERY.test(failure.description)) {
        return this.options.log.warn("query not answered", { reason: failure.description });
      }
      await this.#narrow(search);
    }
  }

  async #try(call: Call, shown: ReplyOfDesk[]): Promise<Failure | undefined> {
    const { method: _, inline_query_id: id, results, ...other } = call;
    const ids = new Set(shown.flatMap((reply) => [reply.id, resultIdOf(reply)]));
    const kept = results.filter((result) => ids.has(result.id));
    return (await answerOf(this.options.api.answerInlineQuery(id, kept, other))).failure;
  }

  /** After a refusal: what is left out next. */
  async #narrow(search: Search): Promise<void> {
    if (search.trial.length > 1) search.trial = firstHalf(search.trial);
    else if (search.trial.length === 1) {
      search.accused = search.trial;
      search.trial = [];
    } else {
      search.accused = [];
      const likely = search.trusted.filter(({ reply }) => mayBeRefused(reply.content));
      const suspects = likely.length > 0 ? likely : search.trusted;
      for (const reply of suspects) this.#suspects.add(resultIdOf(reply));
      search.trusted = search.trusted.filter((reply) => !suspects.includes(reply));
      const refused = await this.#refusedAmong(likely);
      search.refused.push(...refused);
      search.trial = refused.length > 0
        ? suspects.filter((reply) => !refused.includes(reply))
        : firstHalf(suspects);
    }
  }

  /** Those whose files Telegram says are none of the bot's. */
  async #refusedAmong(replies: ReplyOfDesk[]): Promise<ReplyOfDesk[]> {
    const fileIds = replies.flatMap(({ reply }) => fileIdOf(reply.content) ?? []);
    const states = await tryFiles(this.options.api, fileIds, { longestMs: PATIENCE_MS / 2 });
    return replies.filter(({ reply }) => {
      const fileId = fileIdOf(reply.content);
      return fileId !== undefined && states.get(fileId) === "refused";
    });
  }

  async #mark(culprits: ReplyOfDesk[]): Promise<void> {
    const { shelf, tell, log } = this.options;
    const marked: ReplyOfDesk[] = [];
    for (const culprit of culprits) {
      this.#suspects.delete(resultIdOf(culprit));
      const { id, desk, reply } = culprit;
      if (await shelf.markBroken(desk.channelId, id, reply.content)) marked.push(culprit);
    }
    if (marked.length === 0) return;
    log.warn("replies are refused", { count: marked.length });
    for (const [desk, those] of Map.groupBy(marked, (each) => each.desk)) {
      await tell(desk, those.map(({ reply }) => reply));
    }
  }
}

/** How far the search for the culprit is. */
interface Search {
  /** What is shown in any case. */
  trusted: ReplyOfDesk[];
  /** What is shown besides, to see whether that is refused. */
  trial: ReplyOfDesk[];
  /** What is left out because its file is none of the bot's. */
  refused: ReplyOfDesk[];
  /** What is left out because all else was taken before, and was refused with it. */
  accused: ReplyOfDesk[];
}

function firstHalf(replies: ReplyOfDesk[]): ReplyOfDesk[] {
  return replies.slice(0, Math.ceil(replies.length / 2));
}
