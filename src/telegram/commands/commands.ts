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
import type { RelayTask } from "../../jobs/task.ts";
import type { CommandFacts } from "../../message/facts.ts";
import { answerTo, type Asked, type CommandHandler } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { readCommand } from "../receiving/facts/message.ts";
import { doubt } from "../sending/doubt.ts";
import { unasked } from "../sending/failures.ts";
import type { Presses } from "./presses.ts";
import type { Ranks } from "../desk/rank.ts";
import { defined } from "../../values/defined.ts";

/** Commands that customers give are decided when they come, and need nobody here. */
export type Handled = Exclude<CommandName, "start" | "terms" | "privacy" | "solved">;

/** Obeys commands. */
export class Commands {
  constructor(
    private readonly options: {
      ranks: Ranks;
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
    const { ranks } = this.options;
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
    const isTeam = await this.options.ranks.has("team", by, delivery.read);
    if (isTeam.failure) return unasked(delivery, isTeam.failure);
    const isAdmin = await this.options.ranks.has("admin", by, delivery.read);
    if (isAdmin.failure) return unasked(delivery, isAdmin.failure);
    if (!isTeam.result && !isAdmin.result) return null;
    const asked = await asking(delivery, given, { at, by, where: "private" });
    return await this.#obey(delivery, { ...asked, name });
  }

  /** A button was pressed. */
  async press(delivery: Delivery, task: PressTask): Promise<Outcome> {
    return await this.options.presses.obey(delivery, task);
  }

  async #obey(delivery: Delivery, asked: Asked): Promise<Outcome> {
    const { ranks, handlers } = this.options;
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
        text: rank === "creator" ? "creator-only" : "admins-only",
      });
    }
    if (!isHandled(name) || !rule.where.includes(where)) {
      return answerTo(delivery, asked, { text: "elsewhere", where: rule.where });
    }
    return await handlers[name](delivery, asked);
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
