/** Who is in a story: a company's desk, its team, its customers, and people it does not know. */
import type { Clock } from "../telegram/clock.ts";
import {
  type SimulatedBot,
  type SimulatedChat,
  SimulatedTelegram,
  type SimulatedUser,
  type WebhookFetch,
} from "../telegram/telegram.ts";

/** A way of writing comments: a person, under their own name or in somebody else's. */
export interface Pen {
  name: string;
  user: SimulatedUser;
  as: "self" | "anonymous" | SimulatedChat;
}

/** One Telegram with a desk and people in it. */
export class Cast {
  readonly telegram: SimulatedTelegram;
  readonly bot: SimulatedBot;
  readonly channel: SimulatedChat;
  readonly group: SimulatedChat;
  readonly customers: SimulatedUser[] = [];
  /** Everybody whose comments reach customers. */
  readonly team: Pen[];
  /** Everybody whose comments reach nobody. */
  readonly strangers: Pen[];

  constructor(options: {
    clock: Clock;
    seed: number;
    customers: number;
    limits: "off" | "telegram";
    webhookFetch: WebhookFetch;
  }) {
    const { clock, seed, limits, webhookFetch } = options;
    this.telegram = new SimulatedTelegram({ clock, seed, limits, webhookFetch });
    const { telegram } = this;
    this.bot = telegram.createBot({ name: "Padaria Central", username: "padaria_bot" });
    const boss = telegram.createUser({ firstName: "Beto" });
    const ana = telegram.createUser({ firstName: "Ana" });
    const bia = telegram.createUser({ firstName: "Bia" });
    const rui = telegram.createUser({ firstName: "Rui" });
    this.channel = telegram.createChannel({ title: "Atendimento", creator: boss });
    this.group = telegram.createSupergroup({ title: "Atendimento (log)", creator: boss });
    const elsewhere = telegram.createChannel({ title: "Outro canal", creator: rui });
    telegram.link(this.channel, this.group);
    for (const chat of [this.channel, this.group]) telegram.promote(chat, this.bot);
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
      this.customers.push(telegram.createUser({ firstName, languageCode: "pt-br" }));
    }
  }

  chatOf(customer: SimulatedUser): SimulatedChat {
    return customer.chatWith(this.bot);
  }

  /** The chat of that ID, if the bot can be in it. */
  chatAt(chatId: number): SimulatedChat | undefined {
    if (chatId === this.group.id) return this.group;
    if (chatId === this.channel.id) return this.channel;
    return this.bot.privateChats.get(chatId);
  }

  /** Every card ever posted, by its post. */
  readonly cards = new Map<number, Card>();

  /** Whose thread each root in the group begins. */
  roots(): Map<number, Card> {
    const roots = new Map<number, Card>();
    for (const record of this.group.records.values()) {
      const { id, isAutomaticForward, origin } = record;
      const card = isAutomaticForward && origin?.type === "channel"
        ? this.cards.get(origin.message_id)
        : undefined;
      if (card) roots.set(id, card);
    }
    return roots;
  }
}

/** A post that stands for a customer. */
export interface Card {
  postId: number;
  customerId: number;
  postedMs: number;
}

const NAMES = ["Maria", "João", "Zé", "Lia", "Caio"];
