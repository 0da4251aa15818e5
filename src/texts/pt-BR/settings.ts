/** What is said about what administrators decide, in Brazilian Portuguese. */
import { excerpt } from "../../excerpt.ts";
import { MAX_TEXT } from "../../formatted.ts";
import type { Texts } from "../../notice.ts";
import {
  isOn,
  isOwnText,
  isSwitch,
  keepDays,
  SETTING_NAMES,
  type SettingName,
  type SettingProblem,
  type Settings,
} from "../../settings.ts";
import { holidaysReason, hoursReason } from "./hours.ts";

export const settings = {
  "settings": ({ settings, own, locale, timeZone }) => {
    const shown = (name: SettingName): string => {
      if (isOwnText(name)) {
        const words = own.get(name);
        return words === undefined ? "padrão" : `“${excerpt(words)}”`;
      }
      if (isSwitch(name)) return isOn(settings, name) ? "on" : "off";
      if (name === "keep") return keepShown(settings);
      if (name === "language") return settings.language ?? locale;
      return settings[name] ?? "—";
    };
    return [
      "⚙️ Ajustes",
      ...SETTING_NAMES.map((name) => `${name}: ${shown(name)}\n   ${ABOUT_SETTING[name]}`),
      `Fuso horário: ${timeZone}`,
      "Mude com /definir nome valor (ou /definir nome em resposta a um texto); /restaurar nome volta " +
      "ao padrão.",
    ].join("\n\n");
  },
  "about-setting": ({ name }) => ABOUT_SETTING[name],
  "setting-example": ({ name }) => EXAMPLES[name],
  "set-how": () =>
    "Assim:\n\n/definir horario seg-sex 9h-18h; sáb 9h-12h\n\nou responda a um texto com " +
    "/definir boasvindas: ele será usado com sua formatação. /ajustes mostra tudo.",
  "set-unknown": ({ word, nearest, names }) =>
    `Não há ajuste “${word}”.` + (nearest === undefined ? "" : ` Você quis dizer ${nearest}?`) +
    ` Há estes: ${names.join(", ")}.`,
  "set-problem": ({ name, problem }) =>
    `⚠️ Nada mudou em ${name}: ${settingProblem(problem)}\nExemplo: /definir ${name} ${
      EXAMPLES[name]
    }`,
  "set-done": ({ name }) => `✅ ${name}: definido.`,
  "reset-done": ({ name }) => `✅ ${name}: de volta ao padrão.`,
} satisfies Partial<Texts>;

const ABOUT_SETTING: Record<SettingName, string> = {
  welcome: "boas-vindas, no primeiro contato",
  restart: "quando um cliente volta depois do fim",
  end: "quando um atendimento é encerrado",
  terms: "resposta a /termos",
  hours: "quando a equipe atende",
  holidays: "quando não atende",
  away: "o que se diz fora do horário; {volta} é quando a equipe volta",
  panel: "botões no começo de cada conversa",
  collision: "avisa quando duas pessoas respondem ao mesmo tempo",
  rating: "pede ao cliente uma nota no fim",
  notify: "avisa a equipe quando um cliente espera, salvo quem usou /avisos off",
  keep: "por quantos dias se guardam as conversas em que ninguém escreve, ou off: para sempre",
  erasecopies:
    "quando um cliente apaga seus dados, apaga o que a conversa mostra dele das últimas 48 horas",
  language: "idioma da equipe",
};

const EXAMPLES: Record<SettingName, string> = {
  welcome: "Olá, {nome}! Em que podemos ajudar?",
  restart: "Olá de novo, {nome}!",
  end: "Obrigado por falar conosco!",
  terms: "Respondemos em dias úteis.",
  hours: "seg-sex 09:00-18:00; sáb 09:00-12:00",
  holidays: "25/12; 01/01; 20/11/2026",
  away: "Voltamos {volta}.",
  panel: "off",
  collision: "off",
  rating: "on",
  notify: "on",
  keep: "180",
  erasecopies: "on",
  language: "pt-BR",
};

function keepShown(settings: Settings): string {
  const days = keepDays(settings);
  return days === null ? "off" : `${days} dias`;
}

function settingProblem(problem: SettingProblem): string {
  switch (problem.because) {
    case "empty":
      return "falta o valor.";
    case "not a switch":
      return "o valor deve ser on ou off.";
    case "unknown language":
      return "o valor deve ser pt-BR, en ou es.";
    case "days":
      return `o valor deve ser um número de dias de ${problem.least} a ${problem.most}, ou off.`;
    case "long text":
      return `o texto tem ${problem.length} caracteres; o máximo é ${MAX_TEXT}.`;
    case "hours":
      return hoursReason(problem.problem);
    case "holidays":
      return holidaysReason(problem.problem);
  }
}
