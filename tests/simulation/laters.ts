/**
 * What is to be done later in a story: answers that the team puts off, edits and takes back, and
 * conversations that are put off.
 */
import { MINUTE_MS } from "../../src/time/duration.ts";
import { defined } from "../../src/values/defined.ts";
import type { Thread } from "./cast.ts";
import { fileOf } from "./contents.ts";
import type { Said } from "./said.ts";
import type { Speech } from "./speech.ts";
import type { Stage } from "./stage.ts";

/**
 * In how many stories anything is done later, and how often there, among all that is done. Where the
 * clock is set back by a day, nobody would be there any more to see it done.
 */
export const LATERS_PROBABILITY = 0.5;
const OFTEN = 0.15;
/** For how many minutes something is put off. */
const MINUTES = [1, 15] as const;

/** When an answer is about to go, or is on its way: before and after its time. */
const LAST_MOMENT_MS = [-1500, 500] as const;

/** Puts off, among the deeds of a story. */
export class Laters {
  constructor(private readonly options: Stage & { speech: Speech }) {}

  /** Somebody puts something off, now and then. */
  go(): void {
    const { cast, chance } = this.options;
    if (!chance.happens(OFTEN)) return;
    const thread = chance.pick(cast.livingThreads());
    if (!thread) return;
    const minutes = chance.between(...MINUTES);
    if (chance.happens(0.25)) this.#putsOff(thread, minutes);
    else this.#saysLater(thread, minutes);
  }

  #putsOff({ chat, rootId, card: { customerId } }: Thread, minutes: number): void {
    const { cast, chance, trace } = this.options;
    const pen = chance.pick(cast.deskAt(chat.id)!.team)!;
    const words = chance.happens(0.2) ? "-" : `${minutes}m`;
    trace(`${pen.name} puts ${customerId} off: ${words}`);
    pen.user.sends(chat, `/later ${words}`, { as: pen.as, replyTo: rootId });
  }

  #saysLater({ chat, rootId, card: { customerId } }: Thread, minutes: number): void {
    const { cast, ledger, chance, clock, speech, trace } = this.options;
    const pen = chance.pick(cast.deskAt(chat.id)!.team)!;
    const token = ledger.nextToken();
    const isPhoto = chance.happens(0.2);
    const words = (version: number) => `${token} v${version}`;
    const command = (version: number) => `/later ${minutes}m ${words(version)}`;
    const { done: message, updates } = speech.heardOf(() =>
      pen.user.sends(
        chat,
        isPhoto ? { photo: true, caption: command(1) } : command(1),
        { as: pen.as, replyTo: rootId },
      )
    );
    for (const each of [message, ...updates.flatMap(({ message }) => message ?? [])]) {
      ledger.keepFile(token, each);
    }
    trace(`${pen.name} says ${token} to ${customerId}, in ${minutes} min`);
    const said: Said = ledger.add({
      token,
      by: pen.name,
      reach: "customer",
      customerId,
      message,
      what: isPhoto ? "photo" : "text",
      heard: updates.length === 0 ? "no" : "yes",
      ...(updates[0] ? { updateId: updates[0].update_id } : {}),
      versions: [{ words: words(1), file: fileOf(message)?.file_unique_id, atMs: clock.now() }],
      heardVersion: 1,
      notBeforeMs: message.date * 1000 + minutes * MINUTE_MS,
      isDeleted: false,
      // What a copy by ID cannot carry goes also when the command is gone; a picture does not.
      delete: () => cast.deletes(pen.user, message),
      edit: () => {
        const version = said.versions.length + 1;
        const next = isPhoto ? { caption: command(version) } : command(version);
        const { updates } = speech.heardOf(() => pen.user.edits(message, next));
        const file = fileOf(message)?.file_unique_id;
        const atMs = clock.now();
        const updateId = updates[0]?.update_id;
        said.versions.push({ words: words(version), file, atMs, ...defined({ updateId }) });
        if (updates.length > 0) said.heardVersion = version;
      },
    });
    if (!chance.happens(0.3)) return;
    clock.setTimeout(() => {
      if (said.isDeleted || !cast.isLinked(chat)) return;
      trace(`${pen.name} takes ${token} back`);
      said.isDeleted = true;
      pen.user.sends(chat, "/undo", { as: pen.as, replyTo: message.message_id });
    }, this.#untilTakenBack(minutes * MINUTE_MS));
  }
  /** How long until an answer is taken back, in milliseconds: often at the last moment. */
  #untilTakenBack(delayMs: number): number {
    const { chance } = this.options;
    if (chance.happens(0.5)) return delayMs + chance.between(...LAST_MOMENT_MS);
    return chance.between(1000, delayMs * 2);
  }
}
