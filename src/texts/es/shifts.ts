/** What is said about shifts, in Spanish. */
import type { Texts } from "../notice.ts";
import type { ShiftOfDesk } from "../notices/shifts.ts";

export const shifts = {
  "shifts": ({ desks }) => desks.map(shiftOf).join("\n\n"),
  "shift-done": ({ isOn, desks }) =>
    `${isOn ? "✅ Su turno ha empezado." : "✅ Su turno ha terminado."}\n\n${
      desks.map(shiftOf).join("\n\n")
    }`,
  "shift-how": () => "Así: /turno on, /turno off. /turno solo dice quién está.",
  "shift-needs-name": () => "Aquí usted escribe sin nombre: dé la orden con el suyo.",
  "dealt": ({ name, address }) => `🙋 Es su turno: ${name} es para usted.\n${address}`,
} satisfies Partial<Texts>;

function shiftOf({ desk, names, isDistributing }: ShiftOfDesk): string {
  const on = names.length > 0 ? `👥 De turno: ${names.join(", ")}` : "👥 Nadie está de turno.";
  const line = desk === undefined ? on : `${desk}: ${on}`;
  return isDistributing
    ? line
    : `${line}\nℹ️ Las conversaciones no van a nadie por sí solas: /set distribuir on lo cambia.`;
}
