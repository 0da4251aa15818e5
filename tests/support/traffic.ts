/** What people want to say, let out at a pace, on simulated time: when each message goes. */
import type { WantedCall } from "../../src/jobs/chat_line.ts";
import { Pace } from "../../src/jobs/pace.ts";

/** How long a call takes. */
const CALL_MS = 60;

/** A turn in the group, in its even step, with a margin for what was sent in a burst before. */
export const TURN_MS = 9000;

/** Messages of one lane, by the times at which they come. */
export interface Stream extends Omit<WantedCall, "count" | "conversation"> {
  atMs: readonly number[];
  conversation?: string;
  count?: number;
}

/** One message that went. */
export interface Went {
  lane: string;
  chatId: number;
  atMs: number;
  waitedMs: number;
}

/** Lets everything out that comes until `untilMs`, as far as it goes by then. */
export function letOut(streams: Stream[], untilMs: number, pace = new Pace(true)): Went[] {
  const went: Went[] = [];
  const sent = new Map<string, number>();
  const events: { atMs: number; happens: () => void }[] = [];
  const at = (atMs: number, happens: () => void) => {
    const index = events.findIndex((event) => event.atMs > atMs);
    events.splice(index < 0 ? events.length : index, 0, { atMs, happens });
  };
  const busy = new Set<string>();
  const byLane = new Map(streams.map((stream) => [stream.lane, stream]));

  const look = (stream: Stream, nowMs: number) => {
    const { lane, atMs: comes, count = 1, conversation = lane } = stream;
    const comesMs = comes[sent.get(lane) ?? 0];
    if (busy.has(lane) || comesMs === undefined || comesMs > nowMs) return;
    const call = { ...stream, count, conversation, isOwn: stream.whose === "own" };
    if (pace.goesFreely(call, nowMs) || pace.ask(call, nowMs)) go(stream, nowMs);
    ring(nowMs);
  };
  const go = ({ lane, chatId, count = 1, atMs: comes }: Stream, nowMs: number) => {
    const index = sent.get(lane) ?? 0;
    sent.set(lane, index + 1);
    busy.add(lane);
    pace.made(chatId, count, nowMs);
    went.push({ lane, chatId, atMs: nowMs, waitedMs: nowMs - comes[index]! });
    at(nowMs + CALL_MS, () => {
      pace.left(lane);
      busy.delete(lane);
      look(byLane.get(lane)!, nowMs + CALL_MS);
      ring(nowMs + CALL_MS);
    });
  };
  let bellMs = Infinity;
  const ring = (nowMs: number) => {
    for (const lane of pace.letIn(nowMs)) go(byLane.get(lane)!, nowMs);
    const next = pace.next(nowMs);
    if (!next || (bellMs > nowMs && bellMs <= next.atMs)) return;
    const ringsMs = bellMs = Math.max(next.atMs, nowMs + 1);
    at(ringsMs, () => ring(ringsMs));
  };
  for (const stream of streams) {
    for (const comesMs of new Set(stream.atMs)) at(comesMs, () => look(stream, comesMs));
  }
  for (let event = events.shift(); event && event.atMs <= untilMs; event = events.shift()) {
    event.happens();
  }
  return went;
}
