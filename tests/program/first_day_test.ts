/**
 * Somebody who has this repository and its README, and does what the README says, in its order, with
 * the real program: a sentence that nobody has tried fails the test. In each language there is.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { commandsOf, read, under } from "../support/documentation.ts";
import { FirstDay } from "./first_day.ts";
import { ENGLISH, PORTUGUESE } from "./guides.ts";

Deno.test("whoever does what the README says, and nothing else, has a desk that works", async () => {
  await using day = await FirstDay.begin(ENGLISH);
  await day.followsTheSetUp();

  const [doctor, ...noOther] = commandsOf(await under("docs/configuration.md", "## The doctor"));
  const [backup, restore, ...none] = commandsOf(
    await under("docs/backups.md", "# Backups and upgrades"),
  );
  assertEquals([noOther, none], [[], []], "nobody has tried these");
  assertStringIncludes(await day.runs(doctor!), "Nothing is missing.");
  await day.runs(backup!);
  // "Stop the bot, and move the old one away."
  await day.stops();
  await Deno.rename(`${day.folder.path}/data`, `${day.folder.path}/old`);
  await day.runs(restore!);

  const [imports] = /npx [^`\n]* task import [^`\n]*/.exec(await read("docs/moving-in.md"))!;
  const user = { user_id: 4242, name: "Zeca", priority: 3 };
  await Deno.writeTextFile(`${day.folder.path}/users.json`, `${JSON.stringify(user)}\n`);
  await Deno.writeTextFile(`${day.folder.path}/answers.json`, '{"message":"Abrimos às 8h."}\n');
  await Deno.writeTextFile(`${day.folder.path}/old.env`, "START_MSG=Olá!\n");
  for (const command of [imports, imports.replace(" --dry-run", "")]) {
    assertMatch(await day.runs(command), /customers moved in: 1 [^]*canned replies moved in: 1;/);
  }
  await day.startsAgain();
  await day.answers("até amanhã");
  await day.runs(doctor!);
});

Deno.test("whoever does what the Portuguese README says has the same", async () => {
  await using day = await FirstDay.begin(PORTUGUESE);
  await day.followsTheSetUp();
});
