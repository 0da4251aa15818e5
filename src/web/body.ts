/** The body of a request, as far as it is small enough to be looked at. */

/** The body; `text` is `null` as soon as it is too large, whatever its headers say: then its begin. */
export async function readBody(
  request: Request,
  mostBytes: number,
): Promise<{ text: string | null; begin: string }> {
  const length = request.headers.get("Content-Length") ?? "0";
  if (Number(length) > mostBytes) return { text: null, begin: `${length} bytes` };
  const decoder = new TextDecoder();
  let [text, size, chunks] = ["", 0, 0];
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    chunks++;
    if (size > mostBytes) {
      await reader.cancel();
      return { text: null, begin: `${chunks} chunks` };
    }
    text += decoder.decode(value, { stream: true });
  }
  text += decoder.decode();
  return { text, begin: text };
}
