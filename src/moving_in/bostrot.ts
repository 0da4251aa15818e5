/**
 * The customers of bostrot's telegram-support-bot: documents with `userid`, `name`, `messenger` and
 * `status` in a collection `bot_<owner>_<end of the token>`
 * (https://github.com/bostrot/telegram-support-bot, src/db.ts).
 */
import {
  type FoundCustomer,
  type FoundCustomers,
  readCustomers,
  toUserId,
  weighsMore,
} from "./customers.ts";
import type { MongoExport } from "./mongo_export.ts";

/** A first name has at most so many characters, and that bot keeps no other. */
const MAX_NAME_LENGTH = 64;

/**
 * Reads the documents. Left out are customers of other messengers, whom no bot in Telegram reaches;
 * documents of earlier versions name none.
 */
export function readBostrotUsers(exported: MongoExport, nowMs: number): FoundCustomers {
  return readCustomers(exported, nowMs, ({ userid, name, messenger, status }) => {
    if ((messenger ?? "telegram") !== "telegram") return null;
    const id = toUserId(userid);
    const firstName = toFirstName(name);
    const state = toState(status);
    const problems = [
      ...id === null ? ["has no userid that is a Telegram user's ID: correct it"] : [],
      ...firstName === null ? ["has a name that is none of Telegram's: correct it"] : [],
      ...state === null ? ["has no status that is open, closed or banned: correct it"] : [],
    ];
    return id === null || firstName === null || state === null
      ? problems
      : { customer: { id, firstName }, state };
  }, weighsMore);
}

function toFirstName(name: unknown): string | null {
  if (name === undefined || name === null) return "";
  if (typeof name !== "string" || [...name].length > MAX_NAME_LENGTH) return null;
  return name.trim().replace(/\s+/g, " ");
}

function toState(status: unknown): FoundCustomer["state"] | null {
  return status === "open" || status === "closed" || status === "banned"
    ? { status, priority: 1 }
    : null;
}
