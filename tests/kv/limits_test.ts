import { assert, assertEquals, assertLess } from "@std/assert";
import { idOf, problemOf, type Reply } from "../../src/replies/reply.ts";
import { readSetting } from "../../src/settings/reading.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { asksToErase, openAnswered, presses } from "../support/erasing.ts";
import { COMMIT_LIMITS, measuringKv } from "../support/kv_doubles.ts";
import { openTalk } from "../support/talk.ts";
import { upTo } from "../support/numbers.ts";
import { refusal } from "../support/refusal.ts";

/** A database takes whatever is written, alone or joined, whatever a desk has grown to. */
function assertTaken(most: ReturnType<typeof measuringKv>["most"]): void {
  assert(most.checks <= COMMIT_LIMITS.checks);
  assert(most.mutations <= COMMIT_LIMITS.mutations);
  assert(most.bytes <= COMMIT_LIMITS.bytes);
}

for (const size of [97, 300]) {
  Deno.test(`a team of ${size} is told that somebody waits, and commands are obeyed meanwhile`, async () => {
    const { wrap: wrapKv, most } = measuringKv();
    await using desk = await TestDesk.open({ wrapKv, settings: { notify: true, panel: false } });
    const team = upTo(size).map((n) => desk.customer(`Agente ${n}`));
    for (const agent of team) desk.telegram.addMember(desk.channel, agent);
    const store = desk.anotherStore();
    const agents = team.map(({ id: userId, info }) => ({ userId, name: info.first_name }));
    for (const agent of agents) await store.record(desk.channel.id, () => ({ agents: [agent] }));

    const maria = desk.customer("Maria");
    const chat = desk.chatOf(maria);
    maria.sends(chat, "um");
    maria.sends(chat, "dois");
    while (!desk.channel.messages.some(({ text }) => text?.includes(`ID ${maria.id}`))) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { calls } = desk.telegram;
    const tellings = () =>
      new Set(
        calls.filter(({ payload: { chat_id, text } }) =>
          team.some(({ id }) => id === chat_id) && String(text).includes("Maria")
        ).map(({ payload }) => payload.chat_id),
      ).size;
    let toldBefore = 0;
    desk.telegram.faults.rate({ kind: "delay", ms: 0 }, 1, ({ method }) => {
      if (method === "deleteMessage") toldBefore = tellings();
      return false;
    });
    while (tellings() < 5) await new Promise((resolve) => setTimeout(resolve, 1));
    desk.ana.comments(desk.cardOf(maria), "/assign");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)).slice(0, 2), ["um", "dois"]);
    assertEquals(tellings(), size);
    assertLess(toldBefore, size);
    assertTaken(most);
  });
}

Deno.test("who has an answer before the whole team is told waits no more, and no more are told", async () => {
  await using desk = await TestDesk.open({ settings: { notify: true, panel: false } });
  const store = desk.anotherStore();
  for (const n of upTo(60)) {
    await store.record(desk.channel.id, () => ({ agents: [{ userId: 5000 + n, name: "A" }] }));
  }
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  const asked = () =>
    desk.telegram.calls.filter(({ payload: { user_id } }) =>
      Number(user_id) >= 5000 && Number(user_id) < 5060
    );
  while (asked().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  desk.ana.comments(desk.cardOf(maria), "bom dia!");
  await desk.settled();
  assertLess(asked().length, 50);
});

Deno.test("whoever is known at more desks than a commit takes is erased at all of them", async () => {
  const { wrap: wrapKv, most } = measuringKv();
  const { desk, maria } = await openAnswered({ wrapKv });
  await using _ = desk;
  const desks = upTo(120).map((n) => -1_009_000_000_000 - n);
  const store = desk.anotherStore();
  const customer = { id: maria.id, firstName: "Maria" };
  for (const deskId of desks) {
    await store.record(deskId, () => ({
      conversations: [{ customer, sinceMs: 0, status: "closed", priority: 1 }],
    }));
  }
  await presses(desk, maria, await asksToErase(desk, maria), "Sim, apagar");
  for (let times = 0; times < 5; times++) await desk.passes(1100);
  for (const deskId of [...desks, desk.channel.id]) {
    assertEquals(await store.reader(deskId).conversation(maria.id), null);
  }
  assertTaken(most);
});

Deno.test("a customer of a thousand cards, messages and marks is erased, and every card effaced", async () => {
  const { wrap: wrapKv, most } = measuringKv();
  const { desk, maria, card } = await openAnswered({ wrapKv });
  await using _ = desk;
  const store = desk.anotherStore();
  const deskId = desk.channel.id;
  const customerId = maria.id;
  for (const hundred of upTo(10)) {
    await store.record(deskId, () => ({
      sideRoots: upTo(100).map((n) => {
        const id = 10_000 + hundred * 100 + n;
        return { customerId, at: { chatId: desk.group.id, messageId: id, postId: id } };
      }),
      links: upTo(100).map((n) => {
        const messageId = 20_000 + hundred * 100 + n;
        const here = { chatId: customerId, messageId };
        const also = upTo(9).map((more) => 1_000_000 + messageId * 10 + more);
        return { here, there: { chatId: desk.group.id, messageId }, also };
      }),
      notes: upTo(100).map((n) => ({ chatId: customerId, messageId: 30_000 + hundred * 100 + n })),
    }));
  }
  most.mutations = most.checks = most.bytes = 0;
  await presses(desk, maria, await asksToErase(desk, maria), "Sim, apagar");
  for (let times = 0; times < 5; times++) await desk.passes(1100);
  assertEquals(await store.reader(deskId).conversation(customerId), null);
  const effaced = new Set(
    desk.telegram.calls.filter(({ method }) => method === "editMessageText")
      .map(({ payload }) => payload.message_id),
  );
  assert(effaced.has(card.message_id));
  for (const n of upTo(1000)) assert(effaced.has(10_000 + n), `post ${n}`);
  const left = await Array.fromAsync(desk.kv.list({ prefix: [] }));
  assertEquals(left.filter(({ key }) => key.includes(customerId) && key[1] !== "lease"), []);
  assertTaken(most);
});

Deno.test("what comes as one album but is longer than any goes through, whole", async () => {
  const { wrap: wrapKv, most } = measuringKv();
  const { desk, maria } = await openTalk({ wrapKv });
  await using _ = desk;
  const captions = upTo(35).map((n) => `${n} ${"ção ".repeat(250)}`.trim());
  for (const caption of captions) {
    maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "álbum" });
  }
  await desk.settled();
  await desk.passes(2000);
  assertEquals(textsOf(desk.threadOf(maria)).slice(-captions.length), captions);
  assertTaken(most);
});

Deno.test("the longest settings that are understood fit into their record", async () => {
  const { wrap: wrapKv, most } = measuringKv();
  await using desk = await TestDesk.open({ wrapKv });
  const says = async (text: string) => {
    desk.boss.sends(desk.group, text);
    await desk.settled();
    return desk.group.messages.at(-1)!.text!;
  };
  const shifts = upTo(12).flatMap((
    n,
  ) => [`${8 + n}:00h-${8 + n}:20h`, `${8 + n}:30h-${8 + n}:50h`]);
  assert((await says(`/set hours daily ${shifts.join(", ")}`)).includes("19:50"));
  const more = [...shifts, "23:10h-23:20h"];
  assert((await says(`/set hours daily ${more.join(", ")}`)).includes("24 horários por dia"));
  const dates = upTo(200).map((n) => new Date(Date.UTC(2031, 0, 1 + n)).toISOString().slice(0, 10));
  const holidays = readSetting("holidays", {
    text: dates.map((date) => `${date} ${"🎄".repeat(40)}`).join("; "),
    entities: [],
  });
  assert(holidays.kind === "setting");
  const store = desk.anotherStore();
  const read = store.reader(desk.channel.id);
  const settings = { ...await read.settings(), ...holidays.settings };
  await store.record(desk.channel.id, () => ({ settings }));
  assertEquals((await store.reader(desk.channel.id).settings()).holidays!.length, 200);
  // Words of a desk's own stand in a record each.
  const words = "ã🎄".repeat(1300);
  await says(`/set welcome ${words}`);
  const customer = await desk.hearsFrom("Maria");
  assertEquals(textsOf(desk.toldTo(customer))[0], words);
  assertTaken(most);
});

Deno.test("the longest replies there may be are brought in together", async () => {
  const { wrap: wrapKv, most } = measuringKv();
  await using desk = await TestDesk.open({ wrapKv });
  const replies = upTo(25).map((n): Reply => ({
    title: `${n} ${"é".repeat(60)}`.slice(0, 64),
    content: {
      kind: "text",
      words: {
        text: "語".repeat(4096),
        entities: upTo(500).map((at) => ({
          type: "custom_emoji",
          offset: at * 8,
          length: 2,
          custom_emoji_id: "5368324170671202286",
        })),
      },
    },
  }));
  assertEquals(replies.map(problemOf), replies.map(() => null));
  const shelf = desk.anotherStore().replies;
  assertEquals(await shelf.import(desk.channel.id, replies), { added: 25, updated: 0 });
  for (const { title } of replies) assert(await shelf.get(desk.channel.id, idOf(title)));
  assertLess(most.bytes, COMMIT_LIMITS.bytes);
});

Deno.test("what goes wrong may be said at any length, and is tried again all the same", async () => {
  const { wrap: wrapKv, most } = measuringKv();
  const { desk, maria } = await openTalk({ wrapKv });
  await using _ = desk;
  const description = `Internal Server Error: ${"é".repeat(200_000)}`;
  desk.telegram.faults.next("copyMessage", refusal(description, 500));
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  await desk.passes(2000);
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "um");
  assertLess(most.bytes, 10_000);
});
