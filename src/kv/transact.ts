/** How records are changed without asking a decision: they are put into a commit of the store's. */

/**
 * Commits what `write` puts into the commit; asks it again if what it checked has changed. Resolves
 * with what `write` came to; `stamp` marks it with the commit's versionstamp first. Throws if the
 * records are never at rest.
 */
export type Transact = <T>(
  write: (commit: Deno.AtomicOperation) => Promise<T>,
  stamp?: (result: T, versionstamp: string) => T,
) => Promise<T>;
