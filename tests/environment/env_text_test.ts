import { assertEquals } from "@std/assert";
import { variablesIn, withVariable } from "../../src/environment/env_text.ts";

const TOKEN = "123456:ABC-def_9";

const CHANGED: [what: string, before: string, after: string][] = [
  ["an empty file", "", `BOT_TOKEN=${TOKEN}\n`],
  ["the example", "# Ask.\nBOT_TOKEN=\n#PORT=8000\n", `# Ask.\nBOT_TOKEN=${TOKEN}\n#PORT=8000\n`],
  ["an old token", "A=1\nBOT_TOKEN=7:old\nB=2", `A=1\nBOT_TOKEN=${TOKEN}\nB=2`],
  ["a quoted one", "BOT_TOKEN='7:old'\n", `BOT_TOKEN=${TOKEN}\n`],
  ["one for shells", '  export BOT_TOKEN = "7:old"\n', `  export BOT_TOKEN =${TOKEN}\n`],
  ["a comment behind it", "BOT_TOKEN=7:old  # of ours\n", `BOT_TOKEN=${TOKEN} # of ours\n`],
  ["a comment instead of it", "BOT_TOKEN=# ask\n", `BOT_TOKEN=${TOKEN} # ask\n`],
  ["a line that is none", "#BOT_TOKEN=7:old\n", `#BOT_TOKEN=7:old\nBOT_TOKEN=${TOKEN}\n`],
  ["another's line", "MY_BOT_TOKEN=x\n", `MY_BOT_TOKEN=x\nBOT_TOKEN=${TOKEN}\n`],
  ["no end of its last line", "A=1", `A=1\nBOT_TOKEN=${TOKEN}\n`],
  ["the lines of Windows", "A=1\r\nBOT_TOKEN=\r\n", `A=1\r\nBOT_TOKEN=${TOKEN}\r\n`],
  ["the same, added", "A=1\r\n", `A=1\r\nBOT_TOKEN=${TOKEN}\r\n`],
  ["a mark at its beginning", "\uFEFFBOT_TOKEN=\n", `\uFEFFBOT_TOKEN=${TOKEN}\n`],
  [
    "two of it",
    "BOT_TOKEN=7:old\nA=1\nBOT_TOKEN=8:older\n",
    `BOT_TOKEN=${TOKEN}\nA=1\nBOT_TOKEN=${TOKEN}\n`,
  ],
  [
    "the words of another that look like it",
    'A="one\nBOT_TOKEN=7:old\nthree"\n',
    `A="one\nBOT_TOKEN=7:old\nthree"\nBOT_TOKEN=${TOKEN}\n`,
  ],
];

for (const [what, before, after] of CHANGED) {
  Deno.test(`the token is set in a .env with ${what}, and the rest stays`, () => {
    assertEquals(withVariable(before, "BOT_TOKEN", TOKEN), after);
    assertEquals(variablesIn(after).BOT_TOKEN, TOKEN);
  });
}

Deno.test("where the token cannot be set without damage, nothing is changed", () => {
  // Whatever comes behind an open quote would be part of it, once somebody closes it.
  assertEquals(withVariable('A="x\nBOT_TOKEN: y\nB="', "BOT_TOKEN", "1:a#b"), undefined);
});
