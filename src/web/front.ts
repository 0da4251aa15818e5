/**
 * The door of the bot's server: takes connections from anywhere, of which only so many may be open
 * at once and none idle for long, and passes on what they say to the server inside. Deno's own
 * server knows no such bounds: connections that say nothing take every handle that the process may
 * have, and then nothing works any more, the calls to Telegram included. What Telegram brings is taken
 * in at once.
 */
import type { Log } from "../log.ts";
import { MINUTE_MS } from "../time/duration.ts";
import { takeUpdates, writeAll } from "./doorstep.ts";
import type { Webhook } from "./webhook.ts";

/** What a door needs of the world. */
export interface FrontOptions {
  listener: Deno.TcpListener;
  /** Connects to the server inside. */
  connect: () => Promise<Deno.TcpConn>;
  /** What Telegram brings is taken in at the door by this, if it is there. */
  webhook: () => Webhook | undefined;
  /** Milliseconds of a clock that moves steadily. */
  now: () => number;
  log: Log;
}

/**
 * So many connections may be open. Telegram makes 100 at most (Bot API, setWebhook), a proxy keeps
 * fewer. One takes up to three handles: of the 1,024 that a process usually has, a quarter remains.
 */
export const MOST_CONNECTIONS = 250;

/** So few take no handles that anybody else would miss, and who has asked last is among them. */
const FEWEST_CONNECTIONS = 8;

/**
 * What somebody who has connected is doing: has said nothing yet, waits for an answer (or is still
 * asking), or has been answered. Whoever is not waiting makes room first, in this order.
 */
const STAGES = ["silent", "answered", "asking"] as const;
type Stage = typeof STAGES[number];

/** How long each may take. Proxies keep answered connections for a minute (nginx, keepalive_timeout). */
const PATIENCE_MS: Record<Stage, number> = {
  silent: 15_000,
  answered: 75_000,
  asking: 2 * MINUTE_MS,
};

const SWEEP_MS = 1000;
/** How long it is waited for handles, and for the server inside. */
const PAUSE_MS = 100;
/** For so long the server inside is tried to be reached: it may have to be begun anew. */
const REACHING_MS = 10_000;
const CHUNK_BYTES = 16 * 1024;

/** Somebody who has connected. */
interface Visitor {
  conn: Deno.TcpConn;
  /** The connection to the server inside, once something was said. */
  inside?: Deno.TcpConn;
  stage: Stage;
  sinceMs: number;
}

/** The door. */
export class Front {
  /** By stage, those longest in it first. */
  readonly #visitors: Record<Stage, Set<Visitor>> = {
    silent: new Set(),
    answered: new Set(),
    asking: new Set(),
  };
  /** Where connections to the server inside come from in truth, by their port. */
  readonly #origins = new Map<number, Deno.NetAddr>();
  readonly #sweeping: ReturnType<typeof setInterval>;
  readonly #accepting: Promise<void>;
  /** Answers that are given at the door, by who gets them. */
  readonly #answering = new Map<Visitor, Promise<void>>();
  /** Until handles are free again. */
  #waiting: Promise<void> | undefined;
  #isClosed = false;
  #complainedMs = -Infinity;

  constructor(private readonly options: FrontOptions) {
    this.#sweeping = setInterval(() => this.#sweep(), SWEEP_MS);
    this.#accepting = this.#accept();
  }

  /** Where somebody comes from who is connected to the server inside from there. */
  originOf(addr: Deno.Addr): Deno.Addr {
    return ("port" in addr ? this.#origins.get(addr.port) : undefined) ?? addr;
  }

  /**
   * Takes nobody any more. Who waits for an answer keeps their connection until it is given; who has
   * not said yet what they ask has to ask once more.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#sweeping);
    this.options.listener.close();
    for (const stage of ["silent", "answered"] as const) {
      for (const visitor of this.#visitors[stage]) this.#end(visitor);
    }
    for (const visitor of this.#visitors.asking) {
      if (!visitor.inside && !this.#answering.has(visitor)) this.#end(visitor);
    }
    await Promise.all([this.#accepting, ...this.#answering.values()]);
  }

  async #accept(): Promise<void> {
    while (!this.#isClosed) {
      try {
        const conn = await this.options.listener.accept();
        if (this.#count() >= MOST_CONNECTIONS) this.#makeRoom(1);
        const visitor: Visitor = { conn, stage: "silent", sinceMs: this.options.now() };
        this.#visitors.silent.add(visitor);
        this.#attend(visitor);
      } catch (error) {
        // Whoever connects waits meanwhile: the system has taken them already.
        if (!this.#isClosed) await this.#waitForHandles(error);
      }
    }
  }

  /** Passes on what somebody says, until one side ends it. Never rejects. */
  async #attend(visitor: Visitor): Promise<void> {
    const { conn } = visitor;
    const chunk = new Uint8Array(CHUNK_BYTES);
    try {
      conn.setNoDelay();
      let size = await conn.read(chunk);
      if (size === null) return;
      this.#asks(visitor);
      const begun = await this.#takeUpdates(visitor, chunk.slice(0, size));
      if (begun === null) return;
      this.#asks(visitor);
      const inside = await this.#connect(visitor);
      const answering = this.#answer(visitor, inside);
      await writeAll(inside, begun);
      size = await conn.read(chunk);
      while (size !== null) {
        this.#asks(visitor);
        await writeAll(inside, chunk.subarray(0, size));
        size = await conn.read(chunk);
      }
      await inside.closeWrite();
      await answering;
    } catch (error) {
      this.options.log.debug("connection ended", { error });
    } finally {
      this.#end(visitor);
    }
  }

  /** Takes in what Telegram brings, until it is something else: that is left; `null`: it has ended. */
  async #takeUpdates(visitor: Visitor, first: Uint8Array): Promise<Uint8Array | null> {
    const webhook = this.options.webhook();
    if (!webhook) return first;
    return await takeUpdates(visitor.conn, webhook, first, {
      asks: () => this.#asks(visitor),
      answers: (answering) => {
        const answered = answering.then(() => this.#enter(visitor, "answered"), () => {});
        this.#answering.set(visitor, answered);
        void answered.then(() => {
          // The next may be on its way already.
          if (this.#answering.get(visitor) === answered) this.#answering.delete(visitor);
        });
      },
      isOpen: () => !this.#isClosed,
    });
  }

  /** Passes on what the server inside answers, until it ends it. Never rejects. */
  async #answer(visitor: Visitor, inside: Deno.TcpConn): Promise<void> {
    const chunk = new Uint8Array(CHUNK_BYTES);
    try {
      for (let size = await inside.read(chunk); size !== null; size = await inside.read(chunk)) {
        this.#enter(visitor, "answered");
        await writeAll(visitor.conn, chunk.subarray(0, size));
      }
    } catch (error) {
      this.options.log.debug("connection ended", { error });
    } finally {
      this.#end(visitor);
    }
  }

  async #connect(visitor: Visitor): Promise<Deno.TcpConn> {
    const { connect, now } = this.options;
    const untilMs = now() + REACHING_MS;
    while (true) {
      try {
        const inside = await connect();
        inside.setNoDelay();
        visitor.inside = inside;
        if (!this.#visitors[visitor.stage].has(visitor)) throw new Error("closed meanwhile");
        this.#origins.set(portOf(inside), visitor.conn.remoteAddr);
        return inside;
      } catch (error) {
        const isGone = !this.#visitors[visitor.stage].has(visitor);
        if (isGone || now() >= untilMs) throw error;
        if (error instanceof Deno.errors.ConnectionRefused) await pause();
        else await this.#waitForHandles(error);
      }
    }
  }

  /** Somebody asks, or goes on asking: who never comes to an end is given no more time for that. */
  #asks(visitor: Visitor): void {
    if (visitor.stage !== "asking") this.#enter(visitor, "asking");
  }

  #enter(visitor: Visitor, stage: Stage): void {
    // Who was made room of is not to be counted again.
    if (!this.#visitors[visitor.stage].delete(visitor)) return;
    visitor.stage = stage;
    visitor.sinceMs = this.options.now();
    this.#visitors[stage].add(visitor);
  }

  #end(visitor: Visitor): void {
    this.#visitors[visitor.stage].delete(visitor);
    const { conn, inside } = visitor;
    if (inside) this.#origins.delete(portOf(inside));
    for (const each of [conn, inside]) {
      try {
        each?.close();
      } catch (error) {
        // It has been closed already.
        if (!(error instanceof Deno.errors.BadResource)) throw error;
      }
    }
  }

  /** Ends so many connections: those of the least use first. */
  #makeRoom(count: number): void {
    for (const stage of STAGES) {
      for (const visitor of this.#visitors[stage]) {
        if (count-- <= 0) return;
        this.#end(visitor);
      }
    }
  }

  #sweep(): void {
    const nowMs = this.options.now();
    for (const stage of STAGES) {
      for (const visitor of this.#visitors[stage]) {
        if (nowMs - visitor.sinceMs < PATIENCE_MS[stage]) break;
        this.#end(visitor);
      }
    }
  }

  /**
   * The process has no handles left: half of all connections give theirs back, once for all who wait,
   * or those who had asked last would be ended with the rest.
   */
  async #waitForHandles(error: unknown): Promise<void> {
    this.#waiting ??= this.#freeHandles(error).finally(() => this.#waiting = undefined);
    await this.#waiting;
  }

  async #freeHandles(error: unknown): Promise<void> {
    const nowMs = this.options.now();
    if (nowMs - this.#complainedMs >= MINUTE_MS) {
      this.#complainedMs = nowMs;
      this.options.log.warn("connections cannot be taken", { count: this.#count(), error });
    }
    const count = this.#count();
    this.#makeRoom(Math.min(Math.ceil(count / 2), count - FEWEST_CONNECTIONS));
    await pause();
  }

  #count(): number {
    return STAGES.reduce((count, stage) => count + this.#visitors[stage].size, 0);
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

function portOf({ localAddr }: Deno.TcpConn): number {
  return localAddr.port;
}
