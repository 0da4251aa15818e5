import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ChatMember, ChatMemberUpdated } from "grammy/types";
import type { Reader } from "../../src/jobs/reader.ts";
import { onJoined } from "../../src/decisions/guard.ts";
import { readJoining } from "../../src/telegram/receiving/facts/joining.ts";
import type { Circumstances } from "../../src/decisions/circumstances.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { open } from "../support/guarded_group.ts";
import { refusal } from "../support/refusal.ts";
import { openTalk } from "../support/talk.ts";
import type { Call, Fault } from "../../playground/telegram/telegram.ts";

Deno.test("who joins is removed at once, and the creator told; comments need no joining", async () => {
  const { desk, maria, says, told, standing } = await open();
  await using _ = desk;
  desk.ana.joins(desk.group);
  await desk.settled();
  assertEquals(standing(desk.ana), "left");
  assertEquals(told().length, 1);
  assertStringIncludes(told()[0]!, `Ana (${desk.ana.id}) entrou no grupo`);
  assertStringIncludes(told()[0]!, `/permitir ${desk.ana.id}`);
  await says(desk.ana, "olá!");
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "olá!");
});

/** Ways into the group. */
const WAYS: [string, (talk: Awaited<ReturnType<typeof open>>) => void][] = [
  ["by a link of the creator's", ({ desk, rui }) => {
    rui.joins(desk.group, desk.boss.invites(desk.group));
  }],
  ["added by the creator's hand", ({ desk, rui }) => desk.boss.adds(desk.group, rui)],
  ["let in by the creator who was asked", ({ desk, rui }) => {
    const link = desk.boss.invites(desk.group, { createsJoinRequest: true });
    assertEquals(rui.joins(desk.group, link), "requested");
    desk.boss.approves(desk.group, rui);
  }],
];

for (const [way, comes] of WAYS) {
  Deno.test(`somebody ${way} is removed, too: being let in takes /allow`, async () => {
    const talk = await open();
    const { desk, rui, told, standing } = talk;
    await using _ = desk;
    comes(talk);
    await desk.settled();
    assertEquals(standing(rui), "left");
    assertEquals(told().length, 1);
  });
}

Deno.test("another bot is removed like anybody", async () => {
  const { desk, told, standing } = await open();
  await using _ = desk;
  const spy = desk.telegram.createBot({ name: "Espião", username: "spy_bot" });
  desk.boss.adds(desk.group, spy);
  await desk.settled();
  assertEquals(standing(spy), "left");
  assertStringIncludes(told()[0]!, "Espião");
});

Deno.test("who is made an administrator of the group cannot be removed, which its creator is told", async () => {
  const { desk, rui, told, standing } = await open();
  await using _ = desk;
  desk.telegram.promote(desk.group, rui, { is_anonymous: true, can_delete_messages: true });
  await desk.settled();
  assertEquals(standing(rui), "administrator");
  assertEquals(told().length, 1);
  assertStringIncludes(told()[0]!, "não pôde ser removido");
  // Who changes places inside has not joined.
  desk.telegram.demote(desk.group, rui);
  await desk.settled();
  assertEquals(told().length, 1);
});

Deno.test("the creator who has left comes back as they like", async () => {
  const user = { id: 7, is_bot: false, first_name: "Beto" };
  const creator: ChatMember = { status: "creator", user, is_anonymous: false };
  const comesBack = { old_chat_member: { status: "left", user }, new_chat_member: creator };
  const joining = readJoining(comesBack as ChatMemberUpdated);
  const nobody = { isAllowed: () => Promise.resolve(false) } as unknown as Reader;
  const desk = { channelId: -1001, groupId: -1002, title: "Atendimento", isPublic: false };
  const circumstances = { desk, botId: 1 } as unknown as Circumstances;
  assertEquals(await onJoined(joining!, nobody, circumstances), {});
});

Deno.test("without the right to remove, the desk goes on; who joined is removed when it is back", async () => {
  const { desk, maria, rui, writes, boss, told, standing, mayRemove } = await open();
  await using _ = desk;
  await mayRemove(false);
  rui.joins(desk.group);
  await desk.settled();
  assertEquals(standing(rui), "member");
  assertStringIncludes(told().at(-1)!, "not enough rights");
  // Neither what customers write nor what is asked in the group waits for it.
  await writes("tem pão?");
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "tem pão?");
  assertStringIncludes(await boss("/settings"), "Ajustes");
  await mayRemove(true);
  assertEquals(standing(rui), "left");
  assertStringIncludes(told().at(-1)!, "foi removido");
});

Deno.test("who joined is removed once the bot may, however long that takes and whoever writes meanwhile", async () => {
  const { desk, rui, writes, told, standing, mayRemove } = await open();
  await using _ = desk;
  await mayRemove(false);
  rui.joins(desk.group);
  await desk.settled();
  for (let minute = 0; minute < 15; minute++) {
    await desk.passes(MINUTE_MS);
    await writes(`tem pão? (${minute})`);
  }
  assertEquals(told().filter((text) => text?.includes("not enough rights")).length, 1);
  const { ok, failed, problems } = await desk.health();
  assertEquals([ok, failed], [false, 0]);
  assertStringIncludes(problems.join("\n"), "Ban users");
  await mayRemove(true);
  for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  assertEquals(standing(rui), "left");
  assertStringIncludes(told().at(-1)!, "foi removido");
});

const isRemoval = ({ method }: Call) => /^(un)?banChatMember$/.test(method);

Deno.test("the creator is told in what words Telegram refuses to remove somebody, whatever else is well", async () => {
  const { desk, rui, writes, told } = await open();
  await using _ = desk;
  const description = "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET";
  desk.telegram.faults.rate(refusal(description), 1, isRemoval);
  rui.joins(desk.group);
  await desk.settled();
  await writes("tem pão?");
  await desk.passes(MINUTE_MS);
  assertEquals(told().length, 1);
  assertStringIncludes(told()[0]!, `Rui (${rui.id})`);
  assertStringIncludes(told()[0]!, description);
});

const FAULTS: Fault[] = [
  { kind: "half done" },
  { kind: "500" },
  { kind: "502" },
  { kind: "lost request" },
  { kind: "lost answer" },
  { kind: "429", retryAfterS: 5 },
];
for (const bansShowLate of [false, true]) {
  for (const fault of FAULTS) {
    const how = fault.kind + (bansShowLate ? ", where bans show late" : "");
    Deno.test(`removed means free again, whatever becomes of the calls: ${how}`, async () => {
      const { desk, maria, says, told, standing } = await open();
      await using _ = desk;
      desk.telegram.unproven.bansShowLate = bansShowLate;
      desk.telegram.faults.next(isRemoval, fault, 2);
      desk.ana.joins(desk.group);
      await desk.settled();
      await desk.restart();
      await desk.passes(10_000);
      await desk.passes(10_000);
      assertEquals(standing(desk.ana), "left");
      await says(desk.ana, "voltei");
      assertEquals(textsOf(desk.toldTo(maria)).at(-1), "voltei");
      assertEquals(told().length, 1);
    });

    Deno.test(`who is let in while they are being removed is not left banned: ${how}`, async () => {
      const { desk, boss, standing } = await open();
      await using _ = desk;
      desk.telegram.unproven.bansShowLate = bansShowLate;
      desk.telegram.faults.next(isRemoval, fault);
      desk.ana.joins(desk.group);
      await desk.settled();
      await boss(`/allow ${desk.ana.id}`);
      await desk.passes(10_000);
      assert(["left", "member"].includes(standing(desk.ana)), standing(desk.ana));
      if (standing(desk.ana) === "left") desk.ana.joins(desk.group);
      await desk.passes(10_000);
      assertEquals(standing(desk.ana), "member");
    });
  }
}

Deno.test("an update that comes twice removes once; the creator who cannot be told is told in the group", async () => {
  const { desk } = await openTalk();
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  rui.joins(desk.group);
  await desk.settled();
  const { update } = desk.telegram.updates.findLast(({ update }) => update.chat_member)!;
  for (const each of desk.telegram.updates) {
    if (each.update.chat_member) desk.telegram.redeliver(each.update.update_id);
  }
  await desk.settled();
  assert(update.update_id > 0);
  assertEquals(desk.telegram.calls.filter(isRemoval).length, 1);
  const lines = textsOf(desk.group.messages).filter((text) => text.includes("entrou no grupo"));
  assertEquals(lines.length, 1);
});
