/** What is said about what administrators decide, in English. */
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
      "⚙️ Settings",
      ...SETTING_NAMES.map((name) => `${name}: ${value(name)}\n   ${ABOUT_SETTING[name]}`),
      `Time zone: ${timeZone}`,
      "Change one with /set name value (or /set name as an answer to a text); /reset name brings the " +
      "default back.",
    ].join("\n\n");
  },
  "about-setting": ({ name }) => ABOUT_SETTING[name],
  "setting-example": ({ name }) => EXAMPLES[name],
  "set-how": () =>
    "Like this:\n\n/set hours mon-fri 09:00-18:00; sat 09:00-12:00\n\nor answer a text with " +
    "/set welcome: it is used with its formatting. /settings shows everything.",
  "set-unknown": ({ word, nearest, names }) =>
    (word === "" ? "The name of a setting is missing." : `There is no setting “${word}”.`) +
    (nearest === undefined ? "" : ` Did you mean ${nearest}?`) +
    ` There are: ${names.join(", ")}.`,
  "set-problem": ({ name, problem }) =>
    `⚠️ Nothing has changed in ${name}: ${settingProblem(problem)}\nExample: /set ${name} ${
      EXAMPLES[name]
    }`,
  "set-done": ({ name, settings, locale, unknown }) => {
    const value = isOwnText(name)
      ? "set"
      : settingValue(name, { settings, own: new Map(), locale }, VALUES);
    return `✅ ${name}: ${value}` +
      (unknown.length > 0
        ? `\n⚠️ I do not know ${unknown.join(", ")}: it will stay as it is.`
        : "");
  },
  "reset-done": ({ name }) => `✅ ${name}: back to the default.`,
} satisfies Partial<Texts>;

const VALUES: ValueWords = {
  language: "en",
  standard: "default",
  on: "on",
  off: "off",
  days: (count) => `${count} days`,
};

const ABOUT_SETTING: Record<SettingName, string> = {
  welcome: "the welcome, at first contact",
  restart: "when a customer comes back after the end",
  end: "when a conversation is closed",
  terms: "the answer to /terms",
  hours: "the days and hours when the team is there",
  holidays: "the dates when it is not",
  away: "what is said outside hours; {back} is when the team is back",
  panel: "buttons at the beginning of each conversation",
  collision: "tells when two people answer at once",
  rating: "asks the customer for a rating at the end",
  notify: "tells the team when a customer waits, except those who said /notify off",
  signature: "each answer begins with the name of who has written it",
  history: "before a customer's edit is shown, keeps in the thread what it was",
  alarm:
    "after how many minutes of waiting, inside the hours, a customer is late: the card gets #late and the team is told",
  autoclose:
    "after how much silence of the customer's a conversation closes by itself, with a warning before",
  pix: "whom the payments go to that /pix asks for: key; name; city",
  keep: "for how many days conversations are kept in which nobody writes, or off: for good",
  erasecopies:
    "when customers erase their data, deletes what the thread shows of them of the last 48 hours",
  language: "the team's language",
};

const EXAMPLES: Record<SettingName, string> = {
  welcome: "Hello {first_name}! How can we help?",
  restart: "Hello again, {first_name}!",
  end: "Thank you for talking to us!",
  terms: "We answer on working days.",
  hours: "mon-fri 09:00-18:00; sat 09:00-12:00",
  holidays: "12-25; 01-01; 2026-11-20",
  away: "We are back {back}.",
  panel: "off",
  collision: "off",
  rating: "on",
  notify: "on",
  signature: "on",
  history: "on",
  alarm: "15",
  autoclose: "3d",
  pix: "pix@bakery.com.br; Central Bakery; São Paulo",
  keep: "180",
  erasecopies: "on",
  language: "en",
};

function settingProblem(problem: SettingProblem): string {
  switch (problem.because) {
    case "empty":
      return "the value is missing.";
    case "not a switch":
      return "the value must be on or off.";
    case "unknown language":
      return `the value must be ${anyOf(LANGUAGE_TAGS, "en-GB")}.`;
    case "days":
      return `the value must be a number of days from ${problem.least} to ${problem.most}, or off; 6 months and 1 year are understood, too.`;
    case "minutes":
      return `the value must be a number of minutes from ${problem.least} to ${problem.most}, or off.`;
    case "silence":
      return `the value must be a time from ${problem.leastHours}h to ${problem.mostDays}d, or off.`;
    case "long text":
      return `the text has ${problem.length} characters; the most is ${MAX_TEXT}.`;
    case "no text":
      return `customers would read just the word “${problem.word}”. ` +
        "/reset and the name bring the default back.";
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
      return "parts are missing: there are three, with semicolons between them: key; name; city.";
    case "key":
      return `“${
        excerpt(problem.key)
      }” is no Pix key (CPF, CNPJ, e-mail address, mobile number or random key).`;
    case "long name":
      return `the name has ${problem.length} characters; the most is ${problem.most}.`;
    case "long city":
      return `the city has ${problem.length} characters; the most is ${problem.most}.`;
    case "letters":
      return "the name and the city need letters from A to Z, with or without accents.";
  }
}
