/** Many canned replies for benches: what they say, and what somebody types to find them. */
import { keysOf } from "../../src/kv/keys.ts";
import { toStored } from "../../src/kv/records.ts";
import { idOf, type Reply } from "../../src/replies/reply.ts";
import { usedAgain } from "../../src/replies/use.ts";
import { DAY_MS } from "../../src/time/duration.ts";
import { seededRandom } from "../../playground/telegram/random.ts";

/** One in so many has been used, at some time in four weeks. */
const USED = 3;
const USED_MS = 4 * 7 * DAY_MS;
/** How many are written by one commit. */
const BATCH = 100;

const random = seededRandom(7);
const SYLLABLES =
  "ca de lo ma ri to pra nho ção es trans for mar ba que lei ra do gi mes ta pu la ver sei mi na co ju bra fle xi zo ga"
    .split(" ");
const syllables = (count: number) => Array.from({ length: count }, () => pick(SYLLABLES)).join("");

/**
 * Words as a language has them: a few everywhere, most of them rare. What a search costs depends on
 * how many there are, so a few dozen would flatter it.
 */
const VOCABULARY = [
  ...new Set(Array.from({ length: 20_000 }, () => syllables(2 + Math.floor(random() * 3)))),
];

/** Any one of them. */
export function pick<T>(all: readonly T[]): T {
  return all[Math.floor(random() * all.length)]!;
}

/** So many words. */
export function sentence(length: number): string {
  const word = () => VOCABULARY[Math.floor(VOCABULARY.length ** random()) - 1]!;
  return Array.from({ length }, word).join(" ");
}

/** A reply of thirty words, with a title of its own. */
export function replyNumber(number: number): Reply {
  const words = { text: sentence(30), entities: [] };
  return { title: `${sentence(3)} ${number}`, content: { kind: "text", words } };
}

/** What is typed after every letter of one to three words, and of others, so many times. */
export function* typing(rounds: number): Generator<string> {
  for (let round = 0; round < rounds; round++) {
    const typed = sentence(1 + round % 3);
    for (let length = 1; length <= typed.length; length++) yield typed.slice(0, length);
  }
}

/** Puts replies into a database, more than a desk may have if need be. */
export async function keep(
  kv: Deno.Kv,
  replies: readonly Reply[],
  { botId, deskId }: { botId: number; deskId: number },
): Promise<void> {
  const keys = keysOf(botId);
  for (let start = 0; start < replies.length; start += BATCH) {
    const commit = kv.atomic();
    for (const [at, reply] of replies.slice(start, start + BATCH).entries()) {
      const id = idOf(reply.title);
      commit.set(keys.reply(deskId, id), toStored(reply));
      if ((start + at) % USED !== 0) continue;
      const use = usedAgain(null, Date.now() - random() * USED_MS);
      commit.set(keys.replyUse(deskId, id), toStored(use));
    }
    await commit.commit();
  }
}
