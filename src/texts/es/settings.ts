/** What is said about what administrators decide, in Spanish. */
import type { PixReceiverProblem } from "../../pix/receiver.ts";
import { excerpt } from "../../words/excerpt.ts";
import { MAX_TEXT } from "../../words/formatted.ts";
import { LANGUAGE_TAGS } from "../../words/language.ts";
import type { Texts } from "../notice.ts";
import { isOwnText, SETTING_NAMES, type SettingName } from "../../settings/settings.ts";
import { type SettingProblem } from "../../settings/reading.ts";
import { anyOf, settingValue, type ValueWords } from "../setting_value.ts";
import { holidaysReason, hoursReason } from "./hours.ts";

export const settings = {
  "settings": ({ settings, own, locale, timeZone }) => {
    const value = (name: SettingName) => settingValue(name, { settings, own, locale }, VALUES);
    return [
      "⚙️ Ajustes",
      ...SETTING_NAMES.map((name) => `${name}: ${value(name)}\n   ${ABOUT_SETTING[name]}`),
      `Zona horaria: ${timeZone}`,
      "Cambie uno con /set nombre valor (o /set nombre en respuesta a un texto); /reset nombre vuelve " +
      "al valor por defecto.",
    ].join("\n\n");
  },
  "about-setting": ({ name }) => ABOUT_SETTING[name],
  "setting-example": ({ name }) => EXAMPLES[name],
  "set-how": () =>
    "Así:\n\n/set hours lun-vie 09:00-18:00; sáb 09:00-12:00\n\no responda a un texto con " +
    "/set welcome: se usará con su formato. /settings lo muestra todo.",
  "set-unknown": ({ word, nearest, names }) =>
    (word === "" ? "Falta el nombre del ajuste." : `No hay ningún ajuste “${word}”.`) +
    (nearest === undefined ? "" : ` ¿Quiso decir ${nearest}?`) +
    ` Hay estos: ${names.join(", ")}.`,
  "set-problem": ({ name, problem }) =>
    `⚠️ Nada ha cambiado en ${name}: ${settingProblem(problem)}\nEjemplo: /set ${name} ${
      EXAMPLES[name]
    }`,
  "set-done": ({ name, settings, locale, unknown }) => {
    const value = isOwnText(name)
      ? "definido"
      : settingValue(name, { settings, own: new Map(), locale }, VALUES);
    return `✅ ${name}: ${value}` +
      (unknown.length > 0 ? `\n⚠️ No conozco ${unknown.join(", ")}: quedará como está.` : "");
  },
  "reset-done": ({ name }) => `✅ ${name}: su valor por defecto.`,
} satisfies Partial<Texts>;

const VALUES: ValueWords = {
  language: "es",
  standard: "por defecto",
  on: "activado",
  off: "desactivado",
  days: (count) => `${count} días`,
};

const ABOUT_SETTING: Record<SettingName, string> = {
  welcome: "bienvenida, en el primer contacto",
  restart: "cuando un cliente vuelve después del cierre",
  end: "cuando se cierra una conversación",
  terms: "respuesta a /terms",
  hours: "los días y horas en que atiende el equipo",
  holidays: "las fechas en que no atiende",
  away: "lo que se dice fuera de horario; {back} es cuándo vuelve el equipo",
  panel: "botones al principio de cada conversación",
  collision: "avisa cuando dos personas responden a la vez",
  rating: "pide al cliente una nota al final",
  notify: "avisa al equipo cuando un cliente espera, salvo a quien usó /notify off",
  signature: "cada respuesta empieza con el nombre de quien la escribió",
  history: "antes de mostrar lo que un cliente edita, conserva en el hilo lo que era",
  alarm:
    "tras cuántos minutos de espera, dentro del horario, un cliente va con retraso: la tarjeta recibe #late y se avisa al equipo",
  autoclose: "tras cuánto silencio del cliente la conversación se cierra sola, con un aviso antes",
  pix: "a quién va el Pix que /pix cobra: clave; nombre; ciudad",
  keep:
    "por cuántos días se guardan las conversaciones en las que nadie escribe, u off: para siempre",
  erasecopies:
    "cuando un cliente borra sus datos, borra lo que el hilo muestra de él de las últimas 48 horas",
  language: "idioma del equipo",
};

const EXAMPLES: Record<SettingName, string> = {
  welcome: "¡Hola, {nombre}! ¿En qué podemos ayudar?",
  restart: "¡Hola de nuevo, {nombre}!",
  end: "¡Gracias por escribirnos!",
  terms: "Respondemos en días hábiles.",
  hours: "lun-vie 09:00-18:00; sáb 09:00-12:00",
  holidays: "25/12; 01/01; 20/11/2026",
  away: "Volvemos {back}.",
  panel: "off",
  collision: "off",
  rating: "on",
  notify: "on",
  signature: "on",
  history: "on",
  alarm: "15",
  autoclose: "3d",
  pix: "pix@panaderia.com.br; Panadería Central; São Paulo",
  keep: "180",
  erasecopies: "on",
  language: "es",
};

function settingProblem(problem: SettingProblem): string {
  switch (problem.because) {
    case "empty":
      return "falta el valor.";
    case "not a switch":
      return "el valor debe ser on (activado) u off (desactivado).";
    case "unknown language":
      return `el valor debe ser ${anyOf(LANGUAGE_TAGS, "es")}.`;
    case "days":
      return `el valor debe ser un número de días de ${problem.least} a ${problem.most}, u off; también 6 meses y 1 año.`;
    case "minutes":
      return `el valor debe ser un número de minutos de ${problem.least} a ${problem.most}, u off.`;
    case "silence":
      return `el valor debe ser un tiempo de ${problem.leastHours}h a ${problem.mostDays}d, u off.`;
    case "long text":
      return `el texto tiene ${problem.length} caracteres; el máximo es ${MAX_TEXT}.`;
    case "no text":
      return `los clientes leerían solo la palabra “${problem.word}”. ` +
        "/reset con el nombre restablece su valor por defecto.";
    case "hours":
      return hoursReason(problem.problem);
    case "holidays":
      return holidaysReason(problem.problem);
    case "pix":
      return receiverReason(problem.problem);
  }
}

function receiverReason(problem: PixReceiverProblem): string {
  switch (problem.because) {
    case "parts":
      return "faltan partes: son tres, separadas por punto y coma: clave; nombre; ciudad.";
    case "key":
      return `“${
        excerpt(problem.key)
      }” no es una clave Pix (CPF, CNPJ, correo electrónico, celular o clave aleatoria).`;
    case "long name":
      return `el nombre tiene ${problem.length} caracteres; el máximo es ${problem.most}.`;
    case "long city":
      return `la ciudad tiene ${problem.length} caracteres; el máximo es ${problem.most}.`;
    case "letters":
      return "el nombre y la ciudad necesitan letras de la A a la Z, con o sin acento.";
  }
}
