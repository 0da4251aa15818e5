/** What becomes of a deed: somebody does it in the simulated Telegram. */
import type { InlineQueryResult, ReactionTypeEmoji } from "grammy/types";
import { defined } from "../src/values/defined.ts";
import { ALBUM_PIECES, exampleOf, stepFrom } from "./desk/examples.ts";
import type { LinkedDesk } from "./desk/desks.ts";
import type { Participant } from "./desk/people.ts";
import type { Playground } from "./playground.ts";
import type { Deed, DeskName, Mentioned, Speaker } from "./story/deed.ts";
import { findMentioned } from "./story/mentioned.ts";
import type { SimulatedChat, SimulatedMessage, StoredMessage } from "./telegram/chat.ts";
import { kindOf } from "./telegram/kind.ts";
import { toMessage } from "./telegram/message.ts";
import type { SendOptions } from "./telegram/telegram.ts";

/** What somebody is shown who did it: the words of a bot's answer to a press, if it has any. */
export interface Outcome {
  says?: string;
  /** It is shown until it is dismissed. */
  isAlert?: boolean;
  /** The desk that was created. */
  desk?: DeskName;
  /** Resolves when a bot that was asked has answered. */
  answered?: Promise<Outcome>;
}

/** A deed that cannot be done, in words for whoever asked for it. */
export class DeedRefused extends Error {
  override name = "DeedRefused";
}

/** How long somebody waits whose client asks the bot, before they give it up. */
const PATIENCE_MS = 8000;

/** Does it. What follows of it may still be under way; throws `DeedRefused` where it cannot be. */
export async function perform(playground: Playground, deed: Deed): Promise<Outcome> {
  try {
    return await act(playground, deed);
  } catch (error) {
    // A client has no button for that, and says why.
    if (error instanceof Error && error.constructor === Error) {
      throw new DeedRefused(error.message);
    }
    throw error;
  }
}

async function act(playground: Playground, deed: Deed): Promise<Outcome> {
  const { bot, weather } = playground;
  switch (deed.does) {
    case "kill":
      await playground.kill();
      return {};
    case "wait":
      await playground.wait(deed.ms);
      return {};
    case "fault":
      weather.turn(deed.fault, deed.isOn);
      return {};
    case "forwards":
      weather.forwards = deed.how;
      return {};
    case "arrive":
      playground.called(deed.name, "customer", { language: deed.language });
      return {};
    case "block":
      known(playground, deed.name).user.blocks(bot);
      return {};
    case "unblock":
      known(playground, deed.name).user.unblocks(bot);
      return {};
    case "open": {
      const link = `https://t.me/${bot.info.username}?start=${deed.source}`;
      playground.called(deed.name, "customer").user.opens(link);
      return {};
    }
    case "claim":
      playground.claim(known(playground, deed.name));
      return {};
    case "write":
      await writes(playground, deed);
      return {};
    case "pick":
      return await picks(playground, deed);
    case "edit":
    case "move":
    case "delete":
    case "react":
    case "press":
      return about(playground, deed);
    case "create": {
      const { user } = known(playground, deed.name);
      return { desk: playground.desks.create(user, deed.title).name };
    }
    default:
      settles(playground, deed);
      return {};
  }
}

/** What becomes of the chats themselves, and of who is in them. */
function settles(
  playground: Playground,
  deed: Deed & { does: "link" | "share" | "hire" | "join" },
): void {
  const { bot, desks } = playground;
  switch (deed.does) {
    case "link":
      desks.link(known(playground, deed.name).user, deed.desk);
      return;
    case "share": {
      const { channel, group } = deed.chat === "group"
        ? desks.linked(deed.desk)
        : desks.named(deed.desk);
      const chat = deed.chat === "channel" ? channel : group!;
      const person = known(playground, deed.name);
      const link = linkUnder(playground.chatOf(person), deed.button);
      if (link === undefined) person.user.shares(bot, deed.button, chat);
      else person.user.opens(link, { chat });
      return;
    }
    case "hire": {
      const { name, desk } = deed;
      desks.hire(playground.called(name, "agent", { desk }).user, desk);
      return;
    }
    case "join":
      playground.called(deed.name, "customer").user.joins(desks.linked(deed.desk).group);
  }
}

async function writes(
  playground: Playground,
  { who, text, sends, answers, quote }: Deed & { does: "write" },
): Promise<void> {
  const { person, chat, how } = standing(playground, who);
  const options: SendOptions = {
    ...how,
    ...defined({
      replyTo: answers === undefined ? undefined : mentioned(chat, answers).id,
      quote,
    }),
  };
  if (sends === undefined) {
    person.user.sends(chat, text, options);
  } else if (sends === "album") {
    const captions = [text, ...Array(ALBUM_PIECES - 1).fill("")];
    const pieces = captions.map((caption) => exampleOf("album", caption));
    await person.user.sendsAlbum(chat, pieces, options);
  } else {
    person.user.sends(chat, exampleOf(sends, text), options);
  }
}

/** Types the bot's name and a query, and sends what the bot offers under that title. */
async function picks(
  playground: Playground,
  { who, query, title }: Deed & { does: "pick" },
): Promise<Outcome> {
  const { person, chat, how } = standing(playground, who);
  const results = await offers(playground, person, chat, query);
  const result = results.find((one) => titleOf(one) === title);
  if (!result) throw new DeedRefused(`The bot offers no “${title}” for “${query}”.`);
  person.user.choosesResult(chat, result, how);
  return {};
}

/** What the bot offers somebody who types its name and a query there. */
export async function offers(
  { bot }: Playground,
  { user }: Participant,
  chat: SimulatedChat,
  query: string,
): Promise<InlineQueryResult[]> {
  return await user.queries(bot, query, "", chat.type === "private" ? "sender" : "supergroup");
}

/** What an inline result is called. */
export function titleOf(result: InlineQueryResult): string {
  return "title" in result && result.title ? result.title : result.id;
}

/** What is done to a message that is there. */
function about(
  playground: Playground,
  deed: Deed & { does: "edit" | "move" | "delete" | "react" | "press" },
): Outcome {
  const { person: { user }, chat } = standing(playground, deed.who);
  const record = mentioned(chat, deed.message);
  const message = toMessage(record);
  switch (deed.does) {
    case "edit": {
      const isCaption = kindOf(record.content) !== "text";
      user.edits(message, isCaption ? { caption: deed.text } : deed.text);
      return {};
    }
    case "move": {
      const { location } = record.content;
      if (location?.live_period === undefined) throw new DeedRefused("Only live locations move.");
      user.edits(message, stepFrom(location));
      return {};
    }
    case "delete":
      user.deletes(message);
      return {};
    case "react":
      user.reacts(message, deed.emoji as ReactionTypeEmoji["emoji"] | null);
      return {};
    case "press":
      return presses(playground, user, message, deed.button);
  }
}

function presses(
  playground: Playground,
  user: Participant["user"],
  message: SimulatedMessage,
  words: string,
): Outcome {
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  const isMeant = ({ text }: { text: string }) => text.toLowerCase().includes(words.toLowerCase());
  const button = buttons.find(({ text }) => text === words) ?? buttons.find(isMeant);
  if (!button) throw new DeedRefused(`Message ${message.message_id} has no button "${words}".`);
  if (!("callback_data" in button) || button.callback_data === undefined) {
    return { says: `A client of Telegram's does this itself: ${button.text}` };
  }
  const pressed = user.presses(message, button.callback_data);
  const given = new Promise<undefined>((resolve) => {
    playground.clock.setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const answered = Promise.race([pressed, given]).then((answer): Outcome =>
    answer === undefined ? {} : {
      ...defined({ says: answer.text || undefined, isAlert: answer.show_alert || undefined }),
    }
  );
  return { answered };
}

/** Where the newest button under a message leads that has these words. */
function linkUnder({ messages }: SimulatedChat, words: string): string | undefined {
  const buttons = messages.flatMap(({ reply_markup: markup }) =>
    markup?.inline_keyboard.flat() ?? []
  );
  const found = buttons.findLast(({ text }) => text === words);
  return found && "url" in found ? found.url : undefined;
}

/** Who speaks, in which chat, and how a message gets there. */
export function standing(
  playground: Playground,
  who: Speaker,
): { person: Participant; chat: SimulatedChat; how: SendOptions } {
  switch (who.in) {
    case "private": {
      const person = playground.called(who.name, "customer");
      return { person, chat: playground.chatOf(person), how: {} };
    }
    case "channel": {
      const { channel } = playground.desks.named(who.desk);
      const person = playground.called(who.name, "agent", { desk: who.desk });
      return { person, chat: channel, how: {} };
    }
    case "thread": {
      const desk = playground.desks.linked(who.desk);
      const as = who.as === "channel" ? desk.channel : who.as;
      const root = who.customer === "" ? undefined : rootOf(playground, desk, who.customer);
      const person = playground.called(who.name, "agent", { desk: who.desk });
      return { person, chat: desk.group, how: defined({ replyTo: root?.id, as }) };
    }
  }
}

/** The first message of a customer's thread at a desk. */
function rootOf(playground: Playground, desk: LinkedDesk, name: string): StoredMessage {
  const card = playground.cardOf(playground.people.find(name), desk);
  if (!card) throw new DeedRefused(`There is no customer ${name} yet.`);
  const root = desk.channel.records.get(card.message_id)?.forward;
  if (!root || !desk.group.records.has(root.id)) {
    throw new DeedRefused(`The card of ${name} has no comments: it is not in the group yet.`);
  }
  return root;
}

function mentioned(chat: SimulatedChat, message: Mentioned): StoredMessage {
  const found = findMentioned(chat, message);
  if (found) return found;
  const words = typeof message === "number" ? message : JSON.stringify(message.words);
  throw new DeedRefused(`There is no message ${words} there.`);
}

function known({ people }: Playground, name: string): Participant {
  const person = people.find(name);
  if (!person) throw new DeedRefused(`There is no customer ${name} yet.`);
  return person;
}
