/** The picture of `/stats`: a desk's period as one PNG that is understood at a glance on a phone. */
import type { Stats } from "../stats/stats.ts";
import type { StatsWording } from "../texts/stats_message.ts";
import { layOut } from "./panels.ts";
import { toPng } from "./png.ts";

/**
 * Draws a desk's numbers. The libraries for it are loaded with the first picture. The same numbers
 * give the same bytes.
 * @returns a PNG, 1280 pixels wide, as high as there is something to show
 */
export async function drawStats(
  stats: Stats,
  wording: StatsWording,
): Promise<Uint8Array<ArrayBuffer>> {
  // One file with all of the library loads faster than the hundreds it is made of.
  const echarts: typeof import("echarts") = await import("echarts/dist/echarts.esm.min.mjs");
  const { width, height, option } = layOut(stats, wording);
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return await toPng(svg);
}
