/**
 * The owner of a desk with a phone, who sets the desk up and taps only what the phone shows: the
 * bot's keyboard, its list, its buttons.
 */
import { assert } from "@std/assert";
import type { InlineKeyboardButton, Message } from "grammy/types";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import type { ShareOptions } from "../../playground/telegram/sharing.ts";
import type { DeskChats } from "./desk.ts";
import { UnclaimedBot, type UnclaimedOptions } from "./unclaimed_bot.ts";

/** What the buttons say. */
export const CHOOSE_CHANNEL = "Escolher ou criar o canal";
export const CHOOSE_GROUP = "Escolher o grupo";
export const CANCEL = "Cancelar";
export const ADD_TO_CHANNEL = "➕ Adicionar ao seu canal";
export const ADD_TO_GROUP = "➕ Adicionar ao grupo dele";

/** How the list begins once nothing is missing. */
export const OPEN = "✅ O atendimento está aberto.";

/** Beto with his phone. */
export class Phone implements AsyncDisposable {
  /** How often he has tapped. */
  taps = 0;

  private constructor(readonly desk: UnclaimedBot) {}

  static async take(options: UnclaimedOptions = {}): Promise<Phone> {
    const desk = await UnclaimedBot.create(options);
    const phone = new Phone(desk);
    await phone.boots();
    return phone;
  }

  /** The program starts, again if it runs already. */
  async boots(): Promise<void> {
    await this.desk.boots();
    await this.desk.settled();
  }

  /** Opens the link, and taps "Start". */
  async claims(): Promise<void> {
    this.taps += 2;
    this.desk.beto.opens(this.desk.link);
    await this.desk.settled();
  }

  /** Taps a button of the keyboard, a chat in the list it opens, and "OK" to add the bot. */
  async chooses(words: string, chat: SimulatedChat, how: ShareOptions = {}): Promise<string[]> {
    this.taps += 3;
    return await this.hears(() => this.desk.beto.shares(this.desk.bot, words, chat, how));
  }

  /** Taps a button under the list, or under the last message. */
  async presses(words: string, under: Message = this.list): Promise<void> {
    this.taps += 1;
    const button = this.#button(words, under);
    assert("callback_data" in button && button.callback_data !== undefined);
    void this.desk.beto.presses(under, button.callback_data);
    await this.desk.settled();
  }

  /** Sets a desk up, tap by tap. */
  async setsUp(): Promise<DeskChats> {
    const chats = this.creates();
    await this.claims();
    await this.chooses(CHOOSE_CHANNEL, chats.channel);
    await this.chooses(CHOOSE_GROUP, chats.group);
    return chats;
  }

  /** Taps a button that is a link, and chooses a chat. */
  async follows(words: string, chat: SimulatedChat, under: Message = this.list): Promise<void> {
    this.taps += 3;
    const button = this.#button(words, under);
    assert("url" in button);
    this.desk.beto.opens(button.url, { chat });
    await this.desk.settled();
  }

  /** What the bot says because of something. */
  async hears(does: () => unknown): Promise<string[]> {
    const { length } = this.said;
    does();
    await this.desk.settled();
    return this.said.slice(length).map(({ text }) => text!);
  }

  /** All that the bot has said to Beto. */
  get said(): Message[] {
    return this.desk.toldTo(this.desk.beto);
  }

  /** The checklist, as it reads by now. */
  get list(): Message {
    return this.said.findLast(({ text }) => /^(✅|🔧) O atendimento/mu.test(text!))!;
  }

  /** The buttons of the keyboard that is shown in place of letters. */
  get keyboard(): string[] {
    const { keyboard } = this.desk.beto.chatWith(this.desk.bot);
    const buttons = keyboard?.keyboard.flat() ?? [];
    return buttons.map((button) => typeof button === "string" ? button : button.text);
  }

  /** A private channel with a linked group. */
  creates(title = "Loja"): DeskChats {
    const { telegram, beto: creator } = this.desk;
    const channel = telegram.createChannel({ title, creator });
    const group = telegram.createSupergroup({ title: `${title} (log)`, creator });
    telegram.link(channel, group);
    return { channel, group };
  }

  #button(words: string, under: Message): InlineKeyboardButton {
    const buttons = under.reply_markup?.inline_keyboard.flat() ?? [];
    const found = buttons.find(({ text }) => text.includes(words));
    assert(found, `no button ${words}: ${buttons.map(({ text }) => text)}`);
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.desk[Symbol.asyncDispose]();
  }
}
