/** The body of a request, as far as it is small enough to be looked at. */

/** The body; `text` is `null` as soon as it is too large, whatever its headers say: then its begin. */
export async function readBody(
  request: Request,
  mostBytes: number,
): Promise<{ text: string | null; begin: string }> {
  const length = request.headers.get("Content-Length") ?? "0";
  if (Number(length) > mostBytes) return { text: null, begin: `${length} bytes` };
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    chunks.push(value);
    if (size > mostBytes) {
      await reader.cancel();
      return { text: null, begin: `${chunks.length} chunks` };
    }
  }
  const text = new TextDecoder().decode(joined(chunks, size));
  return { text, begin: text };
}

/** Chunks as one; mostly there is but one. */
function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
