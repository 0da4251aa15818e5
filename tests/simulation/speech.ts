/** How people speak in a story: every message is noted, with what must become of it. */
import type { Update } from "grammy/types";
import { defined } from "../../src/values/defined.ts";
import type {
  SendOptions,
  SimulatedMessage,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";
import type { SimulatedChat } from "../../playground/telegram/telegram.ts";
import { compose, fileOf, isVoice, type What } from "./contents.ts";
import type { Context } from "./origins.ts";
import type { Reach, Said } from "./said.ts";
import type { Stage } from "./stage.ts";

/** After this long an answer's target is settled on both sides, if nothing went wrong with it. */
export const SETTLED_MS = 10_000;

/** What somebody says, to whom, and how. */
export interface Utterance {
  by: string;
  user: SimulatedUser;
  chat: SimulatedChat;
  reach: Reach;
  customerId: number;
  /** One kind, or several for an album. */
  whats: What[];
  prefix?: string;
  target?: SimulatedMessage;
  isQuoting?: boolean;
  context?: Context;
  how?: Pick<SendOptions, "as" | "replyTo">;
  /** Telegram may tell the bot of it, but the bot cannot know to whom it is said. */
  isDoubtful?: boolean;
}

/** Kinds of which nobody can be shown anything, and their writers are told so. */
const NEVER_SHOWN: readonly What[] = ["giveaway", "story"];
/** Kinds that can be put in the place of others of their kind. */
const CAN_BE_SWAPPED: readonly What[] = ["photo", "video", "document"];

/** Says things. */
export class Speech {
  constructor(private readonly options: Stage) {}

  /** Says one thing, or several pieces of an album. */
  says(utterance: Utterance): void {
    const { ledger, chance, clock } = this.options;
    const { whats, target } = utterance;
    const answered = target && ledger.meantBy(target);
    const albumId = whats.length > 1 ? `${130_000_000 + chance.between(0, 1e6)}` : undefined;
    const isToItself = answered !== undefined && ledger.shownBy(target!) === answered;
    const isAnswerToSettled = isToItself && answered.reach !== "nobody" &&
      clock.now() - target!.date * 1000 > SETTLED_MS;
    for (const what of whats) {
      this.#saysOne(utterance, what, {
        ...(answered ? { answers: answered } : {}),
        ...(isAnswerToSettled ? { isAnswerToSettled } : {}),
        ...(albumId === undefined ? {} : { albumId }),
      });
    }
  }

  /** Gives something other words, or another medium. */
  edits(said: Said): void {
    if (said.isDeleted || !said.edit) return;
    said.edit();
    this.options.trace(`${said.by} edits it: ${shortened(said.versions.at(-1)!.words)}`);
  }

  /** What Telegram tells the bot of an act. */
  heardOf<T>(act: () => T): { done: T; updates: Update[] } {
    const { updates } = this.options.cast.telegram;
    const before = updates.length;
    const done = act();
    return { done, updates: updates.slice(before).map(({ update }) => update) };
  }

  #keepFiles(token: string, message: SimulatedMessage, updates: Update[]): void {
    const told = updates.flatMap(({ message, edited_message }) => message ?? edited_message ?? []);
    for (const each of [message, ...told]) this.options.ledger.keepFile(token, each);
  }

  #saysOne(
    utterance: Utterance,
    what: What,
    more: Pick<Said, "answers" | "isAnswerToSettled" | "albumId">,
  ): void {
    const { cast, ledger, chance, clock, trace } = this.options;
    const { by, user, chat, customerId, target, context, how } = utterance;
    const token = ledger.nextToken();
    const { words, content, edit } = compose(what, token, utterance.prefix);
    const quote = target && utterance.isQuoting ? quotable(target, more.answers) : undefined;
    const { done: message, updates } = this.heardOf(() =>
      user.sends(chat, content(1), {
        ...how,
        ...(target ? { replyTo: target.message_id } : {}),
        ...(quote === undefined ? {} : { quote }),
        ...context?.how,
        ...(more.albumId === undefined ? {} : { mediaGroupId: more.albumId }),
      })
    );
    this.#keepFiles(token, message, updates);
    const where = chat.type === "private" ? "in private" : `in the thread of ${customerId}`;
    const to = more.answers ? ` in answer to ${more.answers.token}` : "";
    const heard = updates.length === 0 ? "no" : utterance.isDoubtful ? "in doubt" : "yes";
    const told = updates.map(({ update_id }) => `, update ${update_id}`).join("");
    const noted = heard === "yes" ? told : `${told}, heard: ${heard}`;
    trace(
      `${by} says ${token} ${shortened(words(1))} ${where}${to} ` +
        `(${what}, message ${message.message_id}${noted})`,
    );
    const takesNoVoice = isVoice(what) && utterance.reach === "customer" &&
      cast.customers.some(({ id, forbidsVoiceMessages }) =>
        id === customerId && forbidsVoiceMessages
      );
    const isExplained = utterance.reach !== "nobody" &&
      (NEVER_SHOWN.includes(what) || takesNoVoice);
    const said: Said = ledger.add({
      token,
      by,
      reach: isExplained ? "nobody" : utterance.reach,
      customerId,
      message,
      what,
      heard,
      ...(updates[0] ? { updateId: updates[0].update_id } : {}),
      versions: [{ words: words(1), file: fileOf(message)?.file_unique_id, atMs: clock.now() }],
      heardVersion: 1,
      ...more,
      ...(isExplained ? { isExplained: true } : {}),
      ...(quote === undefined ? {} : { quote }),
      ...(context ? { origin: context.shown, named: context.named } : {}),
      ...(context?.link === undefined ? {} : { link: context.link }),
      isDeleted: false,
      delete: () => cast.deletes(user, message),
    });
    // A client edits nothing that was forwarded.
    if (!edit || context?.how.forwardedFrom) return;
    said.edit = () => {
      const version = said.versions.length + 1;
      const isSwap = CAN_BE_SWAPPED.includes(what) && chance.happens(0.3);
      const next = isSwap ? content(version) : edit(version);
      const { done: edited, updates } = this.heardOf(() => user.edits(message, next));
      this.#keepFiles(token, edited, updates);
      const file = fileOf(edited)?.file_unique_id;
      const atMs = clock.now();
      const updateId = updates[0]?.update_id;
      said.versions.push({ words: words(version), file, atMs, ...defined({ updateId }) });
      if (updates.length > 0) said.heardVersion = version;
    };
  }
}

/** What can be quoted of a message that says something of its own. */
function quotable({ text }: SimulatedMessage, shows: Said | undefined): string | undefined {
  return shows && text?.includes(shows.token) ? shows.token : undefined;
}

function shortened(words: string): string {
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
