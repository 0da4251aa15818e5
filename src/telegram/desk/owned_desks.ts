/**
 * The desks as their owner has them: opened in a channel that they show, moved to another, removed.
 * Where CHANNEL_ID says which desks there are, it decides.
 */
import type { Api } from "grammy";
import { laneOutside, NO_DESK } from "../../conversation/lane.ts";
import { channelsOf, type Claim, withChannels } from "../../desk/desk.ts";
import { type NamedDesk, withDeskMoved, withoutDeskNamed } from "../../desk/names.ts";
import type { Config } from "../../config.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { Log } from "../../log.ts";
import type { Notice } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import { Turns } from "../../values/turns.ts";
import type { Language } from "../../words/language.ts";
import { answerOf } from "../api.ts";
import type { Checklists } from "./checklists.ts";
import type { Desks } from "./desks.ts";
import type { Guide } from "./guide.ts";
import { pendingDesks } from "./pending.ts";
import type { ServedDesk } from "./served_desk.ts";
import { logUnanswered } from "./shown_checklist.ts";

/** How long after a desk is removed it is looked whether its chats were left. */
const LEFT_BY_MS = MINUTE_MS;

/** Who has claimed the bot, and how they are spoken to. */
export interface Owner {
  ownerId: number;
  language: Language;
}

/** What the owner has shown, as it is kept. */
export interface OwnedDesksMemory {
  recall(name: "claim"): Promise<Claim | null>;
  /** Changes what the owner has shown, and what the desks are called with it. */
  changeClaim(
    decide: (
      claim: Claim,
      names: readonly NamedDesk[],
    ) => { claim: Claim; names?: readonly NamedDesk[] },
  ): Promise<void>;
}

/** What that needs of the world. */
export interface OwnedDesksOptions {
  api: Api;
  config: Pick<Config, "channels">;
  memory: OwnedDesksMemory;
  desks: Desks;
  checklists: Checklists;
  guide: Guide;
  /** How many conversations are open at a desk, and whose some of them are. */
  countOpen: (deskId: number) => Promise<{ count: number; customers: string[] }>;
  /** Has what is decided of one desk, and its canned replies, hold in another channel as well. */
  carryOver: (fromId: number, toId: number) => Promise<void>;
  /** Writes what is owed. */
  record: (deskId: number, decide: Decision) => Promise<void>;
  now: () => number;
  log: Log;
}

/** The desks of one bot's owner. */
export class OwnedDesks {
  /** What is changed by one button, the next finds changed. */
  readonly #turns = new Turns();

  constructor(private readonly options: OwnedDesksOptions) {}

  /** Whether the operator has said which desks there are. */
  get areFixed(): boolean {
    return this.options.config.channels.length > 0;
  }

  /** Whether it is for this person to say which channels the desks' are. */
  async isOwner({ id }: { id: number }): Promise<boolean> {
    if (this.areFixed) return false;
    return (await this.options.memory.recall("claim"))?.ownerId === id;
  }

  /**
   * What a channel is that the owner shows: shown already, or one that is awaited, which is the first,
   * another that they are about to show, or one in the place of a channel that is no desk yet; else it
   * is for them to say.
   */
  async standingOf(channelId: number): Promise<"shown" | "awaited" | "unasked"> {
    const { memory, desks } = this.options;
    await desks.recallIfKnown();
    const claim = this.areFixed ? null : await memory.recall("claim");
    if (claim === null) return "unasked";
    if (channelsOf(claim).includes(channelId)) return "shown";
    const isAwaited = claim.isAdding || !desks.all.every(({ watch }) => watch.isKnown);
    return isAwaited ? "awaited" : "unasked";
  }

  /**
   * From now on a desk is in this channel: in place of the one that never was one. Resolves with
   * whether it was not before.
   */
  async show(channelId: number): Promise<boolean> {
    const { memory, desks, guide } = this.options;
    const pending = desks.all.find(({ watch }) => !watch.isKnown)?.channel;
    let isNew = false;
    await memory.changeClaim((claim: Claim) => {
      isNew = !channelsOf(claim).includes(channelId);
      if (!isNew) return { claim };
      const left = channelsOf(claim).filter((each) => each !== pending);
      return { claim: withChannels(claim, [...left, channelId]) };
    });
    if (isNew) await guide.turnTo(channelId);
    await desks.refresh();
    return isNew;
  }

  /** Leads the owner to another desk: the next channel that they show is one. */
  async add({ ownerId, language }: Owner): Promise<void> {
    const { memory, desks, guide } = this.options;
    if (this.areFixed) return await this.#tell({ ownerId, language }, { text: "desks-fixed" });
    await memory.changeClaim((claim) => ({ claim: { ...claim, isAdding: true } }));
    await desks.refresh();
    await guide.begin(ownerId, language, { text: "adddesk" });
  }

  /** Whether this person is about to show the channel of another desk. */
  async isAdding({ id }: { id: number }): Promise<boolean> {
    if (this.areFixed) return false;
    const claim = await this.options.memory.recall("claim");
    return claim?.ownerId === id && claim.isAdding === true;
  }

  /** The next channel that the owner shows is none of another desk's by itself any more. */
  async callOff({ ownerId, language }: Owner): Promise<void> {
    const { memory, desks, guide } = this.options;
    await memory.changeClaim((claim) => ({ claim: withChannels(claim, channelsOf(claim)) }));
    await desks.refresh();
    await guide.stop(ownerId, language);
  }

  /** Opens another desk in a channel. */
  async open(channelId: number, owner: Owner): Promise<void> {
    await this.#turns.take(() => this.#open(channelId, owner));
  }

  async #open(channelId: number, owner: Owner): Promise<void> {
    if (this.areFixed) return await this.#tell(owner, { text: "desks-fixed" });
    await this.show(channelId);
    await this.showChecklist(channelId, owner);
    await this.options.guide.resume(owner.ownerId, owner.language, [channelId]);
  }

  /** Has a desk go on in another channel, unless another is in that one by now. */
  async move(served: ServedDesk, channelId: number, owner: Owner): Promise<void> {
    await this.#turns.take(() => this.#move(served, channelId, owner));
  }

  async #move(served: ServedDesk, channelId: number, owner: Owner): Promise<void> {
    if (this.areFixed) return await this.#tell(owner, { text: "desks-fixed" });
    const { memory, desks, guide } = this.options;
    const { watch, channel } = served;
    await desks.refresh();
    const there = desks.known.find((each) => each !== served && each.channel === channelId);
    if (there) return await this.#tell(owner, { text: "desk-there", name: desks.nameOf(there)! });
    const from = watch.isKnown ? watch.desk.channelId : channel;
    if (from === channelId) return await this.showChecklist(channelId, owner);
    if (watch.isKnown) await this.options.carryOver(watch.desk.channelId, channelId);
    await memory.changeClaim((claim, names) => {
      const channels = channelsOf(claim).filter((each) => each !== channelId);
      const moved = channels.map((each) => each === from ? channelId : each);
      return {
        claim: withChannels(claim, moved.length > 0 ? moved : [channelId]),
        names: typeof from === "number" ? withDeskMoved(names, { from, to: channelId }) : names,
      };
    });
    await desks.refresh();
    await this.#tell(owner, { text: "desk-moved" });
    await this.showChecklist(channelId, owner);
    await guide.resume(owner.ownerId, owner.language, [channelId]);
  }

  /** Has a desk be no more, unless somebody is served there by now, or it is the last. */
  async remove(served: ServedDesk, owner: Owner): Promise<void> {
    await this.#turns.take(() => this.#remove(served, owner));
  }

  async #remove(served: ServedDesk, owner: Owner): Promise<void> {
    const { desks, guide, countOpen } = this.options;
    if (this.areFixed) return await this.#tell(owner, { text: "desks-fixed" });
    await desks.refresh();
    const { watch, channel } = served;
    if (typeof channel !== "number" || !desks.all.includes(served)) return;
    const pending = pendingDesks(desks).find(({ channelId }) => channelId === channel);
    const name = desks.nameOf(served) ?? pending?.name ?? String(channel);
    if (desks.known.every((each) => each === served)) {
      return await this.#tell(owner, { text: "removedesk-last" });
    }
    if (watch.isKnown) {
      const { count, customers } = await countOpen(watch.desk.channelId);
      if (count > 0) {
        return await this.#tell(owner, { text: "removedesk-open", name, count, customers });
      }
    }
    await this.#close(served, channel);
    await this.#tell(owner, { text: "removedesk-done", name });
    await guide.end(channel, owner.language);
  }

  /** Takes a desk away, and leaves its chats. */
  async #close({ watch }: ServedDesk, channelId: number): Promise<void> {
    const { api, memory, desks, record, now, log } = this.options;
    const groupId = watch.isKnown ? watch.desk.groupId : watch.linked?.groupId ?? undefined;
    const chatIds = groupId === undefined ? [channelId] : [groupId, channelId];
    // What Telegram does not let go of at once, or a stop in between leaves undone, is left later.
    await record(NO_DESK, () => ({
      tasks: chatIds.map((chatId) => ({
        lane: laneOutside(chatId),
        task: { kind: "leave", chatId, isSaid: true },
        dueMs: now() + LEFT_BY_MS,
      })),
    }));
    await memory.changeClaim((claim, names) => ({
      claim: withChannels(claim, channelsOf(claim).filter((each) => each !== channelId)),
      names: withoutDeskNamed(names, watch.isKnown ? watch.desk.channelId : channelId),
    }));
    await desks.refresh();
    for (const chatId of chatIds) logUnanswered(await answerOf(api.leaveChat(chatId)), log);
  }

  /** Looks at the desk of a channel, and shows its checklist. */
  async showChecklist(channelId: number, { ownerId, language }: Owner): Promise<void> {
    const { desks, checklists } = this.options;
    const served = desks.all.find((each) => each.channel === channelId);
    if (!served) return;
    await served.watch.lookAgain();
    await checklists.show(served, ownerId, language);
  }

  async #tell({ ownerId, language }: Owner, notice: Notice): Promise<void> {
    const { api, log } = this.options;
    logUnanswered(await answerOf(api.sendMessage(ownerId, say(notice, language))), log);
  }
}
