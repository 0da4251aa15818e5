/**
 * The desks of one bot: which there are, which of them a chat or a lane belongs to. There is always
 * one to begin with, whose channel nobody may have shown yet.
 */
import type { Api } from "grammy";
import type { Chat, UserFromGetMe } from "grammy/types";
import type { ChannelName, Config } from "../../config.ts";
import { type Lane, NO_DESK } from "../../conversation/lane.ts";
import { channelsOf, type Claim, type Desk } from "../../desk/desk.ts";
import type { DeskAmong } from "../../desk/among.ts";
import { deskOfChannel, type NamedDesk, withDeskNamed } from "../../desk/names.ts";
import type { Log } from "../../log.ts";
import { NotReady } from "../updates.ts";
import { type ServedDesk, serveDesk } from "./served_desk.ts";
import { type DesksMemory, memoryOfDesk } from "./desks_memory.ts";

/** What serving desks needs of the world. */
export interface DesksOptions {
  api: Api;
  config: Config;
  memory: DesksMemory;
  me: () => UserFromGetMe | undefined;
  /** Has go out what waited for a repair. */
  onReady: () => Promise<void>;
  now: () => number;
  log: Log;
}

/** The desks of one bot. */
export class Desks {
  #claim: Claim | null = null;
  #names: readonly NamedDesk[] = [];
  #served: ServedDesk[];
  /** How often memory was asked which desks there are, and which of its answers is held. */
  #asked = 0;
  #held = 0;
  readonly #followers: ((served: ServedDesk) => void)[] = [];

  constructor(private readonly options: DesksOptions) {
    this.#served = this.#serving(options.config.channels);
  }

  /** All of them, in their order. A channel that is named twice, by its ID and its name, is one. */
  get all(): readonly ServedDesk[] {
    const idOf = ({ watch, channel }: ServedDesk) => watch.isKnown ? watch.desk.channelId : channel;
    const ids = this.#served.map(idOf);
    return this.#served.filter((each, at) => ids.indexOf(idOf(each)) === at);
  }

  /** Those that are known, however they are. */
  get known(): ServedDesk[] {
    return this.all.filter(({ watch }) => watch.isKnown);
  }

  /** The first, or the one that is to be. */
  get first(): ServedDesk {
    return this.#served[0]!;
  }

  /** Who has claimed the bot, and what they have shown it. */
  get claim(): Claim | null {
    return this.#claim;
  }

  /** Who owns the bot: who has claimed it, else the first desk's owner; `undefined`: not known. */
  get ownerId(): number | undefined {
    const { watch } = this.first;
    return this.#claim?.ownerId ?? (watch.isKnown ? watch.desk.ownerId : undefined);
  }

  /** What the desks are called, and were: also those that are not served. */
  get names(): readonly NamedDesk[] {
    return this.#names;
  }

  /** Whether there is a desk, however it is. */
  get isKnown(): boolean {
    return this.#served.some(({ watch }) => watch.isKnown);
  }

  /** Whether it is said which channels the desks' are. */
  get isNamed(): boolean {
    return this.first.channel !== undefined;
  }

  /** Whether nothing is in the way of any. */
  get areReady(): boolean {
    return this.#served.every(({ watch }) => watch.isReady);
  }

  /** Those that are known, with their names, as decisions see them. */
  get among(): DeskAmong[] {
    return this.known.map(({ watch }) => ({
      ...this.#namedAs(watch.desk),
      desk: watch.desk,
      takesCards: watch.takesCards,
    }));
  }

  /** What a desk is called; `undefined`: it is not known. */
  nameOf({ watch }: ServedDesk): string | undefined {
    return watch.isKnown ? this.#namedAs(watch.desk).name : undefined;
  }

  /** What a desk's channel is called; its ID, if Telegram has not told. */
  titleOf({ watch, channel }: ServedDesk): string {
    return watch.title ?? String(channel ?? "");
  }

  /** What tells a desk from the others, where there are any. */
  markOf(served: ServedDesk): { desk?: string } {
    if (this.all.length < 2) return {};
    return { desk: this.nameOf(served) ?? this.#nameToBe(served) };
  }

  /** The desk with this ID, or the one that has moved from there; `null`: none that is known. */
  at(deskId: number): ServedDesk | null {
    const { known } = this;
    const found = known.find(({ watch }) => watch.desk.channelId === deskId);
    if (found) return found;
    const moved = deskOfChannel(this.#names, deskId)?.channelId;
    return known.find(({ watch }) => watch.desk.channelId === moved) ?? null;
  }

  /** Takes from memory which desks there are if none is known with this ID: another instance may know. */
  async learn(deskId: number): Promise<void> {
    if (!this.at(deskId)) await this.refresh();
  }

  /** Whether a lane is one of a desk's that there is, known or not, or none's. */
  serves({ deskId }: Pick<Lane, "deskId">): boolean {
    return deskId === NO_DESK || this.awaits(deskId) || this.at(deskId) !== null;
  }

  /**
   * Whether a desk is named and not known yet, also by the channel it was in before it moved. Which one
   * a public name means is told by Telegram alone: until then it may be any that is not known.
   */
  awaits(deskId: number): boolean {
    const { channelId } = deskOfChannel(this.#names, deskId) ?? { channelId: deskId };
    const unknown = this.#served.filter(({ watch }) => !watch.isKnown);
    if (unknown.some(({ channel }) => channel === channelId)) return true;
    return unknown.some(({ channel }) => typeof channel === "string") && this.at(deskId) === null;
  }

  /**
   * The desk that works a lane. What was left behind by one that is no more, the first does. Throws
   * `NotReady` while the desk is not known.
   */
  ofLane({ deskId }: Pick<Lane, "deskId">): ServedDesk {
    const served = this.awaits(deskId) ? null : this.at(deskId) ?? this.known[0];
    if (!served) throw new NotReady("The desk is not known yet");
    return served;
  }

  /**
   * The desk whose channel or group a chat is, as far as they are known; `null`: none. A group may go
   * from one desk to another: it is that one's of which Telegram has said so last.
   */
  ofChat(chat: Pick<Chat, "id" | "username">): ServedDesk | null {
    const toldMs = ({ watch: { linked } }: ServedDesk) =>
      linked?.groupId === chat.id ? linked.askedMs : -Infinity;
    const those = this.#served.filter(({ watch }) => watch.isOurs(chat));
    return those.reduce<ServedDesk | null>(
      (last, each) => last === null || toldMs(each) > toldMs(last) ? each : last,
      null,
    );
  }

  /** Whether a chat is the channel or the group of one, as far as they are known. */
  isOurs(chat: Pick<Chat, "id" | "username">): boolean {
    return this.ofChat(chat) !== null;
  }

  /** Has `follower` told whenever the checklist of a desk may read otherwise. */
  follow(follower: (served: ServedDesk) => void): void {
    this.#followers.push(follower);
  }

  /** Takes from memory which desks there are, unless one is known. */
  async recallIfKnown(): Promise<void> {
    if (!this.isKnown) await this.refresh();
  }

  /** Takes from memory what other instances may have learned of the desks. */
  async refresh(): Promise<void> {
    await this.#recall();
    await Promise.all(this.#served.map(({ watch }) => watch.refresh()));
  }

  /**
   * Takes from memory which desks there are, and what they are called. What this process changes is
   * read as well: only reads tell by their order which of them knows better.
   */
  async #recall(): Promise<void> {
    const { memory } = this.options;
    const asked = ++this.#asked;
    const [claim, names] = await Promise.all([memory.recall("claim"), memory.deskNames()]);
    // Who asked later may have been answered sooner.
    if (asked < this.#held) return;
    this.#held = asked;
    this.#hold(claim, names);
  }

  /** Serves the desks that are kept by now. */
  #hold(claim: Claim | null, names: readonly NamedDesk[]): void {
    const { channels: named } = this.options.config;
    this.#claim = claim;
    this.#names = names;
    const channels = named.length > 0 || !claim ? named : channelsOf(claim);
    const isSame = channels.length === this.#served.length &&
      channels.every((channel, at) => channel === this.#served[at]!.channel);
    if (!isSame) this.#served = this.#serving(channels);
  }

  /** Has each desk that has no name yet be given one, in their order. */
  async name(): Promise<void> {
    const { memory } = this.options;
    const unnamed = () => {
      const isNamed = (id: number) => this.#names.some(({ channelId }) => channelId === id);
      return this.known.map(({ watch }) => watch.desk).filter((desk) => !isNamed(desk.channelId));
    };
    const found = unnamed();
    if (found.length === 0) return;
    // A desk may have left its channel meanwhile, with its name: no other desk is there then.
    await memory.nameDesks((names) =>
      found.filter(({ channelId }) => deskOfChannel(names, channelId) === null)
        .reduce(withDeskNamed, names)
    );
    await this.#recall();
    const others = unnamed();
    if (others.length === 0) return;
    await memory.nameDesks((names) => others.reduce(withDeskNamed, names));
    await this.#recall();
  }

  /** Changes what the desks are called; resolves with what `decide` makes of it. */
  async rename<Named extends readonly NamedDesk[] | string>(
    decide: (names: readonly NamedDesk[]) => Named,
  ): Promise<Named> {
    await this.name();
    const named = await this.options.memory.nameDesks(decide);
    if (typeof named !== "string") await this.#recall();
    return named;
  }

  /** Whether everybody who asks the database finds the desks as they are held here. */
  async isKept(): Promise<boolean> {
    const kept = await Promise.all(this.known.map(({ watch }) => watch.isKept()));
    return kept.every((each) => each);
  }

  /** Looks at each desk again: at those that are not known one after another, to be named in their order. */
  async look(): Promise<void> {
    const [known, others] = [this.known, this.#served.filter(({ watch }) => !watch.isKnown)];
    await Promise.all([
      ...known.map(({ watch }) => watch.look()),
      (async () => {
        for (const { watch } of others) await watch.look();
      })(),
    ]);
  }

  /**
   * Looks at the desk of a group again because something about it has changed; at all, if it is not
   * known whose the group is.
   */
  async lookAgain(groupId?: number): Promise<void> {
    await this.refresh();
    const served = groupId === undefined ? null : this.ofChat({ id: groupId });
    const looked = served ? [served] : this.#served;
    await Promise.all(looked.map(({ watch }) => watch.lookAgain(groupId)));
  }

  /** What serves these channels: as it was, where it does already. */
  #serving(channels: readonly ChannelName[]): ServedDesk[] {
    const all = channels.length > 0 ? channels : [undefined];
    return all.map((channel, at) => {
      const known = this.#served?.find((each) => each.channel === channel);
      return known ?? this.#serve(channel, at === 0);
    });
  }

  #serve(channel: ChannelName | undefined, isFirst: boolean): ServedDesk {
    const served: ServedDesk = serveDesk({
      ...this.options,
      channel,
      claim: () => this.#claim,
      ownerId: () => this.ownerId,
      mark: () => this.markOf(served),
      memory: memoryOfDesk(this.options.memory, { channel, isFirst, onKept: () => this.#recall() }),
    });
    served.watch.follow(() => {
      for (const tell of this.#followers) tell(served);
    });
    return served;
  }

  /** What a desk would be called that is not known yet; where Telegram has not told, its channel's ID. */
  #nameToBe({ watch: { title }, channel }: ServedDesk): string {
    if (title === undefined || typeof channel !== "number") return String(channel);
    const named = withDeskNamed(this.#names, { channelId: channel, title });
    return named.find(({ channelId }) => channelId === channel)!.name;
  }

  /** As it is called, or would be. */
  #namedAs(desk: Desk): NamedDesk {
    const named = withDeskNamed(this.#names, desk);
    return named.find(({ channelId }) => channelId === desk.channelId)!;
  }
}
