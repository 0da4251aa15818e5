/** What the program's page says, in English. */
import type { Texts } from "../notice.ts";
import type { PageLabel } from "../notices/page.ts";
import type { Mode, Stage } from "../../health/status.ts";

export const page = {
  "page-title": ({ stage }) => TITLES[stage],
  "page-lead": ({ stage }) => LEADS[stage],
  "page-running": ({ since, length, mode }) => `Running since ${since} (${length})${MODES[mode]}.`,
  "page-label": ({ label }) => LABELS[label],
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
  "numbers": "Messages",
  "waiting": "Waiting",
  "oldest": "Waiting longest",
  "failed": "Given up",
  "wrong code": "This code is not right.",
  "too many codes":
    "Many wrong codes have come from where you are. The right one is in the program’s log.",
  "look again": "Look again",
};
