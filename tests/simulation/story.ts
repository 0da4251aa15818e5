/** What people do in one story: they write, answer, edit, react, block, and change their minds. */
import type { ReactionTypeEmoji } from "grammy/types";
import { isInside } from "../../playground/telegram/member.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import type { Pen, Thread } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { pressesWarning } from "./clockwork.ts";
import { album, anything, type What } from "./contents.ts";
import type { Deed, Deeds } from "./deeds.ts";
import { Mishaps } from "./mishaps.ts";
import { Erasing } from "./erasing.ts";
import { Laters } from "./laters.ts";
import { HOSTILE_NAMES } from "./names.ts";
import { anyContext } from "./origins.ts";
import type { Reach, Said } from "./said.ts";
import { Transfers } from "./transfers.ts";
import { SETTLED_MS, Speech } from "./speech.ts";
import type { Stage } from "./stage.ts";

const EMOJIS: ReactionTypeEmoji["emoji"][] = ["👍", "❤", "🔥"];

/** The last reaction of one person on a message that was long settled. */
export interface Reaction {
  on: SimulatedMessage;
  subject: Said;
  reactorId: number;
  emoji: string | null;
  /** By which update the bot was told. */
  updateId: number;
  /** When it was given, or taken back. */
  atMs: number;
}

/** Plays people, one deed after another. */
export class Story {
  readonly reactions: Reaction[] = [];
  /** What each customer was called when they last wrote. */
  readonly names = new Map<number, string>();
  /** How often each customer did what the bot answers or tells of. */
  readonly acts = { start: new Map<number, number>(), block: new Map<number, number>() };
  readonly mishaps: Mishaps;
  readonly #laters: Laters | undefined;
  readonly #transfers: Transfers | undefined;
  readonly #speech: Speech;
  readonly #erasing: Erasing;

  constructor(
    private readonly options: Stage & {
      /** By which it is drawn what is done later; absent: nothing is. */
      laters?: Chance | undefined;
      /** By which it is drawn what only several desks do; absent: nothing is. */
      transfers?: Chance | undefined;
      deeds: Deeds;
      /** How late automatic forwards may be. */
      forwardsMs: number[];
      /** The updates that wait in the desk's own lines. */
      parked: () => Set<number>;
    },
  ) {
    this.mishaps = new Mishaps(options);
    this.#speech = new Speech(options);
    this.#erasing = new Erasing(options);
    const { laters, transfers } = options;
    this.#laters = laters && new Laters({ ...options, chance: laters, speech: this.#speech });
    this.#transfers = transfers && new Transfers({ ...options, chance: transfers });
  }

  /** Somebody does something, if it can be done now. */
  go(): void {
    const { chance, deeds } = this.options;
    this.#do(chance.weighted(deeds));
    this.#laters?.go();
    this.#transfers?.go();
  }

  /** Everybody comes back, what is broken is repaired, and what Telegram held back arrives. */
  end(): void {
    const { cast } = this.options;
    this.mishaps.repairs();
    this.#erasing.end();
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
        return this.#writes(customer, [anything(chance)]);
      case "answer in private":
        return this.#writes(customer, ["text"], this.#target(chat.messages));
      case "private album":
        return this.#writes(customer, album(chance));
      case "start":
        trace(`${customer.info.first_name} starts the bot`);
        this.names.set(customer.id, customer.info.first_name);
        this.#counts("start", customer);
        return void customer.starts(cast.bot);
      case "block":
        if (chat.isBlocked) return this.#returns(customer);
        if (!chat.isOpened) return;
        trace(`${customer.info.first_name} blocks the bot`);
        this.#counts("block", customer);
        return customer.blocks(cast.bot);
      case "comment":
        return this.#comments(this.#agent(), [anything(chance)]);
      case "answer in thread":
        return this.#comments(this.#agent(), ["text"], { isAnswer: true });
      case "album in thread":
        return this.#comments(this.#agent(), album(chance));
      case "note": {
        const prefix = chance.pick(["# ", "/close ", "#"])!;
        return this.#comments(this.#agent(), ["text"], { prefix, reach: "nobody" });
      }
      case "intrude":
        return this.#intrudes();
      case "edit":
      case "edit twice": {
        const said = this.#lately();
        if (said) this.#edits(said);
        if (said && deed === "edit twice") {
          const { clock } = this.options;
          clock.setTimeout(() => this.#edits(said), chance.between(1, 1500));
        }
        return;
      }
      case "delete": {
        const said = this.#lately();
        if (!said || said.albumId !== undefined) return;
        trace(`${said.by} deletes ${said.token}`);
        said.isDeleted = true;
        return said.delete();
      }
      case "react":
        return this.#reacts();
      case "forwards":
        return this.#changesForwards();
      case "rename": {
        customer.info.first_name = chance.pick(HOSTILE_NAMES)!;
        return trace(`${customer.id} is called ${JSON.stringify(customer.info.first_name)} now`);
      }
      case "delete a card":
        return this.mishaps.deletesCard();
      case "delete a root":
        return this.mishaps.deletesRoot();
      case "delete a copy":
        return this.mishaps.deletesCopy();
      case "break or repair":
        return this.mishaps.breaksOrRepairs();
      case "add elsewhere":
        return this.mishaps.addsElsewhere();
      case "link another group":
        return this.mishaps.linksAnother();
      case "press a warning": {
        const data = pressesWarning(cast, chance, customer.id);
        return data === undefined
          ? undefined
          : trace(`${customer.info.first_name} presses "${data}"`);
      }
      case "solve":
        if (chat.isBlocked || !chat.isOpened) return;
        trace(`${customer.info.first_name} says that it is solved`);
        this.names.set(customer.id, customer.info.first_name);
        return void customer.sends(chat, "/solved");
      case "erase":
        if (chat.isBlocked) this.#returns(customer);
        return this.#erasing.begins(customer);
    }
  }

  #writes(customer: SimulatedUser, whats: What[], target?: SimulatedMessage): void {
    const { cast, chance } = this.options;
    const chat = cast.chatOf(customer);
    if (chat.isBlocked) this.#returns(customer);
    const isContextual = !target && chance.happens(0.1);
    this.names.set(customer.id, customer.info.first_name);
    this.#speech.says({
      by: String(customer.id),
      user: customer,
      chat,
      reach: "team",
      customerId: customer.id,
      whats,
      ...(target ? { target, isQuoting: chance.happens(0.3) } : {}),
      ...(isContextual ? anyContext(cast, chance, "team", whats) : {}),
    });
  }

  #comments(
    pen: Pen,
    whats: What[],
    { prefix = "", isAnswer = false, reach = "customer" }: {
      prefix?: string;
      isAnswer?: boolean;
      reach?: Reach;
    } = {},
  ): void {
    const { cast, chance } = this.options;
    const thread = chance.pick(cast.threads().filter((each) => this.#canBeCommented(each, pen)));
    if (!thread) return;
    const { rootId, card: { customerId }, diedMs } = thread;
    const isDead = diedMs !== undefined;
    const target = isAnswer || isDead ? this.#target(thread.chat.thread(rootId)) : undefined;
    if (isDead && !target) return;
    const isContextual = !target && prefix === "" && chance.happens(0.1);
    this.#speech.says({
      by: pen.name,
      user: pen.user,
      chat: thread.chat,
      reach,
      customerId,
      whats,
      prefix,
      how: { as: pen.as, replyTo: rootId },
      isDoubtful: target !== undefined && !this.#isHeardOf(thread),
      ...(target ? { target, isQuoting: chance.happens(0.3) } : {}),
      ...(isContextual ? anyContext(cast, chance, "customer", whats) : {}),
    });
  }

  /** Under a post; where the root is gone, only who is in the group can go on in its thread. */
  #canBeCommented({ chat, diedMs }: Thread, pen: Pen): boolean {
    const { cast } = this.options;
    const { user } = pen;
    if (!cast.isLinked(chat)) return false;
    const isTeam = cast.desks.some(({ team }) => team.includes(pen));
    if (isTeam && !cast.deskAt(chat.id)?.team.includes(pen)) return false;
    return diedMs === undefined || chat.members.has(user.id);
  }

  /** One of the last messages, but no line that belongs to the message after it. */
  #target(messages: SimulatedMessage[]): SimulatedMessage | undefined {
    const { chance, ledger } = this.options;
    const isLine = (message: SimulatedMessage) =>
      /^(✏️|[↪↩])/u.test(message.text ?? "") && !ledger.shownBy(message);
    return chance.pick(messages.slice(-6).filter((message) => !isLine(message)));
  }

  /** Whether the bot was told of a root, by its coming or by a comment right under it. */
  #isHeardOf({ chat, rootId }: Thread): boolean {
    return this.options.cast.telegram.updates.some(({ update: { message } }) =>
      message?.chat.id === chat.id &&
      [message, message.reply_to_message].some((each) =>
        each?.message_id === rootId && each.is_automatic_forward
      )
    );
  }

  #edits(said: Said): void {
    // Who wrote in a group that is no longer the desk's has no thread there any more.
    const { cast } = this.options;
    if (said.reach !== "customer" || cast.isLinked(cast.chatAt(said.message.chat.id)!)) {
      this.#speech.edits(said);
    }
  }

  #intrudes(): void {
    const { cast, chance, ledger, trace } = this.options;
    const pen = chance.pick(cast.strangers)!;
    const how = chance.weighted({ thread: 3, outside: 1, private: 1 });
    // Who joins the group is removed; while they are banned, their client lets them write nothing.
    const isBanned = cast.group.members.get(pen.user.id)?.status === "kicked";
    if (isBanned && how !== "private") return;
    if (how === "thread") return this.#comments(pen, ["text"], { reach: "nobody" });
    // A member of the team who writes to the bot in private is told where to answer.
    const writer = how === "private" ? cast.writer : pen;
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
      what: "text",
      heard: "yes",
      versions: [{ words: token, file: undefined, atMs: this.options.clock.now() }],
      heardVersion: 1,
      isDeleted: false,
      delete: () => cast.deletes(writer.user, message),
    });
  }

  #reacts(): void {
    const { cast, chance, ledger, clock, trace } = this.options;
    const said = this.#lately();
    // Telegram shows one reaction for a whole album.
    if (!said || said.albumId !== undefined) return;
    const isByCustomer = chance.happens(0.5);
    const customer = cast.customers.find(({ id }) => id === said.customerId)!;
    const { group, team } =
      cast.desks.find(({ group }) =>
        group.messages.some((message) => ledger.shownBy(message) === said)
      ) ?? cast.desks[0]!;
    const reactor = isByCustomer ? customer : chance.pick(team)!.user;
    const [here, there] = isByCustomer
      ? [cast.chatOf(customer), group]
      : [group, cast.chatOf(customer)];
    const [on, counterpart] = [here, there].map((chat) =>
      chat.messages.find((message) => ledger.shownBy(message) === said)
    );
    const isSettled = on && counterpart &&
      clock.now() - Math.max(on.date, counterpart.date) * 1000 > SETTLED_MS;
    if (!isSettled) return;
    const emoji = chance.happens(0.25) ? null : chance.pick(EMOJIS)!;
    trace(`${reactor.info.first_name} reacts to ${said.token} with ${emoji ?? "nothing more"}`);
    const { updates } = this.#speech.heardOf(() => reactor.reacts(on, emoji));
    // Nobody mirrors what they were not told of; what was mirrored before it stays.
    const subject = said;
    if (!updates[0]) return;
    const { update_id: updateId } = updates[0];
    const atMs = clock.now();
    this.reactions.push({ on, subject, reactorId: reactor.id, emoji, updateId, atMs });
  }

  #counts(act: keyof typeof this.acts, { id }: SimulatedUser): void {
    this.acts[act].set(id, (this.acts[act].get(id) ?? 0) + 1);
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
    return this.options.chance.pick(this.options.cast.desks.flatMap(({ team }) => team))!;
  }

  /** One of the last things that somebody said to somebody. */
  #lately(): Said | undefined {
    const { ledger, chance } = this.options;
    const said = ledger.all().filter(({ reach, isDeleted }) => reach !== "nobody" && !isDeleted);
    return chance.pick(said.slice(-8));
  }
}
