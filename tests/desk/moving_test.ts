/** A desk moves to another channel, when its owner says so and not before. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { watchedReads } from "../support/kv_doubles.ts";
import { CHOOSE_CHANNEL, CHOOSE_GROUP, OPEN, Phone } from "../support/phone.ts";

Deno.test("only the owner moves the desk, and only after they confirm", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { beto, bot, telegram } = desk;
  const { channel } = await phone.setsUp();
  const maria = desk.customer("Maria");
  maria.sends(maria.chatWith(bot), "oi");
  await desk.settled();
  const next = phone.creates("Novo canal");
  beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages", {
    chat: next.channel,
  });
  await desk.settled();
  const question = desk.toldTo(beto).at(-1)!;
  assertStringIncludes(question.text!, "“Novo canal”");
  maria.sends(maria.chatWith(bot), "ainda aqui");
  await desk.settled();
  assertEquals(next.channel.messages.length, 0);
  telegram.promote(next.group, bot);
  const data = `setup move ${next.channel.id} ${channel.id}`;
  beto.presses(question as never, data);
  await desk.settled();
  assertStringIncludes(phone.list.text!, OPEN);
  maria.sends(maria.chatWith(bot), "e agora?");
  await desk.until("she has a card at the new desk", () => next.channel.messages.length > 0);
  await desk.settled();
  assertEquals(next.channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
  assertEquals(channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
  await phone.boots();
  assertEquals((await desk.health()).ok, true);
});

Deno.test("a desk that moves is shown, though what was read before it moved is told only then", async () => {
  let isAdded = false;
  const told = Promise.withResolvers<void>();
  await using phone = await Phone.take({
    wrapKv: watchedReads(async (keys) => {
      const names = keys.map(([, name]) => name);
      if (!isAdded || !names.includes("claim") || !names.includes("desk-names")) return;
      isAdded = false;
      await told.promise;
    }),
  });
  const { desk } = phone;
  const { channel } = await phone.setsUp();
  const next = phone.creates("Novo canal");
  desk.beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages", {
    chat: next.channel,
  });
  await desk.settled();
  const question = phone.said.at(-1)!;
  isAdded = true;
  desk.telegram.promote(next.group, desk.bot);
  await desk.until("the desks are asked for", () => !isAdded);
  desk.telegram.watch(({ content }) => {
    if (content.text?.includes("mudou de canal")) told.resolve();
  });
  desk.beto.presses(question as never, `setup move ${next.channel.id} ${channel.id}`);
  await desk.settled();
  assertStringIncludes(phone.list.text!, OPEN);
});

Deno.test("another channel is the desk's only once the owner says that it moves there", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  // The keyboard of a client that has not noticed yet that it is gone.
  const keyboard = phone.desk.beto.chatWith(phone.desk.bot).keyboard;
  await phone.chooses(CHOOSE_GROUP, group);
  phone.desk.beto.chatWith(phone.desk.bot).keyboard = keyboard;
  const other = phone.creates("Outra");
  const { length } = phone.said;
  phone.desk.beto.opens(
    "https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages",
    { chat: other.channel },
  );
  await phone.desk.settled();
  const question = phone.said.at(-1)!;
  assertEquals(phone.said.length, length + 1);
  assertStringIncludes(question.text!, "“Outra”");
  await phone.presses("Mudar loja", question);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  const said = await phone.chooses(CHOOSE_GROUP, group);
  assertStringIncludes(said.join("\n"), "“Loja (log)” não é o grupo de discussão de “Outra”");
  await phone.chooses(CHOOSE_GROUP, other.group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("presses that only the owner may make do nothing for others", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { channel } = await phone.setsUp();
  const rui = desk.customer("Rui");
  const other = desk.telegram.createChannel({ title: "Outro", creator: rui });
  const answer = rui.forges(phone.list as never, `setup move ${other.id}`);
  await desk.settled();
  assertEquals((await answer)?.show_alert, true);
  const maria = desk.telegram.createUser({ firstName: "Maria" });
  maria.sends(maria.chatWith(desk.bot), "oi");
  await desk.settled();
  assertEquals(channel.messages.some(({ text }) => text?.includes("Maria")), true);
});
