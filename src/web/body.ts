/** The body of a request, as far as it is small enough to be looked at. */

/** The body; `text` is `null` as soon as it is too large, whatever its headers say: then its begin. */
export async function readBody(
  request: Request,
  mostBytes: number,
): Promise<{ text: string | null; begin: string }> {
  const length = request.headers.get("Content-Length") ?? "0";
  if (Number(length) > mostBytes) return { text: null, begin: `${length} bytes` };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > mostBytes) return { text: null, begin: `${chunks.length} chunks` };
  }
  const text = await new Blob(chunks as BlobPart[]).text();
  return { text, begin: text };
}
