/** Customers who write to a desk in the moment in which it is removed: another is shown what they wrote. */
import { assertEquals } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { type DeskChats, textsOf } from "../support/desk.ts";
import { openWithSales } from "../support/owned_desks.ts";

/** Two desks and a customer, Maria; and a second instance that does not hear when one is removed. */
async function open() {
  const opened = await openWithSales();
  const { desk, asks, press } = opened;
  const maria = desk.customer("Maria");
  const writes = (words: string) => opened.writes(maria, words);
  /** Beto comments under the last card in a channel. */
  const comments = async ({ channel }: DeskChats, words: string) => {
    desk.beto.comments(channel.messages.at(-1) as never, words);
    await desk.settled();
  };
  /** Removes a desk that an instance goes on taking for one, to which customers write meanwhile. */
  const removes = async (name: string, meanwhile: () => Promise<unknown>) => {
    const [first, other] = [desk.app, desk.createApp()];
    await other.start();
    await asks(`/removedesk ${name}`);
    await press(`Remover ${name}`);
    desk.app = other;
    await meanwhile();
    for (const app of [first, other]) {
      desk.app = app;
      for (let minute = 0; minute < 2; minute++) await desk.passes(MINUTE_MS);
    }
    await other.close(0);
    desk.app = first;
  };
  return { ...opened, maria, writes, comments, removes };
}

Deno.test("what a customer writes to a desk that is being removed is shown at another, in order", async () => {
  const { desk, maria, sales, writes, comments, removes } = await open();
  await using _ = desk;
  await writes("/start vendas_site");
  await writes("oi");
  await comments(sales, "/closesilent");
  await removes("vendas", async () => {
    await writes("voltei");
    await writes("quero dois pães");
  });
  await writes("alguém?");
  const said = desk.group.messages.map(({ text }) => text).filter((text) => text !== undefined);
  assertEquals(said.filter((text) => !text.startsWith("🆕")), [
    `🟦 Maria\nID ${maria.id}\n#from_site`,
    "voltei",
    "quero dois pães",
    "alguém?",
  ]);
  const { waiting, failed } = await desk.health();
  assertEquals([waiting, failed], [0, 0]);
});

Deno.test("it is shown at the desk where they were before, in the thread that there is, as what they write next", async () => {
  const { desk, maria, sales, asks, adds, writes, comments, removes } = await open();
  await using _ = desk;
  await asks("/adddesk");
  const shop = await adds("Loja");
  await writes("/start loja");
  await writes("oi");
  await comments(shop, "/closesilent");
  await writes("/start vendas");
  await writes("e aqui?");
  await comments(sales, "/closesilent");
  await removes("vendas", () => writes("voltei"));
  await writes("alguém?");
  const cards = [desk, shop].map(({ channel }) =>
    channel.messages.filter(({ text }) => text?.includes(`ID ${maria.id}`)).length
  );
  assertEquals(cards, [0, 1]);
  const said = textsOf(shop.group.messages).filter((text) => !/[🆕🟦⬜[]/u.test(text));
  assertEquals(said, ["oi", "voltei", "alguém?"]);
});

Deno.test("it is shown at the desk that has passed the conversation on to the one that goes, and commands work there again", async () => {
  const { desk, maria, sales, writes, comments, removes } = await open();
  await using _ = desk;
  await writes("oi");
  await comments(desk, "/transfer vendas");
  await comments(sales, "/closesilent");
  await removes("vendas", () => writes("voltei"));
  const card = desk.channel.messages.findLast(({ text }) => text?.includes(`ID ${maria.id}`))!;
  assertEquals(card.text, `🟦 Maria\nID ${maria.id}`);
  desk.beto.comments(card as never, "bem-vinda de volta");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)!.text, "bem-vinda de volta");
});

Deno.test("what a customer edits then is shown there as it is by now, or they are told that it is not", async () => {
  const { desk, maria, sales, writes, comments, removes } = await open();
  await using _ = desk;
  await writes("/start vendas");
  const first = await writes("oi");
  await comments(sales, "/closesilent");
  await removes("vendas", async () => {
    maria.edits(first, "oi!");
    const second = await writes("dois pães");
    maria.edits(second, "três pães");
    await desk.settled();
  });
  const said = textsOf(desk.group.messages).filter((text) => /oi|pães/.test(text));
  assertEquals(said, ["três pães"]);
  const told = desk.toldTo(maria).filter(({ text }) => text?.includes("edição"));
  assertEquals(told.map((message) => message.reply_to_message?.message_id), [first.message_id]);
});
