/** The runtime's own database in memory, as far as the stories use one. */
import type { Engine, Mutation } from "./memory_kv.ts";

/** A new `Deno.openKv(":memory:")`. */
export class RealKv implements Engine, Disposable {
  private constructor(private readonly kv: Deno.Kv) {}

  static async open(): Promise<RealKv> {
    return new RealKv(await Deno.openKv(":memory:"));
  }

  get(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<unknown>> {
    return this.kv.get(key);
  }

  async list(
    selector: Deno.KvListSelector,
    options: Deno.KvListOptions,
  ): Promise<Deno.KvEntry<unknown>[]> {
    return await Array.fromAsync(this.kv.list(selector, options));
  }

  async commit(
    checks: Deno.AtomicCheck[],
    mutations: Mutation[],
  ): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    const operation = this.kv.atomic().check(...checks);
    for (const mutation of mutations) {
      if (mutation.type === "delete") operation.delete(mutation.key);
      else operation.set(mutation.key, mutation.value, optionsOf(mutation));
    }
    return await operation.commit();
  }

  close(): void {
    this.kv.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function optionsOf({ expireIn }: { expireIn?: number }): { expireIn?: number } {
  return expireIn === undefined ? {} : { expireIn };
}
