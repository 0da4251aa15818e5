/** The webhook takes updates of Telegram's, and nothing of anybody else. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";
import { post } from "../support/webhook.ts";

function registrations({ telegram }: TestDesk): number {
  return telegram.calls.filter(({ method }) => method === "setWebhook").length;
}

Deno.test("without the right secret nothing is looked at and nothing happens", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "the-right-secret" } });
  await desk.hearsFrom("Maria");
  const forged = JSON.stringify({
    ...desk.telegram.updates.at(-1)!.update,
    update_id: 1,
  });
  const calls = desk.telegram.calls.length;
  for (const secret of [undefined, "", "wrong", "the-right-secreT", "the-right-secret2"]) {
    const response = await desk.app.handler(post(forged, secret));
    assertEquals(response.status, 401);
    await response.body?.cancel();
  }
  // The body is not even read: an endless one gets the same answer.
  const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) });
  assertEquals((await desk.app.handler(post(endless))).status, 401);
  await desk.settled();
  assertEquals(desk.telegram.calls.length, calls);
});

Deno.test("what is too large, or no update, is refused", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "s" } });
  const statusOf = async (body: BodyInit) => {
    const response = await desk.app.handler(post(body, "s"));
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await statusOf("x".repeat(1024 * 1024 + 1)), 413);
  const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(65_536)) });
  assertEquals(await statusOf(endless), 413);
  for (const body of ["", "{", "null", "[]", "42", '"x"', "{}", '{"update_id":"1"}']) {
    assertEquals(await statusOf(body), 400, body);
  }
  // An update of a kind we do not know is received, and means nothing to us.
  assertEquals(await statusOf('{"update_id":7,"something_new":{}}'), 200);
});

Deno.test("a webhook that somebody has taken away is registered again at once", async () => {
  await using desk = await TestDesk.open();
  const before = registrations(desk);
  const response = await desk.telegram.fetch(
    `https://api.telegram.org/bot${desk.bot.token}/setWebhook?url=https://thief.example/`,
  );
  await response.body?.cancel();
  desk.clock.aheadMs += 5 * 60_000;
  await desk.app.start();
  assertEquals(registrations(desk), before + 2);
  assertEquals((await desk.health()).problems, []);
});

Deno.test("anything else is not found", async () => {
  await using desk = await TestDesk.open();
  for (const [method, path] of [["GET", "/telegram"], ["POST", "/"], ["GET", "/x"]] as const) {
    const response = await desk.app.handler(new Request(`https://d.example${path}`, { method }));
    assertEquals(response.status, 404, `${method} ${path}`);
    assertEquals(response.headers.get("X-Frame-Options"), "DENY");
    await response.body?.cancel();
  }
});

Deno.test("an update is read whole that arrives in pieces, byte by byte", async () => {
  await using desk = await TestDesk.open({ env: { WEBHOOK_SECRET: "s" } });
  const { id, info: from } = desk.customer("Conceição 🥖");
  const chat = { id, type: "private", first_name: from.first_name };
  const message = { message_id: 1, date: 1_893_456_000, chat, from, text: "oi" };
  const bytes = new TextEncoder().encode(JSON.stringify({ update_id: 1, message }));
  const pieces = ReadableStream.from(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  assertEquals((await desk.app.handler(post(pieces, "s"))).status, 200);
  await desk.settled();
  assertStringIncludes(desk.channel.messages[0]?.text ?? "", "Conceição 🥖");
});
