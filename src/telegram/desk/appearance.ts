/**
 * How the bot appears beside its conversations: the checklists, the set-up they lead to, and menus of
 * commands.
 */
import type { Api } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { badCheck, type Check } from "../../health/checklist.ts";
import type { Config } from "../../config.ts";
import { onDeskMoved, recordsMoved } from "../../decisions/desk_move.ts";
import type { DeskLists } from "../../desk/lists.ts";
import type { Later } from "../../jobs/background.ts";
import type { Decision, Reader } from "../../jobs/reader.ts";
import type { Log } from "../../log.ts";
import type { Replies } from "../../replies/replies.ts";
import { personOf } from "../../desk/team.ts";
import { Choices } from "./choices.ts";
import { Guide, type GuideOptions } from "./guide.ts";
import { Menus, type MenusOptions } from "./menus.ts";
import { OwnedDesks, type OwnedDesksMemory } from "./owned_desks.ts";
import { Placing } from "./placing.ts";
import { Profile, type ProfileOptions } from "./profile.ts";
import { Checklists } from "./checklists.ts";
import type { Desks } from "./desks.ts";
import type { ServedDesk } from "./served_desk.ts";
import { Setup, type SetupMemory } from "./setup.ts";

/** How many customers are named who keep a desk from being removed. */
const NAMED = 10;

/** What appearing needs of the world. */
export interface AppearanceOptions {
  api: Api;
  config: Config;
  memory:
    & SetupMemory
    & OwnedDesksMemory
    & GuideOptions["memory"]
    & MenusOptions["memory"]
    & ProfileOptions["memory"];
  desks: Desks;
  /** The checklist of a desk, but for what has to be tried. */
  checksOf: (served: ServedDesk) => Check[];
  lists: Pick<DeskLists, "agents" | "noticesWanted" | "open">;
  replies: Pick<Replies, "shelf">;
  /** What is known of a desk. */
  reader: (deskId: number) => Reader;
  /** Writes what is owed. */
  record: (deskId: number, decide: Decision) => Promise<void>;
  botUsername: () => string;
  /** The bot; `undefined`: it has not learned yet who it is. */
  me: () => UserFromGetMe | undefined;
  later: Later;
  now: () => number;
  log: Log;
}

/** What people see of the bot beside its conversations. */
export interface Appearance {
  setup: Setup;
  menus: Menus;
  profile: Profile;
}

/** Makes what people see; the checklists follow the desks from then on. */
export function appearanceOf({ reader, ...options }: AppearanceOptions): Appearance {
  const { desks, later } = options;
  const { locale } = options.config;
  const checklists = new Checklists(options);
  const guide = new Guide({
    ...options,
    checksOf: (channelId) => checksFor(channelId, desks),
    isAdding: () => desks.claim?.isAdding === true,
  });
  desks.follow(() => later(guide.lead()));
  const countOpen = (deskId: number) => options.lists.open(deskId, NAMED);
  const carryOver = async (fromId: number, toId: number) => {
    await options.record(toId, (read) => onDeskMoved(read, fromId));
    const shelved = await Array.fromAsync(options.replies.shelf.list(fromId));
    const replies = shelved.map(({ reply }) => reply);
    const imported = await options.replies.shelf.import(toId, replies);
    if (imported === "full") options.log.warn("replies stay behind", { count: replies.length });
    const moved = await recordsMoved(fromId, options.lists, imported === "full" ? [] : shelved);
    for (const change of moved) await options.record(toId, () => change);
  };
  const owned = new OwnedDesks({ ...options, checklists, guide, countOpen, carryOver });
  const choices = new Choices({ ...options, checklists, guide, owned });
  const setup = new Setup({
    ...options,
    checklists,
    guide,
    owned,
    choices,
    placing: new Placing({ ...options, checklists, owned, choices }),
    isAdmin: async ({ watch, ranks }, user) => {
      if (!watch.isKnown) return false;
      const answer = await ranks.has("admin", personOf(user), reader(watch.desk.channelId));
      return !answer.failure && answer.result;
    },
  });
  const menus = new Menus({ ...options, locale });
  return { setup, menus, profile: new Profile({ ...options, locale }) };
}

/** What was found of the desk of a channel; without one, of the desk that is to be. */
function checksFor(channelId: number | undefined, desks: Desks): Check[] {
  if (channelId !== undefined) {
    return desks.all.find(({ channel }) => channel === channelId)?.watch.checks ?? [];
  }
  if (desks.claim?.isAdding) return [badCheck("channel", { because: "no channel" })];
  return desks.all.at(-1)?.watch.checks ?? [];
}
