import { assertEquals, assertStringIncludes } from "@std/assert";
import { commands } from "../support/commanded_desk.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

const AWAY = "Recebemos sua mensagem, mas nossa equipe não está atendendo agora.";

/** A desk that is open in the week, and the means to go to a moment of the year 2031. */
async function open(hours: string | null, options: DeskOptions = {}) {
  const desk = await TestDesk.open(options);
  desk.boss.starts(desk.bot);
  await desk.settled();
  const asks = async (words: string) => (await commands(desk, words)).text!;
  // Nobody is forgotten on the way to that year.
  await asks("/set keep off");
  if (hours !== null) await asks(`/set hours ${hours}`);
  const goTo = (moment: string) =>
    desk.passes(Date.parse(`2031-${moment}-03:00`) - desk.clock.now());
  const maria = desk.customer("Maria");
  /** What the bot says to what somebody writes. */
  const says = async (words: Parameters<SimulatedUser["sends"]>[1], who = maria) => {
    const before = desk.toldTo(who).length;
    who.sends(desk.chatOf(who), words);
    await desk.settled();
    return textsOf(desk.toldTo(who).slice(before));
  };
  return { desk, maria, asks, goTo, says };
}

/** Of a desk open mon-fri 09:00-18:00 and sat 09:00-12:00; 3 March 2031 is a Monday. */
const MOMENTS: [moment: string, back: string | null][] = [
  ["03-03T08:59:59", "hoje às 09:00"],
  ["03-03T09:00:00", null],
  ["03-03T17:59:59", null],
  ["03-03T18:00:00", "amanhã às 09:00"],
  ["03-03T23:59:59", "amanhã às 09:00"],
  ["03-04T00:00:00", "hoje às 09:00"],
  ["03-07T18:00:00", "amanhã às 09:00"],
  ["03-08T11:59:59", null],
  ["03-08T12:00:00", "na segunda-feira às 09:00"],
  ["03-09T15:00:00", "amanhã às 09:00"],
];

for (const [moment, back] of MOMENTS) {
  Deno.test(`at ${moment} the desk is ${back ? `back ${back}` : "open"}`, async () => {
    const { desk, goTo, says } = await open("seg a sex 9h-18h; sáb 9h-12h");
    await using _ = desk;
    await says("oi");
    await goTo(moment);
    assertEquals(await says("alguém aí?"), back ? [`${AWAY} Voltamos ${back}.`] : []);
  });
}

Deno.test("a customer is told once a day of the desk's, each customer for themselves, over restarts", async () => {
  const { desk, goTo, says } = await open("mon-fri 09:00-18:00");
  await using _ = desk;
  const joao = desk.customer("João");
  await goTo("03-03T18:30:00");
  assertEquals((await says("oi")).length, 2, "the welcome, and when the team is back");
  assertEquals(await says("alô?"), []);
  await desk.restart();
  // Midnight in Greenwich is none here.
  await goTo("03-03T21:30:00");
  assertEquals(await says("ninguém?"), []);
  assertEquals((await says("boa noite", joao)).length, 2);
  await goTo("03-04T00:01:00");
  assertEquals(await says("agora?"), [`${AWAY} Voltamos hoje às 09:00.`]);
  await goTo("03-04T10:00:00");
  assertEquals(await says("bom dia"), []);
  // It is the same day, however often the desk has opened since.
  await goTo("03-04T18:01:00");
  assertEquals(await says("já fecharam?"), []);
  await goTo("03-05T18:01:00");
  assertEquals((await says("e hoje?")).length, 1);
});

Deno.test("days and hours are those of the desk's time zone", async () => {
  const { desk, goTo, says } = await open("mon-fri 09:00-18:00", {
    env: { TIME_ZONE: "Asia/Tokyo" },
  });
  await using _ = desk;
  await says("oi");
  // Nine in the evening in São Paulo is nine in the morning in Tokyo.
  await goTo("03-03T21:00:00");
  assertEquals(await says("oi"), []);
  await goTo("03-04T09:00:00");
  assertEquals(await says("oi"), [`${AWAY} Voltamos amanhã às 09:00.`]);
  await goTo("03-04T12:30:00");
  assertEquals(await says("oi"), [`${AWAY} Voltamos hoje às 09:00.`]);
});

Deno.test("holidays are closed, every year or once, and the next opening is after them", async () => {
  const { desk, asks, goTo, says } = await open("mon-fri 09:00-18:00");
  await using _ = desk;
  assertStringIncludes(await asks("/definir feriados 24/12 a 02/01 recesso; 03/03/2031"), "24/12");
  await says("oi");
  await goTo("03-03T10:00:00");
  assertEquals(await says("oi"), [`${AWAY} Voltamos amanhã às 09:00.`]);
  await goTo("12-24T10:00:00");
  assertEquals(await says("oi"), [`${AWAY} Voltamos no dia 5 de janeiro às 09:00.`]);
  await asks("/reset holidays");
  await goTo("12-25T10:00:00");
  assertEquals(await says("oi"), []);
});

Deno.test("a desk's own words say when it is back, with their formatting; without hours nobody is away", async () => {
  const { desk, maria, asks, goTo, says } = await open(null);
  await using _ = desk;
  await goTo("03-09T10:00:00");
  await says("oi");
  const chat = desk.chatOf(desk.boss);
  const words = desk.boss.sends(chat, {
    text: "Olá, {nome}! Voltamos {volta}. Até lá!",
    entities: [{ type: "bold", offset: 13, length: 16 }],
  });
  await desk.settled();
  desk.boss.sends(chat, "/definir ausencia", { replyTo: words.message_id });
  await desk.settled();
  assertEquals(await says("oi"), []);
  await asks("/set hours mon-fri 09:00-18:00");
  assertEquals(await says("oi"), ["Olá, Maria! Voltamos amanhã às 09:00. Até lá!"]);
  assertEquals(desk.toldTo(maria).at(-1)!.entities, [{ type: "bold", offset: 12, length: 24 }]);
  await asks("/set away Estamos fechados.");
  await goTo("03-15T10:00:00");
  assertEquals(await says("oi"), ["Estamos fechados."]);
  await asks("/reset away");
  await goTo("03-16T10:00:00");
  assertStringIncludes((await says("oi"))[0]!, AWAY);
  await asks("/reset hours");
  await goTo("03-22T10:00:00");
  assertEquals(await says("oi"), []);
});

Deno.test("it is said in the desk's language, whoever writes", async () => {
  const { desk, asks, goTo } = await open("mon-fri 09:00-18:00");
  await using _ = desk;
  await asks("/set language es");
  await goTo("03-09T10:00:00");
  const tom = desk.telegram.createUser({ firstName: "Tom", languageCode: "en" });
  tom.sends(desk.chatOf(tom), "hi");
  await desk.settled();
  assertEquals(
    textsOf(desk.toldTo(tom)).at(-1),
    "Recibimos su mensaje, pero nuestro equipo no está " +
      "atendiendo en este momento. Volvemos mañana a las 09:00.",
  );
});

Deno.test("only what reaches the team is answered so: no command, edit, album twice, banned customer", async () => {
  const { desk, maria, goTo, says } = await open("mon-fri 09:00-18:00");
  await using _ = desk;
  await goTo("03-03T10:00:00");
  await says("oi");
  await goTo("03-03T20:00:00");
  for (const words of ["/help", "/terms", "/start site"]) {
    assertEquals((await says(words)).filter((text) => text.startsWith(AWAY)), []);
  }
  maria.edits(desk.chatOf(maria).messages[0]!, "olá");
  maria.reacts(desk.toldTo(maria)[0]!, "👍");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text.startsWith(AWAY)), []);
  await maria.sendsAlbum(desk.chatOf(maria), [{ photo: true }, { photo: true }]);
  await desk.settled();
  await desk.passes(1500);
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text.startsWith(AWAY)).length, 1);
  // The team may work when it likes.
  desk.ana.comments(desk.cardOf(maria), "ainda estou aqui");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "ainda estou aqui");
});

Deno.test("a desk that is closed for longer than a year says that it answers when it can", async () => {
  const { desk, asks, goTo, says } = await open("mon 09:00-18:00");
  await using _ = desk;
  await asks("/set away Voltamos {volta}!");
  const mondays = Array.from(
    { length: 60 },
    (_, week) => new Date(Date.UTC(2031, 2, 3 + 7 * week)).toISOString().slice(0, 10),
  );
  await asks(`/set holidays ${mondays.join("; ")}`);
  await goTo("03-03T10:00:00");
  assertEquals((await says("oi")).at(-1), "Voltamos!");
  await asks("/reset away");
  await goTo("03-04T10:00:00");
  assertEquals(await says("oi"), [`${AWAY} Responderemos assim que possível.`]);
});
