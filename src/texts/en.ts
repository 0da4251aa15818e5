/** English. */
import type { Undeliverable } from "../notice.ts";
import type { Texts } from "./texts.ts";

export const english: Texts = {
  "welcome": () => "Hello! Write your message here and our team will answer as soon as possible.",
  "source": ({ source }) => `ℹ️ Came by the link: ${source}`,
  "undeliverable": ({ why }) => `⚠️ This message cannot be delivered: ${reason(why)}`,
  "blocked": () =>
    "🚫 This customer has blocked the bot. What is written here will be delivered if they return.",
  "unblocked": () => "✅ This customer has unblocked the bot and can be answered again.",
  "team-in-private": () =>
    "You are of the team. Answer customers in the comments of the channel, not here.",
};

function reason(why: Undeliverable): string {
  switch (why.because) {
    case "kind":
      return "Telegram does not let this kind of message be copied. " +
        "Send it as text, photo, video or file.";
    case "refused":
      return "Telegram refused it.";
    case "deleted":
      return "it was deleted before it could be copied.";
    case "blocked":
      return "the customer has blocked the bot for many days.";
    case "time":
      return "Telegram did not answer for too long. Send it again.";
    case "gone":
      return "this customer's account no longer exists.";
  }
}
