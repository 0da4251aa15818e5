/** What people are shown of the bot: the checklist and what it leads to, and menus of commands. */
import type { Api } from "grammy";
import type { Check } from "../../health/checklist.ts";
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Log } from "../../log.ts";
import { personOf } from "../../desk/team.ts";
import { Menus, type MenusOptions } from "./menus.ts";
import type { ServedDesk } from "./served_desk.ts";
import { Setup, type SetupMemory } from "./setup.ts";
import { ShownChecklist, type ShownChecklistOptions } from "./shown_checklist.ts";

/** What showing it needs of the world. */
export interface ShownOptions {
  api: Api;
  config: Config;
  memory: SetupMemory & ShownChecklistOptions["memory"] & MenusOptions["memory"];
  desk: ServedDesk;
  /** The checklist, but for what has to be tried. */
  checks: () => Check[];
  /** What is known of a desk. */
  reader: (deskId: number) => Reader;
  botUsername: () => string;
  later: Later;
  now: () => number;
  log: Log;
}

/** What people are shown. */
export interface Shown {
  checklist: ShownChecklist;
  setup: Setup;
  menus: Menus;
}

/** Makes what people are shown; the checklist follows the desk from then on. */
export function shownOf({ desk, checks, reader, later, ...options }: ShownOptions): Shown {
  const { watch, walk, ranks } = desk;
  const checklist = new ShownChecklist({ ...options, checks: () => [...checks(), walk.check] });
  watch.follow(() => later(checklist.renew()));
  const setup = new Setup({
    ...options,
    watch,
    walk,
    checklist,
    isAdmin: async (user) => {
      const answer = await ranks.has("admin", personOf(user), reader(watch.desk.channelId));
      return !answer.failure && answer.result;
    },
  });
  const menus = new Menus({ ...options, locale: options.config.locale });
  return { checklist, setup, menus };
}
