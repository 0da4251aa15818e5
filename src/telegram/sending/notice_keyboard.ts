/** The keyboard under what the bot says: which notice has one, and what it may lack. */
import type { InlineKeyboardMarkup } from "grammy/types";
import type { Language } from "../../words/language.ts";
import type { Notice } from "../../texts/notice.ts";
import {
  banKeyboard,
  deskKeyboard,
  offeredKeyboard,
  panelKeyboard,
  priorityKeyboard,
  ratingKeyboard,
  withoutInlineMode,
} from "../../buttons/panel.ts";
import { cancelLaterKeyboard, putOffKeyboard } from "../../buttons/later.ts";
import { joinKeyboard } from "../../buttons/joining.ts";
import { moreHelpKeyboard } from "../../buttons/help.ts";
import { helpPages } from "../../commands/help.ts";
import { eraseKeyboard, privacyKeyboard } from "../../buttons/privacy.ts";
import { replaceKeyboard } from "../../buttons/replies.ts";
import { silenceKeyboard } from "../../buttons/silence.ts";
import { TEXTS } from "../../texts/texts.ts";
import { whichDeskKeyboard } from "../../buttons/which_desk.ts";

/** A keyboard as it should be, and without what Telegram may refuse in it: inline mode may be off. */
export function keyboardsOf(
  keyboard: InlineKeyboardMarkup | undefined,
): (InlineKeyboardMarkup | undefined)[] {
  const less = keyboard && withoutInlineMode(keyboard);
  return less ? [keyboard, less] : [keyboard];
}

/** The keyboard under a notice, if it has one. */
export function keyboardOf(
  notice: Notice,
  customerId: number,
  language: Language,
): InlineKeyboardMarkup | undefined {
  const texts = TEXTS[language];
  switch (notice.text) {
    case "panel":
      return panelKeyboard(customerId, texts);
    case "which-priority":
      return priorityKeyboard(customerId);
    case "transfer-to":
      return deskKeyboard(customerId, notice.desks);
    case "which-reply":
      return offeredKeyboard(customerId, notice);
    case "team-help": {
      const isAll = helpPages(notice.commands).rest.length === 0;
      return isAll ? undefined : moreHelpKeyboard(notice.where, texts);
    }
    case "ban-sure":
      return banKeyboard(customerId, texts);
    case "did-later":
      return cancelLaterKeyboard({ customerId, messageId: notice.command }, texts);
    case "which-later":
      return putOffKeyboard(customerId, texts);
    case "rate":
      return ratingKeyboard();
    case "privacy":
      return privacyKeyboard(texts);
    case "erase-sure":
      return eraseKeyboard(notice.sinceMs, texts);
    case "silence-warning":
      return silenceKeyboard(notice.sinceMs, texts);
    case "join-request":
      return joinKeyboard(notice.userId, texts);
    case "which-desk":
      return whichDeskKeyboard(notice.names, notice.command);
    case "reply-exists":
      return replaceKeyboard(notice.draftId, texts);
    default:
      return undefined;
  }
}
