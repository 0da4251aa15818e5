/** `/stats`: how the desk is doing, in numbers and as a picture. */
import { InputFile } from "grammy";
import { drawStats } from "../../chart/chart.ts";
import { MAX_CAPTION } from "../../words/formatted.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { periodUpTo } from "../../stats/period.ts";
import { isEmpty, type Stats, type StatsDays, summarise } from "../../stats/stats.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import { answerTo, type Asked, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { defined } from "../../values/defined.ts";

/** Answers with the last week or month, as is asked for. */
export async function showStats(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { api, desk, options: { lists, config, now } } = delivery;
  const { at, language } = asked;
  const days = daysIn(asked.words.text);
  if (days === undefined) return answerTo(delivery, asked, { text: "stats-how" });
  const { timeZone } = config;
  const nowMs = now();
  const { sinceMs } = periodUpTo(nowMs, { days, timeZone });
  const stats = await summarise(lists.events(desk.channelId, sinceMs), {
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

/** A week (nothing said, `7d`, `7`), or a month (`30d`, `30 dias`). */
function daysIn(words: string): StatsDays | undefined {
  const [isPeriod, days] = /^(7|30)? ?(?:d|days?|dias?|días?)?$/i.exec(words.trim()) ?? [];
  if (isPeriod === undefined) return undefined;
  return days === "30" ? 30 : 7;
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
