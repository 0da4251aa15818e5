/** Shifts and fair shares: new conversations go, one after another, to whoever is there. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";
import { open as openThreeDesks } from "../support/three_desks.ts";

const DISTRIBUTING = { panel: false, distribute: true } as const;

/** A desk that gives conversations away, with these on shift in this order. */
async function open(names: string[], options: DeskOptions = {}) {
  const desk = await TestDesk.open({ settings: DISTRIBUTING, ...options });
  const agents: SimulatedUser[] = [];
  const inPrivate = async (who: SimulatedUser, text: string) => {
    who.sends(desk.chatOf(who), text);
    await desk.settled();
    return textsOf(desk.toldTo(who)).at(-1)!;
  };
  for (const firstName of names) {
    const agent = desk.telegram.createUser({ firstName, languageCode: "pt-br" });
    desk.telegram.addMember(desk.channel, agent);
    await inPrivate(agent, "/turno on");
    agents.push(agent);
  }
  const writes = async (who: SimulatedUser, text = "oi") => {
    who.sends(desk.chatOf(who), text);
    await desk.settled();
  };
  const tagOf = (customer: SimulatedUser) => desk.cardOf(customer).text!.split("\n")[2];
  return { desk, agents, inPrivate, writes, tagOf };
}

Deno.test("new conversations go in turn to those on shift, who are told in private, with a link", async () => {
  const { desk, agents, writes, tagOf } = await open(["Davi", "Eva"]);
  await using _ = desk;
  const customers = ["Um", "Dois", "Três"].map((name) => desk.customer(name));
  for (const customer of customers) await writes(customer);
  assertEquals(customers.map(tagOf), ["#davi", "#eva", "#davi"]);
  const told = textsOf(desk.toldTo(agents[1]!)).at(-1)!;
  assertStringIncludes(told, "🙋 É a sua vez: Dois é com você.");
  const postId = desk.cardOf(customers[1]!).message_id;
  assertStringIncludes(told, `https://t.me/c/${String(desk.channel.id).slice(4)}/${postId}`);
  // The customer is told nothing of it.
  assertEquals(desk.toldTo(customers[1]!).length, 1);
});

Deno.test("of a hundred new customers each of four agents gets twenty-five, whichever instance accepts them", async () => {
  const { desk, writes: _writes, tagOf } = await open(["Davi", "Eva", "Fabi", "Gil"]);
  await using _ = desk;
  const another = desk.anotherApp();
  await another.start();
  const customers = Array.from({ length: 100 }, (_, n) => desk.customer(`Cliente ${n}`));
  const [first] = [desk.app];
  for (const [n, customer] of customers.entries()) {
    desk.app = n % 2 === 0 ? first : another;
    customer.sends(desk.chatOf(customer), "oi");
    if (n % 10 === 9) await Promise.all([first.settled(), another.settled(), desk.settled()]);
  }
  await Promise.all([first.settled(), another.settled()]);
  await desk.passes(60_000);
  await another.settled();
  desk.app = first;
  await desk.passes(60_000);
  const shares = Map.groupBy(customers, (customer) => tagOf(customer));
  assertEquals([...shares.keys()].sort(), ["#davi", "#eva", "#fabi", "#gil"]);
  for (const [tag, { length }] of shares) {
    assert(Math.abs(length - 25) <= 1, `${tag} has ${length}`);
  }
  await another.close(0);
});

Deno.test("nobody on shift: nobody's; nobody gets anything while it is off", async () => {
  const { desk, writes, inPrivate, tagOf } = await open([]);
  await using _ = desk;
  const [one, two, three] = ["Um", "Dois", "Três"].map((name) => desk.customer(name));
  await writes(one!);
  assertEquals(tagOf(one!), undefined);
  assertStringIncludes(await inPrivate(desk.ana, "/shift on"), "✅ Seu turno começou.");
  await inPrivate(desk.boss, "/set distribuir off");
  await writes(two!);
  assertEquals(tagOf(two!), undefined);
  await inPrivate(desk.boss, "/set distribuir on");
  // What began before stays as it is, and goes on as it was.
  await writes(two!, "e aí?");
  assertEquals(tagOf(two!), undefined);
  await writes(three!);
  assertEquals(tagOf(three!), "#ana");
});

Deno.test("what is reopened without an assignee goes to somebody; with one it stays theirs", async () => {
  const { desk, agents: [davi], writes, tagOf } = await open(["Davi"], {
    settings: { panel: false },
  });
  await using _ = desk;
  const [one, two] = ["Um", "Dois"].map((name) => desk.customer(name));
  await writes(one!);
  await writes(two!);
  const says = async (to: SimulatedUser, text: string) => {
    desk.ana.comments(desk.cardOf(to), text);
    await desk.settled();
  };
  await says(two!, "/assign");
  for (const customer of [one!, two!]) await says(customer, "/close");
  desk.boss.sends(desk.chatOf(desk.boss), "/set distribute on");
  await desk.settled();
  for (const customer of [one!, two!]) await writes(customer, "voltei");
  assertEquals([tagOf(one!), tagOf(two!)], ["#davi", "#ana"]);
  assertEquals(textsOf(desk.toldTo(davi!)).filter((text) => text.includes("🙋")).length, 1);
});

Deno.test("who has left the team, or ends their shift, has no turn", async () => {
  const { desk, agents: [davi, eva], writes, inPrivate, tagOf } = await open([
    "Davi",
    "Eva",
    "Fabi",
  ]);
  await using _ = desk;
  desk.telegram.removeMember(desk.channel, davi!, "left");
  await desk.settled();
  assertStringIncludes(await inPrivate(eva!, "/turno off"), "✅ Seu turno terminou.");
  const customers = ["Um", "Dois"].map((name) => desk.customer(name));
  for (const customer of customers) await writes(customer);
  assertEquals(customers.map(tagOf), ["#fabi", "#fabi"]);
  assertStringIncludes(await inPrivate(desk.ana, "/turno"), "👥 De turno: Fabi");
});

Deno.test("who ends their shift while it is looked whose turn it is has none", async () => {
  const { desk, agents: [davi, eva], inPrivate, tagOf } = await open(["Davi", "Eva", "Fabi"]);
  await using _ = desk;
  desk.telegram.removeMember(desk.channel, davi!, "left");
  await desk.minutesPass(30);
  desk.telegram.faults.next(
    ({ method, payload }) => method === "getChatMember" && payload.user_id === davi!.id,
    { kind: "delay", ms: 500 },
  );
  const customer = desk.customer("Um");
  customer.sends(desk.chatOf(customer), "oi");
  await desk.isCalling("getChatMember");
  assertStringIncludes(await inPrivate(eva!, "/turno off"), "✅ Seu turno terminou.");
  assertEquals(tagOf(customer), "#fabi");
  assertEquals(textsOf(desk.toldTo(eva!)).filter((text) => text.includes("🙋")), []);
});

Deno.test("a shift begins and ends in any thread as well; alone it says who is on, and who has no name is told", async () => {
  const { desk, says, line, maria } = await openTalk();
  await using _ = desk;
  const toldLast = () => desk.threadOf(maria).at(-1)!.text!;
  await says(desk.ana, "/turno on");
  assertStringIncludes(toldLast(), "✅ Seu turno começou.");
  await says(desk.bia, "/shift on");
  await says(desk.bia, "/turno");
  assertStringIncludes(toldLast(), "👥 De turno: Ana, Bia");
  assertStringIncludes(toldLast(), "/definir distribuir on");
  await says(desk.ana, "/turno talvez");
  assertStringIncludes(toldLast(), "Assim: /turno on");
  await says(desk.boss, "/turno on", { as: "anonymous" });
  assertStringIncludes(toldLast(), "Você escreve sem nome aqui");
  await says(desk.ana, "/turno off");
  await says(desk.ana, "/turno");
  assertStringIncludes(line().text!, "👥 De turno: Bia");
});

Deno.test("one who turns out to be of the team, and a crash before the turn, cost nobody a share", async () => {
  const { desk, writes, inPrivate, tagOf } = await open(["Davi", "Eva"]);
  await using _ = desk;
  await inPrivate(desk.bia, "oi, sou cliente?");
  const [one, two] = ["Um", "Dois"].map((name) => desk.customer(name));
  one!.sends(desk.chatOf(one!), "oi");
  await desk.telegram.settled();
  await desk.restart();
  await desk.passes(60_000);
  await writes(two!);
  assertEquals([tagOf(one!), tagOf(two!)], ["#davi", "#eva"]);
});

Deno.test("customers know no shifts", async () => {
  const { desk, writes } = await open(["Davi"]);
  await using _ = desk;
  const rui = desk.customer("Rui");
  await writes(rui, "/turno on");
  // To the team it is a message like any other.
  assertEquals(textsOf(desk.threadOf(rui)).at(-1), "/turno on");
  const told = textsOf(desk.toldTo(rui));
  assert(told.every((text) => !text.includes("turno")), told.join());
});

Deno.test("a shift begins at all desks of who gives it in private, in a thread at that one", async () => {
  const { desk, sales, says } = await openThreeDesks();
  await using _ = desk;
  desk.telegram.addMember(sales.channel, desk.ana);
  await desk.settled();
  const answer = await says(desk.ana, "/turno on");
  assertStringIncludes(answer, "atendimento: 👥 De turno: Ana");
  assertStringIncludes(answer, "vendas: 👥 De turno: Ana");
  assertEquals(answer.includes("vendas_sp"), false);
  assertStringIncludes(await says(desk.bia, "/turno"), "👥 De turno: Ana");
  const maria = desk.customer("Maria");
  await says(maria, "oi");
  desk.ana.comments(desk.cardOf(maria), "/turno off");
  await desk.settled();
  const shifts = await says(desk.ana, "/turno");
  assertStringIncludes(shifts, "atendimento: 👥 Ninguém está de turno.");
  assertStringIncludes(shifts, "vendas: 👥 De turno: Ana");
});
