/** English. */
import type { Texts } from "./notice.ts";
import { commands } from "./en/commands.ts";
import { conversation } from "./en/conversation.ts";
import { desks } from "./en/desks.ts";
import { hours } from "./en/hours.ts";
import { menu } from "./en/menu.ts";
import { page } from "./en/page.ts";
import { pix } from "./en/pix.ts";
import { privacy } from "./en/privacy.ts";
import { replies } from "./en/replies.ts";
import { settings } from "./en/settings.ts";
import { setup } from "./en/setup.ts";
import { stats } from "./en/stats.ts";
import { shifts } from "./en/shifts.ts";
import { tags } from "./en/tags.ts";
import { transfers } from "./en/transfer.ts";
import { handling } from "./en/handling.ts";
import { later } from "./en/later.ts";

export const englishTexts: Texts = {
  ...conversation,
  ...commands,
  ...handling,
  ...later,
  ...privacy,
  ...settings,
  ...replies,
  ...hours,
  ...stats,
  ...setup,
  ...menu,
  ...page,
  ...pix,
  ...shifts,
  ...tags,
  ...transfers,
  ...desks,
};
