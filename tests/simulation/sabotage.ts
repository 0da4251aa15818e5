/**
 * Parts of the machinery taken out, one at a time, from below: the database forgets, mixes up or
 * no longer checks what one protection rests on. If no story then breaks a promise, either the
 * stories or the protection are worthless.
 */
import type { Shows } from "../../src/message/link.ts";
import type { Engine, Mutation } from "./memory_kv.ts";

/** What the database does wrong. */
export interface Sabotage {
  /** What was taken out. */
  name: string;
  /** How many desks besides the first it takes to tell; absent: it can be told at one. */
  others?: number;
  /** What is then said of some story; absent: anything. */
  breaks?: string;
  /** What is read instead of an entry. */
  read?: (
    entry: Deno.KvEntryMaybe<unknown>,
    engine: Engine,
  ) => Deno.KvEntryMaybe<unknown> | undefined | Promise<Deno.KvEntryMaybe<unknown> | undefined>;
  /** What is listed instead. */
  list?: (
    entries: Deno.KvEntry<unknown>[],
    selector: Deno.KvListSelector,
  ) => Deno.KvEntry<unknown>[];
  /** Which of a commit's checks are made. */
  checks?: (checks: Deno.AtomicCheck[]) => Deno.AtomicCheck[];
  /** What is written instead. */
  changes?: (mutation: Mutation) => Mutation;
  /** Whether this is written. */
  writes?: (mutation: Mutation) => boolean;
}

/** The kind of record a key is for: every key is the bot's ID, the kind, and more. */
function kindOf(key: Deno.KvKey): unknown {
  return key[1];
}

/** A record of one kind that is never there. */
function without(kind: string): Omit<Sabotage, "name"> {
  return {
    read: (entry) => kindOf(entry.key) === kind ? absent(entry.key) : undefined,
    checks: (checks) => checks.filter(({ key }) => kindOf(key) !== kind),
    writes: ({ key }) => kindOf(key) !== kind,
  };
}

/** Whether these are the checks of a commit that settles a job: no update, and a job as it was read. */
function isSettling(checks: Deno.AtomicCheck[]): boolean {
  return !checks.some(({ key }) => kindOf(key) === "seen") &&
    checks.some(({ key, versionstamp }) => kindOf(key) === "job" && versionstamp !== null);
}

function absent(key: Deno.KvKey): Deno.KvEntryMaybe<unknown> {
  return { key, value: null, versionstamp: null };
}

/** Every protection that can be taken out; made anew for each story, since some remember. */
export const SABOTAGES: readonly (() => Sabotage)[] = [
  () => ({ name: "the seen-mark", ...without("seen") }),
  () => ({ name: "the lease", ...without("lease") }),
  () => ({
    name: "the fence",
    checks: (checks) =>
      isSettling(checks) ? checks.filter(({ key }) => kindOf(key) !== "lease") : checks,
  }),
  () => ({
    name: "the order of the lane",
    list: (entries, selector) =>
      "prefix" in selector && kindOf(selector.prefix) === "job" && entries.length === 2
        ? entries.toReversed()
        : entries,
  }),
  hastily,
  () => ({ name: "the order of times", ...without("due") }),
  rootlessly,
  deafly,
  () => ({ name: "the doubt about a root", ...without("doubt") }),
  () => ({ name: "the pause of a chat", ...without("pause") }),
  () => ({
    name: "the check that the job is as it was read",
    checks: (checks) =>
      isSettling(checks) ? checks.filter(({ key }) => kindOf(key) !== "job") : checks,
  }),
  () => ({
    name: "the name with which an answer was signed",
    ...misread("link", ({ shows, ...link }: { shows?: Shows }) => {
      const { signedAs: _forgotten, ...others } = shows ?? {};
      return shows ? { ...link, shows: others } : link;
    }),
  }),
  () => ({
    name: "that what was shown before an edit is yet to be kept",
    ...misread(
      "job",
      (job: { task: { kind: string } }) =>
        job.task.kind === "edit" ? { ...job, task: { ...job.task, history: "kept" } } : job,
    ),
  }),
  () => ({
    name: "that a conversation goes on at another desk",
    others: 1,
    ...misread("conversation", ({ movedTo: _elsewhere, ...kept }: { movedTo?: unknown }) => kept),
  }),
  () => ({
    name: "the wait for what another desk has answered",
    others: 1,
    breaks: "but was said before",
    read: (entry) => isHandover(entry.key) ? absent(entry.key) : undefined,
    checks: (checks) => checks.filter(({ key }) => !isHandover(key)),
  }),
  forgetfully,
  heedlessly,
  astray,
  () => ({
    name: "of which desk's team who answers is",
    breaks: "is for nobody, but shown",
    ...brotherly(),
  }),
  () => ({
    name: "of which desk's team who commands is",
    breaks: "has commanded",
    ...brotherly(),
  }),
];

/** Whether this is where what ends an old desk's answers is found. */
function isHandover(key: Deno.KvKey): boolean {
  return kindOf(key) === "named" && String(key.at(-1)).startsWith("handover/");
}

/** What waits at a desk is forgotten once its conversation goes on at another. */
function forgetfully(): Sabotage {
  const left = new Set<string>();
  const nameOf = ([, , deskId, customerId]: Deno.KvKey) =>
    `${String(deskId)}/${String(customerId)}`;
  return {
    name: "what waits at the desk that a conversation has left",
    breaks: "is never shown",
    others: 1,
    writes: (mutation) => {
      if (kindOf(mutation.key) !== "conversation" || mutation.type === "delete") return true;
      const { value: { movedTo } } = mutation.value as { value: { movedTo?: unknown } };
      if (movedTo) left.add(nameOf(mutation.key));
      else left.delete(nameOf(mutation.key));
      return true;
    },
    list: (entries) =>
      entries.filter(({ key }) =>
        kindOf(key) !== "job" || key[4] !== "to-team" || !left.has(nameOf(key))
      ),
  };
}

/** Whoever is served at one desk is so for good, unless they are transferred. */
function heedlessly(): Sabotage {
  const [served, sentTo] = [new Map<unknown, number>(), new Map<unknown, number>()];
  type Kept = { value: { deskId: number; movedTo?: { deskId: number } } };
  return {
    name: "that a customer has chosen another desk",
    breaks: "but shown at",
    others: 1,
    writes: (mutation) => {
      const customerId = mutation.key.at(-1);
      const { deskId, movedTo } = mutation.type === "set" ? (mutation.value as Kept).value : {};
      if (kindOf(mutation.key) === "conversation" && movedTo) {
        sentTo.set(customerId, movedTo.deskId);
      }
      if (kindOf(mutation.key) !== "served-by") return true;
      if (deskId === undefined) served.delete(customerId);
      if (deskId === undefined) return true;
      const isKept = [deskId, undefined].includes(served.get(customerId));
      if (!isKept && sentTo.get(customerId) !== deskId) return false;
      served.set(customerId, deskId);
      return true;
    },
  };
}

/** A line that names who has done something is told at another desk than theirs. */
function astray(): Sabotage {
  const desks = new Set<Deno.KvKeyPart>();
  type Kept = { value: { task: { notice?: { text: string } } } };
  return {
    name: "at which desk it is told who did what",
    breaks: "is told what is for",
    others: 1,
    changes: (mutation) => {
      const [botId, kind, deskId, ...rest] = mutation.key;
      if (kind === "conversation") desks.add(deskId!);
      if (kind !== "job" || mutation.type !== "set") return mutation;
      const another = [...desks].find((each) => each !== deskId);
      const { text } = (mutation.value as Kept).value.task.notice ?? {};
      return another === undefined || text !== "did-transfer"
        ? mutation
        : { ...mutation, key: [botId!, kind, another, ...rest] };
    },
  };
}

/** Whoever is of one desk's team is taken for one of every desk's. */
function brotherly(): Omit<Sabotage, "name"> {
  type Kept = { value: { isTeam: boolean } };
  return {
    others: 1,
    read: async (entry, engine) => {
      const [botId, kind, , userId] = entry.key;
      if (kind !== "membership") return undefined;
      const all = await engine.list({ prefix: [botId!, kind] }, {});
      const found = all.find(({ key, value }) => key[3] === userId && (value as Kept).value.isTeam);
      return found ? { ...entry, value: found.value } as typeof entry : undefined;
    },
  };
}

/** A record of one kind that reads otherwise than it was written. */
function misread<Value>(
  kind: string,
  otherwise: (value: Value) => unknown,
): Omit<Sabotage, "name"> {
  const reading = <Entry extends Deno.KvEntryMaybe<unknown>>(entry: Entry): Entry => {
    if (kindOf(entry.key) !== kind || entry.value === null) return entry;
    const stored = entry.value as { value: Value };
    return { ...entry, value: { ...stored, value: otherwise(stored.value) } };
  };
  return { read: reading, list: (entries) => entries.map(reading) };
}

/** What a customer says is heard, but they are taken for silent as before. */
function deafly(): Sabotage {
  type Kept = { v: number; value: { status: string; silence?: unknown } };
  const silences = new Map<string, unknown>();
  return {
    name: "that who has written is not silent",
    writes: (mutation) => {
      if (kindOf(mutation.key) !== "conversation" || mutation.type === "delete") return true;
      const { silence } = (mutation.value as Kept).value;
      if (silence) silences.set(String(mutation.key), silence);
      return true;
    },
    read: (entry) => {
      const silence = silences.get(String(entry.key));
      const kept = entry.value as Kept | null;
      if (!silence || kept?.value.status !== "open" || kept.value.silence) return entry;
      return { ...entry, value: { ...kept, value: { ...kept.value, silence } } } as typeof entry;
    },
  };
}

/** How much too early what waits for its time goes. */
const HASTE_MS = 50_000;

/** What waits for its time goes earlier, by less than anybody puts anything off. */
function hastily(): Sabotage {
  return {
    name: "the time of what waits",
    changes: (mutation) => {
      if (mutation.type !== "set") return mutation;
      const { key, value } = mutation;
      if (kindOf(key) === "due") {
        const [botId, kind, dueMs, ...rest] = key;
        return { ...mutation, key: [botId!, kind!, (dueMs as number) - HASTE_MS, ...rest] };
      }
      if (kindOf(key) !== "scheduled") return mutation;
      const { v, value: { job, ...rest } } = value as Scheduling;
      const sooner = { ...job, dueMs: job.dueMs - HASTE_MS };
      return { ...mutation, value: { v, value: { ...rest, job: sooner } } };
    },
  };
}

/** What waits for its time, as it lies. */
interface Scheduling {
  v: number;
  value: { job: { dueMs: number } };
}

/** A card that is posted counts as a thread: the one learned last, whosever it is. */
function rootlessly(): Sabotage {
  let lastRoot: unknown = null;
  return {
    name: "the wait for the root",
    writes: (mutation) => {
      if (kindOf(mutation.key) === "root" && mutation.type === "set") lastRoot = mutation.value;
      return true;
    },
    read: async (entry, engine) => {
      if (kindOf(entry.key) !== "root" || entry.value !== null || lastRoot === null) return entry;
      const [botId, , deskId, customerId] = entry.key;
      const known = await engine.get([botId!, "conversation", deskId!, customerId!]);
      const conversation = known.value as { value?: { card?: unknown } } | null;
      return conversation?.value?.card ? { ...entry, value: lastRoot } as typeof entry : entry;
    },
  };
}
