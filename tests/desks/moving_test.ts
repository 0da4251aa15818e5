/** What waits at a desk while it moves to another channel. */
import { assertEquals } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { open, openWithSales } from "../support/owned_desks.ts";

for (
  const [which, openDesks] of [["the only desk", open], ["one of two", openWithSales]] as const
) {
  Deno.test(`what customers have written that waits while ${which} moves is shown in its new channel, in order`, async () => {
    const { desk, writes, press, adds } = await openDesks();
    await using _ = desk;
    const maria = desk.customer("Maria");
    await writes(maria, "oi");
    desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 60 });
    for (const words of ["um", "dois"]) await writes(maria, words);
    const joao = desk.customer("João");
    desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 60 });
    await writes(joao, "também quero");
    const next = await adds("Outro canal");
    await press("Mudar atendimento");
    for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);
    await writes(maria, "três");
    const cards = next.channel.messages.map(({ text }) => text);
    assertEquals(cards.toSorted(), [`🟦 João\nID ${joao.id}`, `🟦 Maria\nID ${maria.id}`]);
    const said = next.group.messages.map(({ text }) => text ?? "");
    assertEquals(said.filter((text) => text !== "" && !/^(🟦|🆕)/.test(text)).toSorted(), [
      "dois",
      "também quero",
      "três",
      "um",
    ]);
    assertEquals(
      ["um", "dois", "três"].map((text) => said.indexOf(text)).toSorted((a, b) => a - b),
      [
        said.indexOf("um"),
        said.indexOf("dois"),
        said.indexOf("três"),
      ],
    );
    const { waiting, failed } = await desk.health();
    assertEquals([waiting, failed], [0, 0]);
  });
}

Deno.test("an answer that waits while its desk moves reaches the customer", async () => {
  const { desk, writes, press, adds } = await openWithSales();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await writes(maria, "oi");
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 60 });
  desk.beto.comments(desk.channel.messages.at(-1) as never, "bom dia");
  await desk.settled();
  await adds("Outro canal");
  await press("Mudar atendimento");
  for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);
  assertEquals(desk.toldTo(maria).at(-1)!.text, "bom dia");
  assertEquals((await desk.health()).waiting, 0);
});

Deno.test("what waits at a desk that moves waits on while its new channel has no group, and goes nowhere else", async () => {
  const { desk, writes, press, sales } = await openWithSales();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await writes(maria, "oi");
  const old = desk.channel.messages.at(-1)!;
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 60 }, 2);
  await writes(maria, "espera");
  desk.beto.comments(old as never, "já vou");
  await desk.settled();
  const { beto, telegram, bot } = desk;
  const channel = telegram.createChannel({ title: "Outro canal", creator: beto });
  telegram.promote(channel, bot);
  beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", { chat: channel });
  await desk.settled();
  await press("Mudar atendimento");
  for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);
  assertEquals(sales.channel.messages, []);
  const group = telegram.createSupergroup({ title: "Outro (log)", creator: beto });
  telegram.link(channel, group);
  beto.adds(group, bot);
  telegram.promote(group, bot);
  await desk.settled();
  for (let minute = 0; minute < 30; minute++) await desk.passes(MINUTE_MS);
  assertEquals(group.messages.at(-1)!.text, "espera");
  assertEquals(desk.toldTo(maria).at(-1)!.text, "já vou");
  assertEquals(sales.channel.messages, []);
  const { waiting, failed } = await desk.health();
  assertEquals([waiting, failed], [0, 0]);
});
