/** Writes what comes from another bot beside what is there, and never over it. */
import type { Conversation } from "../conversation/conversation.ts";
import type { OwnWords } from "../moving_in/older_texts.ts";
import { type TitledReplies, type UntitledReply, withTitles } from "../moving_in/older_bot.ts";
import { isBannedAt } from "../decisions/ban.ts";
import type { Reader } from "../jobs/reader.ts";
import type { RecordReader } from "./reader.ts";
import type { Store } from "./store.ts";

/**
 * A commit checks at most 100 records (https://docs.deno.com/deploy/kv/transactions/#limits): of each
 * customer two for every channel the desk is in, or was.
 */
const RECORDS_A_COMMIT = 90;

/** Where something moves in, and whether it is only to be looked what would. */
export interface MovingIn {
  store: Store;
  deskId: number;
  isDryRun: boolean;
}

/**
 * Adds the conversations of which there is none yet, but not of who is banned, or is known to have
 * erased their data, also where the desk was before. Resolves with those.
 */
export async function moveConversationsIn(
  conversations: Conversation[],
  { store, deskId, isDryRun }: MovingIn,
): Promise<Conversation[]> {
  const added: Conversation[] = [];
  const channels = 1 + (await store.reader(deskId).formerly()).length;
  const atOnce = Math.max(1, Math.floor(RECORDS_A_COMMIT / (2 * channels)));
  for (let start = 0; start < conversations.length; start += atOnce) {
    const batch = conversations.slice(start, start + atOnce);
    let fresh: Conversation[] = [];
    const decide = async (read: Reader) => {
      const formerly = await read.formerly();
      const isKnown = await Promise.all(
        batch.map(async ({ customer: { id } }) =>
          await read.conversation(id) !== null || await isGone(read, id) ||
          await isBannedAt(read, id) ||
          (await Promise.all(formerly.map(({ read }) => isGone(read, id)))).includes(true)
        ),
      );
      fresh = batch.filter((_, at) => !isKnown[at]);
      return { conversations: fresh };
    };
    if (isDryRun) await decide(store.reader(deskId));
    else await store.record(deskId, decide);
    added.push(...fresh);
  }
  return added;
}

/** Whether something is left of somebody who has erased their data. */
async function isGone(read: Reader, customerId: number): Promise<boolean> {
  return await read.erasure(customerId) !== null;
}

/** Adds the answers that no canned reply says yet. */
export async function moveAnswersIn(
  answers: UntitledReply[],
  { store, deskId, isDryRun }: MovingIn,
): Promise<TitledReplies> {
  const shelved = await Array.fromAsync(store.replies.list(deskId));
  const titled = withTitles(answers, shelved.map(({ reply }) => reply));
  if (!isDryRun) {
    for (const reply of titled.replies) {
      await store.replies.add(deskId, reply, { replaces: false });
    }
  }
  return titled;
}

/** Gives the desk the texts of which it has none of its own yet. Resolves with those. */
export async function moveTextsIn(
  texts: OwnWords[],
  { store, deskId, isDryRun }: MovingIn,
): Promise<OwnWords[]> {
  let fresh: OwnWords[] = [];
  const decide = async (read: Pick<RecordReader, "ownText">) => {
    const known = await Promise.all(texts.map(({ name }) => read.ownText(name)));
    fresh = texts.filter((_, at) => known[at] === null);
    return { ownTexts: fresh };
  };
  if (isDryRun) await decide(store.reader(deskId));
  else await store.record(deskId, decide);
  return fresh;
}
