/** Spanish. */
import type { Texts } from "./notice.ts";
import { commands } from "./es/commands.ts";
import { conversation } from "./es/conversation.ts";
import { desks } from "./es/desks.ts";
import { hours } from "./es/hours.ts";
import { menu } from "./es/menu.ts";
import { page } from "./es/page.ts";
import { pix } from "./es/pix.ts";
import { privacy } from "./es/privacy.ts";
import { replies } from "./es/replies.ts";
import { settings } from "./es/settings.ts";
import { setup } from "./es/setup.ts";
import { stats } from "./es/stats.ts";
import { shifts } from "./es/shifts.ts";
import { tags } from "./es/tags.ts";
import { transfers } from "./es/transfer.ts";
import { handling } from "./es/handling.ts";
import { later } from "./es/later.ts";

export const spanishTexts: Texts = {
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
