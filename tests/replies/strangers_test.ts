/** Strangers by the thousand, beside a Telegram that does not answer them. */
import { assert, assertEquals } from "@std/assert";
import { writeSetupAction } from "../../src/buttons/setup.ts";
import { MOST_AT_ONCE } from "../../src/jobs/courtesies.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";
import { until } from "../support/program.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

/** Calls of a method that Telegram has not answered. */
const underWay = (desk: TestDesk, method: string) =>
  desk.telegram.calls.filter((call) => call.method === method && !call.response).length;

/** Opens a desk with one canned reply, which Ana has been offered. */
async function openDesk(options: DeskOptions = {}): Promise<TestDesk> {
  const desk = await TestDesk.open(options);
  desk.boss.sends(desk.group, "/addreply Prazo\n3 dias");
  await desk.settled();
  assertEquals(await offered(desk, desk.ana), ["Prazo"]);
  return desk;
}

/** What somebody is offered, who waits for nobody else. */
async function offered(desk: TestDesk, who: SimulatedUser): Promise<string[]> {
  const results = await who.queries(desk.bot, "");
  return results.map((result) => "title" in result ? result.title ?? "" : "");
}

const strangersOf = (desk: TestDesk, count: number) =>
  Array.from({ length: count }, (_, number) => desk.customer(`Stranger ${number}`));

/** A new customer's message is read by the team. */
async function isReached(desk: TestDesk, firstName: string): Promise<void> {
  const customer = desk.customer(firstName);
  customer.sends(desk.chatOf(customer), `sou ${firstName}`);
  await until(
    `${firstName} reaches the team`,
    () => textsOf(desk.group.messages).includes(`sou ${firstName}`),
  );
}

for (const transport of ["direct", "polling"] as const) {
  Deno.test(`3,000 strangers' queries take few calls, and customers go on (${transport})`, async () => {
    await using desk = await openDesk({ transport });
    const strangers = strangersOf(desk, 3000);
    const ids = new Set(strangers.map(({ id }) => id));
    desk.telegram.faults.rate(
      { kind: "hang" },
      1,
      ({ method, payload }) => method === "getChatMember" && ids.has(payload.user_id as number),
    );
    for (const stranger of strangers) void stranger.queries(desk.bot, "oi");
    await isReached(desk, "Maria");
    await until("they are asked about", () => underWay(desk, "getChatMember") === MOST_AT_ONCE);
    assertEquals(await offered(desk, desk.ana), ["Prazo"]);
    await isReached(desk, "Paulo");
    assertEquals(underWay(desk, "getChatMember"), MOST_AT_ONCE);
  });
}

Deno.test("strangers' answers that hang keep nobody of the team from theirs", async () => {
  await using desk = await openDesk({ transport: "polling" });
  const strangers = strangersOf(desk, 3 * MOST_AT_ONCE);
  for (const stranger of strangers) assertEquals(await offered(desk, stranger), ["Fale conosco"]);
  const asked = desk.telegram.calls.filter(({ method }) => method === "getChatMember").length;
  desk.telegram.faults.rate(
    { kind: "hang" },
    1,
    ({ method, payload }) => method === "answerInlineQuery" && payload.button !== undefined,
  );
  for (const stranger of strangers) void stranger.queries(desk.bot, "de novo");
  await until("some hang", () => underWay(desk, "answerInlineQuery") === MOST_AT_ONCE);
  assertEquals(await offered(desk, desk.ana), ["Prazo"]);
  await until("hers is done", () => underWay(desk, "answerInlineQuery") === MOST_AT_ONCE);
  const now = desk.telegram.calls.filter(({ method }) => method === "getChatMember").length;
  assertEquals(now, asked, "who is known to be a stranger is asked about again");
});

Deno.test("who types on is answered the last, once, and everybody when Telegram answers again", async () => {
  await using desk = await openDesk();
  const strangers = strangersOf(desk, 2 * MOST_AT_ONCE);
  desk.telegram.faults.next("getChatMember", { kind: "hang", ms: 300 }, MOST_AT_ONCE);
  for (const stranger of strangers.slice(0, MOST_AT_ONCE)) void stranger.queries(desk.bot, "a");
  await until("no call is free", () => underWay(desk, "getChatMember") === MOST_AT_ONCE);
  const others = strangers.slice(MOST_AT_ONCE);
  for (const query of ["a", "ab"]) {
    for (const stranger of others) void stranger.queries(desk.bot, query);
  }
  const last = await Promise.all(others.map((stranger) => stranger.queries(desk.bot, "abc")));
  assert(last.every((results) => results.length === 1));
  const answers = desk.telegram.calls.filter(({ method, response }) =>
    method === "answerInlineQuery" && response
  );
  // Ana's was one, and those whose membership could not be told got theirs, which is empty.
  assert(answers.length <= 1 + strangers.length, `${answers.length} answers`);
});

Deno.test("strangers' presses on what sets the bot up take few calls, and customers go on", async () => {
  await using desk = await openDesk();
  const strangers = strangersOf(desk, 4 * MOST_AT_ONCE);
  for (const stranger of strangers) stranger.sends(desk.chatOf(stranger), "/privacy");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "hang" }, 1, "answerCallbackQuery");
  for (const stranger of strangers) {
    const message = desk.toldTo(stranger).find(({ reply_markup }) => reply_markup)!;
    void stranger.forges(message, writeSetupAction({ does: "check" }));
    void stranger.forges(message, writeSetupAction({ does: "walk" }));
  }
  await until("some hang", () => underWay(desk, "answerCallbackQuery") === MOST_AT_ONCE);
  await isReached(desk, "Maria");
  assertEquals(underWay(desk, "answerCallbackQuery"), MOST_AT_ONCE);
});
