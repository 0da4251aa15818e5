/** Another desk of the same bot, set up by the taps that set up the first. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { CANCEL, CHOOSE_CHANNEL, CHOOSE_GROUP, OPEN, Phone } from "../support/phone.ts";

/** A bot whose first desk is set up in the channel Loja, and its owner about to add another. */
async function addingAnother(phone: Phone) {
  const first = phone.creates();
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, first.channel);
  await phone.chooses(CHOOSE_GROUP, first.group);
  const { beto, bot, clock } = phone.desk;
  clock.aheadMs += MINUTE_MS;
  const [how, ...more] = await phone.hears(() => beto.sends(beto.chatWith(bot), "/novobalcao"));
  assertEquals(more, []);
  assertStringIncludes(how!, CHOOSE_CHANNEL);
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL, CANCEL]);
  return first;
}

Deno.test("a second desk is set up by the same taps as the first", async () => {
  for (const adds of ["first", "afterwards"] as const) {
    await using phone = await Phone.take();
    const first = await addingAnother(phone);
    const sales = phone.creates("Vendas");
    await phone.chooses(CHOOSE_CHANNEL, sales.channel, { adds });
    assertEquals(phone.keyboard, [CHOOSE_GROUP]);
    assertStringIncludes(phone.list.text!, "Grupo de discussão");
    await phone.chooses(CHOOSE_GROUP, sales.group, { adds });
    assertEquals(phone.keyboard, []);
    assert(phone.list.text!.startsWith(`vendas\n\n${OPEN}`), phone.list.text);
    await phone.presses("Enviar mensagem de teste");
    assertStringIncludes(phone.list.text!, "✅ Mensagem de teste: levou");
    for (const { channel, group } of [first, sales]) {
      assertEquals([channel.messages.length, group.pinned.length], [0, 0]);
    }
    const { desk } = phone;
    desk.channel = first.channel;
    desk.group = first.group;
    const maria = await desk.hearsFrom("Maria", "bom dia");
    assertEquals(desk.threadOf(maria).map(({ text }) => text), ["bom dia"]);
  }
});

Deno.test("who chooses another desk's channel or group for a new desk is told whose it is", async () => {
  await using phone = await Phone.take();
  const first = await addingAnother(phone);
  const said = await phone.chooses(CHOOSE_CHANNEL, first.channel);
  assertEquals(said.length, 1, said.join("\n---\n"));
  assertStringIncludes(said[0]!, "“Loja” já é o canal do balcão loja");
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL, CANCEL]);
  const sales = phone.creates("Vendas");
  await phone.chooses(CHOOSE_CHANNEL, sales.channel);
  const more = await phone.chooses(CHOOSE_GROUP, first.group);
  assertEquals(more.length, 1, more.join("\n---\n"));
  assertStringIncludes(more[0]!, "“Loja (log)” já é o grupo do balcão loja");
  await phone.chooses(CHOOSE_GROUP, sales.group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(`vendas\n\n${OPEN}`), phone.list.text);
});

Deno.test("a restart while a second desk is set up leads on at that desk", async () => {
  await using phone = await Phone.take();
  await addingAnother(phone);
  await phone.boots();
  const sales = phone.creates("Vendas");
  await phone.chooses(CHOOSE_CHANNEL, sales.channel);
  await phone.boots();
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  const { beto, bot } = phone.desk;
  const said = await phone.hears(() => beto.sends(beto.chatWith(bot), "/configurar"));
  assertStringIncludes(said.at(-1)!, CHOOSE_GROUP);
  await phone.chooses(CHOOSE_GROUP, sales.group);
  assertEquals(phone.keyboard, []);
});

Deno.test("a new desk that the owner opens by the button is led to its group", async () => {
  await using phone = await Phone.take();
  const first = phone.creates();
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, first.channel);
  await phone.chooses(CHOOSE_GROUP, first.group);
  const sales = phone.creates("Vendas");
  phone.desk.beto.opens(
    "https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages+delete_messages",
    { chat: sales.channel },
  );
  await phone.desk.settled();
  await phone.presses("Novo balcão", phone.said.at(-1)!);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  await phone.chooses(CHOOSE_GROUP, sales.group);
  assertEquals(phone.keyboard, []);
});

Deno.test("a desk that was begun by mistake is called off, also after a restart", async () => {
  for (const restarts of [false, true]) {
    await using phone = await Phone.take();
    const first = await addingAnother(phone);
    if (restarts) await phone.boots();
    const { desk } = phone;
    const chat = desk.chatOf(desk.beto);
    const [off, ...more] = await phone.hears(() => desk.beto.sends(chat, CANCEL));
    assertEquals(more, []);
    assertStringIncludes(off!, "/novobalcao começa de novo");
    assertEquals(phone.keyboard, []);

    const other = phone.creates("Avisos");
    const link = "https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages";
    const asked = await phone.hears(() => desk.beto.opens(link, { chat: other.channel }));
    assertEquals(asked.length, 1, asked.join("\n---\n"));
    assertStringIncludes(asked[0]!, "É um novo balcão, ou");
    const shown = await phone.hears(() => desk.beto.sends(chat, "/balcoes"));
    const listed = shown[0]!.split("\n").filter((line) => /^\d/.test(line));
    assertEquals(listed.map((line) => line.split(":")[0]), ["1. ✅ loja (Loja)"]);
    assertEquals(first.channel.messages.length, 0);
  }
});

Deno.test("whoever calls one desk off is led on at the one that they had begun before", async () => {
  await using phone = await Phone.take();
  await addingAnother(phone);
  const sales = phone.creates("Vendas");
  await phone.chooses(CHOOSE_CHANNEL, sales.channel);
  const { desk } = phone;
  const chat = desk.chatOf(desk.beto);
  await phone.hears(() => desk.beto.sends(chat, "/novobalcao"));
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL, CANCEL]);
  await phone.hears(() => desk.beto.sends(chat, CANCEL));
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  await phone.chooses(CHOOSE_GROUP, sales.group);
  assertEquals(phone.keyboard, []);
});

Deno.test("the word on the button is a word like any other where nothing is to be called off", async () => {
  await using phone = await Phone.take();
  const first = await addingAnother(phone);
  const { desk } = phone;
  desk.channel = first.channel;
  desk.group = first.group;
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), CANCEL);
  await desk.settled();
  assertEquals(desk.threadOf(maria).map(({ text }) => text), [CANCEL]);
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL, CANCEL]);
  const chat = desk.chatOf(desk.beto);
  await phone.hears(() => desk.beto.sends(chat, CANCEL));
  const [hint] = await phone.hears(() => desk.beto.sends(chat, CANCEL));
  assertStringIncludes(hint!, "canal");
});
