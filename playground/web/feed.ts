/** What every open page is told, as it happens: server-sent events (HTML Standard, 9.2). */
import { type Arrivals, Sides } from "../arrivals.ts";
import type { Playground } from "../playground.ts";
import type { Recorder } from "../story/recorder.ts";
import { headOf } from "../view/head.ts";
import { Mirror } from "../view/mirror.ts";

/** How often it is looked for changes while somebody looks at the page. */
const LOOK_MS = 80;
/** How often a page is told that the connection lives. */
const SIGN_MS = 15_000;

/** Tells pages. */
export class Feed {
  readonly #mirror: Mirror;
  readonly #sides: Sides;
  readonly #readers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #encoder = new TextEncoder();
  #head = "";
  #arrivals: Arrivals | undefined;
  #looking: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #signedMs = 0;
  #isClosed = false;

  constructor(
    private readonly playground: Playground,
    private readonly recorder: Recorder,
  ) {
    this.#mirror = new Mirror(playground);
    this.#sides = new Sides(playground);
  }

  /** A stream of events for one more page: everything as it is, then what changes. */
  open(): Response {
    let reader: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start: async (controller) => {
        reader = controller;
        // What has changed until now goes to those before; the newcomer gets all of it.
        await this.look();
        if (this.#isClosed) return;
        this.#tell(controller, "all", `{"chats":${JSON.stringify(this.#mirror.all())}}`);
        this.#tell(controller, "head", this.#head);
        this.#readers.add(controller);
        this.#goOn();
      },
      cancel: () => {
        this.#readers.delete(reader);
      },
    });
    const headers = { "Content-Type": "text/event-stream", "Cache-Control": "no-store" };
    return new Response(stream, { headers });
  }

  /** Looks for changes now, and tells of them. */
  look(): Promise<void> {
    return this.#looking ??= this.#look().finally(() => this.#looking = undefined);
  }

  /** Ends all streams. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const reader of this.#readers) reader.close();
    this.#readers.clear();
  }

  async #look(): Promise<void> {
    const changes = this.#mirror.changes();
    if (changes.length > 0) this.#arrivals = undefined;
    this.#arrivals ??= this.#sides.compare();
    if (changes.length > 0) this.#tellAll("chats", JSON.stringify(changes));
    const head = JSON.stringify(
      await headOf(this.playground, this.#arrivals, this.recorder.length),
    );
    if (this.#isClosed) return;
    if (head !== this.#head) {
      this.#head = head;
      this.#tellAll("head", head);
    }
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed || this.#readers.size === 0) return;
    this.#timer = setTimeout(async () => {
      try {
        await this.look();
      } catch (error) {
        // What is looked at may be closed meanwhile.
        if (this.#isClosed) return;
        throw error;
      }
      if (Date.now() - this.#signedMs > SIGN_MS) {
        this.#signedMs = Date.now();
        this.#tellAll("sign", "1");
      }
      this.#goOn();
    }, LOOK_MS);
  }

  #tellAll(event: string, data: string): void {
    for (const reader of this.#readers) this.#tell(reader, event, data);
  }

  #tell(reader: ReadableStreamDefaultController<Uint8Array>, event: string, data: string): void {
    try {
      reader.enqueue(this.#encoder.encode(`event: ${event}\ndata: ${data}\n\n`));
    } catch {
      // Whoever read it is gone.
      this.#readers.delete(reader);
    }
  }
}
