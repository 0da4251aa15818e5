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

const DOCS = new URL("../../docs/", import.meta.url);

const GIVERS: Record<Giver, string> = {
  customer: "customers, in private with the bot",
  team: "the team, as a comment under a card",
  admin: "administrators, in the group, as a comment, or in private with the bot",
  creator: "the group's creator, under their own name, in the same places",
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
  const isOnlyPrivate = giver !== "customer" && where.length === 1 && where[0] === "private";
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

/** The pages with made parts. Throws if one has no place for its part. */
export async function makePages(): Promise<MadePage[]> {
  const parts = { commands: commandTables(), settings: settingTable() };
  return await Promise.all(
    Object.entries(parts).map(async ([name, text]) => {
      const file = new URL(`${name}.md`, DOCS);
      const before = await Deno.readTextFile(file);
      const part = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- end of ${name} -->)`);
      if (!part.test(before)) throw new Error(`docs/${name}.md has no place for its ${name}`);
      const after = before.replace(part, (_, begin, end) => `${begin}\n\n${text}\n\n${end}`);
      return { file, before, after };
    }),
  );
}

if (import.meta.main) {
  for (const { file, after } of await makePages()) await Deno.writeTextFile(file, after);
}
