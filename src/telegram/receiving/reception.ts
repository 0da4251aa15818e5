/**
 * Which desk an update is for: what comes from a desk's chats is that desk's, what somebody does in
 * private is for the desk that serves them.
 */
import type { Chat, Update } from "grammy/types";
import { isBareStart, parameterOfStart } from "../../conversation/conversation.ts";
import { laneOf } from "../../conversation/lane.ts";
import { type Served, servedAt } from "../../conversation/served.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import {
  deskAskedFor,
  deskHaving,
  deskOfNewcomer,
  isBound,
  servedHere,
} from "../../decisions/routing.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Change } from "../../jobs/change.ts";
import type { Foreseen, Foresight } from "../../jobs/foresight.ts";
import type { Decision, Reader } from "../../jobs/reader.ts";
import type { Parked } from "../../jobs/parked.ts";
import type { Desks } from "../desk/desks.ts";
import { defined } from "../../values/defined.ts";
import { NotReady } from "../updates.ts";
import type { OpenCounts } from "./open_counts.ts";

/** From an update's desk, what is known there and how things stand, to what is to be written. */
export type DeskDecision = (read: Reader, now: Circumstances) => Change | Promise<Change>;

/** What finding an update's desk needs. */
export interface ReceptionOptions {
  desks: Desks;
  reader: (deskId: number) => Reader;
  /** Begins to read what an update most likely leads to at a desk. */
  foresee: (deskId: number, foresight: Foresight) => Foreseen;
  /** Accepts an update for a desk, with what was foreseen of it there. */
  accept: (
    deskId: number,
    updateId: number,
    decide: Decision,
    parked?: Parked,
    foreseen?: Foreseen,
  ) => Promise<void>;
  /** How an update lies that has waited; `undefined`: it comes from Telegram. */
  playedFrom: (update: Update) => Parked | undefined;
  /** How many conversations are open at each desk. */
  openCounts: OpenCounts;
  /** What decisions depend on at a desk, as it is at this moment. */
  circumstances: (desk: Desk) => Circumstances;
}

/** How often somebody may be found at yet another desk before they are let wait. */
const MOST_MOVES = 5;

/** Somebody is served elsewhere by now. */
class ServedElsewhere extends Error {
  constructor(readonly deskId: number) {
    super("another desk serves them");
  }
}

/** Receives updates for one bot's desks. */
export class Reception {
  /** What was foreseen of updates that have yet to be accepted. */
  readonly #foreseen = new WeakMap<Update, Foreseen>();

  constructor(private readonly options: ReceptionOptions) {}

  /** The desk whose channel or group a chat is; `null`: none that is known. */
  deskOf(chat: Pick<Chat, "id"> & { username?: string | undefined } | undefined): Desk | null {
    const served = chat && this.options.desks.ofChat(chat);
    return served?.watch.isKnown ? served.watch.desk : null;
  }

  /** The desk that what happens in a chat is for; the first, where nothing else can be told. */
  async deskFor(chatId: number | undefined): Promise<Desk> {
    const desk = this.deskOf(chatId === undefined ? undefined : { id: chatId });
    if (desk) return desk;
    // Users have positive IDs, and their private chats the same (Bot API, Chat.id).
    const customerId = chatId !== undefined && chatId > 0 ? chatId : 0;
    try {
      return await this.#servingDesk(customerId);
    } finally {
      this.options.openCounts.ended(customerId);
    }
  }

  /** The desk with this ID; `null`: none that is known. */
  deskAt(deskId: number): Desk | null {
    return this.options.desks.at(deskId)?.watch.desk ?? null;
  }

  /** What decisions depend on at a desk. */
  circumstances(desk: Desk): Circumstances {
    return this.options.circumstances(desk);
  }

  /** Begins to read what a desk's update most likely leads to, until it is accepted. */
  foresee(update: Update, desk: Desk, foresight: Foresight): void {
    this.#foreseen.set(update, this.options.foresee(desk.channelId, foresight));
  }

  /** Accepts an update of a desk's. */
  async accept(update: Update, desk: Desk, decide: DeskDecision): Promise<void> {
    const { accept, playedFrom, circumstances } = this.options;
    await accept(
      desk.channelId,
      update.update_id,
      (read) => decide(read, circumstances(desk)),
      playedFrom(update),
      this.#foreseen.get(update),
    );
  }

  /** Accepts what somebody does in private, for the desk that serves them. */
  async acceptFrom(update: Update, customerId: number, decide: DeskDecision): Promise<void> {
    let cameTo: number | undefined;
    try {
      cameTo = await this.#acceptFrom(update, customerId, decide);
    } finally {
      this.options.openCounts.ended(customerId, cameTo);
    }
  }

  /** The desk at which somebody begins a conversation; `undefined`: they do not, or had one. */
  #noteCame(
    customerId: number,
    { by, channelId, served }: { by: Served | null; channelId: number; served: Change },
  ): number | undefined {
    const { openCounts } = this.options;
    const begins = served.conversations?.some(({ customer }) => customer.id === customerId);
    if (begins) return by === null || openCounts.isVisiting(customerId) ? channelId : undefined;
    if (by === null && served.servedBy) openCounts.opened(customerId, channelId);
  }

  /** Resolves with the desk to which they have come; `undefined`: they were at one before. */
  async #acceptFrom(
    update: Update,
    customerId: number,
    decide: DeskDecision,
  ): Promise<number | undefined> {
    const { desks, foresee, accept, playedFrom, circumstances } = this.options;
    const asked = await this.#deskAskedFor(update.message?.text);
    const isFollowed = asked !== undefined && await this.#mayGo(customerId);
    let desk = isFollowed ? asked : await this.#servingDesk(customerId);
    for (let moves = 0; moves <= MOST_MOVES; moves++) {
      const { channelId } = desk;
      let cameTo: number | undefined;
      const decideThere: Decision = async (read) => {
        const now = circumstances(desk);
        const [by, change] = await Promise.all([
          this.#ifElsewhere(customerId, channelId, read, asked),
          decide(read, now),
        ]);
        const served = {
          ...change,
          ...await this.#servedFrom(customerId, { by, change, asked, read, now }),
        };
        cameTo = this.#noteCame(customerId, { by, channelId, served });
        return served;
      };
      const lane = update.message && laneOf(desk, customerId, "to-team");
      const foreseen = foresee(channelId, {
        ask: (soon) => [soon.servedBy(customerId), soon.conversation(customerId), soon.settings()],
        ...defined({ lane }),
      });
      try {
        await accept(channelId, update.update_id, decideThere, playedFrom(update), foreseen);
        return cameTo;
      } catch (error) {
        if (!(error instanceof ServedElsewhere)) throw error;
        if (!desks.at(error.deskId)) await desks.refresh();
        desk = desks.at(error.deskId)?.watch.desk ?? await this.#servingDesk(customerId);
      }
    }
    throw new NotReady("Who writes is never at rest at one desk");
  }

  /**
   * The desk whose link a message comes by; `undefined`: it comes by none. A parameter that is not just
   * the name of a desk that is known here may begin with one's that another instance has opened.
   */
  async #deskAskedFor(text: string | undefined): Promise<Desk | undefined> {
    const { desks } = this.options;
    const find = () => deskAskedFor(text, { desks: desks.among, isAlone: desks.all.length < 2 });
    const found = find();
    const isExact = found !== null && found.source === undefined;
    if (isExact || !isLinked(text)) return found?.desk.desk;
    await desks.refresh();
    return find()?.desk.desk;
  }

  /**
   * The desk that serves somebody: the one that did last, or has a conversation with them or a ban;
   * else the one they come to, where they count as open until the counts are told what came of it.
   * Throws `NotReady` while none is known, or that one is not.
   */
  async #servingDesk(customerId: number): Promise<Desk> {
    const { desks, reader } = this.options;
    const among = desks.among;
    const [first, ...others] = among;
    if (!first) throw new NotReady("The desk is not known yet");
    if (desks.all.length < 2) return first.desk;
    const by = await reader(first.channelId).servedBy(customerId);
    const last = by === null ? null : await this.#atOrNewly(by.deskId);
    if (last) return last;
    const read = reader(first.channelId);
    const found = await deskHaving(customerId, among, read);
    if (found) return found.desk.desk;
    const route = await read.route();
    const newly = await deskOfNewcomer(
      [first, ...others],
      route,
      (deskIds) => this.options.openCounts.fewest(customerId, deskIds),
    );
    return newly.desk;
  }

  /**
   * The desk with this ID, which another instance may have opened; `null`: there is none. Throws
   * `NotReady` while it is not known.
   */
  async #atOrNewly(deskId: number): Promise<Desk | null> {
    const { desks } = this.options;
    const known = desks.at(deskId);
    if (!known) await desks.refresh();
    const found = (known ?? desks.at(deskId))?.watch.desk ?? null;
    if (!found && desks.awaits(deskId)) {
      throw new NotReady("The desk that serves them is not known yet");
    }
    return found;
  }

  /** Whether somebody may go to the desk whose link they come by: nothing holds them. */
  async #mayGo(customerId: number): Promise<boolean> {
    const { desks, reader } = this.options;
    const { channelId } = await this.#servingDesk(customerId);
    return desks.at(channelId) === null || !await isBound(customerId, reader(channelId));
  }

  /** Who is written down to serve somebody. Throws if that is another desk, and there is one. */
  async #ifElsewhere(
    customerId: number,
    deskId: number,
    read: Reader,
    asked: Desk | undefined,
  ): Promise<Served | null> {
    const by = await read.servedBy(customerId);
    if (by === null || by.deskId === deskId) return by;
    const there = await this.#atOrNewly(by.deskId);
    const isFollowed = there !== null && asked?.channelId === deskId &&
      !await isBound(customerId, read.at(there.channelId));
    if (there && there.channelId !== deskId && !isFollowed) throw new ServedElsewhere(by.deskId);
    return by;
  }

  /** The desk that serves them from now on, if what is written has them served by another. */
  async #servedFrom(
    customerId: number,
    { by, change, asked, read, now }: {
      by: Served | null;
      change: Change;
      asked: Desk | undefined;
      read: Reader;
      now: Circumstances;
    },
  ): Promise<Pick<Change, "servedBy">> {
    const { channelId } = now.desk;
    const isAsked = asked?.channelId === channelId;
    const isUnwrittenMove = by === null && hasMoved(now);
    const isOne = by === null && now.isAlone && !isUnwrittenMove;
    // Who was served by a desk that is no more, or has moved, is served here, whatever they do.
    const isLeft = by !== null && by.deskId !== channelId && Object.keys(change).length > 0;
    const isServed = isLeft || isAsked ||
      change.conversations?.some(({ customer }) => customer.id === customerId);
    if (by?.deskId === channelId || isOne || !isServed || change.servedBy) return {};
    // Only a link leads away from a desk of which it was never written down that it serves them; or
    // the desk itself has gone to another channel.
    if (isAsked || isUnwrittenMove) return await servedHere(read, customerId, now);
    return { servedBy: [{ customerId, ...servedAt(by, channelId) }] };
  }
}

/** Whether words are what a link sends. */
function isLinked(text: string | undefined): boolean {
  return text !== undefined && isBareStart(text) && parameterOfStart(text) !== undefined;
}

/** Whether a desk was in another channel before. */
function hasMoved({ desk, desks }: Circumstances): boolean {
  const named = desks.find(({ channelId }) => channelId === desk.channelId);
  return (named?.formerChannelIds ?? []).length > 0;
}
