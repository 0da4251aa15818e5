/**
 * What the desks of one bot are called: each has a name of its own, made once from its channel's
 * title, by which its people, links and commands mean it.
 */
import { fold } from "../words/fold.ts";
import { defined } from "../values/defined.ts";

/** A desk by its name. */
export interface NamedDesk {
  channelId: number;
  name: string;
  /** What it was called before: printed links still lead to it, until another takes the name. */
  formerNames?: string[];
  /** The channels it was in before. */
  formerChannelIds?: number[];
}

/** How long a name may be. */
const LONGEST = 32;
/** What a desk is called whose title has no letter and no digit. */
const NAMELESS = "desk";

/** Latin letters that are no plain one with an accent: links take letters from a to z only. */
const LATIN: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ð: "d",
  đ: "d",
  ħ: "h",
  ı: "i",
  ł: "l",
  þ: "th",
};

/**
 * Words as a name is written: without accents, in lower case, `_` for every other run; may be empty.
 * Letters and digits of another shape are what they stand for: `Nº 5²` is `no_52`.
 */
export function toDeskName(words: string): string {
  const plain = words.replace(/[^\p{L}\p{M}\p{N}]+/gu, "_").normalize("NFKD");
  const name = fold(plain).replace(/[ßæœøðđħıłþ]/g, (letter) => LATIN[letter]!)
    .replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");
  return [...name].slice(0, LONGEST).join("").replace(/_+$/, "");
}

/** The name that a title gives, told apart from those that are taken. */
function freeName(title: string, taken: readonly NamedDesk[]): string {
  const base = toDeskName(title) || NAMELESS;
  const isTaken = (name: string) => taken.some((each) => each.name === name);
  if (!isTaken(base)) return base;
  for (let number = 2;; number++) {
    const end = `_${number}`;
    const name = [...base].slice(0, LONGEST - end.length).join("") + end;
    if (!isTaken(name)) return name;
  }
}

/** The names with one for this channel's desk: as they were, if it has one already. */
export function withDeskNamed(
  names: readonly NamedDesk[],
  { channelId, title }: { channelId: number; title: string },
): readonly NamedDesk[] {
  if (names.some((each) => each.channelId === channelId)) return names;
  const name = freeName(title, names);
  return [...withoutFormer(names, name), { channelId, name }];
}

/** What may be wrong with a new name. */
export type NameProblem = "empty" | "taken";

/** The names with another for one desk; its old one goes on leading to it. */
export function withDeskRenamed(
  names: readonly NamedDesk[],
  channelId: number,
  words: string,
): readonly NamedDesk[] | NameProblem {
  const name = toDeskName(words);
  if (name === "") return "empty";
  const other = names.find((each) => each.name === name);
  if (other && other.channelId !== channelId) return "taken";
  if (other) return names;
  return withoutFormer(names, name).map((each) => {
    if (each.channelId !== channelId) return each;
    const formerNames = [...each.formerNames ?? [], each.name];
    return { ...each, name, formerNames };
  });
}

/** The names once a desk has moved to another channel: it is called there as it was. */
export function withDeskMoved(
  names: readonly NamedDesk[],
  { from, to }: { from: number; to: number },
): readonly NamedDesk[] {
  if (from === to || !names.some(({ channelId }) => channelId === from)) return names;
  return names.filter(({ channelId }) => channelId !== to).map((each) => {
    if (each.channelId !== from) {
      const formerChannelIds = each.formerChannelIds?.filter((id) => id !== to);
      return { ...each, ...(formerChannelIds ? { formerChannelIds } : {}) };
    }
    const former = (each.formerChannelIds ?? []).filter((id) => id !== to);
    return { ...each, channelId: to, formerChannelIds: [...former, from] };
  });
}

/** The names without those of a desk that is no more. */
export function withoutDeskNamed(
  names: readonly NamedDesk[],
  channelId: number,
): readonly NamedDesk[] {
  return names.filter((each) => each.channelId !== channelId);
}

/** The desk that is called so, whatever case and accents; else the one that once was; `null`: none. */
export function deskNamed<Named extends NamedDesk>(
  desks: readonly Named[],
  words: string,
): Named | null {
  const name = fold(words.trim());
  return desks.find((each) => each.name === name) ??
    desks.find(({ formerNames = [] }) => formerNames.includes(name)) ?? null;
}

/**
 * The desk that a link's parameter names, and the source behind it: `vendas`, `vendas_site`. An exact
 * name comes first, then the longest that the parameter begins with; `null`: it names none.
 */
export function deskInLink<Named extends NamedDesk>(
  desks: readonly Named[],
  parameter: string,
): { desk: Named; source?: string } | null {
  const exact = deskNamed(desks, parameter);
  if (exact) return { desk: exact };
  const folded = fold(parameter);
  const named = desks.flatMap((desk) =>
    [desk.name, ...desk.formerNames ?? []].map((name) => ({ desk, name }))
  ).filter(({ name }) => folded.startsWith(`${name}_`));
  const isCurrent = ({ desk, name }: { desk: Named; name: string }) => desk.name === name;
  const [longest] = named.sort((a, b) =>
    b.name.length - a.name.length || Number(isCurrent(b)) - Number(isCurrent(a))
  );
  if (!longest) return null;
  const source = parameter.slice(longest.name.length + 1);
  return { desk: longest.desk, ...defined({ source: source === "" ? undefined : source }) };
}

/** The desk of a channel, or the one that was there before; `null`: none. */
export function deskOfChannel<Named extends NamedDesk>(
  desks: readonly Named[],
  channelId: number,
): Named | null {
  return desks.find((each) => each.channelId === channelId) ??
    desks.find(({ formerChannelIds = [] }) => formerChannelIds.includes(channelId)) ?? null;
}

function withoutFormer(names: readonly NamedDesk[], taken: string): NamedDesk[] {
  return names.map(({ formerNames, ...each }) => {
    const left = formerNames?.filter((name) => name !== taken);
    return { ...each, ...defined({ formerNames: left?.length ? left : undefined }) };
  });
}
