/**
 * The desks as their owner has them: opened in a channel that they show, moved to another, removed.
 * Where CHANNEL_ID says which desks there are, it decides.
 */
import type { Api } from "grammy";
import { channelsOf, type Claim, withChannels } from "../../desk/desk.ts";
import { type NamedDesk, withDeskMoved, withoutDeskNamed } from "../../desk/names.ts";
import type { Config } from "../../config.ts";
import { laneOutside } from "../../conversation/lane.ts";
import type { NewTask } from "../../jobs/change.ts";
import type { Log } from "../../log.ts";
import type { Notice } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import type { Language } from "../../words/language.ts";
import { answerOf } from "../api.ts";
import type { Checklists } from "./checklists.ts";
import type { Desks } from "./desks.ts";
import type { Guide } from "./guide.ts";
import type { ServedDesk } from "./served_desk.ts";
import { logUnanswered } from "./shown_checklist.ts";

/** Who has claimed the bot, and how they are spoken to. */
export interface Owner {
  ownerId: number;
  language: Language;
}

/** Has something done that is owed where no desk is, however long that takes. */
export type Owe = (tasks: NewTask[]) => Promise<void>;

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
  log: Log;
}

/** The desks of one bot's owner. */
export class OwnedDesks {
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
    if (this.areFixed) return await this.#tell(owner, { text: "desks-fixed" });
    await this.show(channelId);
    await this.showChecklist(channelId, owner);
    await this.options.guide.resume(owner.ownerId, owner.language, [channelId]);
  }

  /** Has a desk go on in another channel. */
  async move({ watch, channel }: ServedDesk, channelId: number, owner: Owner): Promise<void> {
    if (this.areFixed) return await this.#tell(owner, { text: "desks-fixed" });
    const { memory, desks, guide } = this.options;
    const from = watch.isKnown ? watch.desk.channelId : channel;
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
  async remove(served: ServedDesk, owner: Owner, owe: Owe): Promise<void> {
    const { memory, desks, countOpen } = this.options;
    const { watch, channel } = served;
    const name = desks.nameOf(served);
    if (!watch.isKnown || name === undefined) return;
    const { channelId, groupId } = watch.desk;
    if (this.areFixed) return await this.#tell(owner, { text: "desks-fixed" });
    if (desks.known.length < 2) return await this.#tell(owner, { text: "removedesk-last" });
    const { count, customers } = await countOpen(channelId);
    if (count > 0) {
      return await this.#tell(owner, { text: "removedesk-open", name, count, customers });
    }
    await memory.changeClaim((claim, names) => ({
      claim: withChannels(claim, channelsOf(claim).filter((each) => each !== channel)),
      names: withoutDeskNamed(names, channelId),
    }));
    await desks.refresh();
    await owe([groupId, channelId].map((chatId) => ({
      lane: laneOutside(chatId),
      task: { kind: "leave", chatId, isSaid: true },
    })));
    await this.#tell(owner, { text: "removedesk-done", name });
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
