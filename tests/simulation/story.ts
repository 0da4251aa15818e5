/** What people do in one story: they write, answer, edit, react, block, and change their minds. */
import type { ReactionTypeEmoji } from "grammy/types";
import type { Clock } from "../telegram/clock.ts";
import { isInside } from "../telegram/member.ts";
import type { SendOptions, SimulatedMessage, SimulatedUser } from "../telegram/telegram.ts";
import type { Cast, Pen } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { type Deed, DEEDS } from "./deeds.ts";
import type { Ledger, Reach, Said } from "./said.ts";

/** After this long an answer's target is settled on both sides, if nothing went wrong with it. */
const SETTLED_MS = 10_000;
const EMOJIS: ReactionTypeEmoji["emoji"][] = ["👍", "❤", "🔥"];

/** The last reaction of one person on a message that was long settled. */
export interface Reaction {
  on: SimulatedMessage;
  subject: Said;
  reactorId: number;
  emoji: string | null;
}

/** Plays people, one deed after another. */
export class Story {
  readonly reactions: Reaction[] = [];

  constructor(
    private readonly options: {
      cast: Cast;
      ledger: Ledger;
      chance: Chance;
      clock: Clock;
      /** How late automatic forwards may be. */
      forwardsMs: number[];
      trace: (line: string) => void;
    },
  ) {}

  /** Somebody does something, if it can be done now. */
  go(): void {
    const deed = this.options.chance.weighted(DEEDS);
    this.#do(deed);
  }

  /** Everybody comes back, and what Telegram held back arrives. */
  end(): void {
    const { cast } = this.options;
    for (const customer of cast.customers) customer.unblocks(cast.bot);
    cast.telegram.autoForward = { mode: "after", delayMs: 5 };
    cast.telegram.releaseForwards();
  }

  #do(deed: Deed): void {
    const { cast, chance, trace } = this.options;
    const customer = chance.pick(cast.customers)!;
    const chat = cast.chatOf(customer);
    switch (deed) {
      case "write":
        return this.#writes(customer, chance.happens(0.2) ? "photo" : "text");
      case "answer in private": {
        const target = chance.pick(chat.messages.slice(-6));
        return this.#writes(customer, "text", target);
      }
      case "private album":
        return this.#writes(customer, "album");
      case "start":
        trace(`${customer.info.first_name} starts the bot`);
        return void customer.starts(cast.bot);
      case "block":
        if (chat.isBlocked) return this.#returns(customer);
        if (!chat.isOpened) return;
        trace(`${customer.info.first_name} blocks the bot`);
        return customer.blocks(cast.bot);
      case "comment":
        return this.#comments(this.#agent(), chance.happens(0.2) ? "photo" : "text");
      case "answer in thread":
        return this.#comments(this.#agent(), "text", { isAnswer: true });
      case "album in thread":
        return this.#comments(this.#agent(), "album");
      case "note": {
        const prefix = chance.pick(["# ", "/close ", "#"])!;
        return this.#comments(this.#agent(), "text", { prefix });
      }
      case "intrude":
        return this.#intrudes();
      case "edit":
      case "edit twice": {
        const said = this.#something();
        if (said) this.#edits(said);
        if (said && deed === "edit twice") {
          const { clock } = this.options;
          clock.setTimeout(() => this.#edits(said), chance.between(1, 1500));
        }
        return;
      }
      case "delete": {
        const said = this.#something();
        if (!said || said.albumId !== undefined) return;
        trace(`${said.by} deletes ${said.token}`);
        said.isDeleted = true;
        return said.delete();
      }
      case "react":
        return this.#reacts();
      case "forwards":
        return this.#changesForwards();
    }
  }

  #writes(customer: SimulatedUser, what: "text" | "photo" | "album", target?: SimulatedMessage) {
    const chat = this.options.cast.chatOf(customer);
    if (chat.isBlocked) this.#returns(customer);
    this.#says({
      by: customer.info.first_name,
      user: customer,
      reach: "team",
      customerId: customer.id,
      what,
      prefix: "",
      send: (content, options) => customer.sends(chat, content, options),
      ...(target ? { target } : {}),
    });
  }

  #comments(
    pen: Pen,
    what: "text" | "photo" | "album",
    { prefix = "", isAnswer = false, reach }: {
      prefix?: string;
      isAnswer?: boolean;
      reach?: Reach;
    } = {},
  ): void {
    const { cast, chance } = this.options;
    const thread = chance.pick([...cast.roots()]);
    if (!thread) return;
    const [rootId, { customerId }] = thread;
    const target = isAnswer ? chance.pick(cast.group.thread(rootId).slice(-6)) : undefined;
    this.#says({
      by: pen.name,
      user: pen.user,
      reach: reach ?? (prefix === "" ? "customer" : "nobody"),
      customerId,
      what,
      prefix,
      send: (content, options) =>
        pen.user.sends(cast.group, content, { as: pen.as, replyTo: rootId, ...options }),
      ...(target ? { target } : {}),
    });
  }

  #says({ by, user, reach, customerId, what, prefix, send, target }: {
    by: string;
    user: SimulatedUser;
    reach: Reach;
    customerId: number;
    what: "text" | "photo" | "album";
    prefix: string;
    send: (
      content: string | { photo: true; caption: string },
      options: SendOptions,
    ) => SimulatedMessage;
    target?: SimulatedMessage;
  }): void {
    const { cast, ledger, chance, clock, trace } = this.options;
    const answered = target && ledger.shownBy(target);
    const albumId = what === "album" ? `${130_000_000 + chance.between(0, 1e6)}` : undefined;
    const isAnswerToSettled = answered !== undefined && answered.reach !== "nobody" &&
      clock.now() - target!.date * 1000 > SETTLED_MS;
    for (let left = what === "album" ? chance.between(2, 4) : 1; left > 0; left--) {
      const token = ledger.nextToken();
      const wordsOf = (version: number) => `${prefix}${token} v${version}`;
      const words = wordsOf(1);
      const message = send(what === "text" ? words : { photo: true, caption: words }, {
        ...(target ? { replyTo: target.message_id } : {}),
        ...(albumId === undefined ? {} : { mediaGroupId: albumId }),
      });
      const { chat: { id: chatId }, message_id } = message;
      const where = chatId === cast.group.id ? `in the thread of ${customerId}` : "in private";
      const how = answered ? ` in answer to ${answered.token}` : "";
      trace(`${by} says ${words} ${where}${how} (${what}, message ${message_id})`);
      const said: Said = ledger.add({
        token,
        by,
        reach,
        customerId,
        message,
        words,
        version: 1,
        saidMs: clock.now(),
        ...(answered ? { answers: answered } : {}),
        ...(isAnswerToSettled ? { isAnswerToSettled } : {}),
        ...(albumId === undefined ? {} : { albumId }),
        isDeleted: false,
        edit: () => {
          const next = wordsOf(said.version + 1);
          user.edits(message, what === "text" ? next : { caption: next });
          said.version++;
          said.words = next;
        },
        delete: () => user.deletes(message),
      });
    }
  }

  #edits(said: Said): void {
    if (said.isDeleted) return;
    said.edit();
    this.options.trace(`${said.by} edits it: ${said.words}`);
  }

  #intrudes(): void {
    const { cast, chance, ledger, clock, trace } = this.options;
    const pen = chance.pick(cast.strangers)!;
    const how = chance.weighted({ thread: 3, outside: 1, private: 1 });
    // Who joins the group is removed; while they are banned, their client lets them write nothing.
    const isBanned = cast.group.members.get(pen.user.id)?.status === "kicked";
    if (isBanned && how !== "private") return;
    if (how === "thread") return this.#comments(pen, "text", { reach: "nobody" });
    // A member of the team who writes to the bot in private is told where to answer.
    const writer = how === "private" ? cast.team[0]! : pen;
    const chat = how === "private" ? cast.chatOf(writer.user) : cast.group;
    const isOutside = !isInside(cast.group.membership(pen.user.info));
    if (how === "outside" && isOutside) pen.user.joins(cast.group);
    const token = ledger.nextToken();
    const message = writer.user.sends(chat, token, how === "private" ? {} : { as: writer.as });
    trace(`${writer.name} says ${token}, which is for nobody (${how})`);
    ledger.add({
      token,
      by: writer.name,
      reach: "nobody",
      customerId: 0,
      message,
      words: token,
      version: 1,
      saidMs: clock.now(),
      isDeleted: false,
      edit: () => {},
      delete: () => writer.user.deletes(message),
    });
  }

  #reacts(): void {
    const { cast, chance, ledger, clock, trace } = this.options;
    const said = this.#something();
    // Telegram shows one reaction for a whole album.
    if (!said || said.albumId !== undefined) return;
    const isByCustomer = chance.happens(0.5);
    const customer = cast.customers.find(({ id }) => id === said.customerId)!;
    const reactor = isByCustomer ? customer : this.#agent().user;
    const [here, there] = isByCustomer
      ? [cast.chatOf(customer), cast.group]
      : [cast.group, cast.chatOf(customer)];
    const [on, counterpart] = [here, there].map((chat) =>
      chat.messages.find((message) => ledger.shownBy(message) === said)
    );
    const isSettled = on && counterpart &&
      clock.now() - Math.max(on.date, counterpart.date) * 1000 > SETTLED_MS;
    if (!isSettled) return;
    const emoji = chance.happens(0.25) ? null : chance.pick(EMOJIS)!;
    trace(`${reactor.info.first_name} reacts to ${said.token} with ${emoji ?? "nothing more"}`);
    reactor.reacts(on, emoji);
    this.reactions.push({ on, subject: said, reactorId: reactor.id, emoji });
  }

  #returns(customer: SimulatedUser): void {
    const { cast, trace } = this.options;
    trace(`${customer.info.first_name} unblocks the bot`);
    customer.unblocks(cast.bot);
  }

  #changesForwards(): void {
    const { cast: { telegram }, chance, trace } = this.options;
    const mode = chance.pick(["before", "after", "never"] as const)!;
    const delayMs = chance.pick(this.options.forwardsMs)!;
    trace(`automatic forwards come ${mode}${mode === "after" ? ` ${delayMs} ms` : ""}`);
    telegram.autoForward = { mode, delayMs };
    if (mode !== "never") telegram.releaseForwards();
  }

  #agent(): Pen {
    return this.options.chance.pick(this.options.cast.team)!;
  }

  /** One of the last things that somebody said to somebody. */
  #something(): Said | undefined {
    const { ledger, chance } = this.options;
    const said = ledger.all().filter(({ reach, isDeleted }) => reach !== "nobody" && !isDeleted);
    return chance.pick(said.slice(-8));
  }
}
