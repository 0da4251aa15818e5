/**
 * A database that is asked less often: commits that come while others are under way go as one after
 * them, and what is to be read meanwhile, or in the same turn, is read together. What is known need
 * not be read. Each asker is answered as if alone: a commit once it is durable, and with its own
 * failure.
 */
import { Commits } from "./joined_commits.ts";
import { listed, Reads } from "./joined_reads.ts";
import type { KnownRecords } from "./known_records.ts";
import { PassingRecords } from "./passing_records.ts";
import { RecordedOperation, type ToldCommit } from "./told_commit.ts";
import { Ways } from "./ways.ts";
import { type Method, withMethods } from "./with_methods.ts";

/** How many commits and reads are under way at once: what comes meanwhile is joined. */
export interface MostAtOnce {
  commits: number;
  reads: number;
}

/** Joins what is asked of a database. */
export function joiningKv(
  kv: Deno.Kv,
  most: MostAtOnce,
  now: () => number,
  known: KnownRecords,
): Deno.Kv {
  const passing = new PassingRecords(known.isAlone);
  const commits = new Commits(kv, new Ways(most.commits, now), known, passing);
  const reads = new Reads(kv, new Ways(most.reads, now), known, passing);
  const commit = (told: ToldCommit) => commits.commit(told);
  const operation = () => new RecordedOperation(commit);
  const own: Record<string, (plain: Method) => Method> = {
    atomic: () => operation,
    set: () => (...given: Parameters<Deno.Kv["set"]>) => operation().set(...given).commit(),
    delete: () => (key: Deno.KvKey) => operation().delete(key).commit(),
    get: (plain) => (key: Deno.KvKey, options?: unknown) =>
      options === undefined ? reads.get(key) : plain(key, options),
    list: () => (selector: Deno.KvListSelector, options: Deno.KvListOptions = {}) =>
      listed(kv, selector, options, known),
  };
  return withMethods(kv, (name) => Object.hasOwn(own, name) ? own[name] : undefined);
}
