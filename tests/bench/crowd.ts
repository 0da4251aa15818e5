/**
 * The people of a bench: customers who write, an agent who answers, and the record of what arrived
 * where, when, how often and in which order.
 */
import type { StoredMessage } from "../../playground/telegram/chat.ts";
import { seededRandom } from "../../playground/telegram/random.ts";
import type {
  SimulatedBot,
  SimulatedChat,
  SimulatedMessage,
  SimulatedTelegram,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";
import { withDeadline } from "../../src/time/deadline.ts";
import { ALBUM_SIZE, albumWith, contentWith, deedOf, type Mix, numberIn } from "./contents.ts";

/** A stream of messages. */
export interface Load {
  /** How many, those that answer others included. */
  messages: number;
  mix: Mix;
  /** Whether the agent answers each message of a customer's. */
  isAnswered: boolean;
  /** Closed loop: so many conversations at once; whoever has been answered makes room for the next. */
  atOnce?: number;
  /** Open loop: so many messages a second, answers included, whatever has become of the last ones. */
  ratePerS?: number;
}

/** What came of a stream. */
export interface Arrivals {
  messages: number;
  seconds: number;
  /** From when each was written to when it stood before its reader; albums apart. */
  waitsMs: number[];
  albumWaitsMs: number[];
  /** Of these, the answers. */
  answerWaitsMs: number[];
  lost: number;
  repeated: number;
  outOfOrder: number;
  /** Shown to somebody else than whom it was for. */
  misplaced: number;
}

type Direction = "to team" | "to customer";

interface Customer {
  user: SimulatedUser;
  chat: SimulatedChat;
  rootId?: number;
  /** By direction: what was last said and has arrived, and the highest number that arrived. */
  lastText: Partial<Record<Direction, SimulatedMessage>>;
  arrived: Record<Direction, number>;
}

/** One thing said, and what became of it. */
interface Said {
  customer: Customer;
  direction: Direction;
  isAlbum: boolean;
  /** How many pieces have still to come. */
  missing: number;
  saidMs: number;
  message?: SimulatedMessage;
  onArrival: () => void;
}

/** Customers and an agent of one desk. */
export class Crowd {
  readonly #customers: Customer[] = [];
  readonly #byId = new Map<number, Customer>();
  readonly #byRoot = new Map<number, Customer>();
  /** What is under way, by number. */
  readonly #underWay = new Map<number, Said>();
  readonly #random = seededRandom(14);
  #arrivals = noArrivals();
  #lastNumber = 0;
  #next = 0;
  #isHeld = false;

  constructor(
    telegram: SimulatedTelegram,
    private readonly desk: {
      bot: SimulatedBot;
      channel: SimulatedChat;
      group: SimulatedChat;
      agent: SimulatedUser;
    },
    count: number,
  ) {
    for (let index = 0; index < count; index++) {
      const user = telegram.createUser({ firstName: `Customer ${index}`, languageCode: "en" });
      const chat = user.chatWith(desk.bot);
      const customer = { user, chat, lastText: {}, arrived: { "to team": 0, "to customer": 0 } };
      this.#customers.push(customer);
      this.#byId.set(user.id, customer);
    }
    telegram.watch((record) => this.#see(record));
  }

  /** Lets people write; resolves when all has arrived, or nothing has for `patienceMs`. */
  async holds(load: Load, patienceMs = 30_000): Promise<Arrivals> {
    this.#arrivals = noArrivals();
    this.#isHeld = false;
    const beganMs = performance.now();
    const talk = load.ratePerS === undefined
      ? this.#talkInTurns(load, load.atOnce ?? 1)
      : this.#talkAtRate(load, load.ratePerS);
    await this.#isOver(talk, patienceMs);
    const seconds = (performance.now() - beganMs) / 1000;
    const lost = this.#underWay.size;
    this.#underWay.clear();
    return { ...this.#arrivals, seconds, lost };
  }

  /** Has nobody write any more. */
  hold(): void {
    this.#isHeld = true;
  }

  async #talkInTurns(load: Load, atOnce: number): Promise<void> {
    let left = load.messages;
    const converse = async () => {
      while (left > 0 && !this.#isHeld) {
        left -= load.isAnswered ? 2 : 1;
        await this.#talk(load);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, converse));
  }

  async #talkAtRate(load: Load, ratePerS: number): Promise<void> {
    const talks: Promise<void>[] = [];
    const beganMs = performance.now();
    const perTalk = load.isAnswered ? 2 : 1;
    while (talks.length < load.messages / perTalk && !this.#isHeld) {
      const dueMs = beganMs + talks.length * perTalk * 1000 / ratePerS;
      if (performance.now() >= dueMs) talks.push(this.#talk(load, dueMs));
      else await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(talks);
  }

  /** The next customer, in turn, writes, and is answered. */
  async #talk({ mix, isAnswered }: Load, saidMs?: number): Promise<void> {
    const customer = this.#customers[this.#next++ % this.#customers.length]!;
    await this.#says(customer, "to team", mix, saidMs);
    if (isAnswered && !this.#isHeld) await this.#says(customer, "to customer", mix);
  }

  /** Resolves when a talk is over, or stands still: what is lost would be waited for without end. */
  async #isOver(talk: Promise<void>, patienceMs: number): Promise<void> {
    let isOver = false;
    const ending = talk.then(() => {
      isOver = true;
    });
    for (let before = -1; !isOver && before !== this.#arrivals.messages;) {
      before = this.#arrivals.messages;
      await withDeadline(patienceMs, ending, undefined);
    }
  }

  /** Somebody says something; resolves when it has arrived. */
  #says(customer: Customer, direction: Direction, mix: Mix, saidMs = performance.now()) {
    const number = ++this.#lastNumber;
    const { promise, resolve } = Promise.withResolvers<void>();
    const deed = deedOf(mix, this.#random());
    const isAlbum = deed === "album";
    const said: Said = {
      customer,
      direction,
      isAlbum,
      missing: isAlbum ? ALBUM_SIZE : 1,
      saidMs,
      onArrival: resolve,
    };
    this.#underWay.set(number, said);
    const [author, chat] = direction === "to team"
      ? [customer.user, customer.chat]
      : [this.desk.agent, this.desk.group];
    const answering = direction === "to team" ? {} : { replyTo: customer.rootId! };
    const last = customer.lastText[direction];
    if (isAlbum) void author.sendsAlbum(chat, albumWith(number), answering);
    else if (deed === "edit" && last) author.edits(last, contentWith("text", number));
    else {
      const kind = deed === "edit" ? "text" : deed;
      const message = author.sends(chat, contentWith(kind, number), answering);
      if (kind === "text") said.message = message;
    }
    return promise;
  }

  /** Looks at what the bot has posted or edited. */
  #see({ author, chat, content, isAutomaticForward, threadId, id }: StoredMessage): void {
    if (isAutomaticForward) return this.#meet(content.text, id);
    const number = author.bot === this.desk.bot ? numberIn(content) : undefined;
    if (number === undefined || chat === this.desk.channel) return;
    const [reader, direction] = chat === this.desk.group
      ? [this.#byRoot.get(threadId ?? 0), "to team" as const]
      : [this.#byId.get(chat.id), "to customer" as const];
    const said = this.#underWay.get(number);
    if (said === undefined) {
      this.#arrivals.repeated++;
      return;
    }
    if (said.customer !== reader || said.direction !== direction) this.#arrivals.misplaced++;
    if (number < said.customer.arrived[said.direction]) this.#arrivals.outOfOrder++;
    said.customer.arrived[said.direction] = number;
    if (--said.missing === 0) this.#arrive(number, said);
  }

  #arrive(number: number, said: Said): void {
    this.#underWay.delete(number);
    const waits = said.isAlbum ? this.#arrivals.albumWaitsMs : this.#arrivals.waitsMs;
    const waitMs = performance.now() - said.saidMs;
    waits.push(waitMs);
    if (said.direction === "to customer") this.#arrivals.answerWaitsMs.push(waitMs);
    this.#arrivals.messages++;
    if (said.message) said.customer.lastText[said.direction] = said.message;
    // Whoever has read it answers a moment later, not in the midst of the call.
    queueMicrotask(said.onArrival);
  }

  /** A thread has begun, whose root names its customer. */
  #meet(text: string | undefined, rootId: number): void {
    const customer = this.#byId.get(Number(/^ID (\d+)$/m.exec(text ?? "")?.[1]));
    if (!customer) return;
    customer.rootId = rootId;
    this.#byRoot.set(rootId, customer);
  }
}

function noArrivals(): Arrivals {
  return {
    messages: 0,
    seconds: 0,
    waitsMs: [],
    albumWaitsMs: [],
    answerWaitsMs: [],
    lost: 0,
    repeated: 0,
    outOfOrder: 0,
    misplaced: 0,
  };
}
