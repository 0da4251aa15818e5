/** The playground in a terminal: lines are done one after the other, and both sides shown. */
import type { Message } from "grammy/types";
import { Sides } from "./arrivals.ts";
import { DeedRefused, perform } from "./deeds.ts";
import { Playground } from "./playground.ts";
import { openDesk } from "./company.ts";
import { hasGroup, type LinkedDesk } from "./desk/desks.ts";
import type { Participant } from "./desk/people.ts";
import type { Deed } from "./story/deed.ts";
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
  agent carla > maria at sales: yes  at another desk: carla is of its team
  boss: /settings                    the desk's creator commands in private
  boss creates the channel Sales     then: boss links a group at sales,
                                     boss shares the channel at sales: Choose
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

/** How often a story tries what cannot be done yet, and after which time. */
const TRIES = 30;
const BETWEEN_TRIES_MS = 1000;

/** What is done and shown in one terminal. */
export class Terminal {
  /** How messages looked when they were last shown, by chat and ID. */
  readonly #shown = new Map<string, string>();
  readonly #sides: Sides;
  /** How many lines came to nothing. */
  #undone = 0;

  constructor(
    private readonly playground: Playground,
    private readonly print: (text: string) => void,
    /** How often something is tried that cannot be done yet. */
    private readonly tries = 1,
  ) {
    this.#sides = new Sides(playground);
    // What was said while the desk was set up is no news.
    this.#show(() => {});
  }

  /** Plays the lines until they end or one says so. */
  async play(lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
    for await (const line of lines) {
      const parsed = parseLine(line);
      if (parsed.does === "quit") break;
      await this.#act(parsed);
    }
  }

  /**
   * Waits until nothing is on its way, shows what came of that, and says whether all that was to be
   * done could be, and has arrived.
   */
  async ends(): Promise<boolean> {
    await this.playground.allSent();
    this.#show();
    const { missing, disordered } = this.#sides.compare();
    if (this.#undone > 0) this.print(`  Lines that came to nothing: ${this.#undone}.\n`);
    if (missing.length === 0 && disordered.length === 0) {
      this.print(`  ${ALL_ARRIVED}\n`);
      return this.#undone === 0;
    }
    this.print(`  Not on the other side: ${missing.length}; out of order: ${disordered.length}.\n`);
    return false;
  }

  async #act(line: Line): Promise<void> {
    switch (line.does) {
      case "nothing":
      case "begin":
      case "quit":
        return;
      case "help":
        return this.print(HELP);
      case "not understood":
        this.#undone++;
        return this.print('  Not understood. Try "maria: hello", or "help".\n');
    }
    try {
      await this.#perform(line);
    } catch (error) {
      if (!(error instanceof DeedRefused)) throw error;
      this.#undone++;
      return this.print(`  ${error.message}\n`);
    }
    await this.playground.settled();
    this.#show();
  }

  /** Does it, maybe after a while: what it is about may come later than when it was first done. */
  async #perform(deed: Deed): Promise<void> {
    for (let tries = 1;; tries++) {
      try {
        return void await perform(this.playground, deed);
      } catch (error) {
        if (!(error instanceof DeedRefused) || tries >= this.tries) throw error;
      }
      await this.playground.wait(BETWEEN_TRIES_MS);
      await this.playground.settled();
    }
  }

  /** Shows what is new in every customer's chat and thread. */
  #show(print = this.print): void {
    this.#sides.compare();
    for (const person of this.playground.people.all) {
      const chat = this.playground.chatOf(person);
      const title = `${person.user.info.first_name}'s chat with the bot`;
      this.#showMessages(print, title, chat);
      for (const desk of this.playground.desks.all.filter(hasGroup)) {
        const thread = this.#threadOf(person, desk);
        if (thread) this.#showMessages(print, thread.title, { ...thread, id: desk.group.id });
      }
    }
  }

  #threadOf(
    customer: Participant,
    desk: LinkedDesk,
  ): { title: string; messages: Message[] } | undefined {
    const card = this.playground.cardOf(customer, desk);
    if (!card) return undefined;
    const { channel, group, name } = desk;
    const root = channel.records.get(card.message_id)?.forward;
    const messages = root ? group.thread(root.id) : [];
    const where = this.playground.desks.all.length > 1 ? ` at ${name}` : "";
    const title = `Comments under ${card.text?.replaceAll("\n", " · ") ?? customer.name}${where}`;
    return { title, messages: messages.filter(({ message_id }) => message_id !== root?.id) };
  }

  #showMessages(
    print: (text: string) => void,
    title: string,
    { id: chatId, messages }: { id: number; messages: Message[] },
  ): void {
    const lines: string[] = [];
    for (const message of messages) {
      if (message.is_automatic_forward) continue;
      const line = shown(message);
      const key = `${chatId}/${message.message_id}`;
      if (this.#shown.get(key) === line) continue;
      this.#shown.set(key, line);
      lines.push(line);
    }
    if (lines.length) print(`  ${title}\n${lines.join("\n")}\n`);
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
  const playground = await openFor(story, (line) => print(`  log: ${line}`));
  try {
    const terminal = new Terminal(playground, print, TRIES);
    await terminal.play(told(story, print));
    return await terminal.ends();
  } finally {
    await playground.close();
  }
}

/** The desk of which a story is told: as it says itself, else an English one. */
async function openFor(story: string, write: (line: string) => void): Promise<Playground> {
  const lines = story.split("\n").map(parseLine);
  const first = lines.find(({ does }) => does !== "nothing");
  return first?.does === "begin"
    ? await openDesk(first, { write })
    : await Playground.open({ write });
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
