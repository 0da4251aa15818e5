import { assertEquals } from "@std/assert";
import { HOUR_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { postOf } from "../support/origins.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";
import { fromBothSides, Side } from "../support/sides.ts";

const FORMATTED = {
  text: "tem *pão*? https://example.com",
  entities: [{ type: "italic" as const, offset: 4, length: 5 }],
  link_preview_options: { is_disabled: true },
};

fromBothSides("an edit without a visible change costs no call", async (side) => {
  const text = await side.sends(FORMATTED);
  const photo = await side.sends({ photo: true, caption: "um", has_media_spoiler: true });
  const poll = await side.sends({ poll: { question: "Qual?", options: ["um", "dois"] } });
  side.forgets();
  for (const message of [text, photo, poll]) side.desk.telegram.spuriousEdit(message);
  await side.desk.settled();
  assertEquals(side.calls, []);
  await side.edits(text, "outro");
  side.desk.telegram.spuriousEdit(text);
  await side.desk.settled();
  assertEquals(side.calls, ["editMessageText"]);
});

fromBothSides("an edit that the copy already shows is done", async (side) => {
  const sent = await side.sends("tem pao?");
  side.desk.telegram.faults.next("editMessageText", { kind: "lost answer" });
  await side.edits(sent, "tem pão?");
  await side.desk.passes(2000);
  assertEquals(textsOf(side.arrived()), ["tem pão?"]);
  assertEquals(side.told(), []);
  side.forgets();
  side.desk.telegram.spuriousEdit(sent);
  await side.desk.settled();
  assertEquals(side.calls, []);
});

fromBothSides("an edit before its message went is neither lost nor doubled", async (side) => {
  side.desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 10 });
  const sent = side.says("tem pao?");
  await side.desk.settled();
  side.says("e leite?");
  await side.edits(sent, "tem pão?");
  await side.edits(sent, "tem pães?");
  assertEquals(side.arrived(), []);
  await side.desk.restart();
  await side.desk.passes(11_000);
  assertEquals(textsOf(side.arrived()), ["tem pães?", "e leite?"]);
});

fromBothSides("of edits that wait under a 429 only the last is made", async (side) => {
  const sent = await side.sends("um");
  side.forgets();
  side.desk.telegram.faults.next("editMessageText", { kind: "429", retryAfterS: 30 });
  for (const text of ["dois", "três", "quatro"]) await side.edits(sent, text);
  await side.desk.passes(20_000);
  assertEquals(side.calls, ["editMessageText"]);
  await side.desk.restart();
  await side.desk.passes(11_000);
  assertEquals(side.there.messages.at(-1)!.text, "quatro");
  assertEquals(
    side.calls.filter((method) => method.startsWith("edit")),
    ["editMessageText", "editMessageText"],
  );
});

fromBothSides(
  "an edit that is taken back while it is under way is taken back there",
  async (side) => {
    const sent = await side.sends("um");
    const { message_id } = side.arrived()[0]!;
    side.desk.telegram.faults.next("editMessageText", { kind: "delay", ms: 60 });
    side.writer.edits(sent, "dois");
    while (!side.calls.includes("editMessageText")) {
      await new Promise((wake) => setTimeout(wake, 1));
    }
    await side.edits(sent, "um");
    assertEquals(side.there.message(message_id)!.text, "um");
  },
);

fromBothSides("an edit of an album that still waits comes with it or after it", async (side) => {
  const sent = await side.sendsPieces([{ photo: true, caption: "um" }, { photo: true }]);
  await side.edits(sent[0]!, { caption: "dois" });
  await side.desk.passes(1100);
  assertEquals(textsOf(side.arrived()), ["dois", "[photo]"]);
});

fromBothSides("a message too old to be known: its editor is told, once", async (side) => {
  const sent = await side.sends("um");
  side.forgets();
  side.desk.clock.aheadMs += 36 * HOUR_MS;
  for await (const { key } of side.desk.kv.list({ prefix: [side.desk.bot.id, "link"] })) {
    await side.desk.kv.delete(key);
  }
  await side.edits(sent, "dois");
  await side.edits(sent, "três");
  assertEquals(side.arrived(), []);
  assertEquals(
    side.told().map(({ text, reply_to_message }) => [text, reply_to_message?.message_id]),
    [
      [
        "⚠️ A edição não aparece do outro lado: a mensagem é antiga demais ou não está lá. Envie uma nova.",
        sent.message_id,
      ],
    ],
  );
}, { env: { RETENTION_DAYS: "1" } });

fromBothSides("an edit that nobody can have made any more says nothing", async (side) => {
  const contents: ContentSpec[] = ["um", { photo: true, caption: "um" }, { sticker: true }];
  const sent = [];
  for (const content of contents) sent.push(await side.sends(content));
  side.desk.clock.aheadMs += 49 * HOUR_MS;
  for await (const { key } of side.desk.kv.list({ prefix: [side.desk.bot.id, "link"] })) {
    await side.desk.kv.delete(key);
  }
  side.forgets();
  for (const message of sent) side.desk.telegram.spuriousEdit(message);
  await side.desk.settled();
  const calls = side.calls.filter((method) => !method.startsWith("get"));
  assertEquals([side.arrived(), side.told(), calls], [[], [], []]);
}, { env: { RETENTION_DAYS: "1" } });

fromBothSides("nor does one of a message whose copy nobody can compare any more", async (side) => {
  const contents: ContentSpec[] = ["um", { sticker: true }, { contact: true }];
  const sent = [];
  for (const content of contents) sent.push(await side.sends(content));
  const { kv, bot, clock, telegram } = side.desk;
  type Kept = { value: { shows?: { content: string } } };
  for await (const { key, value } of kv.list<Kept>({ prefix: [bot.id, "link"] })) {
    // As under another token.
    const { shows } = value.value;
    const changed = shows ? { shows: { ...shows, content: "another" } } : {};
    await kv.set(key, { ...value, value: { ...value.value, ...changed } });
  }
  clock.aheadMs += 49 * HOUR_MS;
  const before = textsOf(side.arrived());
  for (const message of sent) telegram.spuriousEdit(message);
  await side.desk.settled();
  assertEquals([textsOf(side.arrived()), side.told()], [before, []]);
});

Deno.test("a note becomes an answer however old it is", async () => {
  await using side = await Side.open("the team");
  const { desk, maria } = side;
  const note = desk.boss.comments(desk.cardOf(maria), "# tem");
  await desk.settled();
  desk.clock.aheadMs += 72 * HOUR_MS;
  desk.boss.edits(note, "tem");
  await desk.settled();
  assertEquals(textsOf(side.arrived()), ["tem"]);
});

fromBothSides("a spurious edit of what was explained does not explain it again", async (side) => {
  const sent = await side.sends({ paid_media: true });
  side.forgets();
  side.desk.telegram.spuriousEdit(sent);
  await side.desk.settled();
  assertEquals([side.arrived(), side.told()], [[], []]);
});

fromBothSides("a spurious edit of a forwarded message does not lose its origin", async (side) => {
  const forwardedFrom = postOf("Notícias");
  const sent = await side.sends("chuva", { forwardedFrom });
  side.desk.telegram.spuriousEdit(sent);
  await side.desk.settled();
  assertEquals(textsOf(side.arrived()), ["↪ Notícias\nchuva"]);
});
