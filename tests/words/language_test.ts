import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  COMMAND_NAMES,
  commandNamed,
  commandNameIn,
  namesOfCommand,
} from "../../src/commands/command.ts";
import { readEnvironment } from "../../src/config.ts";
import { readHolidays, writeHolidays } from "../../src/hours/holidays.ts";
import { readHours, writeHours } from "../../src/hours/hours.ts";
import { namesOfSetting, SETTING_NAMES, settingNamed } from "../../src/settings/settings.ts";
import { say, TEXTS } from "../../src/texts/texts.ts";
import { fold } from "../../src/words/fold.ts";
import {
  inEach,
  LANGUAGE_TAGS,
  LANGUAGES,
  listOf,
  spokenLanguage,
} from "../../src/words/language.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

Deno.test("a language is known by its tag, by any region's, and by its names", async () => {
  await using desk = await TestDesk.open();
  const asks = async (words: string) => {
    desk.boss.sends(desk.group, words);
    await desk.settled();
    return desk.group.messages.at(-1)!.text!;
  };
  for (const language of LANGUAGE_TAGS) {
    const { code, names } = LANGUAGES[language];
    for (const tag of [language, code, `${code}-x`, code.toUpperCase()]) {
      assertEquals(spokenLanguage(tag), language, tag);
    }
    const { locale } = readEnvironment((name) => name === "LOCALE" ? language.toLowerCase() : "");
    assertEquals(locale, language);
    assert(listOf(names).includes(fold(language)), language);
    for (const name of listOf(names)) {
      assertStringIncludes(await asks(`/set language ${name}`), `: ${language}`, name);
    }
  }
  assertEquals(spokenLanguage("xx"), undefined);
  for (const parts of [inEach(({ code }) => code), inEach(({ names }) => listOf(names)).flat()]) {
    assertEquals(new Set(parts).size, parts.length, parts.join());
  }
});

Deno.test("whoever sets a language we do not speak, or configures one, is told which there are", () => {
  for (const language of LANGUAGE_TAGS) {
    const problem = { because: "unknown language" } as const;
    const said = say({ text: "set-problem", name: "language", problem }, language);
    for (const tag of LANGUAGE_TAGS) assertMatch(said, RegExp(`\\b${tag}\\b`));
  }
  const problem = readEnvironment((name) => name === "LOCALE" ? "xx" : "").problems.at(-1);
  assertEquals(problem, {
    because: "not a choice",
    name: "LOCALE",
    choices: LANGUAGE_TAGS,
    given: "xx",
  });
});

Deno.test("names of commands and settings are each of one that there is, as Telegram takes them", () => {
  const commands = COMMAND_NAMES.flatMap(namesOfCommand);
  const settings = SETTING_NAMES.flatMap(namesOfSetting);
  for (const names of [commands, settings]) {
    assertEquals(new Set(names).size, names.length, "a name of two");
    for (const name of names) assertMatch(name, /^[a-z0-9_]{1,32}$/);
  }
  for (const vocabulary of Object.values(LANGUAGES)) {
    for (const [command, names] of Object.entries(vocabulary.commands)) {
      for (const name of listOf(names)) {
        assertEquals<string | undefined>(commandNamed(name), command);
      }
    }
    for (const [setting, names] of Object.entries(vocabulary.settings)) {
      for (const name of listOf(names)) {
        assertEquals<string | undefined>(settingNamed(name), setting);
      }
    }
  }
});

Deno.test("each language has its own menus of commands", async () => {
  await using desk = await TestDesk.open();
  for (const language of LANGUAGE_TAGS) {
    const customer = desk.customer("Maria", { languageCode: LANGUAGES[language].code });
    assertEquals(
      customer.menu(desk.bot).slice(0, 2),
      (["start", "help"] as const).map((name) => ({
        command: commandNameIn(name, language),
        description: TEXTS[language].about({ text: "about", name }),
      })),
    );
  }
});

Deno.test("placeholders are filled in by their names in every language, none means two things", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria", { lastName: "Silva" });
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const said: string[] = [];
  for (const { first_name, last_name, full_name, id, agent, greeting, date, time } of names()) {
    const asked = [first_name, last_name, full_name, id, agent, greeting, date, time];
    desk.ana.comments(desk.cardOf(maria), asked.map((name) => `{${name}}`).join(" | "));
    await desk.settled();
    said.push(textsOf(desk.toldTo(maria)).at(-1)!);
  }
  assertEquals(said, LANGUAGE_TAGS.map(() => said[0]));
  assertMatch(said[0]!, /^Maria \| Silva \| Maria Silva \| \d+ \| Ana \| [^{}]+$/);
  const meanings = new Map<string, string>();
  for (const each of names()) {
    for (const [meaning, name] of Object.entries(each)) {
      assertEquals(meanings.get(name) ?? meaning, meaning, name);
      assertEquals(fold(name), name);
      meanings.set(name, meaning);
    }
  }
});

Deno.test("words that are read without accents and case are given so", () => {
  for (const vocabulary of Object.values(LANGUAGES)) {
    const { on, off, filler, half, stopWords, shortWeekdays, hours } = vocabulary;
    const { numbers, priorities, priorityNames, spans, people } = vocabulary;
    const given = [
      ...[vocabulary.names, on, off, filler, half, stopWords, priorityNames, ...shortWeekdays],
      ...[...numbers, ...priorities, ...Object.values(spans), ...Object.values(people)],
    ];
    for (const words of [...given, ...Object.values(hours)]) assertEquals(fold(words), words);
    const both = listOf(on).filter((word) => listOf(off).includes(word));
    assertEquals([listOf(on).length > 0, listOf(off).length > 0, both], [true, true, []]);
  }
});

Deno.test("hours and holidays are read in the words of every language", () => {
  for (const { weekdays, months, isDayFirst, dates, hours } of Object.values(LANGUAGES)) {
    /** The first word that a pattern stands for. */
    const one = (pattern: string) =>
      pattern.split("|")[0]!.replace(/\(\?:([^|)]*)[^)]*\)\??|\[(.)[^\]]*\]/g, "$1$2")
        .replace(/.\?/g, "");
    const [monday, , , , friday, saturday, sunday] = weekdays;
    const week = `${monday} ${one(hours.to)} ${friday} 9h-18h; ${saturday} ${one(hours.and)} ` +
      `${sunday} ${one(hours.closed)}`;
    const read = readHours(week);
    assertEquals("problem" in read ? week : writeHours(read, "en"), "mon-fri 09:00-18:00", week);
    const date = isDayFirst ? `25 ${dates.of} ${months[11]}` : `${months[11]} 25`;
    const days = `${date}; 24/12 ${one(dates.to)} 26/12`;
    const holidays = readHolidays(days);
    assertEquals(
      "problem" in holidays ? days : writeHolidays(holidays, "en"),
      "12-24 - 12-26",
      days,
    );
  }
});

Deno.test("no other file names a language but those of its words and its sentences", async () => {
  // In config.ts is the default.
  const tags = LANGUAGE_TAGS.join("|");
  const allowed = RegExp(`^(config\\.ts|words/(language|${tags})\\.ts|texts/(${tags})\\b.*)$`);
  const wrong: string[] = [];
  let count = 0;
  const look = async (folder: URL, path: string) => {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) await look(new URL(`${name}/`, folder), `${path}${name}/`);
      else {
        count++;
        const code = await Deno.readTextFile(new URL(name, folder));
        const names = LANGUAGE_TAGS.some((tag) => tag !== "en" && code.includes(`"${tag}"`));
        if (names && !allowed.test(path + name)) wrong.push(path + name);
      }
    }
  };
  await look(new URL("../../src/", import.meta.url), "");
  assert(count > 100);
  // The sentences of all languages come together in one place.
  assertEquals(wrong, ["texts/texts.ts"]);
});

/** The names of placeholders, language by language. */
function names() {
  return inEach(({ placeholders }) => placeholders);
}
