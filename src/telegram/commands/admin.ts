/** The commands of administrators: what is decided for the desk, how it does, who is let in. */
import type { CommandName } from "../../commands/command.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { NewTask } from "../../jobs/change.ts";
import { excerpt } from "../../words/excerpt.ts";
import { type Formatted, plain, slice } from "../../words/formatted.ts";
import { nearest } from "../../words/nearest.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { isBack, MOST_UNKNOWN_NAMED, unknownPlaceholders } from "../../message/placeholders.ts";
import {
  decided as decidedNow,
  isOfTimers,
  isOwnText,
  namesOfSetting,
  OWN_TEXTS,
  type OwnText,
  SETTING_NAMES,
  settingGivenIn,
  type SettingName,
  settingNamed,
} from "../../settings/settings.ts";
import { readSetting } from "../../settings/reading.ts";
import { say } from "../../texts/texts.ts";
import { answerTo, type Asked, type CommandHandler, showTo } from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import type { FailedList } from "./failed.ts";
import { menuMeant } from "./menu.ts";
import type { Replies } from "../../replies/replies.ts";
import { showStats } from "./stats.ts";
import { defined } from "../../values/defined.ts";

/** What administrators may ask, apart from canned replies. */
export function adminCommands(
  { failedList, replies }: { failedList: FailedList; replies: Pick<Replies, "shelf"> },
) {
  return {
    settings: showSettings,
    set: (delivery, asked) => set(delivery, asked, replies),
    reset: (delivery, asked) => Promise.resolve(reset(delivery, asked)),
    stats: showStats,
    failed: (delivery, asked) => failedList.show(delivery, asked),
  } satisfies Partial<Record<CommandName, CommandHandler>>;
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
async function set(
  delivery: Delivery,
  asked: Asked,
  replies: Pick<Replies, "shelf">,
): Promise<Outcome> {
  const { given: { answered }, words } = asked;
  const { word, name, valueFrom } = settingGivenIn(words.text);
  if (word === "") return answerTo(delivery, asked, { text: "set-how" });
  if (!name) return unknownSetting(delivery, asked, word);
  const follows = slice(words, valueFrom, words.text.length);
  const other = answered?.isRoot ? undefined : answered?.content;
  const value = follows.text.trim() === "" && other ? other.snapshot.words ?? plain("") : follows;
  const decided = await decidedBy(delivery, readSetting(name, value), replies);
  if (decided.kind === "problem") {
    return answerTo(delivery, asked, { text: "set-problem", name, problem: decided.problem });
  }
  const { locale } = delivery.options.config;
  if (decided.kind === "setting") {
    const { settings } = decided;
    return answerTo(
      delivery,
      asked,
      { text: "set-done", name, settings, locale, unknown: [] },
      async (read) => ({
        settings: decidedNow(await read.settings(), settings, delivery.options.now()),
        tasks: recounting(delivery, name),
      }),
    );
  }
  const { words: own } = decided;
  const unknown = unknownIn(own, decided.name);
  return answerTo(
    delivery,
    asked,
    { text: "set-done", name, settings: {}, locale, unknown },
    () => ({ ownTexts: [{ name: decided.name, words: own }] }),
  );
}

/** What was decided, once it is known whether what a menu leads to is there. */
async function decidedBy(
  delivery: Delivery,
  decided: ReturnType<typeof readSetting>,
  replies: Pick<Replies, "shelf">,
): Promise<Exclude<ReturnType<typeof readSetting>, { kind: "menu" }>> {
  if (decided.kind !== "menu") return decided;
  const { menu, problem } = await menuMeant(delivery, decided.entries, replies);
  return problem
    ? { kind: "problem", problem: { because: "menu", problem } }
    : { kind: "setting", settings: { menu } };
}

/** Has something as if nobody had decided it. */
function reset(delivery: Delivery, asked: Asked): Outcome {
  const word = asked.words.text.trim();
  const name = settingNamed(word);
  if (!name) return unknownSetting(delivery, asked, word);
  return answerTo(delivery, asked, { text: "reset-done", name }, async (read) => {
    if (isOwnText(name)) return { ownTexts: [{ name, words: null }] };
    const { [name]: _decided, ...rest } = await read.settings();
    return { settings: rest, tasks: recounting(delivery, name) };
  });
}

/** What has what waits for its time wait for another, if this decides it. */
function recounting({ desk }: Delivery, name: SettingName): NewTask[] {
  if (!isOfTimers(name)) return [];
  return [{ lane: laneOf(desk, 0, "to-desk"), task: { kind: "timers" } }];
}

/** What looks like a placeholder in the desk's own words, but will not be filled in. */
function unknownIn(words: Formatted, name: OwnText): string[] {
  return unknownPlaceholders(words)
    .filter((each) => name !== "away" || !isBack(each.slice(1, -1)))
    .slice(0, MOST_UNKNOWN_NAMED);
}

function unknownSetting(delivery: Delivery, asked: Asked, word: string): Outcome {
  const near = nearest(word, SETTING_NAMES.flatMap(namesOfSetting));
  const meant = near === undefined ? undefined : settingNamed(near);
  return answerTo(delivery, asked, {
    text: "set-unknown",
    word: excerpt(word),
    names: SETTING_NAMES,
    ...defined({ nearest: meant }),
  });
}
