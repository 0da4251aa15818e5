import { assert, assertEquals } from "@std/assert";
import { TestDesk, textsOf } from "../../support/desk.ts";
import { countingKv } from "../../support/kv_doubles.ts";

for (const transport of ["webhook", "polling"] as const) {
  Deno.test(`over HTTP, by ${transport}: a conversation of several people`, async () => {
    await using desk = await TestDesk.open({ transport });
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    maria.sends(desk.chatOf(maria), "tem pão?");
    maria.sends(desk.chatOf(maria), { photo: true, caption: "deste aqui" });
    joao.starts(desk.bot, "instagram");
    joao.sends(desk.chatOf(joao), "bom dia");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["tem pão?", "deste aqui"]);
    assertEquals(textsOf(desk.threadOf(joao)), ["ℹ️ Chegou pelo link: instagram", "bom dia"]);

    const [question] = desk.threadOf(maria);
    desk.ana.comments(desk.cardOf(maria), "tem sim", { replyTo: question!.message_id });
    desk.bia.comments(desk.cardOf(joao), "bom dia, João");
    await desk.settled();
    const answer = desk.toldTo(maria).at(-1)!;
    assertEquals(answer.text, "tem sim");
    assertEquals(answer.reply_to_message?.text, "tem pão?");
    assertEquals(desk.toldTo(joao).at(-1)!.text, "bom dia, João");
  });

  Deno.test(`over HTTP, by ${transport}: a redelivered update does nothing`, async () => {
    await using desk = await TestDesk.open({ transport });
    const maria = await desk.hearsFrom("Maria");
    for (const { update } of [...desk.telegram.updates]) desk.telegram.redeliver(update.update_id);
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
    assertEquals(desk.toldTo(maria).length, 1);
  });

  Deno.test(`over HTTP, by ${transport}: a restart goes on where the bot stopped`, async () => {
    await using desk = await TestDesk.open({ transport });
    const maria = await desk.hearsFrom("Maria", "um");
    await desk.restart();
    maria.sends(desk.chatOf(maria), "dois");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
  });

  Deno.test(`over HTTP, by ${transport}: what the database refuses comes again, in order`, async () => {
    let refusals = 0;
    const { wrap } = countingKv((keys) => {
      if (keys.includes('"seen"') && refusals-- > 0) throw new Error("database is locked");
    });
    await using desk = await TestDesk.open({ transport, wrapKv: wrap });
    const maria = await desk.hearsFrom("Maria");
    refusals = 1;
    for (const text of ["um", "dois", "três"]) maria.sends(desk.chatOf(maria), text);
    const deadlineMs = Date.now() + 10_000;
    while (desk.threadOf(maria).length < 4) {
      assert(Date.now() < deadlineMs, "the messages never come again");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois", "três"]);
  });
}

Deno.test("the bot registers its webhook with its secret and the updates it wants", async () => {
  await using desk = await TestDesk.open({ transport: "webhook" });
  const registered = desk.telegram.calls.find(({ method }) => method === "setWebhook")!;
  const { url, secret_token, allowed_updates } = registered.payload as Record<string, unknown>;
  assert(String(url).endsWith("/telegram"));
  assert(/^[0-9a-f]{64}$/.test(String(secret_token)));
  assertEquals(allowed_updates, [
    "message",
    "edited_message",
    "channel_post",
    "message_reaction",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
  ]);
});

Deno.test("a webhook that is registered already is not registered again", async () => {
  await using desk = await TestDesk.open({ transport: "direct" });
  await desk.restart();
  const registrations = desk.telegram.calls.filter(({ method }) => method === "setWebhook");
  assertEquals(registrations.length, 1);
});

Deno.test("polling takes away a webhook that somebody has set meanwhile", async () => {
  await using desk = await TestDesk.open({ transport: "polling" });
  const maria = desk.customer("Maria");
  await desk.app.bot.api.setWebhook("https://elsewhere.example/");
  maria.sends(desk.chatOf(maria), "oi");
  const deadlineMs = Date.now() + 10_000;
  while (!desk.group.messages.some(({ text }) => text === "oi")) {
    assert(Date.now() < deadlineMs, "the webhook stays in the way");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
});

Deno.test("polling, the bot answers whoever looks for replies, also when nobody has to be asked", async () => {
  await using desk = await TestDesk.open({ transport: "polling" });
  const eve = desk.telegram.createUser({ firstName: "Eve", languageCode: "en" });
  for (const time of ["asked of Telegram", "known"]) {
    const asking = eve.queries(desk.bot, "prazo");
    await desk.settled();
    const results = await asking as { title?: string }[];
    assertEquals(results.map(({ title }) => title), ["Talk to us"], time);
  }
  const asked = desk.telegram.calls.filter(({ method, payload }) =>
    method === "getChatMember" && (payload as { user_id?: number }).user_id === eve.id
  );
  assertEquals(asked.length, 1);
});

Deno.test("two programs that poll with one token are told by their health", async () => {
  await using desk = await TestDesk.open({ transport: "polling" });
  desk.telegram.faults.next("getUpdates", {
    kind: "error",
    errorCode: 409,
    description: "Conflict: terminated by other getUpdates request; make sure that only one bot " +
      "instance is running",
  });
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  const deadlineMs = Date.now() + 5000;
  while ((await desk.health()).ok) {
    assert(Date.now() < deadlineMs, "nobody is told");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert((await desk.health()).problems[0]!.includes("only one bot instance"));
  await desk.settled();
});
