/** A desk's numbers as one message, short enough to be read on a phone. */
import type { Language } from "../words/language.ts";
import { sayDuration } from "../time/duration.ts";
import type { Texts } from "./notice.ts";
import { type AgentStats, isEmpty, type Stars, type Stats } from "../stats/stats.ts";
import type { StatsLabel } from "./notices/stats.ts";
import { NO_NAME, onOneLine } from "../words/visible.ts";

/** The sentences numbers are said with. */
export type StatsTexts = Pick<
  Texts,
  | "stats-label"
  | "stats-period"
  | "stats-none"
  | "stats-waits"
  | "stats-no-waits"
  | "stats-ratings"
  | "stats-nameless"
  | "stats-more"
>;

/** How numbers are put into words. */
export interface StatsWording {
  language: Language;
  texts: StatsTexts;
  /** Agents' names, by their IDs, as far as they are known. */
  names: Record<number, string>;
}

/** How many agents the message names. */
const AGENTS_SHOWN = 20;
/** How much of a name is shown, in UTF-16 code units. */
const SHOWN_NAME_LENGTH = 24;
const IS_VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What comes of the clock alone is said where it does: of many desks it never does. */
export const OF_CLOCK = ["late", "autoclosed"] as const;

/** From five stars down, as ratings are read. */
export const STARS: readonly Stars[] = [5, 4, 3, 2, 1];

/** The whole message. Plain text: it is sent without a parse mode. */
export function writeStats(stats: Stats, wording: StatsWording): string {
  const { language, texts } = wording;
  const { byDay, byHour, agents, waits, ratings } = stats;
  const number = new Intl.NumberFormat(language);
  const label = (label: StatsLabel) => texts["stats-label"]({ text: "stats-label", label });
  const days = byDay.length;
  const period = texts["stats-period"]({ text: "stats-period", days });
  const heading = `📊 ${period} · ${sayDates(byDay, language)}`;
  const waiting = `${label("waiting")}: ${number.format(stats.waiting)}`;
  if (isEmpty(stats)) {
    const none = texts["stats-none"]({ text: "stats-none" });
    return [heading, none, ...(stats.waiting > 0 ? [waiting] : [])].join("\n\n");
  }
  const shown = agents.slice(0, AGENTS_SHOWN);
  const more = agents.length - shown.length;
  const paragraphs = [
    [heading],
    [
      `${label("opened")}: ${number.format(stats.opened)}`,
      `${label("closed")}: ${number.format(stats.closed)}`,
      waiting,
      ...OF_CLOCK.filter((name) => stats[name] > 0)
        .map((name) => `${label(name)}: ${number.format(stats[name])}`),
    ],
    [
      `${label("from-customers")}: ${number.format(stats.fromCustomers)}`,
      `${label("from-team")}: ${number.format(stats.fromTeam)}`,
    ],
    [
      waits
        ? texts["stats-waits"]({
          text: "stats-waits",
          median: sayDuration(waits.medianMs),
          p90: sayDuration(waits.p90Ms),
        })
        : texts["stats-no-waits"]({ text: "stats-no-waits" }),
    ],
    ratings
      ? [
        texts["stats-ratings"]({
          text: "stats-ratings",
          mean: sayMean(ratings.mean, language),
          count: number.format(ratings.count),
        }),
        STARS.map((stars) => `${stars}★ ${number.format(ratings.byStars[stars])}`).join(" · "),
      ]
      : [],
    agents.length > 0
      ? [
        label("agent-columns"),
        ...shown.map((agent) => agentLine(agent, wording)),
        ...(more > 0 ? [texts["stats-more"]({ text: "stats-more", count: more })] : []),
      ]
      : [],
    stats.fromCustomers > 0
      ? [
        label("customers-by-hour"),
        byHour.flatMap(({ fromCustomers }, hour) =>
          fromCustomers > 0 ? [`${hour}h ${number.format(fromCustomers)}`] : []
        ).join(" · "),
      ]
      : [],
  ];
  return paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** The first and the last day of a period. */
export function sayDates(byDay: { date: string }[], language: Language): string {
  const format = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
  return format.formatRange(Date.parse(byDay[0]!.date), Date.parse(byDay.at(-1)!.date));
}

/** How content customers are, with one digit after the comma. */
export function sayMean(mean: number, language: Language): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language, digits).format(mean);
}

/** An agent's name on one line, cut where it is too long; never empty. */
export function sayAgent(
  agentId: number,
  { names, texts }: Pick<StatsWording, "names" | "texts">,
): string {
  const name = onOneLine(names[agentId] ?? "");
  const shown = IS_VISIBLE.test(name) && name !== NO_NAME ? cut(name) : "";
  return shown || texts["stats-nameless"]({ text: "stats-nameless", agentId });
}

function agentLine({ agentId, messages, waits }: AgentStats, wording: StatsWording): string {
  const number = new Intl.NumberFormat(wording.language);
  const columns = [
    number.format(messages),
    ...(waits ? [number.format(waits.count), sayDuration(waits.medianMs)] : []),
  ];
  return `${sayAgent(agentId, wording)}: ${columns.join(" · ")}`;
}

/** Cuts between what people take for characters; nothing is left where not even one has room. */
function cut(name: string): string {
  if (name.length <= SHOWN_NAME_LENGTH) return name;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(name)) {
    if (kept.length + segment.length >= SHOWN_NAME_LENGTH) break;
    kept += segment;
  }
  return kept && `${kept.trimEnd()}…`;
}
