/** Customers of several desks who have their data erased: at all of them, wherever they are going. */
import { assertEquals } from "@std/assert";
import { MINUTE_MS } from "../../src/time/duration.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";
import { textsOf } from "../support/desk.ts";
import { REACHES_NOBODY, tracesOf } from "../support/erasing.ts";
import { dataOf } from "../support/talk.ts";
import { openTwoDesks } from "../support/two_desks.ts";

const DID_ERASE = "🗑 O cliente apagou seus dados: o que for escrito aqui não chega mais a ninguém.";

/** Two desks, and Maria, who has been asked whether to erase her data. */
async function openAsked() {
  const talk = await openTwoDesks();
  const { desk, maria, writes } = talk;
  await writes("/privacidade");
  const shown = desk.toldTo(maria).at(-1) as SimulatedMessage;
  maria.presses(shown, dataOf(shown, "Apagar"));
  await desk.settled();
  const question = desk.toldTo(maria).at(-1) as SimulatedMessage;
  const agrees = () => void maria.presses(question, dataOf(question, "Sim, apagar"));
  const settles = async () => {
    await desk.settled();
    for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  };
  /** What of the last the bot has told Maria says that she is erased. */
  const erased = () => talk.told().filter((text) => text.startsWith("✅ Pronto"));
  return { ...talk, agrees, settles, erased };
}

Deno.test("who is transferred while their data are about to be erased is erased at the next desk, too", async () => {
  const { desk, service, sales, caio, maria, agrees, settles, erased } = await openAsked();
  await using _ = desk;
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

Deno.test("of what waited at the desk they came from each side is told that it went nowhere", async () => {
  const { desk, service, maria, comments, writes, told, agrees, settles, erased } =
    await openAsked();
  await using _ = desk;
  desk.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => method === "copyMessage");
  await writes("quero comprar");
  await comments(desk.ana, service, "já vejo");
  await comments(desk.ana, service, "/transfer vendas");
  agrees();
  await settles();
  assertEquals(told().includes("já vejo"), false);
  const said = textsOf(service.group.messages);
  assertEquals(said.includes("quero comprar"), false);
  assertEquals(said.at(-1), `${DID_ERASE}\n⚠️ Mensagens que não foram mais entregues: 1.`);
  const counted = erased().filter((text) => text.includes("não chegaram mais à nossa equipe: 1."));
  assertEquals(counted.length, 1);
  assertEquals(await tracesOf(desk.kv, maria, /Maria/), []);
});

Deno.test("who has been erased at the desk they came from begins anew where they write again", async () => {
  const { desk, service, sales, maria, comments, writes, agrees, settles } = await openAsked();
  await using _ = desk;
  await comments(desk.ana, service, "/transfer vendas");
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
