/** What was under way at the channel that a desk has left ends there, and touches nothing in the new one. */
import { assertEquals } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/owned_desks.ts";

/** A desk with such a setting where Maria has written, and that moves to another channel when told to. */
async function openSet(setting: string) {
  const opened = await open();
  const { desk, press, adds } = opened;
  desk.beto.sends(desk.group, setting);
  await desk.settled();
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  const writes = async (who: typeof maria, words: string) => {
    who.sends(desk.chatOf(who), words);
    await desk.settled();
  };
  await writes(maria, "oi");
  const moves = async () => {
    const next = await adds("Outro canal");
    await press("Mudar atendimento");
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
    return next;
  };
  return { ...opened, maria, joao, writes, moves };
}

Deno.test("who waited too long at the channel that a desk has left is late nowhere, and no post of the new one is taken for their card", async () => {
  const { desk, maria, joao, writes, moves } = await openSet("/set alarm 30m");
  await using _ = desk;
  const old = desk.channel.messages.at(-1)!;
  const next = await moves();
  await writes(joao, "bom dia");
  const { length } = next.group.messages;
  for (let minute = 0; minute < 29; minute++) await desk.passes(MINUTE_MS);
  const mistaken = desk.telegram.calls.filter(({ payload }) =>
    payload.chat_id === next.channel.id && payload.message_id === old.message_id
  );
  assertEquals(mistaken.map(({ method }) => method), []);
  assertEquals(next.group.messages.length, length);
  assertEquals(textsOf(desk.toldTo(desk.beto)).filter((text) => text.includes("Maria")), []);
  await writes(maria, "e eu?");
  for (let minute = 0; minute < 31; minute++) await desk.passes(MINUTE_MS);
  assertEquals(textsOf(next.channel.messages), [
    `🟦 João\nID ${joao.id}\n#late`,
    `🟦 Maria\nID ${maria.id}\n#late`,
  ]);
  assertEquals((await desk.health()).waiting, 0);
});

Deno.test("a conversation that a desk has left behind does not close by itself while its customer is served in the new channel", async () => {
  const { desk, maria, writes, moves } = await openSet("/set autoclose 24h");
  await using _ = desk;
  desk.beto.comments(desk.channel.messages.at(-1) as never, "bom dia");
  await desk.settled();
  const next = await moves();
  for (let hour = 0; hour < 11; hour++) await desk.passes(HOUR_MS);
  await writes(maria, "ainda preciso de ajuda");
  const before = desk.toldTo(maria).length;
  for (let hour = 0; hour < 30; hour++) await desk.passes(HOUR_MS);
  assertEquals(textsOf(desk.toldTo(maria).slice(before)), []);
  assertEquals(textsOf(next.channel.messages), [`🟦 Maria\nID ${maria.id}`]);
  assertEquals((await desk.health()).waiting, 0);
});
