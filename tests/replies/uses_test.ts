/** Canned replies that are used as comments by inline mode: each use is counted, once. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS } from "../../src/time/duration.ts";
import { open } from "../support/filled_in.ts";

Deno.test("a comment by inline mode looks typed, is linked, and counts as a use", async () => {
  await using side = await open();
  const { desk, maria, here, there } = side;
  desk.boss.sends(here, "/addreply Oi\nOlá, {nome}!");
  desk.boss.sends(here, "/addreply Tchau\nAté logo!");
  await desk.settled();
  const offered = async (query = "") => {
    const asking = desk.ana.queries(desk.bot, query);
    await desk.settled();
    return await asking;
  };
  const titles = async () => (await offered()).map((result) => (result as { title: string }).title);
  const sends = async (query: string) => {
    const [result] = await offered(query);
    const sent = desk.ana.choosesResult(here, result!, { replyTo: side.rootId });
    await desk.settled();
    return sent;
  };
  assertEquals(await titles(), ["Oi", "Tchau"]);
  const sent = await sends("tchau");
  const [got] = side.arrived().slice(-1).length ? [there.messages.at(-1)!] : [];
  assertEquals([got!.text, got!.via_bot], ["Até logo!", undefined]);
  assertEquals(await titles(), ["Tchau", "Oi"]);
  maria.sends(there, "tchau", { replyTo: got!.message_id });
  await desk.settled();
  assertEquals(desk.threadOf(maria).at(-1)!.reply_to_message!.message_id, sent.message_id);

  // A use counts half after two weeks: two old ones less than two new ones.
  await sends("oi");
  await sends("oi");
  assertEquals(there.messages.at(-1)!.text, "Olá, Maria!");
  assertEquals(await titles(), ["Oi", "Tchau"]);
  await desk.passes(30 * DAY_MS);
  await sends("tchau");
  assertEquals(await titles(), ["Tchau", "Oi"]);
  desk.boss.sends(here, "/replies");
  await desk.settled();
  const list = here.messages.at(-1)!.text!;
  assertStringIncludes(list, "1. Tchau · 2×");
  assertStringIncludes(list, "2. Oi · 2×");

  // A typed comment is no use, nor is what somebody else's bot inserts.
  await side.sends("Até logo!");
  const other = desk.telegram.createBot({ name: "Other" });
  await side.sends("Até logo!", { viaBot: other });
  desk.boss.sends(here, "/replies");
  await desk.settled();
  assertStringIncludes(here.messages.at(-1)!.text!, "1. Tchau · 2×");

  // A new title is the same reply: its uses stay with it.
  desk.boss.sends(here, "/renamereply Tchau\nAdeus");
  await desk.settled();
  desk.boss.sends(here, "/replies");
  await desk.settled();
  assertStringIncludes(here.messages.at(-1)!.text!, "1. Adeus · 2×");
});

Deno.test("uses in many conversations at once are all counted", async () => {
  await using side = await open();
  const { desk, here } = side;
  desk.boss.sends(here, "/addreply Oi\nOlá!");
  await desk.settled();
  const customers = Array.from({ length: 8 }, (_, n) => desk.customer(`C${n}`));
  for (const customer of customers) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  const asking = desk.ana.queries(desk.bot, "");
  await desk.settled();
  const [result] = await asking;
  for (const customer of customers) {
    const card = desk.cardOf(customer);
    const root = here.messages.find(({ forward_origin: origin }) =>
      origin?.type === "channel" && origin.message_id === card.message_id
    )!;
    desk.ana.choosesResult(here, result!, { replyTo: root.message_id });
  }
  await desk.settled();
  desk.boss.sends(here, "/replies");
  await desk.settled();
  assertStringIncludes(here.messages.at(-1)!.text!, "1. Oi · 8×");
});
