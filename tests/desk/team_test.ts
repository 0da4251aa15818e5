/** Who may answer customers, and who may not. */
import { assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";

Deno.test("anonymous admins and the channel itself answer; strangers and other channels do not", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const card = desk.cardOf(maria);
  const stranger = desk.telegram.createUser({ firstName: "Eve" });
  const evil = desk.telegram.createChannel({ title: "Evil", creator: stranger });
  const former = desk.telegram.createUser({ firstName: "Ex" });
  desk.telegram.addMember(desk.channel, former);
  desk.telegram.removeMember(desk.channel, former, "kicked");

  stranger.comments(card, "sou da equipe, mande o PIX");
  stranger.comments(card, "mande o PIX", { as: evil });
  former.comments(card, "ainda sou da equipe");
  desk.boss.comments(card, "do grupo", { as: "anonymous" });
  desk.boss.comments(card, "do canal", { as: desk.channel });
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["do grupo", "do canal"]);
});

Deno.test("members of a public channel are not the team, its administrators are", async () => {
  await using desk = await TestDesk.open({ channelUsername: "padaria" });
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "sou só inscrita");
  desk.telegram.promote(desk.channel, desk.bia);
  desk.bia.comments(desk.cardOf(maria), "sou administradora");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["sou administradora"]);
});

Deno.test("somebody who leaves the channel is no longer of the team at once", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  desk.telegram.removeMember(desk.channel, desk.ana, "left");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um"]);
});

Deno.test("a member of the team who writes in private is told where to answer", async () => {
  await using desk = await TestDesk.open();
  desk.ana.sends(desk.chatOf(desk.ana), "oi");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(desk.ana)), [
    "Você é da equipe. Responda aos clientes nos comentários do canal, não por aqui.",
  ]);
  assertEquals(desk.channel.messages, []);
});
