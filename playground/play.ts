/**
 * What `deno task play` runs: the playground in a terminal, or a story from a file, in which one
 * line is one deed: `deno task play story.txt`.
 */
import { playInTerminal, playStory } from "./terminal.ts";

const [file] = Deno.args;
if (file === undefined) {
  await playInTerminal();
} else {
  const hasArrived = await playStory(await Deno.readTextFile(file), (text) => console.log(text));
  Deno.exit(hasArrived ? 0 : 1);
}
