/** A no of Telegram's that may be wrong: that it does not know somebody who may be of the team. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import type { Fault } from "../../playground/telegram/faults.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { openTwoDesks } from "../support/two_desks.ts";

const DOUBTFUL = [
  "Bad Request: PARTICIPANT_ID_INVALID",
  "Bad Request: USER_ID_INVALID",
  "Bad Request: user not found",
  "Bad Request: member not found",
];

/** A desk where Maria waits for an answer, and it is not known yet who is of the team. */
async function openDesk() {
  const desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = await desk.hearsFrom("Maria");
  return { desk, maria };
}

function doubts(desk: TestDesk, user: SimulatedUser, description: string, times: number): void {
  desk.telegram.faults.next(
    ({ method, payload }) => method === "getChatMember" && Number(payload.user_id) === user.id,
    refusal(description),
    times,
  );
}

function answersTo(desk: TestDesk, { message_id: id }: SimulatedMessage): string[] {
  return textsOf(
    desk.group.messages.filter(({ from, reply_to_message: answered }) =>
      from?.id === desk.bot.id && answered?.message_id === id
    ),
  );
}

for (const description of DOUBTFUL) {
  for (const times of [1, 2]) {
    Deno.test(`a member's comment, ${times} times "${description}": it is asked again, and arrives in order`, async () => {
      const { desk, maria } = await openDesk();
      await using _ = desk;
      doubts(desk, desk.ana, description, times);
      const card = desk.cardOf(maria);
      desk.ana.comments(card, "um");
      desk.ana.comments(card, { sticker: true });
      await desk.settled();
      desk.ana.comments(card, "dois");
      await desk.passes(6000);
      if (times > 1) await desk.passes(61_000);
      assertEquals(textsOf(desk.toldTo(maria)).slice(-3), ["um", "[sticker]", "dois"]);
      assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "[sticker]", "dois"]);
    });
  }

  Deno.test(`a comment to which "${description}" stays the answer is not relayed, and the thread says why`, async () => {
    const { desk, maria } = await openDesk();
    await using _ = desk;
    doubts(desk, desk.ana, description, 3);
    const comment = desk.ana.comments(desk.cardOf(maria), "um");
    await desk.settled();
    await desk.passes(6000);
    await desk.passes(61_000);
    assertEquals(textsOf(desk.toldTo(maria)).includes("um"), false);
    const [said, ...more] = answersTo(desk, comment);
    assertStringIncludes(said!, "não confirma que quem escreveu é da equipe");
    assertEquals(more, []);
    // It is not believed for longer than that.
    desk.ana.comments(desk.cardOf(maria), "dois");
    await desk.settled();
    assertEquals(desk.toldTo(maria).at(-1)?.text, "dois");
    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals([health.status, (await health.json()).failed], [200, 1]);
  });

  Deno.test(`a member's command, once "${description}": it is obeyed a little later`, async () => {
    const { desk, maria } = await openDesk();
    await using _ = desk;
    doubts(desk, desk.ana, description, 1);
    desk.ana.comments(desk.cardOf(maria), "/close");
    await desk.settled();
    await desk.passes(6000);
    assertEquals(textsOf(desk.toldTo(maria)).some((text) => text.includes("encerrado")), true);
  });

  Deno.test(`a newcomer of whom "${description}" is said is a customer`, async () => {
    const { desk } = await openDesk();
    await using _ = desk;
    const rita = desk.customer("Rita");
    doubts(desk, rita, description, 20);
    rita.sends(desk.chatOf(rita), "tem bolo?");
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(rita)), ["tem bolo?"]);
  });

  Deno.test(`a colleague who writes in private is none, also when "${description}" is said`, async () => {
    const { desk, maria } = await openDesk();
    await using _ = desk;
    desk.ana.comments(desk.cardOf(maria), "bom dia");
    await desk.settled();
    await desk.passes(6 * MINUTE_MS);
    doubts(desk, desk.ana, description, 20);
    const cards = desk.channel.messages.length;
    desk.ana.sends(desk.ana.chatWith(desk.bot), "oi");
    await desk.settled();
    assertEquals(desk.channel.messages.length, cards);
    assertStringIncludes(desk.toldTo(desk.ana).at(-1)!.text!, "Você é da equipe");
  });
}

/** What keeps a comment from going once it is clear who wrote it, for longer than that is believed. */
const HELD_UP: Record<string, Fault> = {
  "has to wait": { kind: "429", retryAfterS: 400 },
  fails: { kind: "502" },
};

for (const [how, fault] of Object.entries(HELD_UP)) {
  Deno.test(`a comment that ${how} is asked about afterwards as if for the first time: only doubts in a row count`, async () => {
    const { desk, maria } = await openDesk();
    await using _ = desk;
    doubts(desk, desk.ana, DOUBTFUL[0]!, 2);
    desk.telegram.faults.rate(
      fault,
      1,
      ({ method, payload }) => method === "copyMessage" && Number(payload.chat_id) === maria.id,
    );
    desk.ana.comments(desk.cardOf(maria), { sticker: true });
    await desk.settled();
    for (let minutes = 0; minutes < 9; minutes++) await desk.passes(MINUTE_MS);
    desk.telegram.faults.clear();
    doubts(desk, desk.ana, DOUBTFUL[0]!, 2);
    for (let minutes = 0; minutes < 15; minutes++) await desk.passes(MINUTE_MS);
    assertEquals(textsOf(desk.toldTo(maria)).at(-1), "[sticker]");
    assertEquals(await desk.anotherStore().failed.list(desk.channel.id), []);
  });
}

Deno.test("a stranger's comments under a card hold nobody up for long, and reach nobody", async () => {
  const { desk, maria } = await openDesk();
  await using _ = desk;
  const eve = desk.telegram.createUser({ firstName: "Eve" });
  doubts(desk, eve, "Bad Request: PARTICIPANT_ID_INVALID", 100);
  const card = desk.cardOf(maria);
  eve.comments(card, "mande o PIX");
  await desk.settled();
  await desk.passes(6000);
  await desk.passes(61_000);
  for (let n = 0; n < 10; n++) eve.comments(card, `mande o PIX ${n}`);
  desk.ana.comments(card, "um");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um"]);
});

Deno.test("a forward of somebody who cannot be looked up goes without their name", async () => {
  for (
    const [errorCode, description] of [
      [400, "Bad Request: PARTICIPANT_ID_INVALID"],
      [400, "Bad Request: USER_ID_INVALID"],
      [403, "Forbidden: user is deactivated"],
      [403, "Forbidden: something nobody has seen yet"],
      [400, "Bad Request: CHAT_ADMIN_REQUIRED"],
    ] as const
  ) {
    const { desk, maria } = await openDesk();
    await using _ = desk;
    const jose = desk.telegram.createUser({ firstName: "José" });
    desk.telegram.faults.rate(
      refusal(description, errorCode),
      1,
      ({ method, payload }) => method === "getChatMember" && Number(payload.user_id) === jose.id,
    );
    desk.ana.comments(desk.cardOf(maria), "pão de queijo", {
      forwardedFrom: { type: "user", date: 1, sender_user: jose.info },
    });
    await desk.settled();
    assertEquals(desk.toldTo(maria).at(-1)?.text, "pão de queijo", description);
    assertEquals(desk.toldTo(desk.boss).some(({ text }) => text?.includes("parado")), false);
  }
});

Deno.test("a forward goes without a name when that cannot be asked four times, whatever else has failed", async () => {
  for (const [unanswered, shown] of [[3, "↪ José\npão de queijo"], [4, "pão de queijo"]] as const) {
    const { desk, maria } = await openDesk();
    await using _ = desk;
    const jose = desk.telegram.createUser({ firstName: "José" });
    const { faults } = desk.telegram;
    faults.next("sendMessage", { kind: "502" }, 4);
    desk.ana.comments(desk.cardOf(maria), "pão de queijo", {
      forwardedFrom: { type: "user", date: 1, sender_user: jose.info },
    });
    await desk.settled();
    for (let times = 0; times < 3; times++) await desk.passes(10_000);
    faults.next(
      ({ method, payload }) => method === "getChatMember" && Number(payload.user_id) === jose.id,
      { kind: "502" },
      unanswered,
    );
    for (let times = 0; times < 6; times++) await desk.passes(10_000);
    assertEquals(desk.toldTo(maria).at(-1)?.text, shown);
  }
});

/** A desk that sells as well: Caio answers there, Ana is not of it. */
async function openWithSales() {
  const { desk, service, sales, caio, maria, comments } = await openTwoDesks();
  await comments(desk.ana, service, "/transfer vendas");
  // Nobody is remembered from before.
  await desk.passes(10 * MINUTE_MS);
  const forwards = (who: SimulatedUser) =>
    caio.comments(desk.cardOf(maria, sales), "segue", {
      forwardedFrom: { type: "user", date: 1, sender_user: who.info },
    });
  return { desk, service, maria, forwards };
}

Deno.test("customers never learn the name of who serves another desk, though Telegram doubts who that is", async () => {
  for (const description of ["", ...DOUBTFUL.slice(0, 2)]) {
    const { desk, service, maria, forwards } = await openWithSales();
    await using _ = desk;
    if (description !== "") {
      desk.telegram.faults.rate(
        refusal(description),
        1,
        ({ method, payload }) =>
          method === "getChatMember" && Number(payload.user_id) === desk.ana.id &&
          Number(payload.chat_id) === service.channel.id,
      );
    }
    forwards(desk.ana);
    await desk.settled();
    assertEquals(desk.toldTo(maria).at(-1)?.text, "segue", description);
  }
});

Deno.test("another desk is asked as often whose forward it is as one's own", async () => {
  for (const [unanswered, shown] of [[3, "↪ José\nsegue"], [4, "segue"]] as const) {
    const { desk, service, maria, forwards } = await openWithSales();
    await using _ = desk;
    const jose = desk.telegram.createUser({ firstName: "José" });
    desk.telegram.faults.next(
      ({ method, payload }) =>
        method === "getChatMember" && Number(payload.user_id) === jose.id &&
        Number(payload.chat_id) === service.channel.id,
      { kind: "502" },
      unanswered,
    );
    forwards(jose);
    await desk.settled();
    for (let times = 0; times < 4; times++) await desk.passes(5000);
    assertEquals(desk.toldTo(maria).at(-1)?.text, shown);
  }
});

Deno.test("while another desk is not known, nobody is named who may be of its team", async () => {
  const { desk, service, maria, forwards } = await openWithSales();
  await using _ = desk;
  for await (const { key } of desk.kv.list({ prefix: [desk.bot.id, "desk"] })) {
    if (key.includes(service.channel.id)) await desk.kv.delete(key);
  }
  desk.telegram.faults.rate(
    { kind: "502" },
    1,
    ({ method, payload }) => method === "getChat" && Number(payload.chat_id) === service.channel.id,
  );
  await desk.restart();
  forwards(desk.ana);
  await desk.settled();
  for (let times = 0; times < 4; times++) await desk.passes(5000);
  assertEquals(desk.toldTo(maria).at(-1)?.text, "segue");
});
