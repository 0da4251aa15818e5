/** Reads the buttons under a message that mean something to whoever gets them. */
import type { InlineKeyboardButton, Message } from "grammy/types";
import type { LinkButton, LinkButtons } from "../../../message/buttons.ts";

/** A keyboard of the server's own making is far smaller; a record takes 64 KiB, with all the rest. */
const MOST_BYTES = 12_000;

/** The link buttons under a message; `undefined`: there are none. */
export function buttonsOf({ reply_markup: markup }: Message): LinkButtons | undefined {
  let bytes = 0;
  const rows = (markup?.inline_keyboard ?? []).map((row) =>
    row.flatMap((button) => {
      const kept = linkButtonOf(button);
      bytes += kept ? new TextEncoder().encode(JSON.stringify(kept)).length : 0;
      return kept && bytes <= MOST_BYTES ? [kept] : [];
    })
  ).filter((row) => row.length > 0);
  return rows.length > 0 ? rows : undefined;
}

/** A button as anybody can offer it. A web app of another bot is the page at its address. */
function linkButtonOf(button: InlineKeyboardButton): LinkButton | undefined {
  const { text } = button;
  if ("url" in button) return { text, url: button.url };
  if ("login_url" in button) return { text, url: button.login_url.url };
  if ("web_app" in button) return { text, url: button.web_app.url };
  if ("copy_text" in button) return { text, copies: button.copy_text.text };
  return undefined;
}
