/** QR codes: a link for those who set up on one device and claim on another, a payment to be scanned. */
import { toPng } from "./png.ts";

/** The quiet zone around it that readers need, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4;
/** How wide a module of a picture is, in pixels. */
const MODULE_PX = 10;

/** Draws a QR code as SVG, one unit a module. */
export async function drawQrCode(words: string): Promise<string> {
  // Loaded when somebody needs it, which is seldom.
  const { encodeQR } = await import("qr");
  return encodeQR(words, "svg", { ecc: "medium", border: QUIET_ZONE });
}

/** Draws a QR code as a PNG, black on white, so large that a phone shows it sharp. */
export async function pictureQrCode(words: string): Promise<Uint8Array<ArrayBuffer>> {
  const svg = await drawQrCode(words);
  const modules = Number(/^<svg viewBox="0 0 (\d+) /.exec(svg)?.[1]);
  const size = `width="${modules * MODULE_PX}" height="${modules * MODULE_PX}"`;
  return await toPng(svg.replace("<svg", `<svg ${size}`));
}
