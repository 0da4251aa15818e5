/** Buttons that the owner of several desks presses long after they were shown. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { listed, open, openWithSales } from "../support/owned_desks.ts";

const namesIn = (lines: string[]) => lines.map((line) => line.split(": ")[0]!.slice(5));

Deno.test("no desk moves into a channel in which another has been opened since", async () => {
  const { desk, asks, press, adds } = await open();
  await using _ = desk;
  await adds("Vendas");
  await press("Novo balcão");
  const { told } = await press("Mudar atendimento");
  assertEquals(told.length, 1);
  assertStringIncludes(told[0]!.text!, "já está o balcão vendas");
  assertEquals(namesIn(await listed(asks)), ["atendimento (Atendimento)", "vendas (Vendas)"]);
});

Deno.test("of two desks that are to move into one channel, the first does, and the other stays", async () => {
  const { desk, asks, press, adds } = await openWithSales();
  await using _ = desk;
  await adds("Outro canal");
  await press("Mudar atendimento");
  const { told } = await press("Mudar vendas");
  assertStringIncludes(told.at(-1)!.text!, "já está o balcão atendimento");
  assertEquals(namesIn(await listed(asks)), ["atendimento (Outro canal)", "vendas (Vendas)"]);
  // The same button once more finds it where it is.
  await press("Mudar atendimento");
  assertEquals(namesIn(await listed(asks)), ["atendimento (Outro canal)", "vendas (Vendas)"]);
});

Deno.test("a button of a desk that was removed since moves no other, and says that it is gone", async () => {
  const { desk, asks, press, adds } = await openWithSales();
  await using _ = desk;
  await adds("Outro canal");
  await asks("/desks");
  await asks("/removedesk vendas");
  await press("Remover vendas");
  for (const words of ["Mudar vendas", "✅ vendas", "Remover vendas"]) {
    const { answer, told } = await press(words);
    assertEquals([answer?.show_alert, told.length], [true, 0], words);
    assertStringIncludes(answer!.text!, "não existe mais", words);
  }
  assertEquals(namesIn(await listed(asks)), ["atendimento (Atendimento)"]);
});
