/**
 * The files that pictures are made with, out of their packages: nothing is read of the system, nothing
 * is fetched.
 */

/** The renderer, in WebAssembly, and the fonts in which text is set. */
export interface PictureFiles {
  wasm: Uint8Array<ArrayBuffer>;
  fonts: Uint8Array<ArrayBuffer>[];
}

/** Reads them. */
export async function readPictureFiles(): Promise<PictureFiles> {
  // Files of a package can be found only after something of it was imported; the fonts' package has
  // nothing but this that Deno could import.
  await Promise.all([
    import("@resvg/resvg-wasm"),
    import("@expo-google-fonts/inter/metadata.json", { with: { type: "json" } }),
  ]);
  const [wasm, ...fonts] = await Promise.all([
    import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"),
    import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
    import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
  ].map((url) => Deno.readFile(new URL(url))));
  return { wasm: wasm!, fonts };
}
