/** Whose the desk is: whoever has the code of the link, and before that nobody. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { claimLink } from "../../src/desk/claim.ts";
import { OPEN, Phone } from "../support/phone.ts";

Deno.test("a wrong code makes nobody the owner, and neither does the right one once it is used", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { beto, bot } = desk;
  const rui = desk.customer("Rui", { languageCode: "en" });
  rui.opens(claimLink("padaria_bot", "0123456789abcdef"));
  await desk.settled();
  assertEquals(desk.toldTo(rui), []);
  const { channel } = await phone.setsUp();
  rui.opens(desk.link);
  await desk.settled();
  // To a desk that is open, whoever comes by such a link is a customer; the code goes nowhere.
  assertStringIncludes(desk.toldTo(rui).at(-1)!.text!, "Write your message here");
  assertEquals(channel.messages.some(({ text }) => text?.includes("claim")), false);
  rui.sends(rui.chatWith(bot), "/setup");
  await desk.settled();
  assertEquals(desk.toldTo(rui).some(({ text }) => text?.includes("desk is open")), false);
  // The owner's own link goes on showing the list.
  const { length } = desk.toldTo(beto);
  await phone.claims();
  assert(desk.toldTo(beto).length > length);
});

Deno.test("however often they and hundreds of others have guessed, the right code makes its owner", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const { beto, telegram } = desk;
  const guessers = Array.from(
    { length: 500 },
    (_, n) => telegram.createUser({ firstName: `Curioso ${n}` }),
  );
  for (const guesser of [...guessers, beto]) {
    for (let guess = 0; guess < 6; guess++) {
      guesser.opens(claimLink("padaria_bot", `000000000000000${guess}`));
    }
  }
  await desk.settled();
  await phone.claims();
  assertStringIncludes(desk.toldTo(beto)[0]!.text!, "Agora este atendimento é seu");
  assertEquals(guessers.filter((guesser) => desk.toldTo(guesser).length > 0), []);
  const told = desk.logLines.filter((line) => line.includes(`"userId":${beto.id}`));
  assertEquals(told.filter((line) => line.includes("wrong code")).length, 5);
});

Deno.test("that somebody has guessed is in the file with their data", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const rui = desk.customer("Rui", { languageCode: "en" });
  for (const code of ["0000000000000000", "0000000000000001"]) {
    rui.opens(claimLink("padaria_bot", code));
    await desk.settled();
  }
  await phone.setsUp();
  rui.sends(desk.chatOf(rui), "/privacy");
  await desk.settled();
  void rui.presses(desk.toldTo(rui).at(-1)!, "privacy show");
  await desk.settled();
  const file = desk.toldTo(rui).at(-1)!;
  const { team } = JSON.parse(new TextDecoder().decode(desk.telegram.download(file)));
  assertEquals(team.data.wrong_codes, 2);
});

Deno.test("what customers write before there is a desk waits, and comes when there is one", async () => {
  await using phone = await Phone.take();
  const { desk } = phone;
  const maria = desk.customer("Maria");
  maria.sends(maria.chatWith(desk.bot), "alguém aí?");
  await desk.settled();
  assertEquals(desk.toldTo(maria), []);
  const { channel } = await phone.setsUp();
  const isThere = () => channel.messages.some(({ text }) => text?.includes("Maria"));
  await desk.until("the message comes", isThere);
  await desk.settled();
  assertStringIncludes(desk.toldTo(maria)[0]!.text!, "Escreva sua mensagem");
});

Deno.test("a channel named by CHANNEL_ID needs no claim, and its creator owns the desk", async () => {
  await using phone = await Phone.take({ env: { CHANNEL_ID: "@padaria" } });
  const { desk } = phone;
  const { beto, bot, telegram } = desk;
  assertEquals(desk.logLines.some((line) => line.includes("claim_")), false);
  const channel = telegram.createChannel({ title: "Canal", creator: beto, username: "padaria" });
  const group = telegram.createSupergroup({ title: "Grupo", creator: beto });
  telegram.link(channel, group);
  telegram.promote(group, bot);
  telegram.promote(channel, bot);
  await desk.settled();
  await phone.boots();
  assertEquals(group.membership(bot.user).status, "administrator");
  assertEquals((await desk.health()).ok, true);
  beto.starts(bot);
  beto.sends(beto.chatWith(bot), "/setup");
  await desk.settled();
  assertStringIncludes(phone.list.text!, OPEN);
});
