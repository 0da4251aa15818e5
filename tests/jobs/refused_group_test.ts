/** A group in which Telegram refuses everything for a while: nothing is lost or given up, all of it goes out later. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { alarmsOf } from "../support/alarms.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { refuses } from "../support/troubles.ts";

for (
  const [errorCode, description] of [
    [400, "Bad Request: CHAT_RESTRICTED"],
    [403, "Forbidden: something nobody has seen yet"],
    [400, "Bad Request: not enough rights to send text messages to the chat"],
    [400, "Bad Request: CHAT_WRITE_FORBIDDEN"],
    [400, "Bad Request: CHAT_GUEST_SEND_FORBIDDEN"],
    [400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"],
    [400, "Bad Request: CHANNEL_PRIVATE"],
    [400, "Bad Request: PEER_ID_INVALID"],
    [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
  ] as const
) {
  Deno.test(`the group refuses everything for minutes ("${description}"): one alarm when it begins, one when it is over`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    for (const each of [maria, joao]) each.sends(desk.chatOf(each), "oi");
    await desk.settled();
    refuses(desk, desk.group, errorCode, description);
    for (let minute = 0; minute < 12; minute++) {
      maria.sends(desk.chatOf(maria), minute % 2 ? `${minute}` : { sticker: true });
      joao.sends(desk.chatOf(joao), `${minute}`);
      await desk.settled();
      desk.ana.comments(desk.cardOf(maria), `para Maria ${minute}`);
      await desk.passes(61_000);
      assertEquals(desk.toldTo(maria).at(-1)?.text, `para Maria ${minute}`);
      const health = await desk.app.handler(new Request("https://desk.example/health"));
      assertEquals([minute, health.status], [minute, 503]);
      assertEquals((await health.json()).failed, 0);
      assertEquals(alarmsOf(desk).length, 1);
    }
    desk.telegram.faults.clear();
    await desk.passes(61_000);
    await desk.passes(61_000);
    const [begins, over, ...more] = alarmsOf(desk);
    assertStringIncludes(begins!, description);
    assertStringIncludes(over!, "voltou");
    assertEquals(more, []);
    assertEquals(textsOf(desk.threadOf(joao)).length, 13);
    assertEquals(
      textsOf(desk.threadOf(maria)).filter((text) => /^\d+$|^\[sticker\]$/.test(text)).length,
      12,
    );
    assertEquals(desk.threadOf(maria).filter(({ text }) => text?.startsWith("🫥")), []);
    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals(health.status, 200);
    await health.body?.cancel();
  });
}

/** The words of a refusal as Telegram puts them for one method. */
function inWordsOf(method: string, words: string): string {
  return `Bad Request: ${
    method === "sendMediaGroup"
      ? `failed to send message #1 with the error message "${words}"`
      : words
  }`;
}

for (const words of ["CHAT_RESTRICTED", "CHAT_GUEST_SEND_FORBIDDEN", "NOBODY_HAS_SEEN_IT_YET"]) {
  Deno.test(`the group refuses everything for minutes ("${words}"): albums stay whole, and edits are shown`, async () => {
    await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "200" } });
    desk.boss.starts(desk.bot);
    const maria = desk.customer("Maria");
    const theirs = maria.sends(desk.chatOf(maria), "três pães");
    await desk.settled();
    for (const method of ["sendMediaGroup", "editMessageText", "other"]) {
      desk.telegram.faults.rate(
        { kind: "error", errorCode: 400, description: inWordsOf(method, words) },
        1,
        (call) =>
          Number(call.payload.chat_id) === desk.group.id && !call.method.startsWith("get") &&
          (call.method === method || method === "other"),
      );
    }
    maria.edits(theirs, "quatro pães");
    maria.sendsAlbum(desk.chatOf(maria), [{ photo: true, caption: "assim" }, { photo: true }]);
    for (let minute = 0; minute < 5; minute++) await desk.passes(61_000);
    assertEquals(alarmsOf(desk).length, 1);
    desk.telegram.faults.clear();
    for (let minute = 0; minute < 3; minute++) await desk.passes(61_000);
    const shown = desk.threadOf(maria);
    assertEquals(shown.some(({ text }) => text?.includes("quatro pães")), true);
    const album = shown.filter(({ photo }) => photo !== undefined);
    assertEquals(new Set(album.map(({ media_group_id: id }) => id ?? "none")).size, 1);
    assertEquals([album.length, album[0]?.media_group_id !== undefined], [2, true]);
    assertEquals(textsOf(desk.toldTo(maria)).slice(1), []);
    assertEquals((await desk.health()).failed, 0);
    assertEquals(alarmsOf(desk).length, 2);
  });
}

Deno.test("what was refused once is not given up because the group is out of reach when it is tried again", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const description = "Bad Request: CHAT_RESTRICTED";
  desk.telegram.faults.next("copyMessage", refusal(description));
  desk.telegram.faults.next("copyMessage", { kind: "502" });
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  refuses(desk, desk.group, 403, "Forbidden: bot was kicked from the supergroup chat");
  await desk.passes(10_000);
  desk.telegram.faults.clear();
  await desk.minutesPass(2);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um"]);
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), []);
  assertEquals((await desk.health()).failed, 0);
});
