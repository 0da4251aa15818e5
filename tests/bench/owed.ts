/**
 * What the floor owes, in a database: the least that loses nothing. An update is written down before
 * it is acknowledged; where its copy stands, and that it is owed no longer, once it was sent.
 */
import type { Update } from "grammy/types";

interface Place {
  chatId: number;
  messageId: number;
}

/** As long as such records are kept; the runtime is to have them forgotten, as it has the whole bot's. */
const EXPIRE_IN = { expireIn: 2 * 24 * 60 * 60 * 1000 };

/** What is owed. It is never read again: a floor does not begin anew. */
export class Owed {
  constructor(private readonly kv: Deno.Kv) {}

  /** Writes updates down, all that came together at once, unless one was seen before. */
  async accept(updates: readonly Update[]): Promise<void> {
    const commit = this.kv.atomic();
    for (const update of updates) {
      const seen = ["seen", update.update_id];
      commit.check({ key: seen, versionstamp: null }).set(seen, Date.now(), EXPIRE_IN)
        .set(["job", update.update_id], update);
    }
    const { ok } = await commit.commit();
    if (!ok) throw new Error("an update was seen before");
  }

  /** An update is owed no longer; `ends`: where its message stands on either side. */
  async settle(updateId: number, ends?: readonly [Place, Place]): Promise<void> {
    const commit = this.kv.atomic().delete(["job", updateId]);
    const [here, there] = ends ?? [];
    if (here && there) {
      commit.set(["link", here.chatId, here.messageId], there, EXPIRE_IN)
        .set(["link", there.chatId, there.messageId], here, EXPIRE_IN);
    }
    await commit.commit();
  }
}
