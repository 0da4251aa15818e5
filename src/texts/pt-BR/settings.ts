/** What is said about what administrators decide, in Brazilian Portuguese. */
import type { PixReceiverProblem } from "../../pix/receiver.ts";
import { excerpt } from "../../words/excerpt.ts";
import { MAX_TEXT } from "../../words/formatted.ts";
import { LANGUAGE_TAGS } from "../../words/language.ts";
import type { Texts } from "../notice.ts";
import {
  isOwnText,
  SETTING_NAMES,
  type SettingName,
  settingNameIn,
} from "../../settings/settings.ts";
import { type SettingProblem } from "../../settings/reading.ts";
import { anyOf, settingValue, type ValueWords } from "../setting_value.ts";
import { holidaysReason, hoursReason } from "./hours.ts";

export const settings = {
  "settings": ({ settings, own, locale, timeZone }) => {
    const value = (name: SettingName) => settingValue(name, { settings, own, locale }, VALUES);
    return [
      "⚙️ Ajustes",
      ...SETTING_NAMES.map((name) => `${called(name)}: ${value(name)}\n   ${ABOUT_SETTING[name]}`),
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
    (word === "" ? "Falta o nome do ajuste." : `Não há ajuste “${word}”.`) +
    (nearest === undefined ? "" : ` Você quis dizer ${called(nearest)}?`) +
    ` Há estes: ${names.map(called).join(", ")}.`,
  "set-problem": ({ name, problem }) =>
    `⚠️ Nada mudou em ${called(name)}: ${settingProblem(problem)}\n` +
    `Exemplo: /definir ${called(name)} ${EXAMPLES[name]}`,
  "set-done": ({ name, settings, locale, unknown }) => {
    const value = isOwnText(name)
      ? "definido"
      : settingValue(name, { settings, own: new Map(), locale }, VALUES);
    return `✅ ${called(name)}: ${value}` +
      (unknown.length > 0 ? `\n⚠️ Não conheço ${unknown.join(", ")}: ficará como está.` : "");
  },
  "reset-done": ({ name }) => `✅ ${called(name)}: de volta ao padrão.`,
} satisfies Partial<Texts>;

function called(name: SettingName): string {
  return settingNameIn(name, "pt-BR");
}

const VALUES: ValueWords = {
  language: "pt-BR",
  standard: "padrão",
  on: "ligado",
  off: "desligado",
  days: (count) => `${count} dias`,
};

const ABOUT_SETTING: Record<SettingName, string> = {
  welcome: "boas-vindas, no primeiro contato",
  restart: "quando um cliente volta depois do encerramento",
  end: "quando um atendimento é encerrado",
  terms: "resposta a /termos",
  hours: "os dias e horários em que a equipe atende",
  holidays: "as datas em que não atende",
  away: "o que se diz fora do horário; {volta} é quando a equipe volta",
  panel: "botões no começo de cada conversa",
  collision: "avisa quando duas pessoas respondem ao mesmo tempo",
  rating: "pede ao cliente uma nota no fim",
  notify: "avisa a equipe quando um cliente espera, salvo quem usou /avisos off",
  signature: "cada resposta começa com o nome de quem a escreveu",
  history: "antes de mostrar o que um cliente edita, guarda na conversa como era",
  alarm:
    "depois de quantos minutos de espera, dentro do horário, um cliente está atrasado: o cartão recebe #late e a equipe é avisada",
  autoclose:
    "depois de quanto silêncio do cliente o atendimento se encerra sozinho, com um aviso antes",
  pix: "para quem vai o Pix que /pix cobra: chave; nome; cidade",
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
  signature: "on",
  history: "on",
  alarm: "15",
  autoclose: "3d",
  pix: "pix@padaria.com.br; Padaria Central; São Paulo",
  keep: "180",
  erasecopies: "on",
  language: "pt-BR",
};

function settingProblem(problem: SettingProblem): string {
  switch (problem.because) {
    case "empty":
      return "falta o valor.";
    case "not a switch":
      return "o valor deve ser on (ligado) ou off (desligado).";
    case "unknown language":
      return `o valor deve ser ${anyOf(LANGUAGE_TAGS, "pt-BR")}.`;
    case "days":
      return `o valor deve ser um número de dias de ${problem.least} a ${problem.most}, ou off; 6 meses e 1 ano também valem.`;
    case "minutes":
      return `o valor deve ser um número de minutos de ${problem.least} a ${problem.most}, ou off.`;
    case "silence":
      return `o valor deve ser um tempo de ${problem.leastHours}h a ${problem.mostDays}d, ou off.`;
    case "long text":
      return `o texto tem ${problem.length} caracteres; o máximo é ${MAX_TEXT}.`;
    case "no text":
      return `os clientes leriam só a palavra “${problem.word}”. ` +
        "/restaurar com o nome traz de volta o padrão.";
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
      return "faltam partes: são três, separadas por ponto e vírgula: chave; nome; cidade.";
    case "key":
      return `“${
        excerpt(problem.key)
      }” não é uma chave Pix (CPF, CNPJ, e-mail, celular ou chave aleatória).`;
    case "long name":
      return `o nome tem ${problem.length} caracteres; o máximo é ${problem.most}.`;
    case "long city":
      return `a cidade tem ${problem.length} caracteres; o máximo é ${problem.most}.`;
    case "letters":
      return "o nome e a cidade precisam de letras de A a Z, com ou sem acento.";
  }
}
