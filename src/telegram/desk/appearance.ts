/**
 * How the bot appears beside its conversations: the checklists, the set-up they lead to, and menus of
 * commands.
 */
import type { Api } from "grammy";
import type { Check } from "../../health/checklist.ts";
import type { Config } from "../../config.ts";
import type { DeskLists } from "../../desk/lists.ts";
import type { Later } from "../../jobs/background.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Log } from "../../log.ts";
import { personOf } from "../../desk/team.ts";
import { Menus, type MenusOptions } from "./menus.ts";
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
  memory: SetupMemory & MenusOptions["memory"];
  desks: Desks;
  /** The checklist of a desk, but for what has to be tried. */
  checksOf: (served: ServedDesk) => Check[];
  lists: Pick<DeskLists, "open">;
  /** What is known of a desk. */
  reader: (deskId: number) => Reader;
  botUsername: () => string;
  later: Later;
  now: () => number;
  log: Log;
}

/** What people see of the bot beside its conversations. */
export interface Appearance {
  checklists: Checklists;
  setup: Setup;
  menus: Menus;
}

/** Makes what people see; the checklists follow the desks from then on. */
export function appearanceOf({ reader, ...options }: AppearanceOptions): Appearance {
  const checklists = new Checklists(options);
  const setup = new Setup({
    ...options,
    checklists,
    countOpen: (deskId) => options.lists.open(deskId, NAMED),
    isAdmin: async ({ watch, ranks }, user) => {
      if (!watch.isKnown) return false;
      const answer = await ranks.has("admin", personOf(user), reader(watch.desk.channelId));
      return !answer.failure && answer.result;
    },
  });
  const menus = new Menus({ ...options, locale: options.config.locale });
  return { checklists, setup, menus };
}
