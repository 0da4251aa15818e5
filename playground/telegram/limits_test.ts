import { assertEquals } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import type { LimitsMode } from "./limits.ts";
import { customer, scene } from "./scene.ts";

/** A scene with limits, and a way to send as much as they allow. */
function limitedScene(limits: LimitsMode = "telegram") {
  const clock = new SimulatedClock(1_790_000_000_000);
  const all = scene({ clock, limits });
  const sendUntilRefused = async (chatId: number, gapMs: number) => {
    for (let sent = 0;; sent++) {
      const { ok, parameters } = await all.call("sendMessage", {
        chat_id: chatId,
        text: `${sent}`,
      });
      if (!ok) return { sent, retryAfterS: parameters?.retry_after };
      clock.advanceTo(clock.now() + gapMs);
    }
  };
  return { ...all, clock, sendUntilRefused };
}

Deno.test("a group takes 20 messages of a bot a minute", async () => {
  const { telegram, clock, group, call, sendUntilRefused } = limitedScene();
  assertEquals(await sendUntilRefused(group.id, 1000), { sent: 20, retryAfterS: 40 });
  clock.advanceTo(clock.now() + 40_000);
  assertEquals((await call("sendMessage", { chat_id: group.id, text: "again" })).ok, true);
  await telegram.close();
});

Deno.test("edits and the items of an album count too", async () => {
  const { telegram, clock, group, call, sendUntilRefused } = limitedScene();
  const { result } = await call("sendMessage", { chat_id: group.id, text: "one" });
  clock.advanceTo(clock.now() + 1000);
  await call("editMessageText", {
    chat_id: group.id,
    message_id: result.message_id,
    text: "two",
  });
  clock.advanceTo(clock.now() + 1000);
  const media = Array.from({ length: 8 }, () => ({ type: "photo", media: "https://a.pt/b.jpg" }));
  assertEquals((await call("sendMediaGroup", { chat_id: group.id, media })).ok, true);
  clock.advanceTo(clock.now() + 1000);
  assertEquals((await sendUntilRefused(group.id, 1000)).sent, 10);
  await telegram.close();
});

Deno.test("a chat takes a message a second after a short burst", async () => {
  const { telegram, bot, sendUntilRefused } = limitedScene();
  const { chat } = customer(telegram, bot);
  assertEquals(await sendUntilRefused(chat.id, 0), { sent: 3, retryAfterS: 1 });
  await telegram.close();
});

Deno.test("all chats together take 30 messages a second", async () => {
  const { telegram, bot, call } = limitedScene();
  const answers: boolean[] = [];
  for (let i = 0; i < 31; i++) {
    const { chat } = customer(telegram, bot, `Eva ${i}`);
    answers.push((await call("sendMessage", { chat_id: chat.id, text: "hello" })).ok);
  }
  assertEquals(answers.indexOf(false), 30);
  await telegram.close();
});

for (const limits of ["telegram", "strict"] as const) {
  const whether = limits === "strict" ? "count too if limits are strict" : "cost nothing";
  Deno.test(`pins, reactions and deletions ${whether}; questions are free`, async () => {
    const { telegram, clock, ana, group, call, sendUntilRefused } = limitedScene(limits);
    const { message_id } = ana.sends(group, "hello");
    const message = { chat_id: group.id, message_id };
    const pass = limits === "telegram";
    for (let changes = 0; changes < 20; changes++) {
      const method = changes % 2 === 0 ? "pinChatMessage" : "unpinChatMessage";
      assertEquals((await call(method, message)).ok, true);
      clock.advanceTo(clock.now() + 1000);
    }
    const refused: (number | undefined)[] = [];
    for (
      const method of ["pinChatMessage", "unpinChatMessage", "setMessageReaction", "deleteMessage"]
    ) {
      const { ok, error_code, parameters } = await call(method, message);
      assertEquals(ok, pass, method);
      refused.push(error_code, parameters?.retry_after);
    }
    assertEquals(refused, pass ? Array(8).fill(undefined) : Array(4).fill([429, 40]).flat());
    assertEquals((await call("getChat", { chat_id: group.id })).ok, true);
    assertEquals((await sendUntilRefused(group.id, 1000)).sent, pass ? 20 : 0);
    await telegram.close();
  });
}

Deno.test("a chat takes 20 actions in five seconds, beside its messages", async () => {
  const { telegram, clock, group, call } = limitedScene();
  const act = () => call("sendChatAction", { chat_id: group.id, action: "typing" });
  for (let i = 0; i < 20; i++) assertEquals((await act()).ok, true);
  assertEquals((await act()).parameters, { retry_after: 5 });
  assertEquals((await call("sendMessage", { chat_id: group.id, text: "hello" })).ok, true);
  clock.advanceTo(clock.now() + 5000);
  assertEquals((await act()).ok, true);
  await telegram.close();
});

Deno.test("a webhook may be set once a second, and be deleted at any time", async () => {
  const { telegram, clock, call } = limitedScene();
  const set = (url: string) => call("setWebhook", { url });
  assertEquals((await set("https://desk.example/a")).ok, true);
  assertEquals((await set("https://desk.example/b")).parameters, { retry_after: 1 });
  assertEquals((await call("deleteWebhook")).ok, true);
  clock.advanceTo(clock.now() + 1000);
  assertEquals((await set("https://desk.example/b")).ok, true);
  await telegram.close();
});
