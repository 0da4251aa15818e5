/** A canned reply on its way to a customer: too long, refused, delayed, sealed while it waits. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withFileIdsOf } from "../../playground/telegram/files.ts";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/reply_talk.ts";

Deno.test("what becomes too long by what is filled in goes in parts, and counts once", async () => {
  const { desk, says, got, adds } = await open();
  await using _ = desk;
  await adds("Longa", "{nome_completo} ".repeat(250));
  await adds("Foto longa", { photo: true, caption: "{nome_completo} ".repeat(60) });
  const long = desk.customer("N".repeat(60), { lastName: "M".repeat(60) });
  long.sends(desk.chatOf(long), "oi");
  await desk.settled();
  const before = desk.toldTo(long).length;
  desk.ana.comments(desk.cardOf(long), "/r longa");
  desk.ana.comments(desk.cardOf(long), "/r foto longa");
  await desk.settled();
  const kinds = desk.toldTo(long).slice(before).map(({ photo }) => photo ? "photo" : "text");
  assertEquals(kinds.indexOf("photo"), kinds.length - 3);
  const names = desk.toldTo(long).slice(before).map(({ text = "" }) => text).join(" ");
  assertEquals(names.match(/N{60}/g)!.length, 310);
  assertEquals(
    desk.threadOf(long).filter(({ text }) => text?.includes("NNN")).length,
    kinds.length - 1,
  );
  assertEquals(got(), []);
  await says(desk.boss, "/replies longa");
  assertEquals(desk.group.messages.at(-1)!.text!.match(/· 1×/g)!.length, 2);
});

Deno.test("a reply that Telegram refuses is told at the command, and a broken one is not sent", async () => {
  const { desk, maria, says, got } = await open();
  await using _ = desk;
  const model = desk.boss.sends(desk.group, { photo: true, caption: "Vitrine" });
  desk.boss.sends(desk.group, "/addreply Vitrine", { replyTo: model.message_id });
  await desk.settled();
  desk.telegram.refusesFile(model);
  const command = await says(desk.ana, "/r vitrine");
  assertEquals(got().some(({ photo }) => photo), false);
  const told = desk.threadOf(maria).findLast(({ text }) => text?.startsWith("⚠️"))!;
  assertEquals(told.reply_to_message?.message_id, command.message_id);
});

Deno.test("a reply with another bot's file is told at the command, and offered no more", async () => {
  const { desk, says, got, line } = await open();
  await using _ = desk;
  const model = desk.boss.sends(desk.group, { photo: true });
  const { file_id: fileId, file_unique_id: uniqueId } = withFileIdsOf(model, 4242).photo!.at(-1)!;
  const content = { kind: "photo", file: { fileId, uniqueId } } as const;
  const { replies } = desk.anotherStore();
  await replies.add(desk.channel.id, { title: "Vitrine", content }, { replaces: false });
  const command = await says(desk.ana, "/r vitrine");
  assertStringIncludes(line().text!, "⚠️");
  assertEquals(line().reply_to_message?.message_id, command.message_id);
  await says(desk.ana, "/r vitrine");
  assertStringIncludes(line().text!, "O Telegram a recusa");
  assertEquals(got().some(({ photo }) => photo), false);
});

Deno.test("a 429 or a crash on the way keeps the order, and nothing is lost or comes twice", async () => {
  const { desk, maria, got } = await open();
  await using _ = desk;
  desk.telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 3 });
  desk.ana.comments(desk.cardOf(maria), "/r prazo");
  desk.ana.comments(desk.cardOf(maria), "mais alguma coisa?");
  await desk.settled();
  assertEquals(got(), []);
  await desk.restart();
  await desk.passes(4000);
  assertEquals(textsOf(got()), ["Entregamos em 3 dias, Maria.", "mais alguma coisa?"]);
  assertEquals(
    desk.threadOf(maria).filter(({ text }) => text === "Entregamos em 3 dias, Maria.").length,
    1,
  );
});

Deno.test("what waits of a reply lies sealed, and nothing of it stays", async () => {
  const { desk, maria } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "/r prazo");
  await desk.settled();
  const kept = async () => {
    const texts: string[] = [];
    for await (const { key, value } of desk.kv.list({ prefix: [] })) {
      if (!key.includes("reply")) texts.push(Deno.inspect(value, { depth: 9 }));
    }
    return texts.filter((text) => text.includes("Entregamos em 3 dias")).length;
  };
  assertEquals(await kept(), 0);
});

Deno.test("a group that is to be left alone keeps no answer waiting: its copy comes later", async () => {
  const { desk, maria, writes, got } = await open();
  await using _ = desk;
  desk.telegram.faults.next("copyMessage", { kind: "429", retryAfterS: 30 });
  await writes("qual o prazo?");
  desk.ana.comments(desk.cardOf(maria), "/r prazo");
  desk.ana.comments(desk.cardOf(maria), "mais alguma coisa?");
  await desk.settled();
  assertEquals(textsOf(got()), ["Entregamos em 3 dias, Maria.", "mais alguma coisa?"]);
  assertEquals(desk.threadOf(maria).some(({ text }) => text?.startsWith("Entregamos")), false);
  await desk.passes(31_000);
  assertEquals(textsOf(desk.threadOf(maria)).slice(-2), [
    "qual o prazo?",
    "Entregamos em 3 dias, Maria.",
  ]);
});
