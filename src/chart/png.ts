/**
 * Makes an SVG a PNG, with resvg and the Inter typeface. Both are loaded when the first picture is
 * asked for.
 */
import { readPictureFiles } from "./picture_files.ts";

/** The family text has to be set in. */
export const FONT = "Inter";

/** What the typeface has no letter for: emoji, and scripts other than Latin, Greek and Cyrillic. */
const WITHOUT_LETTER =
  /[^\s!-~\u00a1-\u00ac\u00ae-\u024f\u0384-\u03ce\u0400-\u0479\u048a-\u049d\u04a0-\u04ff\u1e00-\u1eff\u2010-\u2027]/gu;

/**
 * A name as it can be drawn: fancy letters become plain ones, what the typeface lacks is left out.
 * Empty if nothing that could be read is left.
 */
export function drawable(name: string): string {
  const kept = name.normalize("NFKC").replace(WITHOUT_LETTER, "").replace(/\s+/g, " ").trim();
  return /[\p{L}\p{N}]/u.test(kept) ? kept : "";
}

/** What makes pictures, once it is loaded. */
interface Rasteriser {
  Resvg: typeof import("@resvg/resvg-wasm").Resvg;
  fontBuffers: Uint8Array[];
}

let loading: Promise<Rasteriser> | undefined;

/** Draws an SVG at its own size on white. */
export async function toPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const { Resvg, fontBuffers } = await rasteriser();
  const drawing = new Resvg(svg, {
    background: "white",
    font: { fontBuffers, defaultFontFamily: FONT },
  });
  try {
    const image = drawing.render();
    try {
      return new Uint8Array(image.asPng());
    } finally {
      image.free();
    }
  } finally {
    drawing.free();
  }
}

/** Loads once; what fails is tried again with the next picture. */
function rasteriser(): Promise<Rasteriser> {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<Rasteriser> {
  const [{ Resvg, initWasm }, { wasm, fonts }] = await Promise.all([
    import("@resvg/resvg-wasm"),
    readPictureFiles(),
  ]);
  await initWasm(wasm);
  return { Resvg, fontBuffers: fonts };
}
