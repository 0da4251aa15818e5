/**
 * Link buttons: those under a message that lead somewhere, or hold something to copy, whoever sends
 * them. What other buttons do, they do for the bot that made them, and nobody else can offer it.
 */
import type { InlineKeyboardMarkup } from "grammy/types";
import { type Formatted, joined, plain } from "../words/formatted.ts";

/** A button that opens an address, or copies a text. */
export type LinkButton = { text: string; url: string } | { text: string; copies: string };

/** Link buttons in their rows. */
export type LinkButtons = LinkButton[][];

/** A copy under which link buttons stand. */
export interface LinkedCopy {
  copyId: number;
  buttons: LinkButtons;
}

/** Buttons as a call takes them (Bot API, InlineKeyboardMarkup). */
export function linkKeyboardOf(buttons: LinkButtons): InlineKeyboardMarkup {
  return {
    inline_keyboard: buttons.map((row) =>
      row.map((button) =>
        "url" in button ? button : { text: button.text, copy_text: { text: button.copies } }
      )
    ),
  };
}

/** The links in words, where a call takes no buttons: a line for each. */
export function linksOf(buttons: LinkButtons): Formatted {
  const lines = buttons.flat().map((button) =>
    `🔗 ${button.text}: ${"url" in button ? button.url : button.copies}`
  );
  return plain(lines.join("\n"));
}

/** Words with the links below them. */
export function linkedBelow(words: Formatted | undefined, buttons: LinkButtons): Formatted {
  const links = linksOf(buttons);
  return words ? joined(joined(words, plain("\n\n")), links) : links;
}
