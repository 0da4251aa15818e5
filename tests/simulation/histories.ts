/** What is kept of what customers edit: a copy of the old copy, as an answer to it. */
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import type { Call } from "../../playground/telegram/call.ts";
import type { Cast } from "./cast.ts";
import type { Shown } from "./copies.ts";
import type { Rest, View } from "./rest.ts";
import { versionOf } from "./words.ts";

/** A place as `chat/message`. */
type PlaceName = string;

/** What was kept of which copies, by where it stands. */
export function keptIn(cast: Cast): ReadonlyMap<PlaceName, PlaceName> {
  return new Map(cast.telegram.calls.flatMap((call) => {
    const of = keptBy(call);
    if (of === undefined || !call.response?.ok) return [];
    const { message_id } = call.response.result as { message_id: number };
    return [[`${String(call.payload.chat_id)}/${message_id}`, of] as const];
  }));
}

/** Where a message of the bot stands. */
export function placeName({ message: { chat, message_id } }: Shown): PlaceName {
  return `${chat.id}/${message_id}`;
}

/** The copy that a call copies as an answer to itself. */
function keptBy({ method, payload }: Call): PlaceName | undefined {
  const { chat_id, from_chat_id, message_id } = payload;
  const answered = (payload.reply_parameters as { message_id: number } | undefined)?.message_id;
  const isKept = method === "copyMessage" && chat_id === from_chat_id && answered === message_id;
  return isKept ? `${String(chat_id)}/${String(message_id)}` : undefined;
}

const EDITS = ["editMessageText", "editMessageCaption", "editMessageMedia"];

/** A call may be under way while its thread ends. */
const UNDER_WAY_MS = 60_000;

/** Before each edit of a copy in a living thread it is kept what it showed; never without one. */
export function historiesWrong(rest: Rest, view: View): string[] {
  const { habits } = rest;
  if (!habits.history) return view.kept.size > 0 ? ["something is kept that nobody asked for"] : [];
  return [...unkept(rest, view), ...keptTooOften(rest, view)];
}

function unkept({ cast, ledger }: Rest, { everything, kept }: View): string[] {
  const all = everything.map((each) => [placeName(each), each] as const);
  const copies = new Map(all.filter(([place]) => !kept.has(place)));
  const isKept = new Set<PlaceName>();
  const firstShown = new Map<PlaceName, number>();
  return cast.telegram.calls.filter(({ response }) => response?.ok).flatMap((call) => {
    const { method, payload, response, atMs } = call;
    const of = keptBy(call);
    if (of !== undefined) isKept.add(of);
    const { message_id } = (response as { result: { message_id?: number } }).result;
    if (method === "copyMessage") firstShown.set(`${String(payload.chat_id)}/${message_id}`, atMs);
    const place = `${String(payload.chat_id)}/${String(payload.message_id)}`;
    const copy = EDITS.includes(method) ? copies.get(place) : undefined;
    const said = copy && ledger.shownBy(copy.message);
    if (!copy || said?.reach !== "team" || isKept.delete(place)) return [];
    const { diedMs } = copy.thread ?? { diedMs: 0 };
    const isDead = diedMs !== undefined && diedMs < atMs + UNDER_WAY_MS;
    // A copy by ID shows what its message is by then, though an older edit of it may be on its way.
    const shownMs = firstShown.get(place) ?? -Infinity;
    const versionShown = said.versions.filter((version) => version.atMs <= shownMs).length;
    const isNoNews = versionShown >= versionOf(contentIn(payload));
    return isDead || isNoNews ? [] : [`${said.token} is edited, and what it was is not kept`];
  });
}

/** What an edit makes of a message. */
function contentIn(payload: Call["payload"]): Partial<SimulatedMessage> {
  const { media } = payload as { media?: Partial<SimulatedMessage> };
  return media ?? payload as Partial<SimulatedMessage>;
}

/** Once an edit, and once more for each answer that was lost. */
function keptTooOften({ ledger, unanswered }: Rest, { everything, kept }: View): string[] {
  return ledger.all().flatMap(({ token, versions }) => {
    const count = everything.filter((each) =>
      kept.has(placeName(each)) && ledger.shownBy(each.message)?.token === token
    ).length;
    const most = versions.length - 1 + (unanswered.get(token) ?? 0);
    return count > most ? [`${token} is kept ${count} times, at most ${most} is allowed`] : [];
  });
}
