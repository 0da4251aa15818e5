/** Who is in a story: a company's desk, its team, its customers, and people it does not know. */
import type { StoredMessage } from "../../playground/telegram/chat.ts";
import type { Clock } from "../../playground/telegram/clock.ts";
import {
  type SimulatedBot,
  type SimulatedChat,
  type SimulatedMessage,
  SimulatedTelegram,
  type SimulatedUser,
  type WebhookFetch,
} from "../../playground/telegram/telegram.ts";
import { CHANNEL, OTHER_DESKS } from "./names.ts";
import { CARD_OF } from "./said.ts";

/** A way of writing comments: a person, under their own name or in somebody else's. */
export interface Pen {
  name: string;
  user: SimulatedUser;
  as: "self" | "anonymous" | SimulatedChat;
}

/** Where a team serves customers. */
export interface SimulatedDesk {
  /** What the bot calls it. */
  name: string;
  channel: SimulatedChat;
  /** The group of its comments. */
  group: SimulatedChat;
  /** Everybody whose comments there reach customers. */
  team: readonly Pen[];
}

/** A post that stands for a customer. */
export interface Card {
  channel: SimulatedChat;
  /** No two channels of a story have posts of the same ID. */
  postId: number;
  customerId: number;
  postedMs: number;
}

/** The copy of a card in a group, under which comments stand, dead or alive. */
export interface Thread {
  chat: SimulatedChat;
  rootId: number;
  card: Card;
  /** When its root was deleted. */
  diedMs?: number;
}

/** A message that somebody deleted, as it read then. */
interface Grave {
  record: StoredMessage;
  atMs: number;
}

/** Messages of a further desk's chats have IDs that none of another desk's has. */
const IDS_APART = 10_000;

/** One Telegram with a desk, or several of the same company, and people in it. */
export class Cast {
  readonly telegram: SimulatedTelegram;
  readonly bot: SimulatedBot;
  readonly channel: SimulatedChat;
  /** The group of the comments at first, and one that may be linked in its place. */
  readonly groups: readonly [SimulatedChat, SimulatedChat];
  /** Created the channel and the groups. */
  readonly boss: SimulatedUser;
  readonly customers: SimulatedUser[] = [];
  /** Everybody whose comments at the first desk reach customers. */
  readonly team: Pen[];
  /** The desks besides the first, to which nothing ever happens. */
  readonly others: readonly SimulatedDesk[];
  /** Everybody whose comments reach nobody. */
  readonly strangers: Pen[];
  /** Which group was linked from when to when, the last one last. */
  readonly linked: { group: SimulatedChat; sinceMs: number; untilMs?: number }[];
  readonly #cards = new Map<number, Card>();
  readonly #graves: Grave[] = [];

  constructor(options: {
    clock: Clock;
    seed: number;
    customers: number;
    /** How many desks there are besides the first. */
    others?: number;
    limits: "off" | "telegram";
    webhookFetch: WebhookFetch;
  }) {
    const { clock, seed, limits, webhookFetch } = options;
    this.telegram = new SimulatedTelegram({ clock, seed, limits, webhookFetch });
    const { telegram } = this;
    telegram.unproven.bansShowLate = seed % 2 === 1;
    telegram.unproven.voiceIsRefusedBy = seed % 4 < 2 ? "Telegram" : "the Bot API server";
    telegram.unproven.forwardsNameThreads = seed % 5 < 2;
    telegram.unproven.forwardsComeEdited = seed % 7 < 3;
    telegram.faults.rate({ kind: "half done" }, (seed % 3) / 4);
    const person = (firstName: string) =>
      telegram.createUser({ firstName, languageCode: "pt-br", isPremium: true });
    this.bot = telegram.createBot({ name: "Padaria Central", username: "padaria_bot" });
    const [boss, ana, bia, rui] = [person("Beto"), person("Ana"), person("Bia"), person("Rui")];
    this.boss = boss;
    this.channel = telegram.createChannel({ title: CHANNEL, creator: boss });
    const group = telegram.createSupergroup({ title: "Atendimento (log)", creator: boss });
    const elsewhere = telegram.createChannel({ title: "Outro canal", creator: rui });
    telegram.link(this.channel, group);
    for (const chat of [this.channel, group]) telegram.promote(chat, this.bot);
    for (const agent of [ana, bia]) telegram.addMember(this.channel, agent);
    this.team = [
      { name: "Ana", user: ana, as: "self" },
      { name: "Bia", user: bia, as: "self" },
      { name: "Beto, anonymous", user: boss, as: "anonymous" },
      { name: "the channel", user: boss, as: this.channel },
    ];
    this.strangers = [
      { name: "Rui, a stranger", user: rui, as: "self" },
      { name: "Rui's own channel", user: rui, as: elsewhere },
    ];
    for (const firstName of NAMES.slice(0, options.customers)) {
      this.customers.push(person(firstName));
    }
    const other = telegram.createSupergroup({ title: "Atendimento (log novo)", creator: boss });
    this.groups = [group, other];
    this.linked = [{ group, sinceMs: clock.now() }];
    this.others = OTHER_DESKS.slice(0, options.others ?? 0).map(({ title, agent }, index) =>
      this.#opens(title, person(agent), (index + 1) * IDS_APART)
    );
  }

  #opens(title: string, agent: SimulatedUser, lastId: number): SimulatedDesk {
    const { telegram, boss, bot } = this;
    const channel = telegram.createChannel({ title, creator: boss });
    const group = telegram.createSupergroup({ title: `${title} (log)`, creator: boss });
    telegram.link(channel, group);
    telegram.addMember(channel, agent);
    for (const chat of [channel, group]) {
      telegram.promote(chat, bot);
      for (let id = 0; id < lastId; id++) chat.nextMessageId();
    }
    const team: Pen[] = [
      { name: agent.info.first_name, user: agent, as: "self" },
      { name: `Beto, anonymous in ${title}`, user: boss, as: "anonymous" },
      { name: `the channel ${title}`, user: boss, as: channel },
    ];
    return { name: title.toLowerCase(), channel, group, team };
  }

  /** All desks, the first one first. */
  get desks(): readonly SimulatedDesk[] {
    const { channel, group, team, others } = this;
    return [{ name: CHANNEL.toLowerCase(), channel, group, team }, ...others];
  }

  /**
   * Whoever of the teams writes to the bot in private. It is somebody of the last desk: who is of one
   * that is not known yet is not known to be.
   */
  get writer(): Pen {
    return this.desks.at(-1)!.team[0]!;
  }

  /** The desk that a channel or a group is, or was, of; absent: none. */
  deskAt(chatId: number): SimulatedDesk | undefined {
    const isFirst = this.groups.some(({ id }) => id === chatId);
    return this.desks.find(({ channel, group }, index) =>
      channel.id === chatId || group.id === chatId || (isFirst && index === 0)
    );
  }

  /** Whether a group is that of its desk's comments. */
  isLinked(group: SimulatedChat): boolean {
    return this.desks.some(({ channel }) => channel.linked === group);
  }

  /** Every group that is, or was, or may be, of a desk's comments. */
  get everyGroup(): SimulatedChat[] {
    return [...this.groups, ...this.others.map(({ group }) => group)];
  }

  /** The group of the comments, or the last one there was. */
  get group(): SimulatedChat {
    return this.linked.at(-1)!.group;
  }

  /** The groups that are not, or for a while were not, the group of the comments. */
  get groupsLeft(): SimulatedChat[] {
    return this.linked.filter(({ untilMs }) => untilMs !== undefined).map(({ group }) => group);
  }

  chatOf(customer: SimulatedUser): SimulatedChat {
    return customer.chatWith(this.bot);
  }

  /** The chat of that ID, if the bot can be in it. */
  chatAt(chatId: number): SimulatedChat | undefined {
    const channel = this.desks.find(({ channel }) => channel.id === chatId)?.channel;
    return channel ?? this.everyGroup.find(({ id }) => id === chatId) ??
      this.telegram.privateChatsOf(this.bot).get(chatId);
  }

  /** Has the channel's posts carry the profile of who wrote them. */
  showsAuthors(): void {
    const { telegram, channel, boss } = this;
    channel.authorProfile = telegram.createChannel({ title: "Beto", creator: boss });
  }

  /** Links a group to the channel, or none. */
  links(group: SimulatedChat | null): void {
    const { telegram, channel, linked } = this;
    const nowMs = telegram.clock.now();
    const last = linked.at(-1)!;
    last.untilMs ??= nowMs;
    if (!group) return telegram.unlink(channel);
    telegram.link(channel, group);
    linked.push({ group, sinceMs: nowMs });
  }

  /**
   * Every card ever posted, by its post: to be asked for after each call, since one that is retired
   * or erased does not name its customer any more.
   */
  get cards(): ReadonlyMap<number, Card> {
    const postedMs = this.telegram.clock.now();
    for (const { channel } of this.desks) {
      for (const { id: postId, content } of channel.records.values()) {
        if (this.#cards.has(postId)) continue;
        const customerId = CARD_OF.exec(content.text ?? "")?.[1];
        if (customerId === undefined) continue;
        this.#cards.set(postId, { channel, postId, customerId: Number(customerId), postedMs });
      }
    }
    return this.#cards;
  }

  /** Every thread there ever was. */
  threads(): Thread[] {
    const { cards } = this;
    return this.everyGroup.flatMap((chat) =>
      this.everIn(chat).flatMap(
        ({ record: { id: rootId, isAutomaticForward, origin }, diedMs }) => {
          const card = isAutomaticForward && origin?.type === "channel"
            ? cards.get(origin.message_id)
            : undefined;
          return card ? [{ chat, rootId, card, ...(diedMs === undefined ? {} : { diedMs }) }] : [];
        },
      )
    );
  }

  /** Every thread in which comments can stand that reach somebody. */
  livingThreads(): Thread[] {
    return this.threads().filter(({ chat, diedMs }) => this.isLinked(chat) && diedMs === undefined);
  }

  /** Every message that ever was in a chat, in order. */
  everIn(chat: SimulatedChat): { record: StoredMessage; diedMs?: number }[] {
    const dead = this.#graves.filter(({ record }) => record.chat === chat)
      .map(({ record, atMs: diedMs }) => ({ record, diedMs }));
    const alive = [...chat.records.values()].map((record) => ({ record }));
    return dead.length === 0
      ? alive
      : [...alive, ...dead].sort((a, b) => a.record.id - b.record.id);
  }

  /** Somebody deletes a message; what becomes of a card's copy is Telegram's. */
  deletes(user: SimulatedUser, message: SimulatedMessage): void {
    const chat = this.chatAt(message.chat.id)!;
    const record = chat.records.get(message.message_id)!;
    const { forward } = this.telegram.forwardDiesWithPost ? record : {};
    // A card's copy may have been deleted before the card.
    const gone = [record, forward].filter((each) => each?.chat.records.has(each.id));
    // A card must have been seen before it goes.
    void this.cards;
    user.deletes(message);
    const atMs = this.telegram.clock.now();
    for (const each of gone) {
      if (each && !each.chat.records.has(each.id)) this.#graves.push({ record: each, atMs });
    }
  }
}

const NAMES = ["Maria", "João", "Zé", "Lia", "Caio"];
