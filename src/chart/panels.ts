/** What the picture of a desk's numbers shows, and where: from the big numbers down to the ratings. */
import type { EChartsOption } from "echarts";
import { sayDuration } from "../time/duration.ts";
import { isEmpty, type MessageCounts, type Stats } from "../stats/stats.ts";
import {
  OF_CLOCK,
  sayAgent,
  sayDates,
  sayMean,
  STARS,
  type StatsWording,
} from "../texts/stats_message.ts";
import type { StatsLabel } from "../texts/notices/stats.ts";
import { Labels } from "./labels.ts";
import { drawable } from "./png.ts";
import { type Bars, COLOURS, type Scale, Sheet, SIZES } from "./sheet.ts";
import { timeEnds } from "./time_scale.ts";

/** How wide the picture is. */
const WIDTH = 1280;
const MARGIN = 56;
const INNER = WIDTH - 2 * MARGIN;
/** Between one panel and the next. */
const BETWEEN = 44;
/** What the title takes. */
const TITLE_HEIGHT = 104;
/** What headings and the names below bars take. */
const HEADING_HEIGHT = 58;
const NAMES_HEIGHT = 46;
/** What the numbers above bars take; those at the highest line take half of it. */
const NUMBERS_HEIGHT = 44;
/** What is written on the left of a scale takes. */
const SCALE_WIDTH = 100;
const TILE = { height: 146, gap: 24, padding: 24, corner: 18, label: 20, value: 58 } as const;
/** The names of the colours, each behind a square of it. */
const LEGEND = { height: 48, width: 360, square: 28, corner: 6, above: 4, words: 42 } as const;
const DAYS_HEIGHT = { messages: 210, wait: 130 } as const;
const HOURS_HEIGHT = 170;
const ROW_HEIGHT = 52;
const AGENTS = { shown: 8, namesWidth: 340, numbersWidth: 200 } as const;
const RATINGS = { width: 370, namesWidth: 74, numbersWidth: 80 } as const;

/** A picture, ready to be drawn. */
export interface Layout {
  width: number;
  height: number;
  option: EChartsOption;
}

/** Lays out a desk's numbers. */
export function layOut(stats: Stats, wording: StatsWording): Layout {
  const names = Object.entries(wording.names).map(([id, name]) => [id, drawable(name)]);
  return new Page(stats, { ...wording, names: Object.fromEntries(names) }).layOut();
}

/** One picture in the making: panels one below the other. */
class Page {
  readonly #stats: Stats;
  readonly #wording: StatsWording;
  readonly #labels: Labels;
  readonly #sheet = new Sheet();
  /** Where the next panel begins. */
  #top = MARGIN;

  constructor(stats: Stats, wording: StatsWording) {
    this.#stats = stats;
    this.#wording = wording;
    this.#labels = new Labels(wording);
  }

  layOut(): Layout {
    this.#title();
    if (isEmpty(this.#stats)) this.#nothing();
    else {
      this.#tiles();
      const { fromCustomers, fromTeam, waits } = this.#stats;
      if (fromCustomers + fromTeam > 0) this.#messagesByDay();
      if (waits) this.#waitByDay();
      if (fromCustomers + fromTeam > 0) this.#messagesByHour();
      this.#agentsAndRatings();
    }
    const height = this.#top - BETWEEN + MARGIN;
    return { width: WIDTH, height, option: this.#sheet.toOption() };
  }

  #title(): void {
    const { language, texts } = this.#wording;
    const { byDay } = this.#stats;
    const period = texts["stats-period"]({ text: "stats-period", days: byDay.length });
    this.#sheet.write(period, { left: MARGIN, top: this.#top, size: SIZES.title, isBold: true });
    this.#sheet.write(sayDates(byDay, language), {
      left: WIDTH - MARGIN,
      top: this.#top + SIZES.title - SIZES.heading,
      size: SIZES.heading,
      colour: COLOURS.quiet,
      isRight: true,
    });
    this.#top += TITLE_HEIGHT;
  }

  #nothing(): void {
    const { waiting } = this.#stats;
    this.#sheet.write(this.#wording.texts["stats-none"]({ text: "stats-none" }), {
      left: MARGIN,
      top: this.#top,
      size: SIZES.heading,
      width: INNER,
    });
    this.#top += 2 * HEADING_HEIGHT + BETWEEN;
    if (waiting > 0) {
      this.#row([[this.#labels.of("waiting"), this.#labels.count(waiting), "alarm"]]);
    }
  }

  #tiles(): void {
    const { opened, closed, waiting, waits, ratings } = this.#stats;
    this.#row([
      [this.#labels.of("opened"), this.#labels.count(opened)],
      [this.#labels.of("closed"), this.#labels.count(closed)],
      [this.#labels.of("waiting"), this.#labels.count(waiting), waiting > 0 ? "alarm" : "words"],
    ]);
    const ofClock = OF_CLOCK.filter((name) => this.#stats[name] > 0);
    if (ofClock.length > 0) {
      this.#top -= BETWEEN - TILE.gap;
      this.#row(
        ofClock.map((name) => [this.#labels.of(name), this.#labels.count(this.#stats[name])]),
      );
    }
    const tiles: Tile[] = [];
    if (waits) {
      tiles.push([this.#labels.of("half-wait"), sayDuration(waits.medianMs)]);
      tiles.push([this.#labels.of("most-wait"), sayDuration(waits.p90Ms)]);
    }
    if (ratings) {
      tiles.push([this.#labels.of("rating"), `${sayMean(ratings.mean, this.#wording.language)} ★`]);
    }
    if (tiles.length === 0) return;
    this.#top -= BETWEEN - TILE.gap;
    this.#row(tiles);
  }

  /** Big numbers side by side. */
  #row(tiles: Tile[]): void {
    const width = (INNER + TILE.gap) / Math.max(tiles.length, 2) - TILE.gap;
    for (const [index, [label, value, colour = "words"]] of tiles.entries()) {
      const box = { left: MARGIN + index * (width + TILE.gap), top: this.#top, width };
      this.#sheet.lay({ ...box, height: TILE.height }, COLOURS.tile, TILE.corner);
      const left = box.left + TILE.padding;
      const quiet = { left, top: box.top + TILE.label, size: SIZES.words, colour: COLOURS.quiet };
      this.#sheet.write(label, quiet);
      const loud = { left, top: box.top + TILE.value, size: SIZES.number, colour: COLOURS[colour] };
      this.#sheet.write(value, { ...loud, isBold: true });
    }
    this.#top += TILE.height + BETWEEN;
  }

  #messagesByDay(): void {
    const { byDay } = this.#stats;
    this.#heading("messages-by-day");
    this.#legend();
    const scale = { format: (value: number) => this.#labels.count(value) };
    this.#days({ height: DAYS_HEIGHT.messages, bars: this.#messageBars(byDay), scale });
  }

  #waitByDay(): void {
    this.#heading("wait-by-day");
    const medians = this.#stats.byDay.map(({ waits }) => waits?.medianMs ?? null);
    const labels = medians.map((medianMs) => medianMs === null ? "" : sayDuration(medianMs));
    const mostMs = Math.max(...medians.map((medianMs) => medianMs ?? 0));
    this.#days({
      height: DAYS_HEIGHT.wait,
      bars: [{ colour: COLOURS.wait, values: medians, labels }],
      scale: { format: (ms) => ms === 0 ? "0" : sayDuration(ms), ends: timeEnds(mostMs) },
    });
  }

  /** Bars for each day. A week's say their numbers; a month's have no room for that. */
  #days({ height, bars, scale }: { height: number; bars: Bars[]; scale: Scale }): void {
    const { byDay } = this.#stats;
    const isWeek = byDay.length <= 7;
    const last = byDay.length - 1;
    const left = isWeek ? MARGIN : MARGIN + SCALE_WIDTH;
    this.#top += isWeek ? NUMBERS_HEIGHT : NUMBERS_HEIGHT / 2;
    this.#sheet.draw({ left, top: this.#top, width: WIDTH - MARGIN - left, height }, {
      categories: byDay.map(({ date }, index) =>
        index === last ? this.#labels.of("today") : this.#labels.day(date, isWeek)
      ),
      ...(isWeek
        ? { bars }
        : { bars: bars.map(silent), scale, isNamed: (index) => (last - index) % 5 === 0 }),
    });
    this.#top += height + NAMES_HEIGHT + BETWEEN;
  }

  #messagesByHour(): void {
    const { byHour } = this.#stats;
    this.#heading("messages-by-hour");
    this.#top += NUMBERS_HEIGHT / 2;
    const left = MARGIN + SCALE_WIDTH;
    const box = { left, top: this.#top, width: WIDTH - MARGIN - left, height: HOURS_HEIGHT };
    this.#sheet.draw(box, {
      categories: byHour.map((_, hour) => `${hour}h`),
      bars: this.#messageBars(byHour).map(silent),
      scale: { format: (value) => this.#labels.count(value) },
      isNamed: (hour) => hour % 3 === 0,
    });
    this.#top += HOURS_HEIGHT + NAMES_HEIGHT + BETWEEN;
  }

  /** Side by side if there are both. */
  #agentsAndRatings(): void {
    const { agents, ratings } = this.#stats;
    const top = this.#top;
    if (agents.length > 0) this.#agents(ratings ? INNER - RATINGS.width - BETWEEN : INNER);
    const bottom = this.#top;
    if (!ratings) return;
    this.#top = top;
    this.#ratings(ratings.byStars, agents.length > 0 ? WIDTH - MARGIN - RATINGS.width : MARGIN);
    this.#top = Math.max(bottom, this.#top);
  }

  #agents(width: number): void {
    const { agents } = this.#stats;
    this.#heading("agents");
    const shown = agents.slice(0, AGENTS.shown);
    this.#sheet.draw({
      left: MARGIN + AGENTS.namesWidth,
      top: this.#top,
      width: width - AGENTS.namesWidth - AGENTS.numbersWidth,
      height: shown.length * ROW_HEIGHT,
    }, {
      categories: shown.map(({ agentId }) => sayAgent(agentId, this.#wording)),
      bars: [{
        colour: COLOURS.team,
        values: shown.map(({ messages }) => messages),
        labels: shown.map(({ messages, waits }) =>
          this.#labels.count(messages) + (waits ? ` · ${sayDuration(waits.medianMs)}` : "")
        ),
      }],
      namesWidth: AGENTS.namesWidth,
    });
    this.#top += shown.length * ROW_HEIGHT;
    const count = agents.length - shown.length;
    if (count > 0) {
      const more = this.#wording.texts["stats-more"]({ text: "stats-more", count });
      const at = { left: MARGIN, top: this.#top + 8, size: SIZES.names, colour: COLOURS.quiet };
      this.#sheet.write(more, at);
      this.#top += NAMES_HEIGHT;
    }
    this.#top += BETWEEN;
  }

  #ratings(byStars: Record<number, number>, left: number): void {
    this.#heading("ratings", left);
    const counts = STARS.map((stars) => byStars[stars]!);
    this.#sheet.draw({
      left: left + RATINGS.namesWidth,
      top: this.#top,
      width: WIDTH - MARGIN - left - RATINGS.namesWidth - RATINGS.numbersWidth,
      height: STARS.length * ROW_HEIGHT,
    }, {
      categories: STARS.map((stars) => `${stars} ★`),
      bars: [{
        colour: COLOURS.stars,
        values: counts,
        labels: counts.map((count) => this.#labels.count(count)),
      }],
      namesWidth: RATINGS.namesWidth,
    });
    this.#top += STARS.length * ROW_HEIGHT + BETWEEN;
  }

  #heading(label: StatsLabel, left = MARGIN): void {
    const at = { left, top: this.#top, size: SIZES.heading, isBold: true };
    this.#sheet.write(this.#labels.of(label), at);
    this.#top += HEADING_HEIGHT;
  }

  /** Which colour is whose, and how many messages that is. */
  #legend(): void {
    const { fromCustomers, fromTeam } = this.#stats;
    const sides = [["customers", fromCustomers], ["team", fromTeam]] as const;
    for (const [index, [side, count]] of sides.entries()) {
      const left = MARGIN + index * LEGEND.width;
      const top = this.#top + LEGEND.above;
      const square = { left, top, width: LEGEND.square, height: LEGEND.square };
      this.#sheet.lay(square, COLOURS[side], LEGEND.corner);
      const words = `${this.#labels.of(side)}: ${this.#labels.count(count)}`;
      this.#sheet.write(words, { left: left + LEGEND.words, top: this.#top, size: SIZES.words });
    }
    this.#top += LEGEND.height;
  }

  #messageBars(counts: MessageCounts[]): Bars[] {
    const bars = (colour: string, values: number[]) => ({
      colour,
      values,
      labels: values.map((value) => value > 0 ? this.#labels.count(value) : ""),
    });
    return [
      bars(COLOURS.customers, counts.map(({ fromCustomers }) => fromCustomers)),
      bars(COLOURS.team, counts.map(({ fromTeam }) => fromTeam)),
    ];
  }
}

type Tile = [label: string, value: string, colour?: "alarm" | "words"];

/** The same bars, without their numbers. */
function silent({ colour, values }: Bars): Bars {
  return { colour, values };
}
