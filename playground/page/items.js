/** Messages as they are listed: an album is one item, and a day begins with its date. */
import { dayOf } from "./words.js";

/** Makes items of messages; `isOwn` tells whose stand on the right. */
export function itemsOf(messages, isOwn) {
  const items = [];
  let day;
  for (const message of messages) {
    const last = items.at(-1);
    if (message.album && last?.messages?.[0].album === message.album) {
      last.messages.push(message);
      continue;
    }
    const itsDay = dayOf(message.date);
    if (itsDay !== day) items.push({ key: `day ${itsDay}`, day: itsDay });
    day = itsDay;
    const own = isOwn(message);
    const before = items.at(-1)?.messages?.[0];
    const follows = before !== undefined && before.by.id === message.by.id &&
      before.kind !== "service" && message.kind !== "service" &&
      message.date - before.date < 600;
    items.push({ key: String(message.id), messages: [message], own, follows });
  }
  return items;
}

/** The class of an item's row. */
export function rowClass(item) {
  if (item.day) return "day";
  const [message] = item.messages;
  if (message.kind === "service") return "service";
  return [item.own ? "own" : "other", item.follows ? "follows" : ""].filter(Boolean).join(" ");
}
