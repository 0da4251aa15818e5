/** The first day of a desk, with the real program in a terminal, by what one of the READMEs says. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { InlineKeyboardButton } from "grammy/types";
import { pressedIn, sentencesOf, under } from "../support/documentation.ts";
import { Folder } from "../support/operator.ts";
import { until } from "../support/program.ts";
import { freePort } from "../support/port.ts";
import { Running, Terminal } from "../support/terminal.ts";
import { addressOf, ask, pastes, type Served } from "../support/setup_page.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { SimulatedUser } from "../../playground/telegram/user.ts";
import type { Deed, Guide } from "./guides.ts";
import { SecondDesk } from "./second_desk.ts";

/** The first day of a desk, by one of the READMEs: who is there, what they do, what they see. */
export class FirstDay implements AsyncDisposable {
  readonly #telegram = new SimulatedTelegram();
  readonly #server = this.#telegram.serve();
  readonly #port = freePort();
  readonly #ana = this.#telegram.createUser({ firstName: "Ana" });
  readonly #maria = this.#telegram.createUser({ firstName: "Maria" });
  readonly #beto: SimulatedUser;
  readonly #bot = this.#telegram.createBot({ name: "Padaria", username: "padaria_bot" });
  readonly #channel: SimulatedChat;
  readonly #group: SimulatedChat;
  #terminal: Terminal | undefined;
  #running: Running | undefined;
  #second: SecondDesk | undefined;

  private constructor(private readonly guide: Guide, readonly folder: Folder) {
    const { languageCode } = guide;
    const beto = this.#telegram.createUser({ firstName: "Beto", languageCode });
    this.#beto = beto;
    this.#channel = this.#telegram.createChannel({ title: "Atendimento", creator: beto });
    this.#group = this.#telegram.createSupergroup({ title: "Atendimento (log)", creator: beto });
  }

  static async begin(guide: Guide): Promise<FirstDay> {
    const day = new FirstDay(guide, await Folder.make());
    day.#terminal = await Terminal.open(day.folder.path, {
      TELEGRAM_API_ROOT: day.#server.apiRoot,
      HOST: "127.0.0.1",
      PORT: String(day.#port),
    });
    return day;
  }

  /** Does what the README says, sentence by sentence. */
  async followsTheSetUp(): Promise<void> {
    const { page, heading, sentences } = this.guide;
    const left = new Set(Object.keys(sentences));
    for (const sentence of sentencesOf(await under(page, heading))) {
      const deed = sentences[sentence];
      assert(deed, `nobody has tried: ${sentence}`);
      await this.#reporting(() => this.#deeds[deed](sentence));
      left.delete(sentence);
    }
    assertEquals([...left], [], "said nowhere");
  }

  /** Runs a command to its end, and resolves with what it said. */
  async runs(command: string): Promise<string> {
    const { code, said } = await this.#terminal!.runs(command);
    assertEquals(code, 0, said);
    return said;
  }

  /** Stops the bot, if it runs. */
  async stops(): Promise<void> {
    await this.#running?.[Symbol.asyncDispose]();
    this.#running = undefined;
  }

  /** Starts the bot; resolves when it can be reached. */
  async startsAgain(): Promise<void> {
    this.#running = new Running(this.#terminal!.begins("npx --yes deno@2.9.6 task dev"));
    await until("it answers again", () => this.#running!.output.includes("listening"));
  }

  /** Ana answers Maria under the card, and Maria reads it. */
  async answers(text: string): Promise<void> {
    await this.#reporting(async () => {
      const card = this.#channel.messages.find(({ text }) => text?.includes("Maria"))!;
      this.#ana.comments(card, text);
      await until("Maria reads it", () => this.#said(text, this.#maria.chatWith(this.#bot)));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#second?.[Symbol.asyncDispose]();
    await this.stops();
    await this.#server.close();
    await this.#telegram.close();
    await this.folder[Symbol.asyncDispose]();
  }

  /** What to do at each sentence. */
  readonly #deeds: Record<Deed, (sentence: string) => unknown> = {
    "ask for a bot": () => assert(this.#bot.token),
    "switch inline mode on": () => this.#bot.configure({ supportsInline: true }),
    "run it and open the page": async (sentence) => {
      const [, command] = /`(npx [^`]+)`/.exec(sentence)!;
      this.#running = new Running(this.#terminal!.begins(command!));
      await until("the log shows the page", () => this.#running!.output.includes("?code="));
      assertEquals(new URL(addressOf(this.#served)).port, String(this.#port));
    },
    "paste the token": async () => {
      const { status } = await pastes(this.#served, this.#bot.token);
      assertEquals(status, 303);
      const kept = await Deno.readTextFile(`${this.folder.path}/.env`);
      assertEquals(kept, `BOT_TOKEN=${this.#bot.token}\n`);
    },
    "claim the desk": async (sentence) => {
      const [button] = pressedIn(sentence);
      const { text } = await ask(addressOf(this.#served), {
        headers: { "Accept-Language": this.guide.languageCode },
      });
      const pattern = /href="(https:\/\/t\.me\/padaria_bot\?start=claim_\w+)">([^<]+)</;
      const [, link, words] = pattern.exec(text)!;
      assertEquals(words, button);
      this.#beto.opens(link!);
      await until("the owner is told", () => this.#list() !== undefined);
      assertStringIncludes(this.#told()[0]!.text!, this.guide.says.owner);
    },
    "create channel and group": () => this.#telegram.link(this.#channel, this.#group),
    "choose both": async (sentence) => {
      const [theChannel, theGroup] = pressedIn(sentence);
      this.#beto.shares(this.#bot, theChannel!, this.#channel);
      const { channelIsGood, groupIsMissing } = this.guide.says;
      await until("the channel is good", () => this.#list()!.text!.includes(channelIsGood));
      assert(!this.#isOpen(), "it is said to be open too early");
      assertMatch(this.#list()!.text!, groupIsMissing);
      await until("the group is asked for", () => this.#keyboard().includes(theGroup!));
      this.#beto.shares(this.#bot, theGroup!, this.#group);
      await until("the keyboard goes", () => this.#keyboard().length === 0);
      await until("the list is green", () => this.#isOpen());
    },
    "add the bot by links": async (sentence) => {
      const [toChannel, toGroup] = pressedIn(sentence);
      for (const chat of [this.#channel, this.#group]) {
        this.#telegram.removeMember(chat, this.#bot, "left");
      }
      await until("the list says so", () => this.#hasButton(toChannel!));
      this.#opens(toChannel!, this.#channel);
      await until("the channel is good", () => this.#hasButton(toGroup!));
      this.#opens(toGroup!, this.#group);
    },
    "read the list": async () => {
      await until("the list is green", () => this.#isOpen());
      assert(!/❌|⚠️/u.test(this.#list()!.text!), this.#list()!.text);
    },
    "send a test message": async (sentence) => {
      const [button] = pressedIn(sentence);
      await this.#presses(button!);
      await until("it is over", () => this.#list()!.text!.includes(this.guide.says.walked));
      assertEquals([this.#channel.messages.length, this.#group.pinned.length], [0, 0]);
    },
    "invite agents": async (sentence) => {
      const [, command] = /`(\/\w+)`/.exec(sentence)!;
      this.#beto.sends(this.#beto.chatWith(this.#bot), command!);
      const link = /https:\/\/t\.me\/\+\S+/;
      const said = () => this.#told().at(-1)!;
      await until("there is a link", () => link.test(said().text!));
      this.#ana.opens(link.exec(said().text!)![0]);
      await until("she asks to join", () => said().text!.includes(`ID ${this.#ana.id}`));
      const [button] = said().reply_markup!.inline_keyboard.flat();
      assert(button && "callback_data" in button && button.callback_data !== undefined);
      await this.#beto.presses(said(), button.callback_data);
      await until("she is in", () => this.#channel.membership(this.#ana).status === "member");
      this.#maria.sends(this.#maria.chatWith(this.#bot), "bom dia");
      await until("the team reads it", () => this.#said("bom dia", this.#group));
      await this.answers("bom dia, Maria!");
    },
    "leave the group empty": () => assertEquals(this.#group.membership(this.#ana).status, "left"),
    "do it by a file": async (sentence) => {
      this.#second = await SecondDesk.open({
        TELEGRAM_API_ROOT: this.#server.apiRoot,
        HOST: "127.0.0.1",
        PORT: String(freePort()),
      });
      const { token } = this.#telegram.createBot({ name: "Filial", username: "filial_bot" });
      const [, command] = /`(npx [^`]+)`/.exec(sentence)!;
      await this.#second.begins(token, command!);
    },
    "see the link": async () => {
      const second = this.#second!;
      const pattern = /https:\/\/t\.me\/filial_bot\?start=claim_\w+/;
      await until("the log shows the link", () => pattern.test(second.running!.output));
      this.#second = undefined;
      await second[Symbol.asyncDispose]();
    },
    "see the list again": async (sentence) => {
      const { length } = this.#told();
      const [, command] = /`(\/\w+)`/.exec(sentence)!;
      this.#beto.sends(this.#beto.chatWith(this.#bot), command!);
      await until("the list is shown", () => this.#told().length > length);
      assertStringIncludes(this.#told().at(-1)!.text!, this.guide.says.open);
    },
    "add the bot elsewhere": async () => {
      const eve = this.#telegram.createUser({ firstName: "Eve", languageCode: "en" });
      const foreign = this.#telegram.createSupergroup({ title: "Spam", creator: eve });
      eve.adds(foreign, this.#bot);
      await until("it leaves", () => foreign.membership(this.#bot.user).status === "left");
    },
    "move the desk": async () => {
      const other = this.#telegram.createChannel({ title: "Outro", creator: this.#beto });
      this.#beto.promotes(other, this.#bot, { can_post_messages: true, can_edit_messages: true });
      const { shallItMove } = this.guide.says;
      await until("it asks", () => this.#told().at(-1)!.text!.includes(shallItMove));
      const health = await fetch(`http://127.0.0.1:${this.#port}/health`);
      assertEquals((await health.json()).ok, true);
    },
  };

  /** What runs, as far as its page goes. */
  get #served(): Served {
    return { output: this.#running!.output, port: this.#port };
  }

  /** Does it; what fails is told with what the bot has said. */
  async #reporting(does: () => unknown): Promise<void> {
    try {
      await does();
    } catch (error) {
      throw new Error(this.#running?.output, { cause: error });
    }
  }

  /** What the bot has told Beto. */
  #told() {
    return this.#beto.chatWith(this.#bot).messages.filter(({ from }) => from?.id === this.#bot.id);
  }

  /** The checklist, as it reads now. */
  #list() {
    const { open, notOpen } = this.guide.says;
    return this.#told().findLast(({ text }) => text?.startsWith(open) || text?.startsWith(notOpen));
  }

  /** What the keyboard offers in place of letters. */
  #keyboard(): string[] {
    const { keyboard } = this.#beto.chatWith(this.#bot);
    const buttons = keyboard?.keyboard.flat() ?? [];
    return buttons.map((button) => typeof button === "string" ? button : button.text);
  }

  #hasButton(words: string): boolean {
    const buttons = this.#list()!.reply_markup?.inline_keyboard.flat() ?? [];
    return buttons.some(({ text }) => text.includes(words));
  }

  #isOpen(): boolean {
    return this.#list()!.text!.startsWith(this.guide.says.open);
  }

  #button(words: string): InlineKeyboardButton {
    const buttons = this.#list()!.reply_markup?.inline_keyboard.flat() ?? [];
    const found = buttons.find(({ text }) => text.includes(words));
    assert(found, `no button ${words}: ${buttons.map(({ text }) => text)}`);
    return found;
  }

  #opens(words: string, chat: SimulatedChat): void {
    const pressed = this.#button(words);
    assert("url" in pressed);
    this.#beto.opens(pressed.url, { chat });
  }

  #presses(words: string) {
    const pressed = this.#button(words);
    assert("callback_data" in pressed && pressed.callback_data !== undefined);
    return this.#beto.presses(this.#list() as never, pressed.callback_data);
  }

  /** Whether the bot has said it there. */
  #said(text: string, chat: SimulatedChat): boolean {
    return chat.messages.some((message) =>
      message.text === text && message.from?.id === this.#bot.id
    );
  }
}
