/** What is written in groups: answers to customers, notes, and what those write who are nobody there. */
import { isInside } from "../../playground/telegram/member.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import type { Pen, Thread } from "./cast.ts";
import type { What } from "./contents.ts";
import { anyContext } from "./origins.ts";
import type { Reach } from "./said.ts";
import type { Speech } from "./speech.ts";
import type { Stage } from "./stage.ts";

/** One of the last of these messages, but no line that belongs to the message after it. */
export function answerable(
  messages: SimulatedMessage[],
  { chance, ledger }: Pick<Stage, "chance" | "ledger">,
): SimulatedMessage | undefined {
  const isLine = (message: SimulatedMessage) =>
    /^(✏️|[↪↩])/u.test(message.text ?? "") && !ledger.shownBy(message);
  return chance.pick(messages.slice(-6).filter((message) => !isLine(message)));
}

/** Plays the teams, and strangers. */
export class Comments {
  constructor(private readonly options: Stage & { speech: Speech }) {}

  /** Somebody comments somewhere, if there is a thread where they can. */
  says(
    pen: Pen,
    whats: What[],
    { prefix = "", isAnswer = false, reach = "customer" }: {
      prefix?: string;
      isAnswer?: boolean;
      reach?: Reach;
    } = {},
  ): void {
    const { cast, chance, speech } = this.options;
    const thread = chance.pick(cast.threads().filter((each) => this.#canBeCommented(each, pen)));
    if (!thread) return;
    const { rootId, card: { customerId }, diedMs } = thread;
    const isDead = diedMs !== undefined;
    const target = isAnswer || isDead
      ? answerable(thread.chat.thread(rootId), this.options)
      : undefined;
    if (isDead && !target) return;
    const isContextual = !target && prefix === "" && chance.happens(0.1);
    speech.says({
      by: pen.name,
      user: pen.user,
      chat: thread.chat,
      reach,
      customerId,
      whats,
      prefix,
      how: { as: pen.as, replyTo: rootId },
      isDoubtful: target !== undefined && !this.#isHeardOf(thread),
      ...(target ? { target, isQuoting: chance.happens(0.3) } : {}),
      ...(isContextual ? anyContext(cast, chance, "customer", whats) : {}),
    });
  }

  /** Somebody says where they are nobody, or where it is for nobody, what nobody is to be shown. */
  intrudes(): void {
    const { cast, chance, ledger, trace } = this.options;
    const pen = chance.pick(cast.strangers)!;
    const how = chance.weighted({ thread: 3, outside: 1, private: 1 });
    // Who joins the group is removed; while they are banned, their client lets them write nothing.
    const isBanned = cast.group.members.get(pen.user.id)?.status === "kicked";
    if (isBanned && how !== "private") return;
    if (how === "thread") return this.says(pen, ["text"], { reach: "nobody" });
    // A member of the team who writes to the bot in private is told where to answer.
    const writer = how === "private" ? cast.writer : pen;
    const chat = how === "private" ? cast.chatOf(writer.user) : cast.group;
    const isOutside = !isInside(cast.group.membership(pen.user.info));
    if (how === "outside" && isOutside) pen.user.joins(cast.group);
    const token = ledger.nextToken();
    const message = writer.user.sends(chat, token, how === "private" ? {} : { as: writer.as });
    trace(`${writer.name} says ${token}, which is for nobody (${how})`);
    ledger.add({
      token,
      by: writer.name,
      reach: "nobody",
      customerId: 0,
      message,
      what: "text",
      heard: "yes",
      versions: [{ words: token, file: undefined, atMs: this.options.clock.now() }],
      heardVersion: 1,
      isDeleted: false,
      delete: () => cast.deletes(writer.user, message),
    });
  }

  /** Under a post; where the root is gone, only who is in the group can go on in its thread. */
  #canBeCommented({ chat, diedMs }: Thread, pen: Pen): boolean {
    const { cast } = this.options;
    const { user } = pen;
    if (!cast.isLinked(chat)) return false;
    const isTeam = cast.desks.some(({ team }) => team.includes(pen));
    if (isTeam && !cast.deskAt(chat.id)?.team.includes(pen)) return false;
    return diedMs === undefined || chat.members.has(user.id);
  }

  /** Whether the bot was told of a root, by its coming or by a comment right under it. */
  #isHeardOf({ chat, rootId }: Thread): boolean {
    return this.options.cast.telegram.updates.some(({ update: { message } }) =>
      message?.chat.id === chat.id &&
      [message, message.reply_to_message].some((each) =>
        each?.message_id === rootId && each.is_automatic_forward
      )
    );
  }
}
