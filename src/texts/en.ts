/** English. */
import type { Texts } from "../notice.ts";
import { conversation } from "./en/conversation.ts";
import { hours } from "./en/hours.ts";
import { privacy } from "./en/privacy.ts";
import { replies } from "./en/replies.ts";
import { settings } from "./en/settings.ts";
import { setup } from "./en/setup.ts";
import { stats } from "./en/stats.ts";
import { steering } from "./en/steering.ts";

export const english: Texts = {
  ...conversation,
  ...steering,
  ...privacy,
  ...settings,
  ...replies,
  ...hours,
  ...stats,
  ...setup,
};
