/**
 * Inline mode: who types the bot's name and some words, in any chat, is offered canned replies if
 * they are of the team, and the way to be served if they are not.
 */
import { type Api, Composer, type Context } from "grammy";
import type { InlineQueryResult } from "grammy/types";
import type { Reader } from "../change.ts";
import type { Config } from "../config.ts";
import type { Desk } from "../desk.ts";
import type { Log } from "../log.ts";
import { spokenLanguage } from "../notice.ts";
import type { Replies } from "../replies.ts";
import type { Membership } from "../team.ts";
import { say } from "../texts/texts.ts";
import { answerOf } from "./api.ts";
import type { Team } from "./membership.ts";
import { toResult } from "./reply_content.ts";

/** How many results an answer may have (Bot API, answerInlineQuery). */
const PAGE = 50;
/** The parameter of the link by which strangers come (https://core.telegram.org/bots/features#deep-linking). */
const SOURCE = "inline";

/** What inline mode needs of the world. */
export interface InlineOptions {
  api: Api;
  desk: () => Desk;
  team: Team;
  replies: Replies;
  /** What is known of who is of the team, and where to keep what is learned. */
  read: (desk: Desk) => Reader;
  learn: (desk: Desk, memberships: Membership[]) => Promise<void>;
  config: Pick<Config, "locale">;
  log: Log;
}

/**
 * Answers inline queries, in the background: whether somebody is of the team may have to be asked of
 * Telegram. Nothing is left in Telegram's cache: who is no longer of the team sees nothing from then
 * on.
 */
export function inline(
  options: InlineOptions,
  later: (work: Promise<void>) => void,
): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on("inline_query", (ctx) => later(answer(ctx, options)));
  return composer;
}

async function answer(ctx: Context, options: InlineOptions): Promise<void> {
  const { api, desk: current, team, replies, read, learn, log } = options;
  const { id, from, query, offset: at } = ctx.inlineQuery!;
  const desk = current();
  const offset = /^\d{1,6}$/.test(at) ? Number(at) : 0;
  const [member, found] = await Promise.all([
    team.ask(from.id, read(desk)),
    replies.find(desk.channelId, query, { offset, limit: PAGE }),
  ]);
  const fresh = { is_personal: true, cache_time: 0 };
  let answered;
  if (member.failure) {
    // An error is no answer: who cannot be told from a stranger is offered nothing at all.
    answered = await answerOf(api.answerInlineQuery(id, [], fresh));
  } else if (member.isTeam) {
    const next = offset + PAGE;
    answered = await answerOf(api.answerInlineQuery(id, found.replies.map(toResult), {
      ...fresh,
      next_offset: next < found.total ? String(next) : "",
    }));
  } else {
    const language = spokenLanguage(from.language_code) ?? options.config.locale;
    const text = say({ text: "talk-to-us" }, language);
    const link = `https://t.me/${ctx.me.username}?start=${SOURCE}`;
    const invitation: InlineQueryResult = {
      type: "article",
      id: "invitation",
      title: text,
      description: `@${ctx.me.username}`,
      input_message_content: { message_text: say({ text: "invitation", link }, language) },
    };
    answered = await answerOf(api.answerInlineQuery(id, [invitation], {
      ...fresh,
      button: { text, start_parameter: SOURCE },
    }));
  }
  if (answered.failure) log.warn("query not answered", { reason: answered.failure.description });
  if (!member.failure && member.learned.length > 0) await learn(desk, member.learned);
}
