/**
 * A server that goes on. Deno's ends by itself as soon as no connection can be taken, for lack of
 * handles, say; its `finished` rejects then (https://docs.deno.com/api/deno/~/Deno.HttpServer).
 */
import type { Log } from "../log.ts";

/** How long it is waited before serving is taken up again: at first, and at most. */
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5000;

/** What such a server needs of the world. */
export interface LastingServerOptions {
  /** Serves until the signal ends it and all its connections. */
  serve: (signal: AbortSignal) => Deno.HttpServer;
  log: Log;
}

/** A server that is begun anew whenever it ends unasked. */
export class LastingServer {
  #server: Deno.HttpServer;
  #connections = new AbortController();
  #isServing = true;
  #isStopping = false;

  /** Throws if it cannot be served at all. */
  constructor(private readonly options: LastingServerOptions) {
    this.#server = options.serve(this.#connections.signal);
    this.#goOn();
  }

  /** Where it is reached; another place after each beginning, if the system chooses it. */
  get addr(): Deno.NetAddr {
    return this.#server.addr as Deno.NetAddr;
  }

  /** Ends when all that is being answered is. */
  async shutdown(): Promise<void> {
    this.#isStopping = true;
    if (this.#isServing) await this.#server.shutdown();
  }

  /** Serves anew for as long as nobody asks to stop. Never rejects. */
  async #goOn(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    while (!this.#isStopping) {
      const beganMs = performance.now();
      const error = await this.#server.finished.then(() => undefined, (error) => error);
      this.#isServing = false;
      if (this.#isStopping) return;
      this.options.log.error("serving ended unasked, and is taken up again", { error });
      // It takes nobody new, but would keep the handles of those it has.
      this.#connections.abort();
      pauseMs = performance.now() - beganMs > LAST_PAUSE_MS
        ? FIRST_PAUSE_MS
        : Math.min(2 * pauseMs, LAST_PAUSE_MS);
      await this.#serveAgain(pauseMs);
    }
  }

  async #serveAgain(pauseMs: number): Promise<void> {
    while (!this.#isStopping) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      try {
        this.#connections = new AbortController();
        this.#server = this.options.serve(this.#connections.signal);
        this.#isServing = true;
        return;
      } catch (error) {
        this.options.log.debug("serving cannot be taken up yet", { error });
      }
    }
  }
}
