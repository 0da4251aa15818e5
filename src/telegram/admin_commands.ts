/** The commands of administrators: what is decided for the desk, how it does, who is let in. */
import { type CommandName, wordsAfterCommand } from "../command.ts";
import { excerpt } from "../excerpt.ts";
import { type Formatted, slice } from "../formatted.ts";
import { nearest } from "../nearest.ts";
import type { Outcome } from "../outcome.ts";
import {
  isOwnText,
  OWN_TEXTS,
  type OwnText,
  readSetting,
  SETTING_NAMES,
  type SettingName,
  settingNamed,
} from "../settings.ts";
import { say } from "../texts/texts.ts";
import { answerTo, type Asked, type Handler, showTo } from "./asked.ts";
import type { Delivery } from "./delivery.ts";
import type { FailedList } from "./failed_list.ts";
import { showStats } from "./stats_command.ts";

/** What administrators may ask, apart from canned replies. */
export function adminCommands({ failedList }: { failedList: FailedList }) {
  return {
    settings: showSettings,
    set: (delivery, asked) => Promise.resolve(set(delivery, asked)),
    reset: (delivery, asked) => Promise.resolve(reset(delivery, asked)),
    stats: showStats,
    failed: (delivery, asked) => failedList.show(delivery, asked),
  } satisfies Partial<Record<CommandName, Handler>>;
}

/** Shows everything with its current value. */
async function showSettings(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { api, read, options: { config } } = delivery;
  const settings = await read.settings();
  const own = new Map<OwnText, string>();
  for (const name of OWN_TEXTS) {
    const words = await read.ownText(name);
    if (words) own.set(name, words.text);
  }
  const { locale, timeZone } = config;
  const text = say({ text: "settings", settings, own, locale, timeZone }, asked.language);
  return await showTo(
    delivery,
    asked,
    (answering) => api.sendMessage(asked.at.chatId, text, answering),
  );
}

/** Decides something: with what follows the name, or with the text that the command answers. */
function set(delivery: Delivery, asked: Asked): Outcome {
  const { given } = asked;
  const words = wordsAfterCommand(given);
  const [word = ""] = /^\S*/.exec(words.text) ?? [];
  if (word === "") return answerTo(delivery, asked, { text: "set-how" });
  const name = settingNamed(word);
  if (!name) return unknownSetting(delivery, asked, word);
  const answered = given.reply_to_message;
  const follows = slice(words, word.length, words.text.length);
  const isAnswering = follows.text.trim() === "" && answered !== undefined &&
    !("is_automatic_forward" in answered && answered.is_automatic_forward);
  const value: Formatted = isAnswering
    ? { text: answered.text ?? "", entities: answered.entities ?? [] }
    : follows;
  const decided = readSetting(name, value);
  if (decided.kind === "problem") {
    return answerTo(delivery, asked, { text: "set-problem", name, problem: decided.problem });
  }
  return answerTo(
    delivery,
    asked,
    { text: "set-done", name },
    async (read) =>
      decided.kind === "own text"
        ? { ownTexts: [{ name: decided.name, words: decided.words }] }
        : { settings: { ...await read.settings(), ...decided.settings } },
  );
}

/** Has something as if nobody had decided it. */
function reset(delivery: Delivery, asked: Asked): Outcome {
  const word = wordsAfterCommand(asked.given).text.trim();
  const name = settingNamed(word);
  if (!name) return unknownSetting(delivery, asked, word);
  return answerTo(delivery, asked, { text: "reset-done", name }, async (read) => {
    if (isOwnText(name)) return { ownTexts: [{ name, words: null }] };
    const { [name]: _decided, ...rest } = await read.settings();
    return { settings: rest };
  });
}

function unknownSetting(delivery: Delivery, asked: Asked, word: string): Outcome {
  const near = nearest(word, SETTING_NAMES);
  return answerTo(delivery, asked, {
    text: "set-unknown",
    word: excerpt(word),
    names: SETTING_NAMES,
    ...(near === undefined ? {} : { nearest: near as SettingName }),
  });
}
