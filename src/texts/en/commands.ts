/** What is said about commands, in English. */
import { type CommandName, usageOf, type Where } from "../../commands/command.ts";
import { helpPages } from "../../commands/help.ts";
import type { Texts } from "../notice.ts";

export const commands = {
  "team-help": ({ where, commands }) =>
    `${INTRODUCTIONS[where]}\n\n${helpPages(commands).first.map(helpLine).join("\n")}`,
  "more-help": ({ commands }) =>
    `Other commands:\n\n${helpPages(commands).rest.map(helpLine).join("\n")}`,
  "button-more-help": () => "More commands",
  "about": ({ name }) => ABOUT[name],
  "takes": ({ name }) => TAKES[name] ?? "",
  "unknown-command": ({ word, nearest }) =>
    `I do not know /${word}.` +
    (nearest === undefined ? " See /help." : ` Did you mean /${nearest}?`),
  "elsewhere": ({ where }) =>
    where.includes("thread")
      ? "This command is given in the comments of a customer."
      : "This command is given in private with the bot.",
  "team-only": () => "This is only for the team.",
  "admins-only": () => "Only administrators can do that.",
  "creator-only": () => "Only the creator of the group can do that, under their own name.",
} satisfies Partial<Texts>;

const INTRODUCTIONS: Record<Where, string> = {
  thread:
    "Comment here to answer the customer; answer a comment to answer that message. Comments " +
    "that begin with # are internal notes.\n\nWhat you edit changes for the customer as well. " +
    "What you delete stays with them (/undo deletes it for them), and what they delete stays here.",
  group:
    "Customers are answered in the comments of the channel; what is written out here does not " +
    "reach them. Here you may give:",
  private:
    "You are on the team. Answer customers in the comments of the channel. Here you may give:",
};

function helpLine(name: CommandName): string {
  const takes = TAKES[name] ?? "";
  return `${usageOf(name, { takes, language: "en" })} — ${ABOUT[name]}`;
}

/** What follows the name of a command. */
const TAKES: Partial<Record<CommandName, string>> = {
  start: "[source]",
  reply: "[words]",
  pix: "[amount] [text]",
  tag: "[word]",
  priority: "1–5",
  assign: "[name]",
  later: "when [text]",
  unban: "[ID]",
  notify: "on|off",
  replies: "[words]",
  addreply: "Title",
  renamereply: "Title",
  delreply: "Title",
  set: "name value",
  reset: "name",
  stats: "[7d|30d]",
  invite: "[off]",
  allow: "[ID]",
  disallow: "[ID]",
};

const ABOUT: Record<CommandName, string> = {
  start: "begin",
  help: "help",
  terms: "the terms of service",
  privacy: "what is kept of you, and how to erase it",
  solved: "close it: it is solved",
  close: "close, and tell the customer",
  closesilent: "close without telling the customer",
  reply: "send the canned reply that fits the words",
  pix: "ask for a payment by Pix: QR code, and code to copy",
  tag: "put a tag on the card, or take it away",
  priority: "set the priority",
  assign: "take it on, or give it to a colleague",
  who: "what is known of the customer",
  later: "send it then; without a text: put the conversation off",
  undo: "as an answer to a comment of yours: delete it at the customer's too",
  ban: "ban the customer",
  unban: "lift the ban",
  notify: "be told when a customer waits",
  replies: "list canned replies",
  addreply: "keep a canned reply",
  renamereply: "rename a canned reply",
  delreply: "delete a canned reply",
  exportreplies: "get the canned replies as a file",
  importreplies: "read canned replies from a file",
  settings: "show the settings",
  set: "change a setting",
  reset: "bring a setting's default back",
  stats: "numbers and a picture of the desk",
  setup: "check the desk: what is missing, and a test",
  failed: "what was not delivered",
  invite: "a link by which agents ask to join the channel",
  allow: "let somebody into the group",
  disallow: "no longer let them in",
};
