import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";

/** A refusal for good. */
const REFUSAL = {
  kind: "error",
  errorCode: 400,
  description: "Bad Request: VOICE_MESSAGES_FORBIDDEN",
} as const;

/** Two desks that CHANNEL_ID names, owned by Beto; and what he is answered in private. */
async function open() {
  const desk = await TestDesk.open({ others: ["Vendas"] });
  const asks = async (words: string) => {
    const lastId = desk.toldTo(desk.boss).at(-1)?.message_id ?? 0;
    desk.boss.sends(desk.chatOf(desk.boss), words);
    await desk.settled();
    return desk.toldTo(desk.boss).filter(({ message_id }) => message_id > lastId);
  };
  return { desk, asks, sales: desk.others[0]! };
}

Deno.test("where CHANNEL_ID names the desks it decides: nobody adds or removes one", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  for (const words of ["/adddesk", "/removedesk vendas"]) {
    assertStringIncludes(textsOf(await asks(words)).join(), "A variável CHANNEL_ID decide");
  }
  const [list] = await asks("/desks");
  assertStringIncludes(list!.text!, "CHANNEL_ID decide");
  assertEquals(list!.reply_markup!.inline_keyboard.flat().map(({ text }) => text), [
    "✅ atendimento",
    "✅ vendas",
  ]);
  // A button of a time when it did not decide changes nothing either.
  for (
    const data of ["setup add", `setup remove ${desk.channel.id}`, "setup open -1001234567890"]
  ) {
    desk.boss.forges(list as never, data);
    await desk.settled();
    assertStringIncludes(desk.toldTo(desk.boss).at(-1)!.text!, "A variável CHANNEL_ID decide");
  }
  assertEquals(
    textsOf(await asks("/desks"))[0]!.split("\n").filter((line) => /^\d/.test(line)).length,
    2,
  );
});

Deno.test("a desk is renamed all the same, and keeps its name through a restart", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  assertStringIncludes((await asks("/renamedesk vendas Loja"))[0]!.text!, "loja");
  await desk.restart();
  assertStringIncludes((await asks("/desks"))[0]!.text!, "2. ✅ loja (Vendas)");
});

Deno.test("numbers, and what was given up, are each desk's own", async () => {
  const { desk, sales } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await desk.anotherStore().record(sales.channel.id, () => ({
    servedBy: [{ customerId: maria.id, deskId: sales.channel.id }],
  }));
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const events = async (deskId: number) =>
    (await Array.fromAsync(desk.anotherStore().desks.events(deskId, 0))).map(({ kind }) => kind);
  assertEquals(await events(desk.channel.id), []);
  assertEquals((await events(sales.channel.id)).toSorted(), ["from-customer", "opened"]);
  desk.telegram.faults.next("copyMessage", REFUSAL);
  desk.boss.comments(desk.cardOf(maria, sales), "isto não vai");
  await desk.settled();
  for (const { group } of [desk, sales]) desk.boss.sends(group, "/failed");
  await desk.settled();
  assertStringIncludes(sales.group.messages.at(-1)!.text!, "Maria");
  assertEquals(desk.group.messages.at(-1)!.text, "✅ Nada deixou de ser entregue.");
});
