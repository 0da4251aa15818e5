/** Setting a desk up by the links under the bot's list, which says what is missing. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ADD_TO_CHANNEL, ADD_TO_GROUP, OPEN, Phone } from "../support/phone.ts";

Deno.test("claimed, added to its channel and group, and tested, the bot serves a desk", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { beto, bot, telegram } = desk;
  assert(desk.link.startsWith("https://t.me/padaria_bot?start=claim_"));
  await phone.claims();
  assertStringIncludes(desk.toldTo(beto)[0]!.text!, "Agora este atendimento é seu");
  const { channel, group } = phone.creates();
  await phone.follows(ADD_TO_CHANNEL, channel);
  for (const line of ["✅ Canal\n", "✅ O canal é privado", "❌ Grupo de discussão"]) {
    assertStringIncludes(phone.list.text!, line);
  }
  await phone.follows(ADD_TO_GROUP, group);
  assertStringIncludes(phone.list.text!, OPEN);
  assertEquals(/❌|⚠️/u.test(phone.list.text!), false, phone.list.text);
  await phone.presses("teste");
  assertStringIncludes(phone.list.text!, "✅ Mensagem de teste: levou");
  assertEquals([channel.messages.length, group.pinned.length], [0, 0]);
  const ana = telegram.createUser({ firstName: "Ana" });
  telegram.addMember(channel, ana);

  const maria = desk.customer("Maria");
  maria.sends(maria.chatWith(bot), "bom dia");
  await desk.settled();
  ana.comments(channel.messages.find(({ text }) => text?.includes("Maria"))!, "bom dia, Maria!");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)!.text, "bom dia, Maria!");
  assertEquals((await desk.health()).ok, true);
});

Deno.test("the list says what is missing, and follows what the owner mends", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { beto, bot, telegram } = desk;
  await phone.claims();
  assertStringIncludes(phone.list.text!, "❌ Canal: O dono ainda não adicionou");
  const channel = telegram.createChannel({ title: "Canal", creator: beto, username: "padaria" });
  await phone.follows(ADD_TO_CHANNEL, channel);
  const first = phone.list.message_id;
  for (const line of ["⚠️ O canal é privado: O canal é público", "❌ Grupo de discussão"]) {
    assertStringIncludes(phone.list.text!, line);
  }
  const group = telegram.createSupergroup({ title: "Grupo", creator: beto });
  telegram.link(channel, group);
  telegram.promote(group, bot, { can_pin_messages: true });
  await desk.settled();
  assertStringIncludes(phone.list.text!, "“Apagar mensagens”, “Banir usuários”");
  telegram.promote(group, bot);
  bot.configure({ supportsInline: false });
  await desk.settled();
  await phone.presses("Verificar");
  assertStringIncludes(phone.list.text!, OPEN);
  assertEquals(phone.list.message_id, first);
  const joao = telegram.createUser({ firstName: "João" });
  group.members.set(joao.id, { status: "member" });
  await phone.boots();
  beto.sends(beto.chatWith(bot), "/setup");
  await desk.settled();
  for (const line of ["❌", "⚠️ Não há mais ninguém no grupo", "⚠️ Respostas prontas"]) {
    assertEquals(phone.list.text!.includes(line), line !== "❌", phone.list.text);
  }
});

Deno.test("the list follows what the bot finds out by itself", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { channel } = await phone.setsUp();
  assertStringIncludes(phone.list.text!, OPEN);
  const shown = phone.list.message_id;
  // No update tells that a group is no longer linked: the bot sees it when it looks again.
  desk.telegram.unlink(channel);
  const [, code] = desk.link.split("claim_");
  const page = await desk.app.handler(new Request(`https://desk.example/?code=${code}`));
  await page.text();
  await desk.settled();
  assertStringIncludes(phone.list.text!, "❌ Grupo de discussão");
  assertEquals(phone.list.message_id, shown);
});

Deno.test("the list ends as the desk is, though Telegram takes its time over one of its edits", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { channel, group } = await phone.setsUp();
  assertStringIncludes(phone.list.text!, OPEN);
  desk.telegram.promote(group, desk.bot, { can_pin_messages: true });
  await desk.settled();
  assertStringIncludes(phone.list.text!, "“Apagar mensagens”, “Banir usuários”");
  desk.telegram.faults.next("editMessageText", { kind: "delay", ms: 60 });
  desk.telegram.promote(group, desk.bot);
  await new Promise((resolve) => setTimeout(resolve, 30));
  desk.telegram.removeMember(channel, desk.bot, "left");
  await desk.settled();
  assertStringIncludes(phone.list.text!, "❌ Canal: O Telegram não mostra o canal");
});

Deno.test("an edit of the list that Telegram did not take is made once the bot looks again", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { group } = await phone.setsUp();
  desk.telegram.faults.rate({ kind: "502" }, 1, "editMessageText");
  desk.telegram.promote(group, desk.bot, { can_pin_messages: true });
  await desk.settled();
  assertStringIncludes(phone.list.text!, OPEN);
  desk.telegram.faults.clear();
  await phone.presses("Verificar");
  assertStringIncludes(phone.list.text!, "“Apagar mensagens”, “Banir usuários”");
});
