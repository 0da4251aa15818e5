/** A port of this machine for a program that has to be told one. */

/** A free port of those that nobody is given who asks for any: others listen at the same time. */
export function freePort(): number {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  try {
    Deno.listen({ hostname: "127.0.0.1", port }).close();
    return port;
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return freePort();
  }
}
