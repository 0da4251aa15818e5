/** Writes what comes from another bot beside what is there, and never over it. */
import type { Conversation } from "../conversation/conversation.ts";
import type { OwnWords } from "../moving_in/older_texts.ts";
import { type TitledReplies, type UntitledReply, withTitles } from "../moving_in/older_bot.ts";
import type { RecordReader } from "./reader.ts";
import type { Store } from "./store.ts";

/** A commit checks at most 100 records (https://docs.deno.com/deploy/kv/transactions/#limits). */
const CUSTOMERS_A_COMMIT = 45;

/** Where something moves in, and whether it is only to be looked what would. */
export interface MovingIn {
  store: Store;
  deskId: number;
  isDryRun: boolean;
}

/**
 * Adds the conversations of which there is none yet, but not of who is known to have erased their
 * data. Resolves with those.
 */
export async function moveConversationsIn(
  conversations: Conversation[],
  { store, deskId, isDryRun }: MovingIn,
): Promise<Conversation[]> {
  const added: Conversation[] = [];
  for (let start = 0; start < conversations.length; start += CUSTOMERS_A_COMMIT) {
    const batch = conversations.slice(start, start + CUSTOMERS_A_COMMIT);
    let fresh: Conversation[] = [];
    const decide = async (read: Pick<RecordReader, "conversation" | "erasure">) => {
      const known = await Promise.all(
        batch.map(async ({ customer: { id } }) =>
          await read.conversation(id) ?? await read.erasure(id)
        ),
      );
      fresh = batch.filter((_, at) => known[at] === null);
      return { conversations: fresh };
    };
    if (isDryRun) await decide(store.reader(deskId));
    else await store.record(deskId, decide);
    added.push(...fresh);
  }
  return added;
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
