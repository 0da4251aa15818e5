import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readPrivacyAction, writePrivacyAction } from "../../src/buttons/privacy.ts";
import { DAY_MS } from "../../src/time/duration.ts";
import { dataOf } from "../support/data_file.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { asks, asksToErase, erases, presses, tracesOf } from "../support/erasing.ts";
import { refusal } from "../support/refusal.ts";
import type { SimulatedMessage } from "../../playground/telegram/telegram.ts";

Deno.test("/privacy says what is kept for how long, in the language of who asks", async () => {
  await using desk = await TestDesk.open({
    settings: { keep: 180 },
    env: { RETENTION_DAYS: "60" },
  });
  const cases = [
    ["/privacidade", "pt-br", ["nome", "sobrenome", "ID", "60 dias", "180 dias"]],
    ["/privacy", "en", ["first name", "last name", "ID", "60 days", "180 days"]],
    ["/privacy", "es", ["nombre", "apellido", "ID", "60 días", "180 días"]],
  ] as const;
  for (const [command, languageCode, words] of cases) {
    const maria = desk.customer("Maria", { languageCode });
    const { text, reply_markup } = await asks(desk, maria, command);
    for (const word of words) assertStringIncludes(text!, word);
    assertEquals(reply_markup?.inline_keyboard.flat().length, 2);
    assertEquals(desk.channel.messages, [], "who only asks is no customer yet");
    assertEquals((await tracesOf(desk.kv, maria)).filter((line) => /conversation/.test(line)), []);
  }
  await using other = await TestDesk.open({ settings: { keep: "off" } });
  const joao = other.customer("João");
  const { text } = await asks(other, joao, "/privacy");
  assertStringIncludes(text!, "Até você apagar.\n");
});

for (const command of ["/privacidade", "/ajuda", "/terms"]) {
  Deno.test(`${command}: the answer to somebody who blocks the bot and is no customer is kept no longer`, async () => {
    await using desk = await TestDesk.open();
    const maria = desk.customer("Maria");
    desk.telegram.faults.next("sendMessage", { kind: "502" });
    maria.sends(desk.chatOf(maria), command);
    maria.blocks(desk.bot);
    await desk.settled();
    await desk.passes(5000);
    const owed = async () =>
      (await tracesOf(desk.kv, maria)).filter((line) => /job|failed/.test(line));
    assertEquals(await owed(), []);
    maria.unblocks(desk.bot);
    await desk.passes(DAY_MS);
    assertEquals(textsOf(desk.toldTo(maria)), []);
    await asks(desk, maria, command);
    assertEquals(desk.toldTo(maria).length, 1);
  });
}

Deno.test("a customer gets a file with everything the database holds of them", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria", { lastName: "Silva" });
  maria.starts(desk.bot, "instagram");
  const first = maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "bom dia, Maria!");
  desk.ana.comments(desk.cardOf(maria), "/assign");
  desk.bia.comments(desk.cardOf(maria), "/p 3");
  await desk.settled();
  desk.telegram.faults.next(
    "copyMessage",
    refusal("Bad Request: wrong file identifier/HTTP URL specified"),
    2,
  );
  maria.sends(desk.chatOf(maria), "isto não vai");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "502" }, 1, "sendMessage");
  maria.sends(desk.chatOf(maria), "isto espera", {
    forwardedFrom: { type: "hidden_user", date: 1, sender_user_name: "Tia" },
  });
  await desk.settled();
  desk.telegram.faults.clear();
  const told = desk.toldTo(maria).at(-1);
  desk.telegram.faults.rate({ kind: "502" }, 1, ({ payload }) => payload.chat_id === desk.group.id);
  const { message, text, data } = await dataOf(desk, maria);
  desk.telegram.faults.clear();
  assert(told);
  assertEquals(message.caption, "Tudo o que nosso banco de dados tem sobre você.");
  assertEquals(data.person.data, { id: maria.id, first_name: "Maria", last_name: "Silva" });
  const { conversation, links, posts, failed, waiting, team } = data;
  assertEquals(
    [conversation.data.status, conversation.data.priority, conversation.data.source],
    ["open", 3, "instagram"],
  );
  assertEquals(conversation.data.is_assigned, true);
  assertEquals(conversation.data.since.slice(0, 4), String(new Date().getFullYear()));
  assertEquals(posts.data.posts, [desk.cardOf(maria).message_id]);
  const link = links.data.find((each: { message: number }) => each.message === first.message_id);
  assertEquals([link.written_by, link.kind], ["you", "text"]);
  assertEquals(
    links.data.some(({ written_by }: { written_by: string }) => written_by === "team"),
    true,
  );
  assertEquals(failed.data.length, 1);
  assertStringIncludes(failed.data[0].last_error, "wrong file identifier");
  assertStringIncludes(JSON.stringify(waiting.data), "isto espera");
  assertEquals(team.data.is_of_team, false);
  // Everything is explained, and who of the team it was is not told.
  for (const part of Object.values(data)) {
    const { about } = part as { about?: string };
    assert(typeof part === "string" || (about && about.length > 20), JSON.stringify(part));
  }
  for (const agent of [desk.ana, desk.bia]) {
    assertEquals(text.includes(String(agent.id)), false);
    assertEquals(text.includes(agent.info.first_name), false);
  }
});

Deno.test("every kind of record that names a customer is in their file", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria", { lastName: "Silva" });
  maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "bom dia!");
  await desk.settled();
  maria.reacts(desk.toldTo(maria).at(-1) as SimulatedMessage, "👍");
  maria.sends(desk.chatOf(maria), "/start");
  await desk.settled();
  await desk.passes(100 * DAY_MS);
  const { data } = await dataOf(desk, maria);
  assertEquals(data.marks.data.reactions.length, 1);
  assert(data.marks.data.notes.length > 0);
  const kinds = new Set<string>();
  for await (const { key } of desk.kv.list({ prefix: [desk.bot.id] })) {
    if (key[3] === maria.id) kinds.add(String(key[1]));
  }
  assertEquals([...kinds].sort(), [
    "conversation",
    "every-post",
    "every-root",
    "link",
    "membership",
    "named",
    "note",
    "reactor",
    "root",
  ]);
});

Deno.test("whoever nothing is kept of is told so, and sees it", async () => {
  await using desk = await TestDesk.open();
  const eva = desk.customer("Eva", { languageCode: "en" });
  const told = await asks(desk, eva, "/privacy");
  await presses(desk, eva, told, "Erase");
  assertStringIncludes(desk.toldTo(eva).at(-1)!.text!, "Nothing is kept of you");
  const { data } = await dataOf(desk, eva, "My data");
  assertEquals([data.conversation.data, data.links.data], [null, []]);
  assertStringIncludes(data.about, "Everything that this bot's database holds of you.");
});

Deno.test("an agent is not told that nothing is kept of them", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "bom dia!");
  await desk.settled();
  await asks(desk, desk.bia, "/notify off");
  for (const [who, firstName] of [[desk.ana, "Ana"], [desk.bia, null]] as const) {
    await presses(desk, who, await asks(desk, who, "/privacidade"), "Apagar");
    assertStringIncludes(desk.toldTo(who).at(-1)!.text!, "Como cliente, nada está guardado");
    const { data } = await dataOf(desk, who);
    assertEquals(data.team.data.first_name, firstName);
  }
});

Deno.test("a banned customer may see and erase what is kept", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  desk.ana.comments(desk.cardOf(maria), "/ban");
  await desk.settled();
  await presses(desk, desk.ana, desk.threadOf(maria).at(-1)!, "Banir");
  assertEquals((await dataOf(desk, maria)).data.conversation.data.status, "banned");
  await erases(desk, maria);
  assertEquals(await tracesOf(desk.kv, maria), []);
  const { data } = await dataOf(desk, maria);
  assertEquals(data.conversation.data, null);
  assertEquals(data.marks.data.erasure, { is_banned: true, was_told: false });
});

Deno.test("who does not confirm loses nothing", async () => {
  await using desk = await TestDesk.open();
  const maria = await desk.hearsFrom("Maria");
  const question = await asksToErase(desk, maria);
  assertStringIncludes(question.text!, "Apagar o que está guardado sobre você?");
  await presses(desk, maria, question, "Cancelar");
  const answer = desk.chatOf(maria).message(question.message_id)!;
  assertEquals([answer.text, answer.reply_markup], ["Nada foi apagado.", undefined]);
  maria.sends(desk.chatOf(maria), "ainda estou aqui");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "ainda estou aqui"]);
});

Deno.test("nobody can see or erase another's data, whatever they forge", async () => {
  await using desk = await TestDesk.open({ settings: { panel: true } });
  const [maria, eva] = [desk.customer("Maria"), desk.customer("Eva")];
  for (const customer of [maria, eva]) {
    customer.sends(desk.chatOf(customer), "oi");
    await desk.passes(1000);
  }
  const own = await asks(desk, eva, "/privacy");
  const question = await asksToErase(desk, maria);
  const buttons = question.reply_markup!.inline_keyboard.flat() as { callback_data: string }[];
  const before = await tracesOf(desk.kv, maria);
  const panel = desk.threadOf(maria).find(({ reply_markup }) => reply_markup)!;
  const documents = () =>
    desk.telegram.calls.filter(({ method }) => method === "sendDocument").length;
  const forged = [...buttons.map((button) => button.callback_data), "privacy show"];
  for (const data of [...forged, "privacy ask-erase", `privacy erase ${maria.id}`]) {
    // In her own chat, and, as a member of the team, in the group.
    void eva.forges(own as SimulatedMessage, data);
    void desk.ana.forges(panel as SimulatedMessage, data);
  }
  for (let times = 0; times < 3; times++) await desk.passes(1100);
  assertEquals(await tracesOf(desk.kv, maria), before);
  assertEquals(documents(), 1, "her own, of who pressed");
  assertEquals(desk.cardOf(eva).text!.split("\n")[0], "🟦 Eva", "nor her own, unasked");
});

Deno.test("a button carries its action in the 64 bytes Telegram allows, and nothing else is taken for one", () => {
  for (
    const action of [
      { does: "show" },
      { does: "ask-erase" },
      { does: "cancel", sinceMs: 1_999_999_999_999 },
      { does: "erase", sinceMs: 1_999_999_999_999 },
    ] as const
  ) {
    const data = writePrivacyAction(action);
    assert(new TextEncoder().encode(data).length <= 64);
    assertEquals(readPrivacyAction(data), action);
  }
  for (const data of ["privacy", "privacy erase", "privacy show 1", "privacy erase x", "rate 5"]) {
    assertEquals(readPrivacyAction(data), null, data);
  }
});

Deno.test("who blocked the bot before they were a customer is answered once they write", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  desk.telegram.faults.next("sendMessage", { kind: "502" });
  maria.sends(desk.chatOf(maria), "/privacy");
  await desk.settled();
  maria.blocks(desk.bot);
  await desk.passes(5000);
  maria.unblocks(desk.bot);
  maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "bom dia, Maria!");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "bom dia, Maria!");
});
