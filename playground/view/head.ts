/** All that the page shows besides messages: who there is, what is broken, what is under way. */
import type { BotCommand } from "grammy/types";
import { defined } from "../../src/values/defined.ts";
import { type Arrivals, placeOf } from "../arrivals.ts";
import { type DeskChats, hasGroup } from "../desk/desks.ts";
import type { Participant, Role } from "../desk/people.ts";
import type { Playground, WaitingJob } from "../playground.ts";
import type { DeskName, FaultName, Forwards } from "../story/deed.ts";
import type { SimulatedChat } from "../telegram/chat.ts";
import { isAdministrator, isInside } from "../telegram/member.ts";
import { type ChatName, keyOf } from "./chats.ts";

/** Somebody as the page shows them. */
export interface PersonView {
  name: string;
  role: Role;
  id: number;
  firstName: string;
  language: string;
  chat: ChatName;
  /** Has blocked the bot. */
  isBlocking: boolean;
  /** The desks of whose team they are, and those in whose group. */
  teams: DeskName[];
  groups: DeskName[];
  /** What the bot offers them who type a slash, in private and in the groups of their desks. */
  menu: BotCommand[];
  groupMenus: Record<DeskName, BotCommand[]>;
  /** The keyboard in place of letters that the bot has put into their chat: rows of words. */
  keyboard?: { text: string; asksFor?: "channel" | "group" }[][];
}

/** How far everything has come. */
export interface Progress {
  waiting: WaitingJob[];
  givenUp: number;
  /** What stands nowhere on the other side, of what was written: by chat and message. */
  missing: string[];
  /** How much stands behind something that was written later. */
  disordered: number;
  /** Something was written, and all of it stands on the other side, in the order it was written. */
  hasAllArrived: boolean;
}

/** A chat's ID, and what it is called. */
interface ChatHead {
  id: number;
  title: string;
}

/** A desk as the page shows it. */
export interface DeskHead {
  name: DeskName;
  channel: ChatHead;
  /** Absent until one is linked. */
  group?: ChatHead;
  /** The bot is an administrator of both. */
  hasBot: boolean;
}

/** What the page shows besides messages. */
export interface Head {
  /** With a `token` it does not run until that is given. */
  bot: { id: number; name: string; username: string; isAlive: boolean; token?: string };
  /** The bot is to be claimed, and the first desk set up. */
  isUnclaimed: boolean;
  desks: DeskHead[];
  people: PersonView[];
  weather: { on: FaultName[]; forwards: Forwards };
  progress: Progress;
  /** How far the playground's time is ahead of the real one, in milliseconds. */
  aheadMs: number;
  deeds: number;
}

/** So many waiting jobs are shown. */
const MOST_JOBS = 200;

/** Looks at everything but messages; `arrivals` are those of the messages as they are. */
export async function headOf(
  playground: Playground,
  arrivals: Arrivals,
  deeds: number,
): Promise<Head> {
  const { bot, desks, people, weather, clock, isAlive } = playground;
  const { id, first_name: name, username } = bot.info;
  const token = playground.awaitsToken ? bot.token : undefined;
  return {
    bot: { id, name, username, isAlive, ...defined({ token }) },
    isUnclaimed: playground.claimLink !== undefined || playground.awaitsToken,
    desks: desks.all.map((desk) => deskOf(desk, playground)),
    people: people.all.map((person) => personOf(playground, person)),
    weather: { on: weather.on, forwards: weather.forwards },
    progress: await progressOf(playground, arrivals),
    aheadMs: clock.aheadMs,
    deeds,
  };
}

function deskOf({ name, channel, group }: DeskChats, { bot }: Playground): DeskHead {
  const chats = [channel, group];
  return {
    name,
    channel: chatOf(channel),
    ...defined({ group: group && chatOf(group) }),
    hasBot: chats.every((chat) => chat && isAdministrator(chat.membership(bot))),
  };
}

function chatOf({ id, title = "" }: SimulatedChat): ChatHead {
  return { id, title };
}

function personOf(playground: Playground, person: Participant): PersonView {
  const { bot, desks } = playground;
  const { name, role, user } = person;
  const teams = desks.servedBy(person);
  const linked = desks.all.filter(hasGroup);
  const keyboard = keyboardIn(playground.chatOf(person));
  return {
    name,
    role,
    id: user.id,
    firstName: user.info.first_name,
    language: user.info.language_code ?? "",
    chat: keyOf(person),
    isBlocking: bot.blockedBy.has(user.id),
    teams: teams.map(({ name }) => name),
    groups: linked.filter(({ group }) => isInside(group.membership(user))).map(({ name }) => name),
    menu: user.menu(bot),
    groupMenus: Object.fromEntries(
      teams.filter(hasGroup).map(({ name, group }) => [name, user.menu(bot, group)]),
    ),
    ...defined({ keyboard }),
  };
}

/** The keyboard in place of letters, as rows of buttons. */
function keyboardIn({ keyboard }: SimulatedChat): PersonView["keyboard"] {
  return keyboard?.keyboard.map((row) =>
    row.map((button) => {
      if (typeof button === "string") return { text: button };
      if (!("request_chat" in button)) return { text: button.text };
      const asksFor = button.request_chat.chat_is_channel ? "channel" : "group";
      return { text: button.text, asksFor } as const;
    })
  );
}

async function progressOf(
  playground: Playground,
  { arrived, missing, disordered }: Arrivals,
): Promise<Progress> {
  const waiting = await playground.outbox(MOST_JOBS);
  const isQuiet = waiting.length === 0 && playground.isAlive && playground.telegram.idle();
  return {
    waiting,
    givenUp: await playground.givenUp(),
    missing: missing.map(placeOf),
    disordered: disordered.length,
    hasAllArrived: isQuiet && arrived.size > 0 && missing.length === 0 && disordered.length === 0,
  };
}
