/**
 * Who has written to a bot of Olgram's, as its table `mailinguser` has them: rows with the user's
 * `telegram_id` and the `bot_id` (https://github.com/civsocit/olgram, olgram/models/models.py). It
 * knows no names and no states; a column `banned` of one's own may say who is in `bot_banned_user`.
 */
import type { FoundCustomer, FoundCustomers } from "./customers.ts";
import { readCustomers, toUserId, weighsMore } from "./customers.ts";
import { isProblem, type MongoExport } from "./mongo_export.ts";

/** The column without which a table is not this one. */
export const OLGRAM_COLUMN = "telegram_id";

/** The bots whose users are in the table; one installation may have many. */
export function olgramBotsIn(exported: MongoExport): string[] {
  const bots = exported.flatMap((each) =>
    isProblem(each) || each.fields.bot_id === undefined ? [] : [String(each.fields.bot_id)]
  );
  return [...new Set(bots)];
}

/** Reads the rows. Nobody is known to wait for anything, so conversations are closed. */
export function readOlgramUsers(exported: MongoExport, nowMs: number): FoundCustomers {
  return readCustomers(exported, nowMs, ({ [OLGRAM_COLUMN]: written, banned }) => {
    const id = toUserId(written);
    const state = toState(banned);
    const problems = [
      ...id === null ? ["has no telegram_id that is a user's ID: correct it"] : [],
      ...state === null ? ["has a banned that is neither true nor false: correct it"] : [],
    ];
    return id === null || state === null ? problems : { customer: { id, firstName: "" }, state };
  }, weighsMore);
}

/** PostgreSQL writes `t` and `f` into CSV, `true` and `false` into JSON. */
function toState(banned: unknown): FoundCustomer["state"] | null {
  switch (String(banned ?? "").toLowerCase()) {
    case "t":
    case "true":
    case "1":
      return { status: "banned", priority: 1 };
    case "f":
    case "false":
    case "0":
    case "":
      return { status: "closed", priority: 1 };
    default:
      return null;
  }
}
