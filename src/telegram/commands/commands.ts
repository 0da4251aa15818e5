/**
 * Commands, obeyed: who may, what it is, and who does it. They are jobs like any other, so that none
 * is lost, and nothing of them stands between an update and its receipt.
 */
import type { Message } from "grammy/types";
import {
  COMMAND_NAMES,
  type CommandName,
  givenIn,
  namesOf,
  ruleOf,
} from "../../commands/command.ts";
import type { Language } from "../../words/language.ts";
import { excerpt } from "../../words/excerpt.ts";
import { nearest } from "../../words/nearest.ts";
import { spokenLanguage } from "../../words/language.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { CommandTask, PressTask, RelayTask } from "../../jobs/task.ts";
import { type Author, personOf } from "../../desk/team.ts";
import { answerTo, type Asked, type Handler } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { unasked } from "../sending/failures.ts";
import type { Presses } from "./presses.ts";
import type { Ranks } from "../desk/rank.ts";

/** Commands that customers give are decided when they come, and need nobody here. */
export type Handled = Exclude<CommandName, "start" | "terms" | "privacy">;

/** Obeys commands. */
export class Commands {
  constructor(
    private readonly options: {
      ranks: Ranks;
      handlers: Record<Handled, Handler>;
      presses: Presses;
      /** The bot's own, without `@`. */
      botUsername: () => string;
    },
  ) {}

  /** A command in the group: in a thread, or outside of all. */
  async obey(delivery: Delivery, task: CommandTask): Promise<Outcome> {
    const { at, by, private: { given } } = task;
    if (by.kind === "stranger") return { kind: "sent" };
    const where = delivery.customerId === 0 ? "group" : "thread";
    const language = await languageOf(delivery, by, given);
    const asked = { given, at, by, where, language } as const;
    const { ranks } = this.options;
    if (task.name === undefined) {
      const isTeam = await ranks.has("team", by, delivery.read);
      if (isTeam.failure) return unasked(delivery, isTeam.failure);
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
    const given = secret?.given;
    if (!given?.from || name === undefined) return null;
    const by = personOf(given.from);
    const isTeam = await this.options.ranks.has("team", by, delivery.read);
    if (isTeam.failure) return unasked(delivery, isTeam.failure);
    const isAdmin = await this.options.ranks.has("admin", by, delivery.read);
    if (isAdmin.failure) return unasked(delivery, isAdmin.failure);
    if (!isTeam.result && !isAdmin.result) return null;
    const language = await languageOf(delivery, by, given);
    return await this.#obey(delivery, { name, given, at, by, where: "private", language });
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
    const given = givenIn(asked.given, this.options.botUsername());
    const word = given !== null && given !== "of another bot" ? given.word : "";
    const names = COMMAND_NAMES.filter((name) => !ruleOf(name).by.every((by) => by === "customer"));
    const near = nearest(word, names.flatMap(namesOf));
    return answerTo(delivery, asked, {
      text: "unknown-command",
      word: excerpt(word),
      ...(near === undefined ? {} : { nearest: near }),
    });
  }
}

function isHandled(name: CommandName): name is Handled {
  return name !== "start" && name !== "terms" && name !== "privacy";
}

async function languageOf(
  delivery: Delivery,
  by: Author,
  { from }: Message,
): Promise<Language> {
  // Of who writes without a name, `from` is a filler (Bot API, Message.from).
  const own = by.kind === "person" ? spokenLanguage(from?.language_code) : undefined;
  return own ?? await delivery.language();
}
