/** Whoever answers a customer by a post in the channel is told that it reaches nobody. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";

async function open() {
  const desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "50" } });
  const maria = await desk.hearsFrom("Maria", "tem pão?");
  const told = () => textsOf(desk.threadOf(maria)).slice(1);
  return { desk, maria, told, replyTo: desk.cardOf(maria).message_id };
}

Deno.test("an answer to a card that is posted in the channel reaches nobody, and the thread is told", async () => {
  const { desk, maria, told, replyTo } = await open();
  await using _ = desk;
  for (const content of ["temos, sim", { photo: true }, "/close"] as const) {
    const before = told().length;
    desk.boss.sends(desk.channel, content, { replyTo });
    await desk.settled();
    assertEquals(told().length, before + 1);
    assertStringIncludes(told().at(-1)!, "publicado no canal");
  }
  assertEquals(desk.toldTo(maria).length, 1);
});

Deno.test("of an album that is posted in the channel the thread is told once", async () => {
  const { desk, told, replyTo } = await open();
  await using _ = desk;
  await desk.boss.sendsAlbum(desk.channel, [{ photo: true }, { photo: true }, { photo: true }], {
    replyTo,
  });
  await desk.passes(1000);
  assertEquals(told().length, 1);
});

Deno.test("other posts in the channel are nobody's business, nor is whoever has no conversation", async () => {
  const { desk, maria, told } = await open();
  await using _ = desk;
  const news = desk.boss.sends(desk.channel, "Reunião às 9h");
  desk.boss.sends(desk.channel, "confirmado", { replyTo: news.message_id });
  const forged = desk.boss.sends(desk.channel, "🟦 Rui\nID 5");
  desk.boss.sends(desk.channel, "temos, sim", { replyTo: forged.message_id });
  await desk.settled();
  assertEquals([told(), desk.toldTo(maria).length], [[], 1]);
});
