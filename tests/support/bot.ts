/** The real bot beside a simulated Telegram: what is done with it whether or not it has a desk. */
import type { App } from "../../src/app.ts";
import { sealWith } from "../../src/kv/seal.ts";
import { Store } from "../../src/kv/store.ts";
import type { Health } from "../../src/web/health.ts";
import type { Message } from "grammy/types";
import type { SimulatedBot } from "../../playground/telegram/bot.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import type { MovableClock } from "../../playground/telegram/movable_clock.ts";
import type { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { SimulatedUser } from "../../playground/telegram/user.ts";

/** A minute and a little, so that what comes each minute has come. */
const MINUTE_AND_MORE_MS = 61_000;

/** A bot for one test. */
export abstract class TestBot {
  abstract readonly telegram: SimulatedTelegram;
  /** The time that bot and Telegram go by. */
  abstract readonly clock: MovableClock;
  abstract readonly bot: SimulatedBot;
  /** Where the bot keeps what it keeps. */
  abstract readonly kv: Deno.Kv;
  /** The running bot; another one after each start. */
  app!: App;

  /** The database, or another one, as another instance of the bot has it. */
  anotherStore(kv = this.kv): Store {
    return new Store(kv, {
      botId: this.bot.id,
      owner: "another instance",
      seal: sealWith(this.bot.token),
      retentionDays: 90,
      now: this.clock.now,
    });
  }

  /** Resolves when nothing is under way: no update, no call, no job that is due. */
  async settled(): Promise<void> {
    do {
      await this.telegram.settled();
      await this.app.settled();
    } while (!this.telegram.idle());
  }

  /** Lets time pass for the bot and for Telegram, and whatever has come due happen. */
  async passes(ms: number): Promise<void> {
    this.clock.aheadMs += ms;
    // What waited for this time at Telegram rings before anything else is done.
    await new Promise((resolve) => setTimeout(resolve, 0));
    await this.app.start();
    await this.app.drain();
    await this.settled();
  }

  /** Lets minutes pass, as they pass on a server: with a look at what is due in each. */
  async minutesPass(count: number): Promise<void> {
    for (let minute = 0; minute < count; minute++) await this.passes(MINUTE_AND_MORE_MS);
  }

  /** These customers were served at a desk before, and come back there. */
  async wereServedAt({ channel }: { channel: SimulatedChat }, ...customers: SimulatedUser[]) {
    const servedBy = customers.map(({ id }) => ({ customerId: id, deskId: channel.id }));
    await this.anotherStore().record(channel.id, () => ({ servedBy }));
  }

  /** How it is, as monitors are told. */
  async health(): Promise<Health> {
    const response = await this.app.handler(new Request("https://desk.example/health"));
    return await response.json();
  }

  customer(firstName: string, more: { lastName?: string; languageCode?: string } = {}) {
    return this.telegram.createUser({ firstName, languageCode: "pt-br", ...more });
  }

  /** A new customer, who has written this. */
  async hearsFrom(firstName: string, words = "oi"): Promise<SimulatedUser> {
    const customer = this.customer(firstName);
    customer.sends(this.chatOf(customer), words);
    await this.settled();
    return customer;
  }

  /** The private chat of somebody with the bot. */
  chatOf(user: SimulatedUser): SimulatedChat {
    return user.chatWith(this.bot);
  }

  /** What somebody reads in their chat with the bot, their own messages left out. */
  toldTo(user: SimulatedUser): Message[] {
    return this.chatOf(user).messages.filter(({ from }) => from?.id === this.bot.id);
  }
}
