/** A link as a picture, for those who set up on one device and claim on another. */

/** Draws a QR code as SVG, with the quiet zone around it that readers need (ISO/IEC 18004). */
export async function drawQrCode(link: string): Promise<string> {
  // Loaded when somebody needs it, which is seldom more than once.
  const { encodeQR } = await import("qr");
  return encodeQR(link, "svg", { ecc: "medium", border: 4 });
}
