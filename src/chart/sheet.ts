/** A sheet to draw on: words, rectangles and panels of bars, placed by pixels. */
import type { EChartsOption } from "echarts";
import { FONT } from "./png.ts";

/**
 * Colours that colour-blind people tell apart (https://jfly.uni-koeln.de/color/), and greys for what
 * is not data.
 */
export const COLOURS = {
  customers: "#0072b2",
  team: "#e69f00",
  wait: "#009e73",
  stars: "#cc79a7",
  alarm: "#d55e00",
  words: "#1f2933",
  quiet: "#5f6b7a",
  lines: "#dde3ea",
  tile: "#f2f5f9",
} as const;

/** Heights of letters. On a phone the picture is a third as wide. */
export const SIZES = { title: 56, number: 60, heading: 36, words: 28, names: 26 } as const;

/** A rectangle on the sheet. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Bars of one colour, one for each category. */
export interface Bars {
  colour: string;
  /** `null`: no bar. */
  values: (number | null)[];
  /** What is written at the end of each bar; absent: nothing. */
  labels?: string[];
}

/** Lines across, and what is written at them. */
export interface Scale {
  format: (value: number) => string;
  /** Of the highest line, and from line to line; absent: as the library finds best. */
  ends?: { max: number; interval: number };
}

/** Bars by category. */
export interface BarChart {
  categories: string[];
  bars: Bars[];
  /** Which categories have their name written; absent: all. */
  isNamed?: (index: number) => boolean;
  /** Absent: the bars are to say their numbers. */
  scale?: Scale;
  /** Bars lie below each other, with names of this width on their left; absent: they stand. */
  namesWidth?: number;
}

/** From a name or a number to the bars. */
const TO_NAME = 14;
/** How much of its width a name may take by the library's estimate, which knows narrower letters. */
const ESTIMATE = 0.95;

/** Collects what is drawn. */
export class Sheet {
  readonly #grids: object[] = [];
  readonly #xAxes: object[] = [];
  readonly #yAxes: object[] = [];
  readonly #series: object[] = [];
  readonly #graphics: object[] = [];

  /** Writes words whose first line begins at `top`; with a `width` they go on in further lines. */
  write(
    text: string,
    { left, top, size, colour = COLOURS.words, isBold = false, isRight = false, width }: {
      left: number;
      top: number;
      size: number;
      colour?: string;
      isBold?: boolean;
      /** `left` is where the words end. */
      isRight?: boolean;
      width?: number;
    },
  ): void {
    this.#graphics.push({
      type: "text",
      x: left,
      y: top,
      style: {
        text,
        fill: colour,
        fontFamily: FONT,
        fontSize: size,
        fontWeight: isBold ? 600 : 400,
        lineHeight: Math.round(size * 1.4),
        align: isRight ? "right" : "left",
        verticalAlign: "top",
        ...(width === undefined ? {} : { width: width * ESTIMATE, overflow: "break" }),
      },
    });
  }

  /** Lays a rectangle with round corners below everything else. */
  lay({ left, top, width, height }: Box, colour: string, radius: number): void {
    this.#graphics.push({
      type: "rect",
      shape: { x: left, y: top, width, height, r: radius },
      style: { fill: colour },
      z: -1,
    });
  }

  /** Draws bars into a box; names and the numbers of the scale stand outside of it. */
  draw(box: Box, { categories, bars, isNamed, scale, namesWidth }: BarChart): void {
    const at = { gridIndex: this.#grids.length };
    const words = { color: COLOURS.words, fontFamily: FONT, fontSize: SIZES.names };
    const isLying = namesWidth !== undefined;
    const names = {
      ...at,
      type: "category",
      data: categories,
      inverse: isLying,
      axisTick: { show: false },
      axisLine: { show: !isLying, lineStyle: { color: COLOURS.lines, width: 2 } },
      axisLabel: {
        ...words,
        interval: isNamed ?? 0,
        margin: namesWidth ?? TO_NAME,
        ...(isLying
          ? {
            align: "left",
            width: (namesWidth - TO_NAME) * ESTIMATE,
            overflow: "truncate",
            ellipsis: "…",
          }
          : {}),
      },
    };
    const values = {
      ...at,
      type: "value",
      min: 0,
      minInterval: 1,
      splitNumber: 3,
      ...(scale ? scale.ends : { max: "dataMax" }),
      splitLine: { show: scale !== undefined, lineStyle: { color: COLOURS.lines, width: 2 } },
      axisLabel: {
        ...words,
        color: COLOURS.quiet,
        show: scale !== undefined,
        margin: TO_NAME,
        formatter: scale?.format,
      },
    };
    this.#grids.push({ ...box, outerBoundsMode: "none" });
    this.#xAxes.push(isLying ? values : names);
    this.#yAxes.push(isLying ? names : values);
    const radius = categories.length > 7 ? 3 : 6;
    for (const { colour, values, labels } of bars) {
      this.#series.push({
        type: "bar",
        xAxisIndex: at.gridIndex,
        yAxisIndex: at.gridIndex,
        data: values,
        color: colour,
        barMaxWidth: 64,
        barGap: "8%",
        barCategoryGap: "22%",
        itemStyle: { borderRadius: isLying ? [0, 6, 6, 0] : [radius, radius, 0, 0] },
        label: {
          ...words,
          show: labels !== undefined,
          position: isLying ? "right" : "top",
          distance: isLying ? 12 : 6,
          formatter: ({ dataIndex }: { dataIndex: number }) => labels?.[dataIndex] ?? "",
        },
      });
    }
  }

  /** All of it, as the library takes it. */
  toOption(): EChartsOption {
    return {
      animation: false,
      grid: this.#grids,
      xAxis: this.#xAxes,
      yAxis: this.#yAxes,
      series: this.#series as NonNullable<EChartsOption["series"]>,
      graphic: this.#graphics,
    };
  }
}
