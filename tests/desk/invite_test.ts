/** How agents come: by a link that the owner makes, and by what the owner decides about each. */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { Message } from "grammy/types";
import type { SimulatedUser } from "../../playground/telegram/user.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk } from "../support/desk.ts";

/** A desk whose owner has written to the bot, and what they may do about who asks. */
async function open() {
  const desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  const says = async (text: string, who = desk.boss): Promise<string> => {
    who.sends(desk.chatOf(who), text);
    await desk.settled();
    return desk.toldTo(who).at(-1)!.text!;
  };
  /** Makes the link, and resolves with it. */
  const invites = async () => /https:\/\/t\.me\/\+\S+/.exec(await says("/convidar"))![0];
  const asks = async (who: SimulatedUser, link: string): Promise<Message> => {
    who.opens(link);
    await desk.settled();
    return desk.toldTo(desk.boss).at(-1)!;
  };
  const presses = async (message: Message, words: string) => {
    const buttons = message.reply_markup!.inline_keyboard.flat();
    const button = buttons.find(({ text }) => text === words)!;
    assert("callback_data" in button && button.callback_data !== undefined);
    const answer = desk.boss.presses(message, button.callback_data);
    await desk.settled();
    return await answer;
  };
  const rui = desk.telegram.createUser({ firstName: "Rui", lastName: "Lima" });
  /** How a message of the bot's to the owner reads by now. */
  const now = ({ message_id: id }: Message) => desk.chatOf(desk.boss).message(id)!;
  return { desk, says, invites, asks, presses, now, rui };
}

Deno.test("who opens the owner's link asks to join, and is on the team once they are let in", async () => {
  const { desk, invites, asks, presses, now, rui } = await open();
  await using _ = desk;
  const request = await asks(rui, await invites());
  assertStringIncludes(request.text!, `Rui Lima (ID ${rui.id}) pede para entrar no canal`);
  assertEquals(desk.channel.membership(rui).status, "left");
  await presses(request, "Deixar entrar");
  assertEquals(desk.channel.membership(rui).status, "member");
  assertEquals(now(request).text, "✅ Rui Lima está no canal.");
  assertEquals(now(request).reply_markup, undefined);
  const maria = await desk.hearsFrom("Maria");
  rui.comments(desk.cardOf(maria), "bom dia!");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)!.text, "bom dia!");
});

Deno.test("who is turned away stays outside, and may ask again", async () => {
  const { desk, invites, asks, presses, now, rui } = await open();
  await using _ = desk;
  const link = await invites();
  const request = await asks(rui, link);
  await presses(request, "Recusar");
  assertEquals(now(request).text, "🚫 Rui Lima não entrou.");
  assertEquals(desk.channel.membership(rui).status, "left");
  const again = await asks(rui, link);
  assert(again.message_id > request.message_id);
  assertStringIncludes(again.text!, "pede para entrar");
});

Deno.test("letting in twice, or who is in already, says the same and does no harm", async () => {
  const { desk, invites, asks, now, rui } = await open();
  await using _ = desk;
  const request = await asks(rui, await invites());
  const { length } = desk.toldTo(desk.boss);
  // A slow client still shows the buttons.
  for (const does of ["let-in", "let-in", "decline"]) {
    void desk.boss.presses(request, `join ${does} ${rui.id}`);
  }
  await desk.settled();
  assertEquals(now(request).text, "✅ Rui Lima está no canal.");
  assertEquals(desk.channel.membership(rui).status, "member");
  assertEquals(desk.toldTo(desk.boss).length, length);
});

Deno.test("whom somebody else has decided about, or banned, does not ask any more", async () => {
  const { desk, invites, asks, presses, now, rui } = await open();
  await using _ = desk;
  const link = await invites();
  const request = await asks(rui, link);
  desk.boss.declines(desk.channel, rui);
  await presses(request, "Deixar entrar");
  assertStringIncludes(now(request).text!, "Rui Lima não pede mais para entrar");
  const eve = desk.telegram.createUser({ firstName: "Eve" });
  const hers = await asks(eve, link);
  desk.telegram.removeMember(desk.channel, eve, "kicked");
  await presses(hers, "Deixar entrar");
  assertStringIncludes(now(hers).text!, "Eve não pede mais para entrar");
  assertEquals(desk.channel.membership(eve).status, "kicked");
});

Deno.test("that a customer who asks is banned is said", async () => {
  const { desk, invites, asks } = await open();
  await using _ = desk;
  const eve = await desk.hearsFrom("Eve", "xxx");
  desk.ana.comments(desk.cardOf(eve), "/banir");
  await desk.settled();
  void desk.ana.presses(desk.group.messages.at(-1)!, `panel ban ${eve.id}`);
  await desk.settled();
  const request = await asks(eve, await invites());
  assertStringIncludes(request.text!, "⚠️ Como cliente, está banido.");
});

Deno.test("the owner's own link leads them nowhere new, and back if they have left", async () => {
  const { desk, invites, presses } = await open();
  await using _ = desk;
  const link = await invites();
  const { length } = desk.toldTo(desk.boss);
  assertEquals(desk.boss.joins(desk.channel, link), "joined");
  await desk.settled();
  assertEquals(desk.toldTo(desk.boss).length, length);
  desk.channel.members.set(desk.boss.id, { status: "left" });
  desk.boss.opens(link);
  await desk.settled();
  const request = desk.toldTo(desk.boss).at(-1)!;
  assertStringIncludes(request.text!, "Beto");
  await presses(request, "Deixar entrar");
  assertEquals(desk.channel.membership(desk.boss).status, "member");
});

Deno.test("there is one link, until it is ended; then nobody asks by it", async () => {
  const { desk, says, invites, rui } = await open();
  await using _ = desk;
  assertStringIncludes(await says("/convidar off"), "Não há link");
  const link = await invites();
  assertEquals(await invites(), link);
  assertStringIncludes(await says("/convidar desligar"), "O link foi encerrado");
  assertThrows(() => rui.opens(link), Error, "INVITE_HASH_EXPIRED");
  assertStringIncludes(await says("/invite off"), "Não há link");
  assert(await invites() !== link);
  assertStringIncludes(await says("/invite Rui"), "/convidar cria um link");
});

Deno.test("a link that somebody else has ended is ended", async () => {
  for (const isRefused of [true, false]) {
    const { desk, says, invites } = await open();
    await using _ = desk;
    desk.telegram.unproven.refusesRevokedLinks = isRefused;
    const link = await invites();
    await desk.app.bot.api.revokeChatInviteLink(desk.channel.id, link);
    assertStringIncludes(await says("/convidar off"), "O link foi encerrado");
    assert(await invites() !== link);
  }
});

Deno.test("without the right to invite it is said what to tap, and the buttons work once it is there", async () => {
  const { desk, says, invites, asks, presses, now, rui } = await open();
  await using _ = desk;
  const link = await invites();
  const request = await asks(rui, link);
  const rights = { can_post_messages: true, can_edit_messages: true, can_delete_messages: true };
  desk.telegram.promote(desk.channel, desk.bot, rights);
  await desk.settled();
  const answer = await presses(request, "Deixar entrar");
  assertStringIncludes(answer!.text!, "“Adicionar inscritos”");
  assertEquals([answer!.show_alert, now(request).text], [true, request.text]);
  assertStringIncludes(await says("/convidar off"), "“Adicionar inscritos”");
  desk.telegram.promote(desk.channel, desk.bot);
  await desk.settled();
  await presses(request, "Deixar entrar");
  assertEquals(now(request).text, "✅ Rui Lima está no canal.");
});

Deno.test("nobody but the owner makes links or decides, and others learn nothing of it", async () => {
  const { desk, says, invites, asks, rui } = await open();
  await using _ = desk;
  desk.ana.starts(desk.bot);
  await desk.settled();
  assertStringIncludes(await says("/convidar", desk.ana), "Só quem criou o grupo");
  const request = await asks(rui, await invites());
  void desk.ana.forges(request, `join let-in ${rui.id}`);
  await desk.settled();
  assertEquals(desk.channel.membership(rui).status, "left");
  assertEquals(desk.group.messages.some(({ text }) => text?.includes("Rui")), false);
  const maria = await desk.hearsFrom("Maria", "/convidar");
  assertEquals(desk.toldTo(maria).some(({ text }) => text?.includes("t.me/+")), false);
});

Deno.test("an owner who never wrote to the bot is told in the group", async () => {
  await using desk = await TestDesk.open();
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  rui.opens(desk.boss.invites(desk.channel, { createsJoinRequest: true }));
  await desk.settled();
  const request = desk.group.messages.findLast(({ text }) => text?.includes("Rui"))!;
  assertStringIncludes(request.text!, "pede para entrar");
  const answer = desk.ana.presses(request, `join let-in ${rui.id}`);
  await desk.settled();
  assertStringIncludes((await answer)!.text!, "Só quem criou o grupo");
  assertEquals(desk.channel.membership(rui).status, "left");
  void desk.boss.presses(request, `join let-in ${rui.id}`);
  await desk.settled();
  assertEquals(desk.channel.membership(rui).status, "member");
});

Deno.test("what Telegram does not take at the moment is done as soon as it does", async () => {
  const { desk, invites, asks, presses, now, rui } = await open();
  await using _ = desk;
  const { faults } = desk.telegram;
  const link = await invites();
  const request = await asks(rui, link);
  faults.next("approveChatJoinRequest", { kind: "502" }, 2);
  await presses(request, "Deixar entrar");
  for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  assertEquals(desk.channel.membership(rui).status, "member");
  assertEquals(now(request).text, "✅ Rui Lima está no canal.");
});

Deno.test("a request that Telegram brings twice is told once", async () => {
  const { desk, invites, asks, rui } = await open();
  await using _ = desk;
  await asks(rui, await invites());
  const { length } = desk.toldTo(desk.boss);
  const { update } = desk.telegram.updates.findLast(({ update }) => update.chat_join_request)!;
  desk.telegram.redeliver(update.update_id);
  await desk.settled();
  assertEquals(desk.toldTo(desk.boss).length, length);
});

Deno.test("of two desks, the link and who asks by it are those of the desk that the owner means", async () => {
  const desk = await TestDesk.open({ others: ["Vendas"] });
  await using _ = desk;
  const [sales] = desk.others;
  const { boss, bot } = desk;
  boss.starts(bot);
  await desk.settled();
  const press = async (message: Message, words: string) => {
    const button = message.reply_markup!.inline_keyboard.flat().find(({ text }) => text === words)!;
    assert("callback_data" in button && button.callback_data !== undefined);
    void boss.presses(message, button.callback_data);
    await desk.settled();
  };
  boss.sends(desk.chatOf(boss), "/convidar");
  await desk.settled();
  await press(desk.toldTo(boss).at(-1)!, "vendas");
  const link = /https:\/\/t\.me\/\+\S+/.exec(desk.toldTo(boss).at(-1)!.text!)![0];
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  rui.opens(link);
  await desk.settled();
  const request = desk.toldTo(boss).at(-1)!;
  assertStringIncludes(request.text!, "vendas: 👤 Rui");
  await press(request, "Deixar entrar");
  assertEquals(sales!.channel.membership(rui).status, "member");
  assertEquals(desk.channel.membership(rui).status, "left");
});
