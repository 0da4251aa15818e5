/** What is kept of what customers edit: a copy of the old copy, as an answer to it. */
import type { Call } from "../../playground/telegram/call.ts";
import type { Cast } from "./cast.ts";
import type { Shown } from "./copies.ts";
import type { Rest, View } from "./rest.ts";

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

/** Before each edit of a copy in a living thread it is kept what it showed; never without one. */
export function historiesWrong(rest: Rest, { everything, kept }: View): string[] {
  const { cast, habits, ledger, clockWasSet, unanswered } = rest;
  if (!habits.history) return kept.size > 0 ? ["something is kept where nothing is to be"] : [];
  const copies = new Map(
    everything.filter((each) => !kept.has(placeName(each))).map((each) => [placeName(each), each]),
  );
  const isKept = new Set<PlaceName>();
  const lost = cast.telegram.calls.filter(({ response }) => response?.ok).flatMap((call) => {
    const { method, payload, atMs } = call;
    const of = keptBy(call);
    if (of !== undefined) isKept.add(of);
    const place = `${String(payload.chat_id)}/${String(payload.message_id)}`;
    const copy = EDITS.includes(method) ? copies.get(place) : undefined;
    const said = copy && ledger.shownBy(copy.message);
    if (!copy || said?.reach !== "team") return [];
    const wasKept = isKept.delete(place);
    const isDead = copy.thread === undefined || copy.thread.diedMs !== undefined &&
        copy.thread.diedMs < atMs + 60_000;
    const isExcused = isDead || clockWasSet > 0;
    return wasKept || isExcused ? [] : [`${said.token} is edited, and what it was is not kept`];
  });
  const tooMuch = ledger.all().flatMap(({ token, versions }) => {
    const count = everything.filter((each) =>
      kept.has(placeName(each)) && ledger.shownBy(each.message)?.token === token
    ).length;
    const most = versions.length - 1 + (unanswered.get(token) ?? 0);
    return count > most ? [`${token} is kept ${count} times, at most ${most} is allowed`] : [];
  });
  return [...lost, ...tooMuch];
}
