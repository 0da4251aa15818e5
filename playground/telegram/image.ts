/** The size of a picture, read from the first bytes of its file: PNG, JPEG, GIF or WebP. */

/** In pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** The size, or undefined if the bytes are no picture of these types. */
export function sizeOfImage(bytes: Uint8Array<ArrayBuffer>): ImageSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textAt = (at: number, length: number) =>
    String.fromCharCode(...bytes.subarray(at, at + length));
  try {
    if (textAt(0, 8) === "\x89PNG\r\n\x1a\n" && textAt(12, 4) === "IHDR") {
      return { width: view.getUint32(16), height: view.getUint32(20) };
    }
    if (/^GIF8[79]a$/.test(textAt(0, 6))) {
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    }
    if (view.getUint16(0) === 0xffd8) return sizeOfJpeg(view);
    if (textAt(0, 4) === "RIFF" && textAt(8, 4) === "WEBP") {
      return sizeOfWebp(view, textAt(12, 4));
    }
    return undefined;
  } catch (error) {
    // The file ends before it has told its size.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Segment by segment until the one that begins the frame (ITU-T T.81, annex B). */
function sizeOfJpeg(view: DataView): ImageSize | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function sizeOfWebp(view: DataView, chunk: string): ImageSize | undefined {
  switch (chunk) {
    case "VP8 ":
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return undefined;
  }
}
