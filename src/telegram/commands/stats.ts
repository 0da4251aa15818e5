/** `/stats`: how the desk is doing, in numbers and as a picture. */
import { InputFile } from "grammy";
import { drawStats } from "../../chart/chart.ts";
import { MAX_CAPTION } from "../../words/formatted.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { periodUpTo } from "../../stats/period.ts";
import {
  type DeskEvent,
  isEmpty,
  type Stats,
  type StatsDays,
  summarise,
} from "../../stats/stats.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { answerTo, type Asked, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { recentDaysIn } from "../../time/span.ts";
import { defined } from "../../values/defined.ts";

/** Answers with the last week or month, as is asked for. */
export async function showStats(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { api, desk, options: { lists, config, now } } = delivery;
  const { at, language } = asked;
  const days = periodIn(asked.words.text);
  if (days === undefined) return answerTo(delivery, asked, { text: "stats-how" });
  const { timeZone } = config;
  const nowMs = now();
  const { sinceMs } = periodUpTo(nowMs, { days, timeZone });
  const stats = await summarise(eventsOf(delivery, sinceMs), {
    days,
    nowMs,
    timeZone,
    waiting: await lists.countWaiting(desk.channelId),
  });
  const names = await agentNamesIn(delivery, stats);
  const text = say({ text: "stats", stats, names }, language);
  if (isEmpty(stats)) {
    return await showTo(
      delivery,
      asked,
      (answering) => api.sendMessage(at.chatId, text, answering),
    );
  }
  const picture = await drawStats(stats, { language, texts: TEXTS[language], names });
  const fits = text.length <= MAX_CAPTION;
  return await showTo(delivery, asked, async (answering) => {
    await api.sendPhoto(at.chatId, new InputFile(picture, "stats.png"), {
      ...defined({ caption: fits ? text : undefined }),
      ...answering,
    });
    if (!fits) await api.sendMessage(at.chatId, text, answering);
  });
}

/** What has happened at the desk, also in channels that it has left, the last of which comes first. */
async function* eventsOf(
  { desk: { channelId }, read, options: { lists } }: Delivery,
  sinceMs: number,
): AsyncGenerator<DeskEvent> {
  yield* lists.events(channelId, sinceMs);
  for (const { deskId } of await read.at(channelId).formerly()) {
    yield* lists.events(deskId, sinceMs);
  }
}

/** A week (nothing said, `7d`, `semana`), or a month (`30d`, `last month`). */
function periodIn(words: string): StatsDays | undefined {
  if (words.trim() === "") return 7;
  const days = recentDaysIn(words);
  return days === 7 || days === 30 ? days : undefined;
}

/** The names of those who answered. */
async function agentNamesIn(
  { desk, options: { lists } }: Delivery,
  { agents }: Stats,
): Promise<Record<number, string>> {
  const wanted = new Set(agents.map(({ agentId }) => agentId));
  const known = await lists.agents(desk.channelId);
  return Object.fromEntries(
    known.filter(({ userId }) => wanted.has(userId)).map(({ userId, name }) => [userId, name]),
  );
}
