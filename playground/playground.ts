/**
 * The playground: the real bot over HTTP against a simulated Telegram on loopback, with everything
 * in memory. Typed lines are said by customers and agents; both sides are shown as they see it.
 */
import { type App, createApp } from "../src/app.ts";
import { readEnvironment } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { sentenceOf } from "../src/texts/problem_sentence.ts";
import type { Message } from "grammy/types";
import type { SimulatedBot } from "./telegram/bot.ts";
import type { SimulatedChat } from "./telegram/chat.ts";
import { SimulatedTelegram } from "./telegram/telegram.ts";
import type { SimulatedUser } from "./telegram/user.ts";
import { defined } from "../src/values/defined.ts";

const HELP = `
  maria: hello                       Maria, a customer, writes to the bot
  joao: /start instagram             João follows a link t.me/<bot>?start=instagram
  agent ana > maria: good morning    Ana, an agent, comments under Maria's card
  maria re 3: and milk?              an answer to message 3 of Maria's chat
  agent ana > maria re 4: yes        an answer to message 4 of Maria's thread
  agent ana > maria: # be patient    an internal note: it stays in the team
  agent ana > maria: /close          a command: try /help
  agent ana presses 7: Close         Ana presses a button under message 7 of a thread
  boss: /settings                    the desk's creator commands in private
  maria blocks / maria unblocks      Maria blocks the bot, or lets it back in
  help                               this
  quit                               the end (or Ctrl-D)
`;

const WELCOME = `Balcão — playground. No token, no Telegram: both are simulated on this machine.
Customers write to the bot; agents answer in the comments under the customer's card.
Type "maria: hello", then "agent ana > maria: good morning". Type "help" for more.
`;

/** The first of the IDs given to the people of the playground. */
const FIRST_ID = 700_000_001;

/** A line of the playground, understood. */
type Line =
  | { does: "write"; customer: string; agent?: string; answerTo?: number; text: string }
  | { does: "press"; name: string; isAgent: boolean; messageId: number; button: string }
  | { does: "block" | "unblock"; customer: string }
  | { does: "help" | "quit" | "nothing" }
  | { does: "not understood" };

/** Understands a typed line. */
export function parseLine(typed: string): Line {
  const line = typed.trim();
  if (line === "") return { does: "nothing" };
  if (line === "help" || line === "quit") return { does: line };
  const block = /^(\w+) (un)?blocks$/u.exec(line);
  if (block) return { does: block[2] ? "unblock" : "block", customer: block[1]! };
  const press = /^(agent +)?([\p{L}\d]+) +presses +(\d+) *: *(.+)$/u.exec(line);
  if (press) {
    const [, agent, name, messageId, button] = press;
    return {
      does: "press",
      name: name!,
      isAgent: agent !== undefined,
      messageId: Number(messageId),
      button: button!,
    };
  }
  const written = /^(?:agent ([\p{L}\d]+) *> *)?([\p{L}\d]+)(?: re (\d+))? *: *(.+)$/u.exec(line);
  if (!written) return { does: "not understood" };
  const [, agent, customer, answerTo, text] = written;
  return {
    does: "write",
    customer: customer!,
    text: text!,
    ...defined({ agent, answerTo: answerTo === undefined ? undefined : Number(answerTo) }),
  };
}

/** A desk to play with. */
class Playground {
  readonly #telegram = new SimulatedTelegram();
  readonly #bot: SimulatedBot;
  readonly #channel: SimulatedChat;
  readonly #group: SimulatedChat;
  readonly #customers = new Map<string, SimulatedUser>();
  readonly #agents = new Map<string, SimulatedUser>();
  /** How messages looked when they were last shown, by chat and ID. */
  readonly #shown = new Map<string, string>();
  #nextId = FIRST_ID;

  private constructor(private readonly print: (text: string) => void) {
    this.#bot = this.#telegram.createBot({ name: "Desk", username: "desk_bot" });
    const boss = this.#person("Boss");
    this.#customers.set("boss", boss);
    this.#channel = this.#telegram.createChannel({ title: "Desk", creator: boss });
    this.#group = this.#telegram.createSupergroup({ title: "Desk log", creator: boss });
    this.#telegram.link(this.#channel, this.#group);
    this.#telegram.promote(this.#channel, this.#bot);
    this.#telegram.promote(this.#group, this.#bot);
  }

  /** Plays the lines until they end or one says so. */
  static async play(lines: AsyncIterable<string>, print: (text: string) => void): Promise<void> {
    const playground = new Playground(print);
    const server = playground.#telegram.serve();
    const kv = await Deno.openKv(":memory:");
    const app = playground.#createApp(kv, server.apiRoot);
    try {
      await app.start();
      await playground.#isPolled();
      print(WELCOME);
      for await (const line of lines) {
        const parsed = parseLine(line);
        if (parsed.does === "quit") break;
        await playground.#act(parsed, app);
      }
    } finally {
      await app.close();
      kv.close();
      await server.close();
      await playground.#telegram.close();
    }
  }

  /** Until the bot asks for updates for the first time, Telegram cannot tell that it will. */
  async #isPolled(): Promise<void> {
    while (!this.#telegram.calls.some(({ method }) => method === "getUpdates")) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  #createApp(kv: Deno.Kv, apiRoot: string): App {
    const settings = readEnvironment((name) =>
      ({
        BOT_TOKEN: this.#bot.token,
        CHANNEL_ID: String(this.#channel.id),
        TELEGRAM_API_ROOT: apiRoot,
        LOCALE: "en",
        PACE: "off",
      })[name]
    );
    if (!settings.config) throw new Error(settings.problems.map(sentenceOf).join("\n"));
    const write = (line: string) => this.print(`  log: ${line}`);
    const log = createLog({ level: "warn", secrets: [this.#bot.token], now: Date.now, write });
    const { config } = settings;
    return createApp({ config, kv, fetch, now: Date.now, log, mode: "playground" });
  }

  async #act(line: Line, app: App): Promise<void> {
    switch (line.does) {
      case "nothing":
      case "quit":
        return;
      case "help":
        return this.print(HELP);
      case "not understood":
        return this.print('  Not understood. Try "maria: hello", or "help".\n');
      case "block":
      case "unblock": {
        const customer = this.#customers.get(line.customer);
        if (!customer) return this.print(`  There is no customer ${line.customer} yet.\n`);
        if (line.does === "block") customer.blocks(this.#bot);
        else customer.unblocks(this.#bot);
        break;
      }
      case "press": {
        const problem = this.#presses(line);
        if (problem) return this.print(`  ${problem}\n`);
        break;
      }
      case "write": {
        const problem = line.agent === undefined
          ? this.#customerWrites(line)
          : this.#agentWrites({ ...line, agent: line.agent });
        if (problem) return this.print(`  ${problem}\n`);
      }
    }
    do {
      await this.#telegram.settled();
      await app.settled();
    } while (!this.#telegram.idle());
    this.#show();
  }

  #customerWrites(
    { customer: name, text, answerTo }: Line & { does: "write" },
  ): string | undefined {
    const customer = this.#customers.get(name) ?? this.#person(name);
    this.#customers.set(name, customer);
    const chat = customer.chatWith(this.#bot);
    if (answerTo !== undefined && !chat.message(answerTo)) {
      return `There is no message ${answerTo} in ${name}'s chat.`;
    }
    customer.sends(chat, withCommand(text), defined({ replyTo: answerTo }));
  }

  #agentWrites(
    { agent: name, customer, text, answerTo }: Line & { does: "write" } & { agent: string },
  ): string | undefined {
    const card = this.#cardOf(this.#customers.get(customer));
    if (!card) return `There is no customer ${customer} yet.`;
    let agent = this.#agents.get(name);
    if (!agent) {
      agent = this.#person(name);
      this.#agents.set(name, agent);
      this.#telegram.addMember(this.#channel, agent);
    }
    if (answerTo !== undefined && !this.#group.message(answerTo)) {
      return `There is no message ${answerTo} in ${customer}'s thread.`;
    }
    agent.comments(card, withCommand(text), defined({ replyTo: answerTo }));
  }

  #presses(
    { name, isAgent, messageId, button }: Line & { does: "press" },
  ): string | undefined {
    const user = (isAgent ? this.#agents : this.#customers).get(name);
    const chat = isAgent ? this.#group : user?.chatWith(this.#bot);
    const message = chat?.message(messageId);
    if (!user || !message) return `There is no message ${messageId} for ${name} to see.`;
    const found = buttonsOf(message).find(({ text }) =>
      text.toLowerCase().includes(button.toLowerCase())
    );
    if (!found) return `Message ${messageId} has no button "${button}".`;
    void user.presses(message, found.callback_data);
  }

  #person(name: string): SimulatedUser {
    const firstName = name[0]!.toUpperCase() + name.slice(1);
    return this.#telegram.createUser({ firstName, languageCode: "en", id: this.#nextId++ });
  }

  #cardOf(customer: SimulatedUser | undefined): Message | undefined {
    return this.#channel.messages.findLast(({ text }) =>
      text?.split("\n")[1] === `ID ${customer?.id}`
    );
  }

  /** Shows what is new in every customer's chat and thread. */
  #show(): void {
    for (const [name, customer] of this.#customers) {
      const chat = customer.chatWith(this.#bot);
      this.#showMessages(`${customer.info.first_name}'s chat with the bot`, chat.messages, chat.id);
      const card = this.#cardOf(customer);
      if (!card) continue;
      const root = this.#group.messages.find(({ forward_origin: origin }) =>
        origin?.type === "channel" && origin.message_id === card.message_id
      );
      const thread = root ? this.#group.thread(root.message_id) : [];
      const title = `Comments under ${card.text?.replaceAll("\n", " · ") ?? name}`;
      this.#showMessages(title, thread.filter((message) => message !== root), this.#group.id);
    }
  }

  #showMessages(title: string, messages: Message[], chatId: number): void {
    const lines: string[] = [];
    for (const message of messages) {
      if (message.is_automatic_forward) continue;
      const line = lineOf(message);
      const key = `${chatId}/${message.message_id}`;
      if (this.#shown.get(key) === line) continue;
      this.#shown.set(key, line);
      lines.push(line);
    }
    if (lines.length) this.print(`  ${title}\n${lines.join("\n")}\n`);
  }
}

/** One message as it is shown: its number, who wrote it, what it answers, and what it says. */
function lineOf(message: Message): string {
  const { message_id, from, reply_to_message: answered, text, caption } = message;
  const answers = answered && !answered.is_automatic_forward ? `(re ${answered.message_id}) ` : "";
  const number = String(message_id).padStart(5);
  const words = text ?? caption ?? "[something]";
  const buttons = buttonsOf(message).map(({ text }) => ` [${text}]`).join("");
  return `${number}  ${from?.first_name ?? "?"}: ${answers}${words}${buttons}`;
}

/** The buttons under a message that can be pressed. */
function buttonsOf({ reply_markup }: Message): { text: string; callback_data: string }[] {
  return (reply_markup?.inline_keyboard ?? []).flat()
    .flatMap((button) =>
      "callback_data" in button && button.callback_data !== undefined
        ? [{ text: button.text, callback_data: button.callback_data }]
        : []
    );
}

/** A text as a Telegram client sends it: a leading command is marked as one. */
function withCommand(text: string) {
  const command = /^\/\w+/.exec(text)?.[0];
  return command
    ? { text, entities: [{ type: "bot_command" as const, offset: 0, length: command.length }] }
    : text;
}

/** The playground on this terminal, or on piped input, whose lines are then shown as well. */
export async function playInTerminal(): Promise<void> {
  const isTerminal = Deno.stdin.isTerminal();
  const print = (text: string) => console.log(text);
  await Playground.play(typedLines(isTerminal), print);
}

async function* typedLines(isTerminal: boolean): AsyncGenerator<string> {
  let rest = "";
  const ask = () => {
    if (isTerminal) Deno.stdout.writeSync(new TextEncoder().encode("> "));
  };
  ask();
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (!isTerminal) console.log(`> ${line}`);
      yield line;
      ask();
    }
  }
  if (rest) yield rest;
}
