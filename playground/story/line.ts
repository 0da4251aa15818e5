/**
 * Deeds as lines that people read and type: `maria: hello`, `agent ana > maria re "hello": yes`.
 * Reading what was printed gives the same deed.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/time/duration.ts";
import { defined } from "../../src/values/defined.ts";
import {
  type Attachment,
  ATTACHMENTS,
  type Deed,
  DESK_LANGUAGES,
  type DeskLanguage,
  type DeskName,
  type FaultName,
  FAULTS,
  FORWARDS,
  type Forwards,
  type Mentioned,
  type Setting,
  type Speaker,
} from "./deed.ts";

/** What a line can say besides deeds. */
export type Line =
  | Deed
  | { does: "help" | "quit" | "nothing" }
  | { does: "begin" } & Setting
  | { does: "not understood" };

const NAME = String.raw`[\p{L}\d]+`;
/** A string as JSON writes it. */
const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const MENTIONED = String.raw`\d+|${QUOTED}(?: #\d+)?`;
/** At which desk, if it is not the first. */
const at = (group: string) => String.raw`(?: +at +(?<${group}>[\p{L}\d_]+))?`;
const SPEAKER = new RegExp(
  String
    .raw`^(?:agent +(?<agent>${NAME})(?: +as +(?<as>channel|anonymous))? *> *(?<customer>${NAME})` +
    at("there") +
    String.raw`|(?<inChannel>${NAME}) +in +channel${at("here")}|(?<name>${NAME}))`,
  "u",
);
/** `agent ana presses 7: Close` means a message of the group without naming whose thread it is in. */
const BARE_AGENT = new RegExp(
  String.raw`^agent +(${NAME})${at("desk")} +(?=(?:presses|edits|moves|deletes|reacts) )`,
  "u",
);
const SETTING = new RegExp(
  `^a desk speaking (${DESK_LANGUAGES.join("|")})(, not set up yet)?$`,
);
const KINDS = ATTACHMENTS.join("|");

const UNITS: readonly [symbol: string, ms: number][] = [
  ["d", DAY_MS],
  ["h", HOUR_MS],
  ["min", MINUTE_MS],
  ["s", SECOND_MS],
];

/** Understands a typed line. */
export function parseLine(typed: string): Line {
  const line = typed.trim();
  if (line === "" || line.startsWith("#")) return { does: "nothing" };
  if (line === "help" || line === "quit") return { does: line };
  const [, language, isUnclaimed] = SETTING.exec(line) ?? [];
  if (language) {
    const setting = { language: language as DeskLanguage };
    return { does: "begin", ...setting, ...isUnclaimed ? { isUnclaimed: true } : {} };
  }
  return worldly(line) ?? ofSomebody(line) ?? { does: "not understood" };
}

/** What nobody does: time, faults, the bot's death. */
function worldly(line: string): Deed | undefined {
  if (line === "kill") return { does: "kill" };
  const fault = new RegExp(`^(${FAULTS.join("|")}) (on|off)$`).exec(line);
  if (fault) return { does: "fault", fault: fault[1] as FaultName, isOn: fault[2] === "on" };
  const forwards = new RegExp(`^forwards (${FORWARDS.join("|")})$`).exec(line);
  if (forwards) return { does: "forwards", how: forwards[1] as Forwards };
  const wait = /^wait (\d+) ?(d|h|min|s)$/.exec(line);
  if (wait) {
    const unitMs = UNITS.find(([symbol]) => symbol === wait[2])![1];
    return { does: "wait", ms: Number(wait[1]) * unitMs };
  }
}

function ofSomebody(line: string): Deed | undefined {
  const bare = BARE_AGENT.exec(line);
  const found = bare ?? SPEAKER.exec(line);
  if (!found) return undefined;
  const who: Speaker = bare
    ? { in: "thread", name: bare[1]!, customer: "", ...defined({ desk: bare.groups?.desk }) }
    : speakerOf(found.groups!);
  const rest = line.slice(found[0].length).trimStart();
  return (who.in === "private" ? byName(who.name, rest) : undefined) ?? written(who, rest) ??
    about(who, rest);
}

function speakerOf(groups: Record<string, string | undefined>): Speaker {
  const { agent, as, customer, there, inChannel, here, name } = groups;
  if (agent !== undefined) {
    const how = defined({ as: as as "channel" | "anonymous" | undefined, desk: there });
    return { in: "thread", name: agent, customer: customer!, ...how };
  }
  if (inChannel !== undefined) {
    return { in: "channel", name: inChannel, ...defined({ desk: here }) };
  }
  return { in: "private", name: name! };
}

function byName(name: string, rest: string): Deed | undefined {
  if (rest === "blocks") return { does: "block", name };
  if (rest === "unblocks") return { does: "unblock", name };
  if (rest === "claims the desk") return { does: "claim", name };
  const opens = /^opens the link ([\w-]*)$/.exec(rest);
  if (opens) return { does: "open", name, source: opens[1]! };
  const arrives = /^arrives speaking ([\w-]+)$/.exec(rest);
  if (arrives) return { does: "arrive", name, language: arrives[1]! };
  const creates = /^creates the channel (.+)$/.exec(rest);
  if (creates) return { does: "create", name, title: creates[1]! };
  return atDesk(name, rest);
}

/** What somebody does to the chats of a desk. */
function atDesk(name: string, rest: string): Deed | undefined {
  const form = (words: string, more = "") =>
    new RegExp(`^${words}${at("desk")}${more}$`, "us").exec(rest);
  const there = (found: RegExpExecArray) => defined({ desk: found.groups?.desk });
  const joins = form("joins the (group|team)");
  if (joins) return { does: joins[1] === "team" ? "hire" : "join", name, ...there(joins) };
  const links = form("links a group");
  if (links) return { does: "link", name, ...there(links) };
  const shares = form("shares the (channel|group)", " *: *(?<button>.+)");
  if (!shares) return undefined;
  const [chat, button] = [shares[1] as "channel" | "group", shares.groups!.button!];
  return { does: "share", name, chat, button, ...there(shares) };
}

/** A text, or something attached; maybe in answer to something. */
function written(who: Speaker, rest: string): Deed | undefined {
  const form = new RegExp(
    String.raw`^(?:re (${MENTIONED})(?: quoting (${QUOTED}))?)? *` +
      String.raw`(?:sends (${KINDS}))?(?: *: *(.*))?$`,
    "us",
  );
  const found = form.exec(rest);
  const [, answers, quote, sends, text] = found ?? [];
  if (!found || (!sends && !text)) return undefined;
  return {
    does: "write",
    who,
    text: readText(text ?? ""),
    ...defined({
      sends: sends as Attachment | undefined,
      answers: answers === undefined ? undefined : readMentioned(answers),
      quote: quote === undefined ? undefined : readQuoted(quote),
    }),
  };
}

/** What is done to a message, or by way of the bot. */
function about(who: Speaker, rest: string): Deed | undefined {
  const form = (pattern: string) => new RegExp(`^${pattern}$`, "us").exec(rest);
  const edit = form(`edits (${MENTIONED}) *: *(.*)`);
  if (edit) {
    return { does: "edit", who, message: readMentioned(edit[1]!), text: readText(edit[2]!) };
  }
  const plain = form(`(moves|deletes) (${MENTIONED})`);
  if (plain) {
    const does = plain[1] === "moves" ? "move" : "delete";
    return { does, who, message: readMentioned(plain[2]!) };
  }
  const react = form(String.raw`reacts (\S+) to (${MENTIONED})`);
  if (react) {
    const emoji = react[1] === "nothing" ? null : react[1]!;
    return { does: "react", who, message: readMentioned(react[2]!), emoji };
  }
  const press = form(`presses (${MENTIONED}) *: *(.+)`);
  if (press) return { does: "press", who, message: readMentioned(press[1]!), button: press[2]! };
  const pick = form(`picks (${QUOTED}) for (${QUOTED})`);
  if (pick) {
    return { does: "pick", who, title: readQuoted(pick[1]!), query: readQuoted(pick[2]!) };
  }
}

/** Writes the line with which a story begins. */
export function settingLine({ language, isUnclaimed }: Setting): string {
  return `a desk speaking ${language}${isUnclaimed ? ", not set up yet" : ""}`;
}

/** Writes a deed as a line. */
export function lineOf(deed: Deed): string {
  switch (deed.does) {
    case "kill":
      return "kill";
    case "fault":
      return `${deed.fault} ${deed.isOn ? "on" : "off"}`;
    case "forwards":
      return `forwards ${deed.how}`;
    case "wait": {
      const [symbol, unitMs] = UNITS.find(([, unitMs]) => deed.ms % unitMs === 0) ?? ["s", 1000];
      return `wait ${Math.round(deed.ms / unitMs)}${symbol}`;
    }
    case "block":
    case "unblock":
      return `${deed.name} ${deed.does}s`;
    case "join":
      return `${deed.name} joins the group${atLine(deed.desk)}`;
    case "hire":
      return `${deed.name} joins the team${atLine(deed.desk)}`;
    case "create":
      return `${deed.name} creates the channel ${deed.title}`;
    case "link":
      return `${deed.name} links a group${atLine(deed.desk)}`;
    case "claim":
      return `${deed.name} claims the desk`;
    case "open":
      return `${deed.name} opens the link ${deed.source}`;
    case "share":
      return `${deed.name} shares the ${deed.chat}${atLine(deed.desk)}: ${deed.button}`;
    case "arrive":
      return `${deed.name} arrives speaking ${deed.language}`;
    case "write":
      return writtenLine(deed);
    case "edit":
      return `${speakerLine(deed.who)} edits ${mentionedLine(deed.message)}: ${
        textLine(deed.text)
      }`;
    case "move":
    case "delete":
      return `${speakerLine(deed.who)} ${deed.does}s ${mentionedLine(deed.message)}`;
    case "react":
      return `${speakerLine(deed.who)} reacts ${deed.emoji ?? "nothing"} to ${
        mentionedLine(deed.message)
      }`;
    case "press":
      return `${speakerLine(deed.who)} presses ${mentionedLine(deed.message)}: ${deed.button}`;
    case "pick": {
      const [title, query] = [deed.title, deed.query].map((words) => JSON.stringify(words));
      return `${speakerLine(deed.who)} picks ${title} for ${query}`;
    }
  }
}

function writtenLine({ who, text, sends, answers, quote }: Deed & { does: "write" }): string {
  const parts = [speakerLine(who)];
  if (answers !== undefined) parts.push(`re ${mentionedLine(answers)}`);
  if (quote !== undefined) parts.push(`quoting ${JSON.stringify(quote)}`);
  if (sends !== undefined) parts.push(`sends ${sends}`);
  return parts.join(" ") + (text === "" ? "" : `: ${textLine(text)}`);
}

function speakerLine(who: Speaker): string {
  if (who.in === "private") return who.name;
  if (who.in === "channel") return `${who.name} in channel${atLine(who.desk)}`;
  const as = who.as === undefined ? "" : ` as ${who.as}`;
  const whose = who.customer === "" ? "" : `${as} > ${who.customer}`;
  return `agent ${who.name}${whose}${atLine(who.desk)}`;
}

function atLine(desk: DeskName | undefined): string {
  return desk === undefined ? "" : ` at ${desk}`;
}

function mentionedLine(message: Mentioned): string {
  if (typeof message === "number") return String(message);
  return JSON.stringify(message.words) + (message.nth === 1 ? "" : ` #${message.nth}`);
}

function readMentioned(words: string): Mentioned {
  if (/^\d+$/.test(words)) return Number(words);
  const [, quoted, nth] = /^(".*")(?: #(\d+))?$/us.exec(words)!;
  return { words: readQuoted(quoted!), nth: Number(nth ?? 1) };
}

/** What somebody typed between quotation marks; as it stands if it is no string of JSON's. */
function readQuoted(quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    return quoted.slice(1, -1);
  }
}

/** A text stands on one line: its line breaks as `\n`, its backslashes doubled. */
function textLine(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function readText(text: string): string {
  return text.replace(/\\(\\|n)/g, (_, sign) => sign === "n" ? "\n" : "\\").trim();
}
