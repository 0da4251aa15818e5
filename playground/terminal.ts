/** The playground in a terminal: lines are done one after the other, and both sides shown. */
import type { Message } from "grammy/types";
import { Sides } from "./arrivals.ts";
import { DeedRefused, perform } from "./deeds.ts";
import { Playground } from "./playground.ts";
import type { Participant } from "./desk/people.ts";
import { type Line, parseLine } from "./story/line.ts";

const HELP = `
  maria: hello                       Maria, a customer, writes to the bot
  joao: /start instagram             João follows a link t.me/<bot>?start=instagram
  agent ana > maria: good morning    Ana, an agent, comments under Maria's card
  maria re 3: and milk?              an answer to message 3 of Maria's chat
  agent ana > maria re 4: yes        an answer to message 4 of Maria's thread
  agent ana > maria: # be patient    an internal note: it stays in the team
  agent ana > maria: /close          a command: try /help
  agent ana presses 7: Close         Ana presses a button under message 7 of a thread
  maria sends photo: my order        or album, video, voice, sticker, location, poll, dice …
  maria edits 5: two, please         and: maria deletes 5, maria reacts 👍 to 3
  boss: /settings                    the desk's creator commands in private
  maria blocks / maria unblocks      Maria blocks the bot, or lets it back in
  429 on / lost answers off          something goes wrong: 429, 5xx, lost answers, slow
  kill                               the bot dies, and is started again
  wait 2h                            time passes
  help                               this
  quit                               the end (or Ctrl-D)
`;

const WELCOME = `Balcão — playground. No token, no Telegram: both are simulated on this machine.
Customers write to the bot; agents answer in the comments under the customer's card.
Type "maria: hello", then "agent ana > maria: good morning". Type "help" for more.
`;

/** Said once everything is on its way no longer. */
const ALL_ARRIVED = "Everything has arrived, in order.";

/** What is done and shown in one terminal. */
export class Terminal {
  /** How messages looked when they were last shown, by chat and ID. */
  readonly #shown = new Map<string, string>();
  readonly #sides: Sides;

  constructor(
    private readonly playground: Playground,
    private readonly print: (text: string) => void,
  ) {
    this.#sides = new Sides(playground);
  }

  /** Plays the lines until they end or one says so. */
  async play(lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
    for await (const line of lines) {
      const parsed = parseLine(line);
      if (parsed.does === "quit") break;
      await this.#act(parsed);
    }
  }

  /** Waits until nothing is on its way, shows what came of that, and says whether all arrived. */
  async ends(): Promise<boolean> {
    await this.playground.allSent();
    this.#show();
    const { missing, disordered } = this.#sides.compare();
    if (missing.length === 0 && disordered.length === 0) {
      this.print(`  ${ALL_ARRIVED}\n`);
      return true;
    }
    this.print(`  Not on the other side: ${missing.length}; out of order: ${disordered.length}.\n`);
    return false;
  }

  async #act(line: Line): Promise<void> {
    switch (line.does) {
      case "nothing":
      case "quit":
        return;
      case "help":
        return this.print(HELP);
      case "not understood":
        return this.print('  Not understood. Try "maria: hello", or "help".\n');
    }
    try {
      await perform(this.playground, line);
    } catch (error) {
      if (!(error instanceof DeedRefused)) throw error;
      return this.print(`  ${error.message}\n`);
    }
    await this.playground.settled();
    this.#show();
  }

  /** Shows what is new in every customer's chat and thread. */
  #show(): void {
    this.#sides.compare();
    const { people, group } = this.playground;
    for (const person of people.all) {
      const chat = this.playground.chatOf(person);
      const title = `${person.user.info.first_name}'s chat with the bot`;
      this.#showMessages(title, chat.messages, chat.id);
      const thread = this.#threadOf(person);
      if (thread) this.#showMessages(thread.title, thread.messages, group.id);
    }
  }

  #threadOf(customer: Participant): { title: string; messages: Message[] } | undefined {
    const card = this.playground.cardOf(customer);
    if (!card) return undefined;
    const { channel, group } = this.playground;
    const root = channel.records.get(card.message_id)?.forward;
    const messages = root ? group.thread(root.id) : [];
    const title = `Comments under ${card.text?.replaceAll("\n", " · ") ?? customer.name}`;
    return { title, messages: messages.filter(({ message_id }) => message_id !== root?.id) };
  }

  #showMessages(title: string, messages: Message[], chatId: number): void {
    const lines: string[] = [];
    for (const message of messages) {
      if (message.is_automatic_forward) continue;
      const line = shown(message);
      const key = `${chatId}/${message.message_id}`;
      if (this.#shown.get(key) === line) continue;
      this.#shown.set(key, line);
      lines.push(line);
    }
    if (lines.length) this.print(`  ${title}\n${lines.join("\n")}\n`);
  }
}

/** One message as it is shown: its number, who wrote it, what it answers, and what it says. */
function shown(message: Message): string {
  const { message_id, from, reply_to_message: answered, text, caption } = message;
  const answers = answered && !answered.is_automatic_forward ? `(re ${answered.message_id}) ` : "";
  const number = String(message_id).padStart(5);
  const words = text ?? caption ?? "[something]";
  const buttons =
    message.reply_markup?.inline_keyboard.flat().flatMap((button) =>
      "callback_data" in button ? [` [${button.text}]`] : []
    ) ?? [];
  return `${number}  ${from?.first_name ?? "?"}: ${answers}${words}${buttons.join("")}`;
}

/** The playground on this terminal, or on piped input, whose lines are then shown as well. */
export async function playInTerminal(): Promise<void> {
  const print = (text: string) => console.log(text);
  const playground = await Playground.open({ write: (line) => print(`  log: ${line}`) });
  try {
    print(WELCOME);
    await new Terminal(playground, print).play(typedLines(Deno.stdin.isTerminal()));
  } finally {
    await playground.close();
  }
}

/** Plays a story to its end; resolves with whether everything has arrived, in order. */
export async function playStory(
  story: string,
  print: (text: string) => void,
): Promise<boolean> {
  const playground = await Playground.open({ write: (line) => print(`  log: ${line}`) });
  try {
    const terminal = new Terminal(playground, print);
    await terminal.play(told(story, print));
    return await terminal.ends();
  } finally {
    await playground.close();
  }
}

function* told(story: string, print: (text: string) => void): Generator<string> {
  for (const line of story.split("\n")) {
    if (line.trim() === "") continue;
    print(`> ${line}`);
    yield line;
  }
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
