/**
 * Commands, obeyed: who may, what it is, and who does it. They are jobs like any other, so that none
 * is lost, and nothing of them stands between an update and its receipt.
 */
import {
  COMMAND_NAMES,
  commandGivenIn,
  type CommandName,
  commandNameIn,
  namesOfCommand,
  ruleOf,
  wordsAfterCommand,
} from "../../commands/command.ts";
import { excerpt } from "../../words/excerpt.ts";
import { plain } from "../../words/formatted.ts";
import { nearest } from "../../words/nearest.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { settingNamed, settingNameIn } from "../../settings/settings.ts";
import type { CommandTask, KeptCommand, PressTask } from "../../jobs/request_task.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import type { CommandFacts } from "../../message/facts.ts";
import type { Person } from "../../desk/team.ts";
import { goneOnFrom } from "./gone_on.ts";
import { answerTo, type Asked, type CommandHandler } from "./request.ts";
import { askWhichDesk, desksFor, handOver } from "./which_desk.ts";
import type { Delivery } from "../sending/delivery.ts";
import { readCommand } from "../receiving/facts/message.ts";
import { doubt } from "../sending/doubt.ts";
import { unasked } from "../sending/failures.ts";
import type { Presses } from "./presses.ts";
import { defined } from "../../values/defined.ts";

/** Commands that customers give are decided when they come, and need nobody here. */
export type Handled = Exclude<CommandName, "start" | "terms" | "privacy" | "solved">;

/** Obeys commands. */
export class Commands {
  constructor(
    private readonly options: {
      handlers: Record<Handled, CommandHandler>;
      presses: Presses;
      /** The bot's own, without `@`. */
      botUsername: () => string;
    },
  ) {}

  /** A command in the group: in a thread, or outside of all. */
  async obey(delivery: Delivery, task: CommandTask): Promise<Outcome> {
    const { at, by } = task;
    if (by.kind === "stranger" || task.isNote) return { kind: "sent" };
    const where = delivery.customerId === 0 ? "group" : "thread";
    const asked = await asking(delivery, task.private.given, { at, by, where });
    const { ranks } = delivery.served;
    if (task.name === undefined) {
      const isTeam = await ranks.has("team", by, delivery.read);
      if (isTeam.failure) return unasked(delivery, isTeam.failure);
      if (isTeam.isDoubtful && by.kind === "person") return await doubt(delivery, by.userId);
      delivery.isWriterClear = true;
      return isTeam.result ? this.#unknown(delivery, asked) : { kind: "sent" };
    }
    return await this.#obey(delivery, { ...asked, name: task.name });
  }

  /**
   * A command in private; `null`: it is a text like any other. Whoever is nobody to the desk is its
   * customer.
   */
  async obeyInPrivate(delivery: Delivery, task: RelayTask): Promise<Outcome | null> {
    const { from: at, asks: name, private: secret } = task;
    if (!secret?.given || name === undefined) return null;
    const given = commandFactsOf(secret.given, delivery);
    const by = given.author;
    if (by.kind !== "person") return null;
    const { isForThisDesk, isOffered } = task;
    // Nobody has said for which desk it is.
    if (isOffered && !isForThisDesk) return { kind: "sent" };
    if (!isForThisDesk && delivery.options.desks.known.length > 1) {
      return await this.#obeyAtOneOf(delivery, task, { name, given, by });
    }
    const isTeam = await delivery.served.ranks.has("team", by, delivery.read);
    if (isTeam.failure) return unasked(delivery, isTeam.failure);
    const isAdmin = await delivery.served.ranks.has("admin", by, delivery.read);
    if (isAdmin.failure) return unasked(delivery, isAdmin.failure);
    if (!isTeam.result && !isAdmin.result) return isForThisDesk ? { kind: "sent" } : null;
    const asked = await asking(delivery, given, { at, by, where: "private" });
    return await this.#obey(delivery, { ...asked, name });
  }

  /** The same where there are several desks: at the one it is for, or they are asked which that is. */
  async #obeyAtOneOf(
    delivery: Delivery,
    task: RelayTask,
    { name, given, by }: { name: CommandName; given: CommandFacts; by: Person },
  ): Promise<Outcome | null> {
    const found = await desksFor(delivery, by, name);
    if (found.failure) return unasked(delivery, found.failure);
    const { desks, areAll } = found.result;
    const [first, ...others] = desks;
    if (!first) return null;
    const asked = await asking(delivery, given, { at: task.from, by, where: "private" });
    // What may be meant for a desk that Telegram does not tell about is asked back, too.
    if ((others.length > 0 || !areAll) && !ruleOf(name).isForAllDesks) {
      return askWhichDesk(delivery, task, desks, asked);
    }
    if (first !== delivery.served) return handOver(delivery, task, first);
    return await this.#obey(delivery, { ...asked, name });
  }

  /** A button was pressed. */
  async press(delivery: Delivery, task: PressTask): Promise<Outcome> {
    return await this.options.presses.obey(delivery, task);
  }

  async #obey(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const { handlers } = this.options;
    const { ranks } = delivery.served;
    const { name, by, where } = asked;
    const rule = ruleOf(name);
    // What only customers ask is answered for the team with where it is asked.
    const rank = rule.by.find((each) => each !== "customer") ?? "team";
    const may = await ranks.has(rank, by, delivery.read);
    if (may.failure) return unasked(delivery, may.failure);
    if (may.isDoubtful && by.kind === "person") return await doubt(delivery, by.userId);
    delivery.isWriterClear = true;
    if (!may.result) {
      // Strangers are not even told that there is such a thing.
      const isTeam = rank === "team" ? may : await ranks.has("team", by, delivery.read);
      if (isTeam.failure) return unasked(delivery, isTeam.failure);
      if (!isTeam.result) return { kind: "sent" };
      return answerTo(delivery, asked, {
        text: rank === "owner" ? "owner-only" : rank === "creator" ? "creator-only" : "admins-only",
      });
    }
    if (!isHandled(name) || !rule.where.includes(where)) {
      return answerTo(delivery, asked, { text: "elsewhere", where: rule.where });
    }
    // What stands in the line to the customer was asked for while they were served here.
    const isAnswer = delivery.job.lane.direction === "to-customer";
    const { desk, back } = where === "thread" && isOfConversation(name) && !isAnswer
      ? await goneOnFrom(delivery, delivery.customerId)
      : {};
    if (desk !== undefined) return answerTo(delivery, asked, { text: "moved-to", desk });
    return back ?? await handlers[name](delivery, asked);
  }

  #unknown(delivery: Delivery, asked: Omit<Asked, "name">): Outcome {
    const { words } = asked.given.content.snapshot;
    const given = commandGivenIn(words, this.options.botUsername());
    const word = given !== null && given !== "of another bot" ? given.word : "";
    const names = COMMAND_NAMES.filter((name) => !ruleOf(name).by.every((by) => by === "customer"));
    const setting = settingNamed(word);
    const { language } = asked;
    const near = setting
      ? `${commandNameIn("set", language)} ${settingNameIn(setting, language)}`
      : nearest(word, names.flatMap(namesOfCommand));
    return answerTo(delivery, asked, {
      text: "unknown-command",
      word: excerpt(word),
      ...defined({ nearest: near }),
    });
  }
}

/** Whether a command means the conversation of its thread, which may go on at another desk. */
function isOfConversation(name: CommandName): boolean {
  const isForThreads = ruleOf(name).where.every((where) => where === "thread");
  return name === "unban" || (isForThreads && name !== "who" && name !== "undo");
}

function isHandled(name: CommandName): name is Handled {
  return name !== "start" && name !== "terms" && name !== "privacy" && name !== "solved";
}

/** What is asked by a message of which this was kept. */
async function asking(
  delivery: Delivery,
  kept: KeptCommand,
  who: Pick<Asked, "at" | "by" | "where">,
): Promise<Omit<Asked, "name">> {
  const given = commandFactsOf(kept, delivery);
  // Who writes without a name speaks no language of their own (Bot API, Message.from).
  const own = who.by.kind === "person" ? given.wording.language : undefined;
  const language = own ?? await delivery.language();
  const words = wordsAfterCommand(given.content.snapshot.words ?? plain(""));
  return { given, words, language, ...who };
}

function commandFactsOf(kept: KeptCommand, { desk }: Delivery): CommandFacts {
  return "message_id" in kept ? readCommand(kept, desk) : kept;
}
