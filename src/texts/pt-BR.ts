/** Brazilian Portuguese. */
import type { Texts } from "./notice.ts";
import { commands } from "./pt-BR/commands.ts";
import { conversation } from "./pt-BR/conversation.ts";
import { desks } from "./pt-BR/desks.ts";
import { hours } from "./pt-BR/hours.ts";
import { menu } from "./pt-BR/menu.ts";
import { page } from "./pt-BR/page.ts";
import { pix } from "./pt-BR/pix.ts";
import { privacy } from "./pt-BR/privacy.ts";
import { replies } from "./pt-BR/replies.ts";
import { settings } from "./pt-BR/settings.ts";
import { setup } from "./pt-BR/setup.ts";
import { stats } from "./pt-BR/stats.ts";
import { shifts } from "./pt-BR/shifts.ts";
import { tags } from "./pt-BR/tags.ts";
import { transfers } from "./pt-BR/transfer.ts";
import { handling } from "./pt-BR/handling.ts";
import { later } from "./pt-BR/later.ts";

export const portugueseTexts: Texts = {
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
