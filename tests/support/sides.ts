/**
 * The two sides of a conversation, so that a test can be told once and holds for both: what a
 * customer does is seen in the thread, what the team does is seen by the customer.
 */
import type { Message, ReactionType, ReactionTypeEmoji } from "grammy/types";
import { type DeskOptions, TestDesk } from "./desk.ts";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import type { CaptionSpec, ContentSpec } from "../../playground/telegram/content.ts";
import type {
  SendOptions,
  SimulatedMessage,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";

/** Who writes. */
export type From = "a customer" | "the team";

/** A desk with a conversation under way, seen by one of those who write in it. */
export class Side implements AsyncDisposable {
  #lastHere = 0;
  #lastThere = 0;
  #calls = 0;

  private constructor(
    readonly desk: TestDesk,
    readonly from: From,
    /** Where this side writes. */
    readonly here: SimulatedChat,
    /** Where the bot shows what this side writes. */
    readonly there: SimulatedChat,
    readonly writer: SimulatedUser,
    readonly maria: SimulatedUser,
  ) {}

  /** Maria and Ana, who is of the team and known as such, have greeted each other. */
  static async open(from: From, options: DeskOptions & { isPremium?: boolean } = {}) {
    const desk = await TestDesk.open(options);
    const maria = desk.telegram.createUser({
      firstName: "Maria",
      languageCode: "pt-br",
      isPremium: options.isPremium ?? false,
    });
    maria.sends(desk.chatOf(maria), "bom dia");
    await desk.settled();
    desk.ana.comments(desk.cardOf(maria), "bom dia, Maria!");
    await desk.settled();
    const chat = desk.chatOf(maria);
    if (options.isPremium) desk.ana.info.is_premium = true;
    const side = from === "a customer"
      ? new Side(desk, from, chat, desk.group, maria, maria)
      : new Side(desk, from, desk.group, chat, desk.ana, maria);
    side.forgets();
    return side;
  }

  /** What happened so far is not counted by `arrived`, `told` and `calls`. */
  forgets(): void {
    this.#lastHere = this.here.messages.at(-1)?.message_id ?? 0;
    this.#lastThere = this.there.messages.at(-1)?.message_id ?? 0;
    this.#calls = this.desk.telegram.calls.length;
  }

  /** The methods the bot called. */
  get calls(): string[] {
    return this.desk.telegram.calls.slice(this.#calls).map(({ method }) => method);
  }

  /** The same without those that look whether a message is there, and show nothing. */
  get sendings(): string[] {
    return this.calls.filter((method) => method !== "setMessageReaction");
  }

  /** What the bot showed to the other side. */
  arrived(): Message[] {
    return this.#fromBot(this.there, this.#lastThere);
  }

  /** What the bot said to this side. */
  told(): Message[] {
    return this.#fromBot(this.here, this.#lastHere);
  }

  /** Writes, in the conversation. */
  says(content: ContentSpec, options: SendOptions = {}): SimulatedMessage {
    if (this.from === "a customer") return this.writer.sends(this.here, content, options);
    return this.writer.comments(this.desk.cardOf(this.maria), content, options);
  }

  /** Writes, and waits until everything that follows from it has happened. */
  async sends(content: ContentSpec, options: SendOptions = {}): Promise<SimulatedMessage> {
    const sent = this.says(content, options);
    await this.desk.settled();
    return sent;
  }

  /** Sends several messages as one album, whose end is not seen yet. */
  async sendsPieces(
    contents: ContentSpec[],
    options: SendOptions = {},
  ): Promise<SimulatedMessage[]> {
    const mediaGroupId = options.mediaGroupId ?? "album of this side";
    const sent = contents.map((content) => this.says(content, { ...options, mediaGroupId }));
    await this.desk.settled();
    return sent;
  }

  /** Sends an album, and waits until it has arrived. */
  async sendsAlbum(contents: ContentSpec[], options: SendOptions = {}) {
    const sent = await this.sendsPieces(contents, options);
    await this.desk.passes(1100);
    return sent;
  }

  /** Edits a message, and waits until everything that follows from it has happened. */
  async edits(message: SimulatedMessage, content: ContentSpec | CaptionSpec): Promise<void> {
    this.writer.edits(message, content);
    await this.desk.settled();
  }

  /** Reacts to a message of this side's chat, or takes the reaction back. */
  async reacts(
    messageId: number,
    emoji: ReactionTypeEmoji["emoji"] | null,
    as: SimulatedUser = this.writer,
  ): Promise<void> {
    as.reacts(this.here.message(messageId)!, emoji);
    await this.desk.settled();
  }

  /** The reactions on a message of the other side. */
  reactionsThere(messageId: number): ReactionType[] {
    return this.there.reactionsOf(messageId);
  }

  /** What is answered by what answers nothing else: in the thread its root, in private nothing. */
  get plainAnswer(): number | undefined {
    return this.from === "the team" ? undefined : this.rootId;
  }

  /** The newest root in the group. */
  get rootId(): number {
    return this.desk.group.messages.findLast(({ is_automatic_forward }) => is_automatic_forward)!
      .message_id;
  }

  #fromBot(chat: SimulatedChat, after: number): Message[] {
    return chat.messages.filter(({ from, message_id }) =>
      from?.id === this.desk.bot.id && message_id > after
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.desk[Symbol.asyncDispose]();
  }
}

/** Registers a test once for each side. */
export function fromBothSides(
  name: string,
  test: (side: Side) => Promise<void>,
  options: DeskOptions & { isPremium?: boolean } = {},
): void {
  for (const from of ["a customer", "the team"] as const) {
    Deno.test(`${name}, from ${from}`, async () => {
      await using side = await Side.open(from, options);
      await test(side);
    });
  }
}
