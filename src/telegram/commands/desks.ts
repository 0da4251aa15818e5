/** The owner's commands in private: which desks there are, and what they are called. */
import { desksKeyboard, removeKeyboard } from "../../buttons/desks.ts";
import type { CommandName } from "../../commands/command.ts";
import { deskAndWordsIn, deskMeantBy } from "../../desk/meant.ts";
import { withDeskRenamed } from "../../desk/names.ts";
import type { DeskLists } from "../../desk/lists.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { say, TEXTS } from "../../texts/texts.ts";
import type { DesksNotice, DeskState, ListedDesk } from "../../texts/notices/desks.ts";
import type { Later } from "../../jobs/background.ts";
import type { Language } from "../../words/language.ts";
import type { Config } from "../../config.ts";
import { excerpt } from "../../words/excerpt.ts";
import type { Desks } from "../desk/desks.ts";
import { pendingDesks } from "../desk/pending.ts";
import type { ServedDesk } from "../desk/served_desk.ts";
import type { Delivery } from "../sending/delivery.ts";
import { answerTo, type Asked, type CommandHandler, showTo } from "./request.ts";

/** How many customers are named who keep a desk from being removed. */
const NAMED = 10;

/** What these commands need of the world. */
export interface DeskCommandsOptions {
  desks: Desks;
  lists: Pick<DeskLists, "open" | "countWaiting">;
  config: Pick<Config, "channels">;
  /** Says how another desk is opened. */
  lead: (userId: number, language: Language) => Promise<void>;
  later: Later;
}

/** The owner's commands. */
export function deskCommands(options: DeskCommandsOptions) {
  return {
    desks: (delivery, asked) => list(delivery, asked, options),
    adddesk: (delivery, asked) => add(delivery, asked, options),
    renamedesk: (delivery, asked) => rename(delivery, asked, options),
    removedesk: (delivery, asked) => remove(delivery, asked, options),
  } satisfies Partial<Record<CommandName, CommandHandler>>;
}

function stateOf({ watch }: ServedDesk): DeskState {
  if (!watch.isKnown) return "setting-up";
  return watch.isReady ? "open" : "trouble";
}

async function list(
  delivery: Delivery,
  asked: Asked,
  { desks, lists, config }: DeskCommandsOptions,
): Promise<Outcome> {
  const listed = await Promise.all(desks.all.map(async (served): Promise<ListedDesk> => {
    const state = stateOf(served);
    const name = desks.nameOf(served);
    if (name === undefined) {
      return { title: desks.titleOf(served), state, open: 0, waiting: 0 };
    }
    const { channelId, title } = served.watch.desk;
    const [{ count: open }, waiting] = await Promise.all([
      lists.open(channelId, 0),
      lists.countWaiting(channelId),
    ]);
    return { name, title, state, open, waiting };
  }));
  const isFixed = config.channels.length > 0;
  const { language, at: { chatId } } = asked;
  const words = say({ text: "desks", desks: listed, isFixed }, language);
  const buttons = desks.known.map((served) => ({
    deskId: served.watch.desk.channelId,
    name: desks.nameOf(served)!,
    state: stateOf(served),
  }));
  const reply_markup = desksKeyboard(buttons, { isFixed, texts: TEXTS[language] });
  return await showTo(
    delivery,
    asked,
    (answering) => delivery.api.sendMessage(chatId, words, { reply_markup, ...answering }),
  );
}

/** The next channel to which the owner adds the bot is another desk. */
function add(
  _delivery: Delivery,
  { by, language }: Asked,
  { lead, later }: DeskCommandsOptions,
): Promise<Outcome> {
  if (by.kind === "person") later(lead(by.userId, language));
  return Promise.resolve({ kind: "sent" });
}

async function rename(
  delivery: Delivery,
  asked: Asked,
  { desks }: DeskCommandsOptions,
): Promise<Outcome> {
  const answer = (notice: DesksNotice) => answerTo(delivery, asked, notice);
  const parts = asked.words.text.trim().split(/\s+/);
  if (parts.length < 2) return answer({ text: "renamedesk-how" });
  await desks.refresh();
  const { among } = desks;
  const found = deskAndWordsIn(among, parts);
  const names = among.map((each) => each.name);
  if (!found) return answer({ text: "desk-unknown", words: excerpt(parts[0]!), names });
  const { desk, words: name } = found;
  const renamed = await desks.rename((known) => withDeskRenamed(known, desk.channelId, name));
  if (renamed === "empty") return answer({ text: "renamedesk-empty", words: excerpt(name) });
  if (renamed === "taken") return answer({ text: "renamedesk-taken", name: excerpt(name) });
  const now = desks.among.find(({ channelId }) => channelId === desk.channelId);
  return answer({ text: "renamedesk-done", from: desk.name, name: now?.name ?? desk.name });
}

/** Asks first; a desk that somebody is served at is not removed. */
async function remove(
  delivery: Delivery,
  asked: Asked,
  { desks, lists, config }: DeskCommandsOptions,
): Promise<Outcome> {
  const answer = (notice: DesksNotice) => answerTo(delivery, asked, notice);
  if (config.channels.length > 0) return answer({ text: "desks-fixed" });
  await desks.refresh();
  const words = asked.words.text.trim();
  const { among } = desks;
  const all = [...among, ...pendingDesks(desks)];
  const names = all.map(({ name }) => name);
  if (words === "") return answer({ text: "removedesk-how", names });
  const desk = deskMeantBy(all, words);
  if (!desk) return answer({ text: "desk-unknown", words: excerpt(words), names });
  const { name, channelId: deskId } = desk;
  if (among.every((each) => each === desk)) return answer({ text: "removedesk-last" });
  const { count, customers } = await lists.open(deskId, NAMED);
  if (count > 0) {
    return answer({ text: "removedesk-open", name, count, customers });
  }
  const { language, at: { chatId } } = asked;
  const question = say({ text: "removedesk-sure", name }, language);
  const reply_markup = removeKeyboard({ deskId, name }, TEXTS[language]);
  return await showTo(
    delivery,
    asked,
    (answering) => delivery.api.sendMessage(chatId, question, { reply_markup, ...answering }),
  );
}
