/** Desks chosen in the menu where the press is answered late: what counts is when it was made. */
import { assertEquals } from "@std/assert";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { textsOf } from "../support/desk.ts";
import { dataOf } from "../support/talk.ts";
import { openWithMenu } from "../support/three_desks.ts";

/** For how long a call is not answered; long enough for what comes meanwhile to be taken in. */
const HANG_MS = 1000;

/** Three desks; what is pressed or written by `does` is accepted, and not waited for any longer. */
async function openLate() {
  const opened = await openWithMenu();
  const { desk, welcome } = opened;
  const isAccepted = async () => {
    while (desk.bot.queue.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const presses = async (who: SimulatedUser, words: string) => {
    void who.presses(welcome(who), dataOf(welcome(who), words));
    await isAccepted();
  };
  const hangs = async (who: SimulatedUser, words: string) => {
    desk.telegram.faults.next("answerCallbackQuery", { kind: "hang", ms: HANG_MS });
    await presses(who, words);
    await desk.isCalling("answerCallbackQuery");
  };
  const writes = async (who: SimulatedUser, text: string) => {
    who.sends(desk.chatOf(who), text);
    await isAccepted();
  };
  return { ...opened, presses, hangs, writes };
}

Deno.test("a desk that is chosen while a conversation is open leads nowhere from the desk whose link they have followed since", async () => {
  const { desk, salesSp, says, at, customer, hangs, writes } = await openLate();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start");
  await says(maria, "oi");
  await hangs(maria, "Comprar");
  await writes(maria, "/resolvido");
  await writes(maria, "/start vendas_sp");
  await writes(maria, "/resolvido");
  await desk.settled();
  await says(maria, "dois pães");
  assertEquals(at(maria), ["atendimento", "vendas_sp"]);
  assertEquals(textsOf(desk.threadOf(maria, salesSp)).at(-1), "dois pães");
});

Deno.test("a desk that is chosen while a conversation is open leads nowhere after its end, either; the thread is told", async () => {
  const { desk, says, at, customer, hangs, writes } = await openLate();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start");
  await says(maria, "oi");
  await hangs(maria, "Comprar");
  await writes(maria, "/resolvido");
  await desk.settled();
  const told = textsOf(desk.threadOf(maria)).filter((text) => text.includes("pediu"));
  assertEquals(told, ["ℹ️ O cliente pediu vendas. Para continuar lá: /transferir vendas"]);
  await says(maria, "dois pães");
  assertEquals(at(maria), ["atendimento"]);
});

Deno.test("the same button within a minute leads nowhere, though it is answered after that minute", async () => {
  const { desk, says, at, customer, press, presses, hangs, writes } = await openLate();
  await using _ = desk;
  const maria = customer();
  await says(maria, "/start atendimento");
  await press(maria, "Comprar");
  await hangs(maria, "Preços");
  await presses(maria, "Comprar");
  desk.clock.aheadMs += 61_000;
  await writes(maria, "/start vendas_sp");
  await writes(maria, "/resolvido");
  await desk.settled();
  await says(maria, "dois pães");
  assertEquals(at(maria), ["vendas_sp"]);
});
