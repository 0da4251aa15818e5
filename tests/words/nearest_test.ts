import { assertEquals } from "@std/assert";
import { nearest } from "../../src/words/nearest.ts";

const COMMANDS =
  ("close fim closesilent fs priority p ban unban assign atribuir who undo help ajuda settings " +
    "set reset stats notify allow disallow addreply resposta replies respostas delreply remover " +
    "renamereply renomear exportreplies importreplies failed privacy terms tos termos").split(" ");

/** What somebody types, and what they meant; nothing: it is like no command. */
const MEANT: [meant: string | undefined, ...typed: string[]][] = [
  // The same but for accents and case.
  ["close", "close", "CLOSE", "Clóse"],
  ["ajuda", "AJUDA", "ájuda"],
  ["p", "p", "P"],
  // Swapped letters.
  ["close", "clsoe", "lcose", "cloes"],
  ["fim", "fmi", "ifm"],
  ["ban", "bna"],
  ["help", "hlep", "hepl"],
  ["priority", "pirority", "prioirty", "priroty"],
  ["closesilent", "closesilnet", "clsoesilent"],
  ["ajuda", "ajdua"],
  ["undo", "udno"],
  // Missing, doubled and wrong letters.
  ["close", "clse", "cloose", "closse", "closw", "closed"],
  ["priority", "priorty", "prority", "prioritty", "prioritu"],
  ["assign", "asign", "assing", "asigna"],
  ["atribuir", "atribiur", "atribuit"],
  ["disallow", "dissalow", "disalow"],
  ["allow", "alow", "alllow"],
  ["settings", "setings", "settigns"],
  ["stats", "satts", "statss"],
  ["importreplies", "inportreplies", "importrepiles"],
  ["terms", "terns"],
  // The beginning of one; the shortest that has it.
  ["priority", "prio", "prior"],
  ["close", "clo", "clos"],
  ["settings", "sett", "setti"],
  ["reset", "res"],
  ["resposta", "resp", "respost"],
  ["help", "hel"],
  ["closesilent", "closes"],
  // A number run into it.
  ["p", "p3", "p10"],
  ["priority", "priority3"],
  // Like none.
  [undefined, "", "x", "oi", "cl", "fi", "12", "obrigado", "fechar", "banana", "bom", "p-3"],
];

Deno.test("a mistyped command is known for the one that was meant", () => {
  for (const [meant, ...typed] of MEANT) {
    for (const word of typed) assertEquals(nearest(word, COMMANDS), meant, word);
  }
});

Deno.test("of those with as many typos: the one as long, the same first letter, the first", () => {
  assertEquals(nearest("teroms", ["terms", "termos"]), "termos");
  assertEquals(nearest("bat", ["bar", "bad", "bag"]), "bar");
  assertEquals(nearest("bat", ["bad", "bar", "bag"]), "bad");
  assertEquals(nearest("bat", ["cat", "bar"]), "bar");
  assertEquals(nearest("pri", ["privacy", "priority"]), "privacy");
  assertEquals(nearest("clo", ["closesilent", "close"]), "close");
  assertEquals(nearest("prio", []), undefined);
  assertEquals(nearest("x".repeat(4000), COMMANDS), undefined);
});

Deno.test("every command is found by itself, and with any two neighbouring letters swapped", () => {
  for (const command of COMMANDS) {
    assertEquals(nearest(command, COMMANDS), command);
    for (let at = 0; at + 1 < command.length; at++) {
      const swapped = command.slice(0, at) + command[at + 1] + command[at] + command.slice(at + 2);
      if (command.length > 2) assertEquals(nearest(swapped, COMMANDS), command, swapped);
    }
  }
});
