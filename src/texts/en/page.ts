/** What the program's page says, in English. */
import type { Texts } from "../notice.ts";
import type { PageLabel, TokenRefusal } from "../notices/page.ts";
import type { Mode, Stage } from "../../health/status.ts";

export const page = {
  "page-title": ({ stage }) => TITLES[stage],
  "page-lead": ({ stage }) => LEADS[stage],
  "page-running": ({ since, length, mode }) => `Running since ${since} (${length})${MODES[mode]}.`,
  "page-label": ({ label }) => LABELS[label],
  "page-token-refused": ({ refusal }) => TOKEN_REFUSALS[refusal],
  "page-state": ({ state }) =>
    ({ good: "Good", warning: "Please note", bad: "Missing", unknown: "Not known yet" })[state],
} satisfies Partial<Texts>;

const TITLES: Record<Stage, string> = {
  open: "The desk is open",
  starting: "The desk is starting",
  setup: "Let’s set up your desk",
  trouble: "The desk needs you",
  preview: "This is a preview",
};

const LEADS: Record<Stage, string> = {
  open: "Customers can write, and the team can answer.",
  starting: "This takes a moment. Look again in a few seconds.",
  setup: "Not much is left to do. The desk opens by itself when it is done.",
  trouble: "What is written meanwhile waits, and goes out when this is repaired.",
  preview: "Here nothing is sent and nothing received.",
};

const MODES: Record<Mode, string> = {
  webhook: ", by webhook",
  polling: ", by long polling",
  playground: ", as a playground",
  setup: "",
};

const LABELS: Record<PageLabel, string> = {
  "to do": "What to do",
  "checklist": "Checklist",
  "claim": "Claim the desk",
  "claim why":
    "Who opens this link in Telegram becomes the desk’s owner, and is shown the next steps " +
    "there. Keep it to yourself.",
  "claim button": "Open in Telegram",
  "claim scan": "Or scan it with your phone.",
  "claim picture": "QR code of the link",
  "claim elsewhere":
    "The link that claims the desk is in the program’s log. So is the address of this page with its " +
    "code, at “page with all details”: opened by that, it shows the link as well.",
  "token": "Paste your bot’s token",
  "token why":
    "Ask @BotFather for a bot with /newbot. His answer holds the bot’s token: copy it, and paste it " +
    "here. It stays on this machine, in the file .env.",
  "token field": "Token",
  "token button": "Start the bot",
  "numbers": "Messages",
  "waiting": "Waiting",
  "oldest": "Waiting longest",
  "failed": "Given up",
  "wrong code": "This code is not right.",
  "too many codes":
    "Many wrong codes have come from where you are. The right one is in the program’s log.",
  "look again": "Look again",
};

const TOKEN_REFUSALS: Record<TokenRefusal, string> = {
  "malformed": "That was not a bot’s token: it has the form 123456:ABC-DEF… Copy it from " +
    "@BotFather’s message.",
  "unknown": "Telegram knows no such token: copy it from @BotFather’s message once more.",
  "unanswered":
    "Telegram did not answer, so the token could not be checked: check the network, and " +
    "paste it again.",
  "not kept":
    "Telegram knows the token, but it cannot be written to .env: write it there yourself, " +
    "as BOT_TOKEN=…, and start the program again.",
  "form used": "This form was sent before, or was open for too long: paste the token again.",
};
