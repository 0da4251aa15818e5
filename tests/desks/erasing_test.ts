/** Customers of several desks who have their data erased: at all of them, wherever they are going. */
import { assertEquals } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { textsOf } from "../support/desk.ts";
import { REACHES_NOBODY, tracesOf } from "../support/erasing.ts";
import { dataOf } from "../support/talk.ts";
import { openTwoDesks } from "../support/two_desks.ts";

const DID_ERASE = "🗑 O cliente apagou seus dados: o que for escrito aqui não chega mais a ninguém.";

/** Two desks, and Maria, who may ask to have her data erased. */
async function open() {
  const talk = await openTwoDesks();
  const { desk, maria, writes } = talk;
  const told = () => desk.toldTo(maria).at(-1) as SimulatedMessage;
  /** Asks to be erased, and resolves with how to say yes. */
  const asks = async () => {
    await writes("/privacidade");
    maria.presses(told(), dataOf(told(), "Apagar"));
    await desk.settled();
    const question = told();
    return () => void maria.presses(question, dataOf(question, "Sim, apagar"));
  };
  const settles = async () => {
    await desk.settled();
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  };
  /** What of the last the bot has told Maria says that she is erased. */
  const erased = () => talk.told().filter((text) => text.startsWith("✅ Pronto"));
  return { ...talk, asks, settles, erased };
}

Deno.test("who is transferred while their data are about to be erased is erased at the next desk, too", async () => {
  const { desk, service, sales, caio, maria, asks, settles, erased } = await open();
  await using _ = desk;
  const agrees = await asks();
  // It takes a while until what Maria has pressed is done.
  desk.telegram.faults.next("answerCallbackQuery", { kind: "delay", ms: 3000 });
  agrees();
  desk.ana.comments(desk.cardOf(maria, service), "/transfer vendas");
  await settles();
  const said = textsOf(sales.group.messages);
  assertEquals(said.slice(-2), [
    "➡️ Veio de atendimento: Ana transferiu. O que foi escrito antes está lá.",
    DID_ERASE,
  ]);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  for (const { channel } of [service, sales]) {
    assertEquals(channel.messages.filter(({ text }) => text?.includes(String(maria.id))), []);
  }
  assertEquals(erased().length, 1);
  const card = sales.channel.messages.at(-1) as SimulatedMessage;
  caio.comments(card, "ainda aí?");
  await settles();
  assertEquals(sales.group.messages.at(-1)!.text, REACHES_NOBODY);
});

Deno.test("who wrote what still waits at the desk they came from is told that it went nowhere", async () => {
  const { desk, service, maria, comments, writes, asks, settles, erased } = await open();
  await using _ = desk;
  desk.telegram.faults.rate(
    { kind: "502" },
    1,
    ({ method, payload }) =>
      method === "copyMessage" && Number(payload.chat_id) === service.group.id,
  );
  await writes("quero comprar");
  await comments(desk.ana, service, "/transfer vendas");
  (await asks())();
  await settles();
  assertEquals(textsOf(service.group.messages).includes("quero comprar"), false);
  const counted = erased().filter((text) => text.includes("não chegaram mais à nossa equipe: 1."));
  assertEquals([counted.length, erased().length], [1, 2]);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("who has been erased at the desk they came from begins anew where they write again", async () => {
  const { desk, service, sales, maria, comments, writes, asks, settles } = await open();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  const agrees = await asks();
  // The desk that they left is busy for longer than the one that they are at.
  desk.telegram.faults.next("editMessageText", { kind: "delay", ms: 5000 }, 3);
  agrees();
  await settles();
  await writes("oi de novo");
  await settles();
  assertEquals(textsOf(desk.threadOf(maria, service)), ["oi de novo"]);
  await comments(desk.ana, service, "olá de novo");
  assertEquals(desk.toldTo(maria).at(-1)!.text, "olá de novo");
  assertEquals(sales.channel.messages.filter(({ text }) => text?.includes("Maria")), []);
});

Deno.test("who begins anew at a desk while the one they had left is still erasing is not erased again", async () => {
  const { desk, service, sales, caio, maria, comments, thread, asks, settles, erased } =
    await open();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  const agrees = await asks();
  // The desk that they left is busy with a command until they have begun anew.
  desk.telegram.faults.next(
    ({ method, payload }) => method === "sendMessage" && payload.chat_id === service.group.id,
    { kind: "delay", ms: 2500 },
  );
  desk.ana.comments(desk.cardOf(maria, service), "/who");
  agrees();
  while (erased().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const words of ["/start vendas", "oi de novo"]) maria.sends(desk.chatOf(maria), words);
  await settles();
  assertEquals(thread(sales), ["oi de novo"]);
  await comments(caio, sales, "olá de novo");
  assertEquals(desk.toldTo(maria).at(-1)!.text, "olá de novo");
});

Deno.test("who erases their data is erased at every desk they were at", async () => {
  const { desk, service, sales, maria, comments, asks, settles } = await open();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
  (await asks())();
  await settles();
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
  for (const { channel } of [service, sales]) {
    assertEquals(channel.messages.filter(({ text }) => text?.includes("Maria")), []);
  }
});

Deno.test("who is banned at one desk and erases their data comes to no other: by no link, and by no menu", async () => {
  const { desk, service, sales, maria, comments, writes, asks, settles, told, last } = await open();
  await using _ = desk;
  for (
    const [chats, menu] of [[service, "Vendas > vendas"], [sales, "Ajuda > atendimento"]] as const
  ) {
    desk.boss.sends(chats.group, `/set menu ${menu}`);
  }
  await desk.settled();
  await writes("/start");
  const welcome = desk.toldTo(maria).at(-1) as SimulatedMessage;
  await comments(desk.boss, service, "/transfer vendas");
  await comments(desk.boss, sales, "/ban");
  desk.boss.presses(last(sales), dataOf(last(sales), "Banir"));
  await desk.settled();
  (await asks())();
  await settles();
  const before = told().length;
  await writes("oi");
  await writes("/start atendimento");
  maria.presses(welcome, dataOf(welcome, "Vendas"));
  await writes("/start vendas");
  await writes("cadê vocês?");
  assertEquals(told().slice(before), ["Este chat não está disponível."]);
  for (const { channel } of [service, sales]) {
    assertEquals(channel.messages.filter(({ text }) => text?.includes(String(maria.id))), []);
  }
});
