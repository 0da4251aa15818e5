/** A conversation in which answers are put off until later, and what is to be seen of them. */
import { localMsAt } from "../../src/time/local_time.ts";
import { type DeskOptions, textsOf } from "./desk.ts";
import { openTalk } from "./talk.ts";

/** A conversation, and what Maria has got of what was said since. */
export async function openLater(options: DeskOptions = {}) {
  const talk = await openTalk(options);
  const { desk, maria } = talk;
  const before = desk.toldTo(maria).length;
  const rootId = desk.threadOf(maria)[0]!.message_thread_id!;
  const left = () => textsOf(desk.toldTo(maria).slice(before));
  return { ...talk, rootId, left };
}

/** How the clocks in São Paulo show a moment. */
export function clockAt(ms: number): string {
  return new Date(localMsAt(ms, "America/Sao_Paulo")).toISOString().slice(11, 16);
}

/** Everything that lies in the database of what waits for its time. */
export async function lying(kv: Deno.Kv): Promise<Deno.KvKey[]> {
  const all = await Array.fromAsync(kv.list({ prefix: [] }));
  return all.map(({ key }) => key).filter(([, kind]) => kind === "scheduled" || kind === "due");
}
