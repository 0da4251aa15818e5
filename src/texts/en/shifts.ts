/** What is said about shifts, in English. */
import type { Texts } from "../notice.ts";
import type { ShiftOfDesk } from "../notices/shifts.ts";

export const shifts = {
  "shifts": ({ desks }) => desks.map(shiftOf).join("\n\n"),
  "shift-done": ({ isOn, desks }) =>
    `${isOn ? "✅ Your shift has begun." : "✅ Your shift is over."}\n\n${
      desks.map(shiftOf).join("\n\n")
    }`,
  "shift-how": () => "Like this: /shift on, /shift off. /shift alone says who is on.",
  "shift-needs-name": () => "You write without a name here: give the command under your own.",
  "dealt": ({ name, address }) => `🙋 It is your turn: ${name} is yours.\n${address}`,
} satisfies Partial<Texts>;

function shiftOf({ desk, names, isDistributing }: ShiftOfDesk): string {
  const on = names.length > 0 ? `👥 On shift: ${names.join(", ")}` : "👥 Nobody is on shift.";
  const line = desk === undefined ? on : `${desk}: ${on}`;
  return isDistributing
    ? line
    : `${line}\nℹ️ Conversations go to nobody by themselves: /set distribute on changes that.`;
}
