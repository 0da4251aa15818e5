/** Setting a desk up by tapping what the bot shows: its keyboard, its list, its sentences. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import {
  ADD_TO_CHANNEL,
  ADD_TO_GROUP,
  CHOOSE_CHANNEL,
  CHOOSE_GROUP,
  OPEN,
  Phone,
} from "../support/phone.ts";

Deno.test("from the claim link to a green list and a test message it takes at most twelve taps", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL]);
  assertStringIncludes(phone.said[0]!.text!, "Agora este atendimento é seu");
  await phone.chooses(CHOOSE_CHANNEL, channel);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  await phone.chooses(CHOOSE_GROUP, group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
  assertEquals(/❌|⚠️/u.test(phone.list.text!), false, phone.list.text);
  await phone.presses("Enviar mensagem de teste");
  assertStringIncludes(phone.list.text!, "✅ Mensagem de teste: levou");
  assertEquals([channel.messages.length, group.pinned.length], [0, 0]);
  assertEquals(group.messages.filter(({ text }) => text?.includes("teste")), []);
  assert(phone.taps <= 12, `${phone.taps} taps`);

  const { desk } = phone;
  desk.channel = channel;
  desk.group = group;
  const maria = await desk.hearsFrom("Maria", "bom dia");
  assertEquals(desk.threadOf(maria).map(({ text }) => text), ["bom dia"]);
});

Deno.test("each tap is answered with one sentence, whatever the client tells of it first", async () => {
  for (const adds of ["first", "afterwards"] as const) {
    await using phone = await Phone.take();
    const { channel, group } = phone.creates();
    await phone.claims();
    const next = await phone.chooses(CHOOSE_CHANNEL, channel, { adds });
    const done = await phone.chooses(CHOOSE_GROUP, group, { adds });
    // What is not there yet when it is asked for is said to be missing, and then it is there.
    const sentences = (all: string[]) => all.filter((text) => !text.startsWith("Ainda não sou"));
    assertEquals(sentences(next).length, 1, next.join("\n"));
    assertStringIncludes(sentences(next)[0]!, CHOOSE_GROUP);
    assertEquals(sentences(done).length, 1, done.join("\n"));
    assertStringIncludes(sentences(done)[0]!, "Enviar mensagem de teste");
    assertEquals(phone.keyboard, []);
    assert(phone.list.text!.startsWith(OPEN), phone.list.text);
  }
});

Deno.test("the bot is given just the rights it needs, and may invite agents to the channel", async () => {
  await using phone = await Phone.take();
  const { channel, group } = await phone.setsUp();
  const rightsIn = (chat: SimulatedChat) =>
    Object.entries(chat.membership(phone.desk.bot).rights!)
      .flatMap(([name, has]) => has ? [name.replace(/^can_/, "")] : []).sort();
  assertEquals(rightsIn(channel), [
    "delete_messages",
    "edit_messages",
    "invite_users",
    "manage_chat",
    "post_messages",
  ]);
  assertEquals(rightsIn(group), [
    "delete_messages",
    "manage_chat",
    "pin_messages",
    "restrict_members",
  ]);
});

Deno.test("a client that shares without adding the bot gets the link that adds it", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  const [sentence, ...more] = await phone.chooses(CHOOSE_CHANNEL, channel, { adds: "never" });
  assertEquals(more, []);
  assertStringIncludes(sentence!, "“Loja”");
  assertStringIncludes(sentence!, ADD_TO_CHANNEL);
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL]);
  await phone.follows(ADD_TO_CHANNEL, channel, phone.said.at(-1)!);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  const [again] = await phone.chooses(CHOOSE_GROUP, group, { adds: "never" });
  assertStringIncludes(again!, ADD_TO_GROUP);
  await phone.follows(ADD_TO_GROUP, group, phone.said.at(-1)!);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("a client that knows no such buttons is led by the links, which stay under the list", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  const { desk } = phone;
  const [sentence] = await phone.hears(() =>
    desk.beto.sends(desk.chatOf(desk.beto), CHOOSE_CHANNEL)
  );
  assertStringIncludes(sentence!, ADD_TO_CHANNEL);
  await phone.follows(ADD_TO_CHANNEL, channel);
  await phone.follows(ADD_TO_GROUP, group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("a group that is linked meanwhile is noticed within a minute, and asked for", async () => {
  await using phone = await Phone.take();
  await phone.claims();
  const { telegram, beto: creator } = phone.desk;
  const channel = telegram.createChannel({ title: "Loja", creator });
  await phone.chooses(CHOOSE_CHANNEL, channel);
  telegram.link(channel, telegram.createSupergroup({ title: "Log", creator }));
  await phone.desk.passes(MINUTE_MS);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
});

Deno.test("a restart on the way loses nothing: the keyboard leads on, and goes when all is done", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  await phone.boots();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  await phone.boots();
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  await phone.chooses(CHOOSE_GROUP, group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("who added the bot before the claim is told what comes first, and then taps as anybody", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  const { beto, bot } = phone.desk;
  beto.promotes(group, bot, { can_pin_messages: true });
  await phone.desk.settled();
  const said = group.messages.filter(({ from }) => from?.id === bot.id).map(({ text }) =>
    text ?? ""
  );
  assertEquals(said.filter((text) => text.includes(`“${CHOOSE_CHANNEL}”`)).length, 1, `${said}`);
  assertEquals(group.membership(bot).status, "left");
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  await phone.chooses(CHOOSE_GROUP, group);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("the owner who asks for the list is led on from where the desk is", async () => {
  await using phone = await Phone.take();
  const { channel, group } = await phone.setsUp();
  const { telegram, beto, bot } = phone.desk;
  const asks = () => phone.hears(() => beto.sends(beto.chatWith(bot), "/configurar"));
  assertEquals((await asks()).length, 1);
  // It is looked at anew: no update tells that a group is linked no more.
  telegram.unlink(channel);
  const [list, sentence] = await asks();
  assertStringIncludes(list!, "❌ Grupo de discussão");
  assertStringIncludes(sentence!, "Discussão");
  telegram.link(channel, group);
  await phone.presses("Verificar de novo");
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
  assertEquals(phone.keyboard, []);
});
