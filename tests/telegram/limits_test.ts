import { assertEquals } from "@std/assert";
import { SimulatedClock } from "./clock.ts";
import { customer, scene } from "./scene.ts";

/** A scene with limits, and a way to send as much as they allow. */
function limitedScene() {
  const clock = new SimulatedClock(1_790_000_000_000);
  const all = scene({ clock, limits: "telegram" });
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

Deno.test("reactions, deletions and questions cost nothing", async () => {
  const { telegram, group, call, sendUntilRefused } = limitedScene();
  await sendUntilRefused(group.id, 1000);
  const { message_id } = group.messages.at(-1)!;
  assertEquals((await call("setMessageReaction", { chat_id: group.id, message_id })).ok, true);
  assertEquals((await call("deleteMessage", { chat_id: group.id, message_id })).ok, true);
  assertEquals((await call("getChat", { chat_id: group.id })).ok, true);
  await telegram.close();
});
