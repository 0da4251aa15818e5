/** What a desk that is not one any more keeps of people: they see it, erase it, and it goes by its age. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS } from "../../src/time/duration.ts";
import { dataOf } from "../support/data_file.ts";
import { openChats, TestDesk, textsOf } from "../support/desk.ts";
import { erases, tracesOf } from "../support/erasing.ts";

/** A desk that has moved to another channel, where Maria and João are known of before. */
async function openMoved({ isStillMember }: { isStillMember: boolean }) {
  const env: Record<string, string> = {};
  const desk = await TestDesk.open({ env });
  const { telegram, boss, bot, channel } = desk;
  const [maria, joao] = [desk.customer("Maria", { lastName: "Silva" }), desk.customer("João")];
  for (const customer of [maria, joao]) {
    customer.sends(desk.chatOf(customer), "bom dia");
    await desk.settled();
    desk.ana.comments(desk.cardOf(customer), "bom dia!");
    await desk.settled();
  }
  const { channel: next } = openChats(telegram, "Novo", boss, bot);
  if (!isStillMember) {
    for (const chat of [channel, desk.group]) telegram.removeMember(chat, bot, "kicked");
  }
  env.CHANNEL_ID = String(next.id);
  await desk.restart();
  return { desk, maria, joao, next };
}

for (const isStillMember of [true, false]) {
  const how = isStillMember ? "the bot is still in" : "the bot was removed from";
  Deno.test(`what a desk left behind in a channel that ${how} is shown and erased as well`, async () => {
    const { desk, maria, joao, next } = await openMoved({ isStillMember });
    await using _ = desk;
    // Maria is known at both desks, João at the old one alone.
    maria.sends(desk.chatOf(maria), "mudaram?");
    await desk.settled();
    for (const customer of [maria, joao]) {
      const { data } = await dataOf(desk, customer);
      const [before, ...more] = data.other_desks.data;
      assertEquals(more, []);
      assertEquals(before.person.data.first_name, customer.info.first_name);
      assertEquals(before.links.data.length, 2);
      assertEquals(data.conversation.data === null, customer === joao);
      const told = desk.toldTo(customer).length;
      await erases(desk, customer);
      assertEquals(await tracesOf(desk.kv, customer, /Maria|Silva/), []);
      assertStringIncludes(desk.toldTo(customer).at(-1)!.text!, "✅ Pronto");
      const done = desk.toldTo(customer).slice(told).filter(({ text }) => /Pronto/.test(text!));
      assertEquals(done.length, 1);
    }
    assertEquals(textsOf(next.messages).filter((text) => /Maria/.test(text)), []);
    const old = textsOf(desk.channel.messages).filter((text) => text !== "[something]");
    assertEquals(old.every((text) => text === "🗑 apagado"), isStillMember);
    assertEquals((await desk.health()).ok, true, "the old channel is none of the desk's troubles");
  });
}

Deno.test("what a desk left behind goes by its age as well", async () => {
  const { desk, maria, joao } = await openMoved({ isStillMember: true });
  await using _ = desk;
  for (let day = 0; day < 368; day++) await desk.passes(DAY_MS);
  await desk.passes(1100);
  for (const customer of [maria, joao]) assertEquals(await tracesOf(desk.kv, customer), []);
});
