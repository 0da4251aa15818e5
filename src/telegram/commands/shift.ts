/** Shifts: who begins or ends theirs, and who is on. */
import { withShift } from "../../desk/roster.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import { readSwitch } from "../../settings/reading.ts";
import { isOn } from "../../settings/settings.ts";
import type { ShiftOfDesk } from "../../texts/notices/shifts.ts";
import type { Delivery } from "../sending/delivery.ts";
import { answerTo, type Asked } from "./request.ts";

/** Says who is on shift, or has whoever gives the command begin or end theirs. */
export async function shift(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { read } = delivery;
  const { by, words: { text } } = asked;
  if (text.trim() === "") {
    return answerTo(delivery, asked, { text: "shifts", desks: [await shiftAt(read)] });
  }
  const isBeginning = readSwitch(text);
  if (isBeginning === undefined) return answerTo(delivery, asked, { text: "shift-how" });
  if (by.kind === "desk") return answerTo(delivery, asked, { text: "shift-needs-name" });
  const agent = { userId: by.userId, name: by.name };
  const now = {
    ...await shiftAt(read),
    names: namesOf(withShift(await read.roster(), agent, isBeginning)),
  };
  return answerTo(
    delivery,
    asked,
    { text: "shift-done", isOn: isBeginning, desks: [now] },
    async (read) => ({ roster: withShift(await read.roster(), agent, isBeginning) }),
  );
}

async function shiftAt(read: Reader): Promise<ShiftOfDesk> {
  const isDistributing = isOn(await read.settings(), "distribute");
  return { names: namesOf(await read.roster()), isDistributing };
}

function namesOf(roster: readonly { name: string }[]): string[] {
  return roster.map(({ name }) => name);
}
