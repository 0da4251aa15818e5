import { assertEquals, assertStringIncludes } from "@std/assert";
import type { InlineKeyboardMarkup } from "grammy/types";
import { TestDesk } from "../support/desk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

const textsOf = (messages: { text?: string }[]) => messages.map(({ text }) => text);

/** Two desks; Beto administers both, Carla the second alone, Ana is of the first one's team. */
async function open() {
  const desk = await TestDesk.open({ others: ["Vendas"] });
  const sales = desk.others[0]!;
  const carla = desk.telegram.createUser({ firstName: "Carla", languageCode: "pt-br" });
  desk.telegram.promote(sales.channel, carla);
  await desk.settled();
  const asks = async (words: string, who: SimulatedUser = desk.boss) => {
    const before = desk.toldTo(who).length;
    who.sends(desk.chatOf(who), words);
    await desk.settled();
    return desk.toldTo(who).slice(before);
  };
  const chooses = async (name: string, who: SimulatedUser = desk.boss) => {
    const question = desk.toldTo(who).findLast(({ text }) => text === "Para qual balcão?")!;
    const button = question.reply_markup!.inline_keyboard.flat().find(({ text }) => text === name)!;
    const lastId = desk.toldTo(who).at(-1)!.message_id;
    const data = "callback_data" in button ? button.callback_data : "";
    const answer = who.presses(question as never, data);
    await desk.settled();
    return {
      answer: await answer,
      told: desk.toldTo(who).filter(({ message_id }) => message_id > lastId),
    };
  };
  const settings = (deskId: number) => desk.anotherStore().reader(deskId).settings();
  return { desk, sales, carla, asks, chooses, settings };
}

Deno.test("who administers several desks is asked for which a command is, each time", async () => {
  const { desk, sales, asks, chooses, settings } = await open();
  await using _ = desk;
  for (const [name, minutes] of [["vendas", 20], ["atendimento", 15]] as const) {
    const [question] = await asks(`/set alarm ${minutes}`);
    assertEquals(question!.text, "Para qual balcão?");
    assertEquals(question!.reply_markup!.inline_keyboard.flat().map(({ text }) => text), [
      "atendimento",
      "vendas",
    ]);
    await chooses(name);
  }
  const alarms = [await settings(desk.channel.id), await settings(sales.channel.id)];
  const minutesOf = (alarm: typeof alarms[number]["alarm"]) =>
    typeof alarm === "object" ? alarm.minutes : alarm;
  assertEquals(alarms.map(({ alarm }) => minutesOf(alarm)), [15, 20]);
});

Deno.test("a question that was answered, or waited too long, changes nothing any more", async () => {
  const { desk, sales, asks, chooses, settings } = await open();
  await using _ = desk;
  await asks("/set notify on");
  const question = desk.toldTo(desk.boss).at(-1)!;
  await chooses("vendas");
  assertEquals(
    desk.toldTo(desk.boss).some(({ message_id }) => message_id === question.message_id),
    false,
  );
  await asks("/set collision on");
  await desk.passes(61 * 60 * 1000);
  const { answer } = await chooses("vendas");
  assertEquals(answer?.show_alert, true);
  assertEquals((await settings(sales.channel.id)).collision, undefined);
});

Deno.test("who administers one alone is not asked, whichever desk it is", async () => {
  const { desk, sales, carla, asks, settings } = await open();
  await using _ = desk;
  const told = textsOf(await asks("/set rating on", carla));
  assertEquals(told.includes("Para qual balcão?"), false);
  assertEquals((await settings(sales.channel.id)).rating, true);
  assertEquals((await settings(desk.channel.id)).rating, undefined);
});

Deno.test("what only one desk's administrators may do is refused to the other's team", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const ana = desk.ana;
  desk.telegram.addMember(desk.others[0]!.channel, ana);
  await desk.settled();
  assertStringIncludes(textsOf(await asks("/set rating on", ana)).join(), "Só administradores");
  assertEquals((await asks("/notify on", ana))[0]!.text, "Para qual balcão?");
});

Deno.test("agents of any desk are nobody's customers", async () => {
  const { desk, sales, carla } = await open();
  await using _ = desk;
  const caio = desk.customer("Caio");
  desk.telegram.addMember(sales.channel, caio);
  for (const who of [carla, caio, desk.ana]) {
    who.sends(desk.chatOf(who), "oi?");
    await desk.settled();
    assertEquals([desk.channel.messages.length, sales.channel.messages.length], [0, 0]);
    assertStringIncludes(desk.toldTo(who).at(-1)!.text!, "Responda aos clientes");
  }
});

Deno.test("lists in private stay those of the desk they were asked for", async () => {
  const { desk, sales, asks, chooses } = await open();
  await using _ = desk;
  for (const [name, title] of [["vendas", "Preço"], ["atendimento", "Horário"]] as const) {
    const text = desk.boss.sends(desk.chatOf(desk.boss), `texto de ${title}`);
    desk.boss.sends(desk.chatOf(desk.boss), `/addreply ${title}`, { replyTo: text.message_id });
    await desk.settled();
    await chooses(name);
  }
  await asks("/replies");
  const { told: [list] } = await chooses("vendas");
  assertStringIncludes(list!.text!, "Preço");
  const buttons = list!.reply_markup!.inline_keyboard.flat();
  const data = buttons.map((button) => "callback_data" in button ? button.callback_data : "")
    .find((each) => each.includes("reply del"))!;
  desk.boss.presses(list as never, data);
  await desk.settled();
  const kept = async (deskId: number) =>
    (await Array.fromAsync(desk.anotherStore().replies.list(deskId))).map(({ reply }) =>
      reply.title
    );
  assertEquals(await kept(sales.channel.id), []);
  assertEquals(await kept(desk.channel.id), ["Horário"]);
});

Deno.test("an agent of the second desk alone gets the whole help in private, and their own data", async () => {
  const { desk, sales, carla, asks } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await desk.wereServedAt(sales, maria);
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  carla.comments(desk.cardOf(maria, sales), "bom dia");
  await desk.settled();
  const press = async (message: { reply_markup?: InlineKeyboardMarkup }, words: string) => {
    const button = message.reply_markup!.inline_keyboard.flat().find(({ text }) => text === words)!;
    const answer = carla.presses(
      message as never,
      "callback_data" in button ? button.callback_data : "",
    );
    await desk.settled();
    return await answer;
  };
  const [help] = await asks("/help", carla);
  assertStringIncludes(help!.text!, "Você é da equipe");
  assertStringIncludes(help!.text!, "/setup");
  const [privacy] = await asks("/privacy", carla);
  const show = privacy!.reply_markup!.inline_keyboard.flat()[0]!;
  // Hers fit into one message; who may more has a button for the rest.
  const answer = carla.forges(privacy as never, "help private");
  await desk.settled();
  assertEquals((await answer)?.show_alert ?? false, false);
  await press(privacy!, show.text);
  assertEquals(desk.toldTo(carla).at(-1)!.document !== undefined, true);
});

Deno.test("while a desk is out of reach, what may be meant for it is asked back, and the others obey", async () => {
  const { desk, sales, asks, chooses, settings } = await open();
  await using _ = desk;
  desk.boss.starts(desk.bot);
  await desk.settled();
  // The first desk's, at which commands in private come in.
  desk.telegram.removeMember(desk.channel, desk.bot, "kicked");
  await desk.settled();
  const told = textsOf(await asks("/set collision off"));
  assertEquals(told.includes("Para qual balcão?"), true);
  await chooses("vendas");
  assertEquals((await settings(sales.channel.id)).collision, false);
  assertEquals((await settings(desk.channel.id)).collision, undefined);
});
