/** Taking back an answer that is more than one message: all of it goes, and nothing brings it back. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ContentSpec, SendOptions } from "../../playground/telegram/telegram.ts";
import { JOSE } from "../support/origins.ts";
import { open } from "../support/undoing.ts";

/** Messages that are more than one at the customer's, by how many. */
const MANY: [string, number, ContentSpec, SendOptions][] = [
  ["a text that is too long once it is filled in", 2, "{nome} ".repeat(1000), {}],
  ["what was forwarded, with the line before it", 2, { sticker: true }, { forwardedFrom: JOSE }],
  ["a long text that was forwarded", 2, "a".repeat(4096), { forwardedFrom: JOSE }],
  ["a longer one", 2, "palavra ".repeat(1000), { forwardedFrom: JOSE }],
  ["a photo whose caption follows it", 2, { photo: true, caption: "{nome} ".repeat(400) }, {}],
];

for (const [what, count, content, options] of MANY) {
  Deno.test(`undoing ${what} takes back all of it, and nothing brings it back`, async () => {
    const { desk, maria, says, left, line, isThere, undoes } = await open();
    await using _ = desk;
    const long = await says(desk.ana, content, options);
    assertEquals(left().length, count);
    const shown = desk.toldTo(maria).slice(-count);
    const command = await undoes(long);
    assertEquals(left(), []);
    assertEquals(isThere(command), false);
    assertEquals(line().reply_to_message?.message_id, long.message_id);
    assertStringIncludes(line().text!, "Ana desfez esta resposta: ela foi apagada");
    if (options.forwardedFrom === undefined) desk.ana.edits(long, { caption: "outra" });
    desk.ana.reacts(long, "👍");
    await desk.settled();
    assertEquals(left(), []);
    assert(shown.every(({ message_id }) => !desk.chatOf(maria).message(message_id)));
  });
}

Deno.test("undoing one piece of an album takes back all of it: no piece comes back by an edit", async () => {
  const { desk, maria, left, album, undoes, line } = await open();
  await using _ = desk;
  const [first, second, third] = await album(["a", "b", "c"]);
  assertEquals(left(), ["a", "b", "c"]);
  await undoes(second!);
  assertEquals(left(), []);
  const said = desk.threadOf(maria).length;
  desk.ana.edits(first!, { caption: "outra vez" });
  desk.ana.reacts(third!, "👍");
  await desk.settled();
  assertEquals(left(), []);
  // Nor is anybody told what they know: that it is not there.
  assertEquals(desk.threadOf(maria).length, said);
  await undoes(third!);
  assertStringIncludes(line().text!, "Não há o que desfazer");
});

Deno.test("undoing any piece of an album takes back the line that was said before it", async () => {
  for (const undone of [0, 1]) {
    const { desk, maria, left, undoes } = await open();
    await using _ = desk;
    const rootId = desk.threadOf(maria)[0]!.message_thread_id!;
    const pieces = ["a", "b"].map((letter) =>
      desk.ana.sends(desk.group, { photo: true, caption: letter.repeat(1024) }, {
        replyTo: rootId,
        mediaGroupId: "1",
        forwardedFrom: JOSE,
      })
    );
    await desk.settled();
    await desk.passes(2000);
    assertEquals(left().map((text) => text.slice(0, 6)), ["↪ José", "aaaaaa", "bbbbbb"]);
    await undoes(pieces[undone]!);
    assertEquals(left(), []);
  }
});

Deno.test("what an edit had to send anew is taken back with what it was before", async () => {
  const { desk, says, left, undoes } = await open();
  await using _ = desk;
  const long = await says(desk.ana, "{nome} ".repeat(1000));
  desk.ana.edits(long, "curto");
  await desk.settled();
  assertEquals(left().length, 3);
  assertStringIncludes(left().at(-1)!, "✏️ curto");
  desk.ana.edits(long, "{nome} ".repeat(900));
  await desk.settled();
  await undoes(long);
  assertEquals(left(), []);
});

Deno.test("undoing an answer whose edits were shown anew takes all of them back", async () => {
  const { desk, maria, says } = await open();
  await using _ = desk;
  const before = desk.toldTo(maria).length;
  const answer = await says(desk.ana, { rich_message: "um" });
  for (const rich_message of ["dois", "três"]) {
    desk.ana.edits(answer, { rich_message });
    await desk.settled();
  }
  // Each edit has a line before it that says so.
  assertEquals(desk.toldTo(maria).length, before + 5);
  await says(desk.ana, "/undo", { replyTo: answer.message_id });
  assertEquals(desk.toldTo(maria).length, before);
});
