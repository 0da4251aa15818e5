/**
 * What befalls the desk itself: its cards and threads are deleted, the bot loses a right or its
 * place and is given it back, another group is linked. Counts what the desk may do about it.
 */
import type { SimulatedChat } from "../../playground/telegram/telegram.ts";
import type { Card, Thread } from "./cast.ts";
import type { Stage } from "./stage.ts";

/** One way in which a desk can be broken. */
type Breakage =
  | "no posts"
  | "no edits of posts"
  | "out of the channel"
  | "no pins"
  | "no deletions"
  | "demoted in the group"
  | "silenced in the group"
  | "out of the group"
  | "unlinked";

const BREAKAGES: Record<Breakage, number> = {
  "no posts": 3,
  "no edits of posts": 1,
  "out of the channel": 3,
  "no pins": 1,
  "no deletions": 1,
  "demoted in the group": 3,
  "silenced in the group": 2,
  "out of the group": 3,
  "unlinked": 2,
};

/** So long may a call be under way that was right when it began. */
export const UNDER_WAY_MS = 30_000;

/** Mishaps of one story. */
export class Mishaps {
  /** Whose threads were ended by a deletion. */
  readonly endedOf: number[] = [];
  /** In which ways the desk was broken, and when. */
  readonly breakages: { what: Breakage; sinceMs: number; untilMs?: number }[] = [];
  /** When the desk was repaired. */
  readonly repairedMs: number[] = [];
  /** When another group was linked. */
  readonly relinkedMs: number[] = [];
  /** Chats of others to which somebody has added the bot. */
  readonly foreign: SimulatedChat[] = [];
  #broken: Breakage | null = null;

  constructor(
    private readonly options: Stage & {
      /** The updates that wait in the desk's own lines. */
      parked: () => Set<number>;
    },
  ) {}

  /** Deletes one of the cards. */
  deletesCard(): void {
    const { cast, chance, trace } = this.options;
    const card = chance.pick(this.#cardsThatAre());
    if (!card) return;
    trace(`the card ${card.postId} of ${card.customerId} is deleted`);
    this.#deletes(cast.channel, card.postId, card);
  }

  /** Deletes the root of one of the threads. */
  deletesRoot(): void {
    const { cast, chance, trace } = this.options;
    const thread = chance.pick(this.#threadsThatLive());
    if (!thread) return;
    trace(`the root ${thread.rootId} of ${thread.card.customerId} is deleted`);
    this.#deletes(cast.group, thread.rootId, thread.card);
  }

  /** Somebody deletes what the bot has shown them. */
  deletesCopy(): void {
    const { cast, ledger, chance, trace } = this.options;
    const customer = chance.pick(cast.customers)!;
    const [chat, user] = chance.happens(0.5)
      ? [cast.group, cast.boss]
      : [cast.chatOf(customer), customer];
    const shown = chat.messages.filter((message) =>
      message.from?.id === cast.bot.id && ledger.shownBy(message)
    );
    const copy = chance.pick(shown.slice(-8));
    if (!copy) return;
    trace(`${user.info.first_name} deletes the copy of ${ledger.shownBy(copy)!.token}`);
    cast.deletes(user, copy);
  }

  /** From the beginning the bot lacks what it takes, so that there is no desk. */
  beginsLate(): void {
    const { cast, clock, trace } = this.options;
    trace("there is no desk yet");
    this.#broken = "demoted in the group";
    this.breakages.push({ what: this.#broken, sinceMs: clock.now() });
    cast.telegram.demote(cast.group, cast.bot);
  }

  /** Breaks the desk, or repairs it. */
  breaksOrRepairs(): void {
    const { cast, chance, clock, trace } = this.options;
    if (this.#broken) return this.repairs();
    this.#broken = chance.weighted(BREAKAGES);
    this.breakages.push({ what: this.#broken, sinceMs: clock.now() });
    trace(`the desk is broken: ${this.#broken}`);
    const { telegram, bot, channel, group } = cast;
    const out = chance.pick(["left", "kicked"] as const)!;
    switch (this.#broken) {
      case "no posts":
        return telegram.promote(channel, bot, { can_edit_messages: true });
      case "no edits of posts":
        return telegram.promote(channel, bot, { can_post_messages: true });
      case "out of the channel":
        return telegram.removeMember(channel, bot, out);
      case "no pins":
        return telegram.promote(group, bot, {
          can_delete_messages: true,
          can_restrict_members: true,
        });
      case "no deletions":
        return telegram.promote(group, bot, { can_pin_messages: true });
      case "demoted in the group":
        return telegram.demote(group, bot);
      case "silenced in the group":
        return telegram.restrict(group, bot, {});
      case "out of the group":
        return telegram.removeMember(group, bot, out);
      case "unlinked":
        // A group that was linked shortly before may not be known yet to have been.
        if (this.relinkedMs.length > 0) this.#doubtsWhatIsUnderWay();
        return cast.links(null);
    }
  }

  /** Gives the bot back whatever it lacks. */
  repairs(): void {
    const { cast, trace, clock } = this.options;
    const { channel, group } = cast;
    if (!this.#broken && !this.#wasLeft()) return;
    trace("the desk is repaired");
    this.#broken = null;
    if (channel.linked === undefined) cast.links(group);
    for (const chat of [channel, group]) this.#welcomes(chat);
    this.repairedMs.push(clock.now());
    const last = this.breakages.at(-1);
    if (last) last.untilMs ??= clock.now();
  }

  /** Links the other group; the bot comes into it before, or after a while. */
  linksAnother(): void {
    const { cast, chance, clock, trace } = this.options;
    const next = cast.groups.find((group) => group !== cast.group)!;
    this.repairs();
    this.#doubtsWhatIsUnderWay();
    const isInside = next.members.has(cast.bot.id) || chance.happens(0.6);
    trace(`another group is linked${isInside ? "" : ", without the bot"}: ${next.id}`);
    if (isInside) this.#welcomes(next);
    else {
      this.#broken = "out of the group";
      this.breakages.push({ what: this.#broken, sinceMs: clock.now() });
    }
    cast.links(next);
    this.relinkedMs.push(clock.now());
  }

  /** A stranger adds the bot to a chat of their own. */
  addsElsewhere(): void {
    const { cast, chance, trace } = this.options;
    const { user } = cast.strangers[0]!;
    const title = `Festa ${this.foreign.length}`;
    const chat = chance.happens(0.5)
      ? cast.telegram.createSupergroup({ title, creator: user })
      : cast.telegram.createGroup({ title, creator: user });
    trace(`${user.info.first_name} adds the bot to ${chat.id}`);
    this.foreign.push(chat);
    user.adds(chat, cast.bot);
  }

  #deletes(chat: SimulatedChat, messageId: number, { customerId, postId }: Card): void {
    const { cast } = this.options;
    const hadThread = cast.threads().some(({ card, diedMs }) =>
      card.postId === postId && diedMs === undefined
    );
    cast.deletes(cast.boss, chat.message(messageId)!);
    const hasThread = cast.threads().some(({ card, diedMs }) =>
      card.postId === postId && diedMs === undefined
    );
    // A card that goes before its copy was made never gets one.
    if (!hasThread && (hadThread || chat === cast.channel)) this.endedOf.push(customerId);
  }

  /** Whether the bot was about to leave a group that was none of the desk's when it was linked. */
  #wasLeft(): boolean {
    const { telegram, bot, group, linked } = this.options.cast;
    const { sinceMs } = linked.at(-1)!;
    return group.membership(bot).status === "left" &&
      telegram.calls.some(({ method, payload, atMs }) =>
        method === "leaveChat" && payload.chat_id === group.id &&
        sinceMs <= atMs && atMs < sinceMs + UNDER_WAY_MS
      );
  }

  #welcomes(chat: SimulatedChat): void {
    const { telegram, bot } = this.options.cast;
    const { status, rights } = chat.membership(bot);
    const isWhole = status === "administrator" && rights?.can_invite_users === true;
    if (status === "left" || status === "kicked") telegram.addMember(chat, bot);
    if (!isWhole) telegram.promote(chat, bot);
  }

  /** What Telegram has yet to tell of a group that is no longer the desk's may be told in vain, or waits so. */
  #doubtsWhatIsUnderWay(): void {
    const { cast, ledger, parked } = this.options;
    const waiting = parked();
    const underWay = cast.telegram.updates.filter(({ update }) => waiting.has(update.update_id));
    for (const { update: { message, edited_message } } of [...cast.bot.queue.read(), ...underWay]) {
      const under = message ?? edited_message;
      if (under?.chat.id !== cast.group.id) continue;
      for (const said of ledger.all()) {
        if (said.message.chat.id !== under.chat.id) continue;
        if (said.message.message_id !== under.message_id) continue;
        if (message) said.heard = "in doubt";
        said.heardVersion = 1;
      }
    }
  }

  #cardsThatAre(): Card[] {
    const { cast } = this.options;
    return [...cast.cards.values()].filter(({ channel, postId }) =>
      channel === cast.channel && channel.records.has(postId)
    );
  }

  #threadsThatLive(): Thread[] {
    const { cast } = this.options;
    return cast.threads().filter(({ chat, diedMs }) => chat === cast.group && diedMs === undefined);
  }
}
