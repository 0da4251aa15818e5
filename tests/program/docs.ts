/**
 * The parts of the documentation that are made from the program itself. `deno task docs` writes them
 * anew; a test compares.
 */
import {
  COMMAND_NAMES,
  type CommandName,
  type Giver,
  namesOfCommand,
  ruleOf,
} from "../../src/commands/command.ts";
import { namesOfSetting, SETTING_NAMES } from "../../src/settings/settings.ts";
import { TEXTS } from "../../src/texts/texts.ts";
import { DOCUMENTED, readResults, type Results } from "../bench/results.ts";
import {
  circumstances,
  costRows,
  durableRows,
  processorRows,
  rateRows,
  type Rows,
  scaleRows,
  startRows,
  waitRows,
} from "../bench/tables.ts";

/** As deno.json has it. */
const LINE_WIDTH = 100;
const DOCS = new URL("../../docs/", import.meta.url);

const GIVERS: Record<Giver, string> = {
  customer: "customers, in private with the bot",
  team: "the team, as a comment under a card",
  admin: "administrators, in the group, as a comment, or in private with the bot",
  creator: "the group's creator, under their own name, in the same places",
  owner: "the owner of the bot, in private with it",
};

/** The commands, a table for each kind of people who may give them. */
export function commandTables(): string {
  return (Object.keys(GIVERS) as Giver[]).map((giver) => {
    const names = COMMAND_NAMES.filter((name) => ruleOf(name).by.includes(giver));
    const rows = names.map((name) => [code(name), describe(name, giver)]);
    return [`**For ${GIVERS[giver]}:**`, "", ...table(["command", "does"], rows)].join("\n");
  }).join("\n\n");
}

/** What administrators can decide. */
export function settingTable(): string {
  const rows = SETTING_NAMES.map((name) => [
    `\`${name}\` (${namesOfSetting(name).slice(1).map((each) => `\`${each}\``).join(" ")})`,
    TEXTS.en["about-setting"]({ text: "about-setting", name }),
    `\`/set ${name} ${TEXTS.en["setting-example"]({ text: "setting-example", name })}\``,
  ]);
  return table(["setting", "is", "for example"], rows).join("\n");
}

function code(name: CommandName): string {
  const takes = TEXTS.en.takes({ text: "takes", name });
  const words = namesOfCommand(name).map((each) => `\`/${each}\``).join(" ");
  return takes === "" ? words : `${words} ${takes.replaceAll("|", "\\|")}`;
}

function describe(name: CommandName, giver: Giver): string {
  const where = ruleOf(name).where;
  const words = TEXTS.en.about({ text: "about", name });
  const isOnlyPrivate = giver !== "customer" && giver !== "owner" && where.length === 1 &&
    where[0] === "private";
  return isOnlyPrivate ? `${words} (in private with the bot)` : words;
}

/** A table as `deno fmt` writes it. */
function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => [...row[column]!].length))
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => cell + " ".repeat(widths[at]! - [...cell].length)).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`].concat(
    rows.map(line),
  );
}

/** A page that has a made part: as it is, and as it should be. */
export interface MadePage {
  file: URL;
  before: string;
  after: string;
}

/** What was measured beside the least a bot can do. */
function benchTables(results: Results): string {
  const tables = [rateRows, waitRows, processorRows, durableRows, startRows].map((rowsOf) =>
    shown(rowsOf(results))
  );
  return [wrapped(circumstances(results)), ...tables].join("\n\n");
}

function shown([head, ...rows]: Rows): string {
  return table(head!, rows).join("\n");
}

/** Prose as `deno fmt` breaks it. */
function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = lines.at(-1) === "" ? word : `${lines.at(-1)} ${word}`;
    if (longer.length <= LINE_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.join("\n");
}

/** The pages with made parts. Throws if one has no place for its part. */
export async function makePages(): Promise<MadePage[]> {
  const results = await readResults(DOCUMENTED);
  const pages = {
    commands: { commands: commandTables() },
    settings: { settings: settingTable() },
    development: { bench: benchTables(results) },
    scale: { costs: shown(costRows(results)), scale: shown(scaleRows(results)) },
  };
  return await Promise.all(
    Object.entries(pages).map(async ([page, parts]) => {
      const file = new URL(`${page}.md`, DOCS);
      const before = await Deno.readTextFile(file);
      let after = before;
      for (const [name, text] of Object.entries(parts)) {
        const part = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- end of ${name} -->)`);
        if (!part.test(after)) throw new Error(`docs/${page}.md has no place for its ${name}`);
        after = after.replace(part, (_, begin, end) => `${begin}\n\n${text}\n\n${end}`);
      }
      return { file, before, after };
    }),
  );
}

if (import.meta.main) {
  for (const { file, after } of await makePages()) await Deno.writeTextFile(file, after);
}
