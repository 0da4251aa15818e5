/** What is said about shifts, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";
import type { ShiftOfDesk } from "../notices/shifts.ts";

export const shifts = {
  "shifts": ({ desks }) => desks.map(shiftOf).join("\n\n"),
  "shift-done": ({ isOn, desks }) =>
    `${isOn ? "✅ Seu turno começou." : "✅ Seu turno terminou."}\n\n${
      desks.map(shiftOf).join("\n\n")
    }`,
  "shift-how": () => "Assim: /turno on, /turno off. /turno sozinho diz quem está.",
  "shift-needs-name": () => "Você escreve sem nome aqui: dê o comando em seu próprio nome.",
  "dealt": ({ name, address }) => `🙋 É a sua vez: ${name} é com você.\n${address}`,
} satisfies Partial<Texts>;

function shiftOf({ desk, names, isDistributing }: ShiftOfDesk): string {
  const on = names.length > 0 ? `👥 De turno: ${names.join(", ")}` : "👥 Ninguém está de turno.";
  const line = desk === undefined ? on : `${desk}: ${on}`;
  return isDistributing
    ? line
    : `${line}\nℹ️ Os atendimentos não vão a ninguém por si: /definir distribuir on muda isso.`;
}
