import { assert, assertEquals } from "@std/assert";
import { TestDesk } from "./support/desk.ts";
import { refusal } from "./support/refusal.ts";

Deno.test("neither the token nor what people write ever reaches the log or the database", async () => {
  await using desk = await TestDesk.open();
  const secretWords = ["segredo-um", "segredo-dois", "segredo-três", "segredo-quatro"];
  const maria = desk.customer("Maria", { lastName: "Silva" });
  const chat = desk.chatOf(maria);
  maria.sends(chat, secretWords[0]!);
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), secretWords[1]!);
  desk.telegram.faults.next("copyMessage", { kind: "502" });
  maria.sends(chat, { photo: true, caption: secretWords[2]! });
  await desk.passes(10_000);
  desk.telegram.faults.next(
    "copyMessage",
    refusal("Bad Request: wrong file identifier/HTTP URL specified"),
  );
  maria.sends(chat, secretWords[3]!);
  await desk.settled();
  desk.telegram.faults.next("copyMessage", { kind: "lost request" });
  maria.sends(chat, { invoice: true } as never);
  maria.sends(chat, secretWords[0]!);
  await desk.settled();
  await desk.app.handler(
    new Request("https://desk.example/telegram", {
      method: "POST",
      headers: { "X-Telegram-Bot-Api-Secret-Token": "wrong" },
      body: secretWords[0]!,
    }),
  );

  const stored: string[] = [];
  for await (const { key, value } of desk.kv.list({ prefix: [] })) {
    stored.push(Deno.inspect([key, value], { depth: 20, strAbbreviateSize: 10_000 }));
  }
  assert(desk.logLines.length > 0, desk.logLines.join("\n"));
  for (
    const [where, text] of [["log", desk.logLines.join("\n")], ["database", stored.join("\n")]]
  ) {
    for (const word of [...secretWords, desk.bot.token]) {
      assertEquals(text!.includes(word), false, `${word} is in the ${where}`);
    }
  }
});

Deno.test("a customer's language is not kept", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 60 }, 2);
  const maria = desk.customer("Maria", { languageCode: "es" });
  maria.starts(desk.bot);
  await desk.settled();
  for await (const { key, value } of desk.kv.list({ prefix: [] })) {
    const stored = Deno.inspect([key, value], { depth: 20 });
    assert(!/"es"|language/.test(stored), stored);
  }
  await desk.passes(61_000);
  await desk.passes(61_000);
  assert(desk.toldTo(maria).at(-1)?.text?.startsWith("¡Hola!"));
});
