/**
 * Inline mode: who types the bot's name and some words, in any chat, is offered canned replies if
 * they are of the team, and the way to be served if they are not.
 */
import { type Api, Composer, type Context } from "grammy";
import type { InlineQuery, InlineQueryResult, Update } from "grammy/types";
import type { Call } from "../../message/webhook_answer.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Config } from "../../config.ts";
import type { Desk } from "../../desk/desk.ts";
import { deskInLink } from "../../desk/names.ts";
import type { Log } from "../../log.ts";
import { spokenLanguage } from "../../words/language.ts";
import type { Replies } from "../../replies/replies.ts";
import type { FoundReplies } from "../../replies/index.ts";
import { mayBeRefused } from "../../replies/reply.ts";
import type { Membership } from "../../desk/team.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import type { Desks } from "../desk/desks.ts";
import { toResult } from "../reply_content.ts";
import { type InlineAnswers, type Offer, type ReplyOfDesk, resultIdOf } from "./inline_answers.ts";

/** How many results an answer may have (Bot API, answerInlineQuery). */
const PAGE = 50;
/** How many bytes of them: Telegram reads no call of more than 1 MiB (tdlib/td, HttpReader). */
const PAGE_BYTES = 1_000_000;
/** How many bytes a string's unit takes at most. */
const MAX_UNIT_BYTES = 3;
/** The parameter of the link by which strangers come (https://core.telegram.org/bots/features#deep-linking). */
const SOURCE = "inline";
/** The same where a desk is called so: no desk's name has such a dash. */
const OTHER_SOURCE = "inline-mode";

/** What inline mode needs of the world. */
export interface InlineOptions {
  api: Api;
  desks: Desks;
  replies: Replies;
  answers: InlineAnswers;
  /** What is known of who is of the team, and where to keep what is learned. */
  read: (desk: Desk) => Reader;
  learn: (desk: Desk, memberships: Membership[]) => Promise<void>;
  config: Pick<Config, "locale">;
  log: Log;
}

/** Where answers go. */
export interface InlineWays {
  /**
   * Takes an answer that is known at once, to be given by whoever brought the update; `stranger`:
   * the ID of who asked, if they are not of the team.
   */
  leave: (update: Update, answer: Call, stranger?: number) => void;
  /** Awaits an answer to the team that is still being looked for, and given by a call of our own. */
  later: (work: Promise<void>) => void;
  /** Awaits an answer to somebody who may be a stranger, as far as there is room for such. */
  ask: (userId: number, work: () => Promise<void>) => void;
}

/**
 * Answers inline queries: at once if nobody has to be asked and nothing is to be waited for, else in
 * the background, since whether somebody is of the team may have to be asked of Telegram. What offers
 * files, or words that lead somewhere, is answered by a call of our own: Telegram may refuse one of
 * them, and nobody hears of that by a webhook's response. Nothing is left in Telegram's cache: who is no longer of the team sees
 * nothing from then on.
 */
export function inline(
  options: InlineOptions,
  { leave, later, ask }: InlineWays,
): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on("inline_query", async (ctx) => {
    const { from } = ctx.inlineQuery;
    const { answer, isTeam } = await answerAtOnce(ctx, options).catch((error) => {
      // A query is not worth being brought again: nothing may wait behind it.
      options.log.warn("query not answered at once", { error });
      return { answer: null, isTeam: false };
    });
    if (answer?.replies.some(({ reply }) => mayBeRefused(reply.content))) {
      later(options.answers.give(answer));
    } else if (answer) leave(ctx.update, answer.call, isTeam ? undefined : from.id);
    else if (isTeam) later(answerLater(ctx, options));
    else ask(from.id, () => answerLater(ctx, options));
  });
  return composer;
}

/** Gives an answer by a call of our own. */
export async function giveAnswer(
  { method: _, inline_query_id: id, results, ...other }: Call,
  { api, log }: Pick<InlineOptions, "api" | "log">,
): Promise<void> {
  const { failure } = await answerOf(api.answerInlineQuery(id, results, other));
  if (failure) log.warn("query not answered", { reason: failure.description });
}

/** Whether somebody is of a desk's team, as far as is known there. */
type KnownStanding = { desk: Desk; isTeam: boolean } | null;

/**
 * The answer, from what is known in the database and in memory, `null` if that is not enough; and
 * whether who asks is known to be of a team.
 */
async function answerAtOnce(
  ctx: Context,
  options: InlineOptions,
): Promise<{ answer: Offer | null; isTeam: boolean }> {
  const query = ctx.inlineQuery!;
  const all = options.desks.known.map(({ watch }) => watch.desk);
  const [standings, indexes] = await Promise.all([
    Promise.all(all.map(async (desk): Promise<KnownStanding> => {
      const known = await options.read(desk).membership(query.from.id);
      return known && { desk, isTeam: known.isTeam };
    })),
    Promise.all(all.map((desk) => options.replies.ready(desk.channelId))),
  ]);
  const isTeam = standings.some((each) => each?.isTeam === true);
  if (standings.some((each) => each === null)) return { answer: null, isTeam };
  if (!isTeam) {
    return { answer: { call: invitation(ctx, options), replies: [] }, isTeam: false };
  }
  const theirs = all.filter((_, at) => standings[at]!.isTeam);
  const ready = indexes.filter((_, at) => standings[at]!.isTeam);
  if (ready.some((index) => index === null)) return { answer: null, isTeam };
  const found = await findIn(
    theirs,
    query,
    (desk, page) => ready[theirs.indexOf(desk)]!.findSendable(query.query, page),
  );
  const marks = theirs.length > 1 ? options.desks : null;
  return { answer: offer(query, found, marks), isTeam };
}

/**
 * Answers once Telegram was asked whatever was not known. A desk that Telegram does not tell about is
 * passed over: who cannot be told from a stranger at any is offered nothing at all.
 */
async function answerLater(ctx: Context, options: InlineOptions): Promise<void> {
  const { desks, replies, answers, read, learn } = options;
  const query = ctx.inlineQuery!;
  const userId = query.from.id;
  const asked = await Promise.all(desks.known.map(async ({ watch: { desk }, team }) => {
    const member = await team.ask(userId, read(desk));
    if (member.failure) return { desk, isTeam: false, isUntold: true, learned: [] };
    const learned = member.doubt ? [team.doubted(userId)] : member.learned;
    return { desk, isTeam: member.isTeam, isUntold: false, learned };
  }));
  const theirs = asked.filter(({ isTeam }) => isTeam).map(({ desk }) => desk);
  // An error is no answer: they may be of the team that could not be asked.
  if (theirs.length === 0 && asked.some(({ isUntold }) => isUntold)) {
    return await giveAnswer(offerNothing(query), options);
  }
  await Promise.all(asked.map(async ({ desk, learned }) => {
    if (learned.length > 0) await learn(desk, learned);
  }));
  const found = await findIn(
    theirs,
    query,
    (desk, page) => replies.findSendable(desk.channelId, query.query, page),
  );
  // Reading the replies may have taken a while: who has left meanwhile is known to have.
  const still = await Promise.all(theirs.map(async (desk) => {
    const now = await read(desk).membership(userId);
    return now?.isTeam !== false || now.isDoubtful === true;
  }));
  const left = theirs.filter((_, at) => !still[at]);
  if (left.length === theirs.length) return await giveAnswer(invitation(ctx, options), options);
  const kept = found.replies.filter(({ desk }) => !left.includes(desk));
  const marks = theirs.length > 1 ? desks : null;
  await answers.give(offer(query, { ...found, replies: kept }, marks));
}

/** A page of what is found at these desks, one desk's behind another's. */
async function findIn(
  desks: readonly Desk[],
  query: InlineQuery,
  find: (
    desk: Desk,
    page: { offset: number; limit: number },
  ) => FoundReplies | Promise<FoundReplies>,
): Promise<{ replies: ReplyOfDesk[]; total: number }> {
  const { offset, limit } = pageOf(query);
  const found: ReplyOfDesk[] = [];
  let total = 0;
  for (const desk of desks) {
    const page = {
      offset: Math.max(0, offset - total),
      limit: Math.max(0, limit - found.length),
    };
    const there = await find(desk, page);
    found.push(...there.replies.slice(0, page.limit).map((reply) => ({ ...reply, desk })));
    total += there.total;
  }
  return { replies: found, total };
}

function pageOf({ offset }: InlineQuery): { offset: number; limit: number } {
  return { offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0, limit: PAGE };
}

/**
 * Offers as much of a page as an answer can carry; the next page begins behind it. To who is of several
 * teams each says whose it is.
 */
function offer(
  query: InlineQuery,
  { replies, total }: { replies: ReplyOfDesk[]; total: number },
  marks: Desks | null,
): Offer {
  const results: InlineQueryResult[] = [];
  let room = PAGE_BYTES;
  for (const reply of replies) {
    const result = marks ? markedResult(reply, marks) : toResult(reply);
    room -= MAX_UNIT_BYTES * JSON.stringify(result).length;
    if (room < 0) break;
    results.push(result);
  }
  const next = pageOf(query).offset + results.length;
  const call = toCall(query, results, { next_offset: next < total ? String(next) : "" });
  return { call, replies: replies.slice(0, results.length) };
}

/** The result of one desk's among several desks', under an ID of its own. */
function markedResult(offered: ReplyOfDesk, desks: Desks): InlineQueryResult {
  const { desk, reply } = offered;
  const name = desks.among.find(({ channelId }) => channelId === desk.channelId)?.name ??
    desk.title;
  const title = `[${name}] ${reply.title}`;
  const id = resultIdOf(offered);
  return toResult({ ...offered, id, reply: { ...reply, title } });
}

/** Offers the way to be served. */
function invitation(ctx: Context, { config, desks }: InlineOptions): Call {
  const query = ctx.inlineQuery!;
  const language = spokenLanguage(query.from.language_code) ?? config.locale;
  const text = say({ text: "talk-to-us" }, language);
  const source = deskInLink(desks.among, SOURCE) ? OTHER_SOURCE : SOURCE;
  const link = `https://t.me/${ctx.me.username}?start=${source}`;
  const article: InlineQueryResult = {
    type: "article",
    id: "invitation",
    title: text,
    description: `@${ctx.me.username}`,
    input_message_content: { message_text: say({ text: "invitation", link }, language) },
  };
  return toCall(query, [article], { button: { text, start_parameter: source } });
}

/** Offers nothing at all. */
export function offerNothing(query: InlineQuery): Call {
  return toCall(query, [], {});
}

function toCall(
  { id }: InlineQuery,
  results: InlineQueryResult[],
  more: Pick<Call, "next_offset" | "button">,
): Call {
  return {
    method: "answerInlineQuery",
    inline_query_id: id,
    results,
    is_personal: true,
    cache_time: 0,
    ...more,
  };
}
