/**
 * How the bot appears beside its conversations: the checklist, the set-up it leads to, and menus of
 * commands.
 */
import type { Api } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import type { Check } from "../../health/checklist.ts";
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Log } from "../../log.ts";
import { personOf } from "../../desk/team.ts";
import { Choices, type ChoicesOptions } from "./choices.ts";
import { Guide, type GuideOptions } from "./guide.ts";
import { Menus, type MenusOptions } from "./menus.ts";
import { Profile, type ProfileOptions } from "./profile.ts";
import type { ServedDesk } from "./served_desk.ts";
import { Setup, type SetupMemory } from "./setup.ts";
import { ShownChecklist, type ShownChecklistOptions } from "./shown_checklist.ts";

/** What appearing needs of the world. */
export interface AppearanceOptions {
  api: Api;
  config: Config;
  memory:
    & SetupMemory
    & ChoicesOptions["memory"]
    & GuideOptions["memory"]
    & ShownChecklistOptions["memory"]
    & MenusOptions["memory"]
    & ProfileOptions["memory"];
  desk: ServedDesk;
  /** The checklist, but for what has to be tried. */
  checks: () => Check[];
  /** What is known of a desk. */
  reader: (deskId: number) => Reader;
  botUsername: () => string;
  /** The bot; `undefined`: it has not learned yet who it is. */
  me: () => UserFromGetMe | undefined;
  later: Later;
  now: () => number;
  log: Log;
}

/** What people see of the bot beside its conversations. */
export interface Appearance {
  checklist: ShownChecklist;
  setup: Setup;
  menus: Menus;
  profile: Profile;
}

/** Makes what people see; the checklist follows the desk from then on. */
export function appearanceOf(
  { desk, checks, reader, later, ...options }: AppearanceOptions,
): Appearance {
  const { watch, testMessage, ranks } = desk;
  const checklist = new ShownChecklist({
    ...options,
    checks: () => [...checks(), testMessage.check],
    look: () => watch.lookItself(),
  });
  const guide = new Guide({ ...options, checks: () => watch.checks });
  watch.follow(() => later(checklist.renew()));
  watch.follow(() => later(guide.lead()));
  const setup = new Setup({
    ...options,
    watch,
    testMessage,
    checklist,
    guide,
    choices: new Choices({ ...options, watch, checklist, guide }),
    isAdmin: async (user) => {
      const answer = await ranks.has("admin", personOf(user), reader(watch.desk.channelId));
      return !answer.failure && answer.result;
    },
  });
  const { locale } = options.config;
  const menus = new Menus({ ...options, locale });
  return { checklist, setup, menus, profile: new Profile({ ...options, locale }) };
}
