/**
 * Finds canned replies by words of their titles and texts, as fast as one types. The words are in a
 * radix tree, which finds beginnings and small typos; each leads to the replies it is in.
 */
import SearchableMap from "minisearch/SearchableMap";
import { foldedWordsOf } from "../words/fold.ts";
import { wordsInAny } from "../words/language.ts";

/** What is searched of a reply, and what puts it before others that fit as well. */
export interface Searchable {
  id: string;
  title: string;
  text: string;
  /** The higher, the earlier; of equals the title decides. */
  rank: number;
}

/** A reply in the index, by the number its postings know it by. */
interface Entry {
  id: string;
  title: string;
  rank: number;
  /** The words of its title that say something, as a search for just them has them. */
  tellingTitle: string;
  /** The words of its title and text. */
  words: Posting[];
}

/** Where a word is: the numbers of the replies with it in their title, and in their text. */
interface Posting {
  word: string;
  title: number[];
  text: number[];
}

/**
 * Words that say nothing about what is looked for: left out of a search, unless it has no others.
 */
const STOP_WORDS = new Set(wordsInAny(({ stopWords }) => stopWords));

/** What a found word counts. A title always counts for more than a text. */
const WEIGHTS = {
  title: { whole: 8, beginning: 7, typo: 5 },
  text: { whole: 3, beginning: 2, typo: 1 },
} as const;
const MAX_WEIGHT = WEIGHTS.title.whole;
type Match = keyof typeof WEIGHTS.title;

/** A page of what was found, and how much there is in all. */
export interface Found {
  ids: string[];
  total: number;
}

/** How many letters of a word may be wrong. */
function typosIn(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/** An index of replies, kept up to date one by one. */
export class ReplySearch {
  /** By its words, in a tree for what is like them, and in a map, which knows them faster. */
  readonly #tree = new SearchableMap<Posting>();
  readonly #postings = new Map<string, Posting>();
  readonly #numbers = new Map<string, number>();
  readonly #entries: (Entry | undefined)[] = [];
  /** Numbers of replies that are gone, to be given to others. */
  readonly #free: number[] = [];
  /** The numbers of all replies, in the order of equals. */
  readonly #order: number[] = [];
  readonly #compareTitles = new Intl.Collator().compare;
  /** Used by one search after another: new ones for each would keep the garbage collector busy. */
  #scratch = { total: new Uint16Array(), best: new Uint8Array() };

  /** Adds a reply, or puts it in the place of the one with its ID. */
  put({ id, title, text, rank }: Searchable): void {
    this.remove(id);
    const number = this.#free.pop() ?? this.#entries.length;
    const titleWords = foldedWordsOf(title);
    const tellingTitle = telling([...new Set(titleWords)]).join(" ");
    const words: Posting[] = [];
    for (const [field, found] of [["title", titleWords], ["text", foldedWordsOf(text)]] as const) {
      for (const word of found) {
        const posting = this.#posting(word);
        // Where a word comes again, its posting ends with this reply.
        const isInField = posting[field].at(-1) === number;
        if (isInField) continue;
        if (posting.title.at(-1) !== number) words.push(posting);
        posting[field].push(number);
      }
    }
    this.#numbers.set(id, number);
    this.#entries[number] = { id, title, rank, tellingTitle, words };
    this.#order.splice(this.#placeOf(number), 0, number);
    this.#makeRoom();
  }

  /** Gives a reply another rank. */
  rank(id: string, rank: number): void {
    const number = this.#numbers.get(id);
    const entry = number === undefined ? undefined : this.#entries[number];
    if (number === undefined || !entry || entry.rank === rank) return;
    this.#order.splice(this.#placeOf(number), 1);
    entry.rank = rank;
    this.#order.splice(this.#placeOf(number), 0, number);
  }

  remove(id: string): void {
    const number = this.#numbers.get(id);
    const entry = number === undefined ? undefined : this.#entries[number];
    if (number === undefined || !entry) return;
    this.#order.splice(this.#placeOf(number), 1);
    this.#numbers.delete(id);
    this.#entries[number] = undefined;
    this.#free.push(number);
    for (const posting of entry.words) {
      takeOut(posting.title, number);
      takeOut(posting.text, number);
      if (posting.title.length + posting.text.length > 0) continue;
      this.#postings.delete(posting.word);
      this.#tree.delete(posting.word);
    }
  }

  #posting(word: string): Posting {
    let posting = this.#postings.get(word);
    if (!posting) {
      posting = { word, title: [], text: [] };
      this.#postings.set(word, posting);
      this.#tree.set(word, posting);
    }
    return posting;
  }

  /** Where a reply stands in the order, or would. */
  #placeOf(number: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#order[middle]!, number) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(a: number, b: number): number {
    const [x, y] = [this.#entries[a]!, this.#entries[b]!];
    if (x.rank !== y.rank) return y.rank - x.rank;
    return this.#compareTitles(x.title, y.title) || a - b;
  }

  #makeRoom(): void {
    const { length } = this.#entries;
    if (length <= this.#scratch.best.length) return;
    const room = 2 * length;
    this.#scratch = { total: new Uint16Array(room), best: new Uint8Array(room) };
  }

  /**
   * The replies in which all the words are, best first: what is in titles, then what is not merely
   * the beginning of a word, then what was mistyped. Without words: all, in the order of
   * equals.
   */
  find(words: string, { offset, limit }: { offset: number; limit: number }): Found {
    const asked = telling(foldedWordsOf(words));
    const toId = (number: number) => this.#entries[number]!.id;
    if (asked.length === 0) {
      const ids = this.#order.slice(offset, offset + limit).map(toId);
      return { ids, total: this.#order.length };
    }
    // Typos are looked for where nothing is found otherwise: what is right needs no guessing.
    const scores = this.#scores(asked, { guesses: false }) ??
      this.#scores(asked, { guesses: true });
    if (!scores) return { ids: [], total: 0 };
    const title = asked.join(" ");
    const counts = new Uint32Array(MAX_WEIGHT * asked.length + 2);
    for (const number of this.#order) {
      if (scores[number] && this.#entries[number]!.tellingTitle === title) scores[number]!++;
      counts[scores[number]!]!++;
    }
    const ids: string[] = [];
    let before = 0;
    for (let score = counts.length - 1; score > 0; score--) {
      const end = before + counts[score]!;
      if (ids.length < limit && end > offset) {
        let at = before;
        for (const number of this.#order) {
          if (scores[number] !== score) continue;
          if (at >= offset && ids.length < limit) ids.push(toId(number));
          at++;
        }
      }
      before = end;
    }
    return { ids, total: before };
  }

  /** For each reply, how well it fits; 0: a word is missing. `null` if none fits. */
  #scores(asked: string[], { guesses }: { guesses: boolean }): Uint16Array | null {
    const { length } = this.#entries;
    const total = this.#scratch.total.fill(0, 0, length);
    const best = this.#scratch.best;
    for (const [index, word] of asked.entries()) {
      best.fill(0, 0, length);
      this.#weigh(word, best, guesses);
      let isFound = false;
      for (let number = 0; number < length; number++) {
        const weight = best[number]!;
        const fits = weight > 0 && (index === 0 || total[number]! > 0);
        total[number] = fits ? total[number]! + weight : 0;
        isFound ||= fits;
      }
      if (!isFound) return null;
    }
    return total;
  }

  /** For each reply, what this word counts there. */
  #weigh(word: string, best: Uint8Array, guesses: boolean): void {
    let isFound = false;
    const weigh = (posting: Posting, match: Match) => {
      isFound = true;
      for (const field of ["title", "text"] as const) {
        const weight = WEIGHTS[field][match];
        for (const number of posting[field]) {
          if (best[number]! < weight) best[number] = weight;
        }
      }
    };
    for (const [found, posting] of this.#tree.atPrefix(word)) {
      weigh(posting, found === word ? "whole" : "beginning");
    }
    if (isFound && !guesses) return;
    // Where every word was found, but not together, a far guess would only find something else.
    const typos = guesses ? Math.min(1, typosIn(word)) : typosIn(word);
    if (typos === 0) return;
    for (const [posting, distance] of this.#tree.fuzzyGet(word, typos).values()) {
      if (distance > 0) weigh(posting, "typo");
    }
  }
}

function takeOut(numbers: number[], number: number): void {
  const at = numbers.indexOf(number);
  if (at >= 0) numbers.splice(at, 1);
}

/** The words that say what is looked for; all of them, if none does. */
function telling(words: string[]): string[] {
  const rest = words.filter((word) => !STOP_WORDS.has(word));
  return rest.length > 0 ? rest : words;
}
