/** A line between two programs of this machine on which everything takes its time. */

/** Before a new connection carries anything: TCP's handshake and TLS 1.3's, a round trip each. */
const ROUND_TRIPS_TO_OPEN = 2;

/**
 * Carries connections to a port: each byte arrives after `delayMs`, in either direction. Nothing is
 * narrow about the line: how long much takes compared with little does not show.
 */
export function openLine(toPort: number, delayMs: number): { port: number; close: () => void } {
  const hostname = "127.0.0.1";
  const listener = Deno.listen({ hostname, port: 0 });
  const open = new Set<Deno.TcpConn>();

  async function carry(near: Deno.TcpConn): Promise<void> {
    const openMs = performance.now() + ROUND_TRIPS_TO_OPEN * 2 * delayMs;
    const far = await Deno.connect({ hostname, port: toPort });
    for (const end of [near, far]) {
      end.setNoDelay();
      open.add(end);
    }
    await Promise.all([pump(near, far, openMs), pump(far, near, 0)]);
    for (const end of [near, far]) if (open.delete(end)) end.close();
  }

  async function pump(from: Deno.TcpConn, to: Deno.TcpConn, openMs: number): Promise<void> {
    let delivered = Promise.resolve();
    const buffer = new Uint8Array(65_536);
    while (true) {
      const size = await from.read(buffer).catch(() => null);
      const bytes = buffer.slice(0, size ?? 0);
      const dueMs = Math.max(performance.now(), openMs) + delayMs;
      delivered = delivered.then(async () => {
        const leftMs = dueMs - performance.now();
        if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
        // Whoever hung up meanwhile wants nothing any more.
        if (size === null) await to.closeWrite().catch(() => {});
        else await to.write(bytes).catch(() => {});
      });
      if (size === null) return await delivered;
    }
  }

  (async () => {
    for await (const near of listener) void carry(near);
  })();
  return {
    port: listener.addr.port,
    close: () => {
      listener.close();
      for (const end of open) end.close();
      open.clear();
    },
  };
}
