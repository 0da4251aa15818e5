import { assertEquals, assertStringIncludes } from "@std/assert";
import { openConversation } from "../../src/conversation/conversation.ts";
import { moveAnswersIn, moveConversationsIn } from "../../src/kv/moving_in.ts";
import { sealWith } from "../../src/kv/seal.ts";
import { Store } from "../../src/kv/store.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { countingKv } from "../support/kv_doubles.ts";
import { Folder, runTask } from "../support/operator.ts";

/** Opens a desk's file, for a moment. */
async function entriesOf(path: string): Promise<unknown[]> {
  using kv = await Deno.openKv(path);
  const entries = await Array.fromAsync(kv.list({ prefix: [] }));
  return entries.map(({ key, value, versionstamp }) => [key, value, versionstamp]);
}

/** The older bot's file of users: open, banned, closed, known to the desk, put aside, broken. */
function olderUsers([open, banned, closed, known]: number[]): string {
  const user = (user_id: unknown, name: string, priority: number) =>
    JSON.stringify({ user_id, name, priority, thread_id: 3, channel_thread: 2 });
  return [
    user(open, "Maria Antiga None", 3),
    user({ $numberLong: String(banned) }, "João None", -1),
    user(closed, "Rui", 0),
    user(known, "Another Name", 5),
    user(`-${open}`, "Maria", 1),
    "{broken",
  ].join("\n");
}

/** Moves in: tried before, which writes nothing, and once more afterwards, which changes nothing. */
async function movesIn(path: string, args: string[], env: Record<string, string>) {
  const before = await entriesOf(path);
  const dryRun = await runTask("import", [...args, "--dry-run"], env);
  assertEquals(await entriesOf(path), before, "a dry run writes");
  const moved = await runTask("import", args, env);
  assertEquals([dryRun.code, moved.code], [1, 1]);
  assertEquals(dryRun.said, `${moved.said}This was a dry run: nothing has been written.\n`);
  const after = await entriesOf(path);
  const again = await runTask("import", args, env);
  assertStringIncludes(again.said, "customers moved in: 0 ");
  assertEquals(await entriesOf(path), after, "twice is not once");
  return moved;
}

/** What the first canned reply says that Ana finds for a query. */
async function replyFound(desk: TestDesk, query: string): Promise<string> {
  const asking = desk.ana.queries(desk.bot, query);
  await desk.settled();
  const [result] = await asking as { input_message_content: { message_text: string } }[];
  return result!.input_message_content.message_text;
}

/** The store of who moves in. */
function storeOf(kv: Deno.Kv): Store {
  return new Store(kv, {
    botId: 7,
    owner: "import",
    seal: sealWith("7:token"),
    retentionDays: 90,
    now: () => 0,
  });
}

Deno.test("who came from the older bot is served as a known customer, under a new card", async () => {
  await using folder = await Folder.make();
  const path = `${folder.path}/desk.sqlite3`;
  const [users, answers] = [`${folder.path}/users.json`, `${folder.path}/answers.json`];
  const kv = await Deno.openKv(path);
  {
    await using desk = await TestDesk.open({ kv });
    const customers = ["Maria", "João", "Rui", "Eva"].map((name) => desk.customer(name));
    const [maria, joao, rui, eva] = customers as [typeof desk.ana, ...typeof desk.ana[]];
    eva!.starts(desk.bot, "instagram");
    desk.boss.sends(desk.group, "/addreply Horário\nDas 9 às 18");
    await desk.settled();
    await desk.app.close(0);
    kv.close();

    await Deno.writeTextFile(users, olderUsers(customers.map(({ id }) => id)));
    await Deno.writeTextFile(
      answers,
      JSON.stringify([{ message: "Das 9 às 18" }, { message: "Entregamos, {nome}, em 3 dias" }]),
    );
    // The desk is the one the bot has learned.
    const env = { BOT_TOKEN: desk.bot.token, KV_PATH: path };
    const args = ["--users", users, "--answers", answers];
    const moved = await movesIn(path, args, env);
    const lines = moved.said.trim().split("\n");
    assertStringIncludes(
      lines[0]!,
      "customers moved in: 3 (1 open, 1 closed, 1 banned); known already: 1; repeated, one of " +
        "each counts: 0; put aside by the older bot: 1; bad: 1.",
    );
    assertStringIncludes(lines[1]!, "canned replies moved in: 1; known already: 1; bad: 0.");
    assertStringIncludes(moved.complaints, `${users}: line 6 is not a whole JSON document`);

    const reopened = await Deno.openKv(path);
    await desk.restart(reopened);
    const cardOf = (text: string) =>
      desk.channel.messages.filter((post) => post.text?.includes(text)).map(({ text }) => text);
    assertEquals(cardOf(`ID ${maria.id}`), [], "nobody gets a card before they write");
    for (const customer of [maria, joao!, rui!, eva!]) {
      customer.sends(desk.chatOf(customer), `oi de ${customer.info.first_name}`);
    }
    await desk.settled();
    assertEquals(cardOf(`ID ${maria.id}`), [`🟨 Maria\nID ${maria.id}\n#p3`]);
    assertEquals(textsOf(desk.threadOf(maria)), ["oi de Maria"]);
    assertEquals(desk.toldTo(maria), [], "who is known is not welcomed");
    desk.ana.comments(desk.cardOf(maria), "olá de novo, {nome}");
    await desk.settled();
    assertEquals(textsOf(desk.toldTo(maria)), ["olá de novo, Maria"]);
    const conversation = async (id: number) =>
      (await reopened.get<{ value: { status: string } }>(
        [desk.bot.id, "conversation", desk.channel.id, id],
      )).value!.value;
    assertEquals((await conversation(joao!.id)).status, "banned");
    assertEquals(cardOf(`ID ${eva!.id}`).length, 1, "who was here already keeps card and thread");
    assertStringIncludes(cardOf(`ID ${eva!.id}`)[0]!, "#from_instagram");

    const sent = desk.ana.comments(desk.cardOf(maria), await replyFound(desk, "entregamos"));
    await desk.settled();
    assertEquals(sent.text, "Entregamos, {nome}, em 3 dias");
    assertEquals(textsOf(desk.toldTo(maria)).at(-1), "Entregamos, Maria, em 3 dias");
    await desk.app.close(0);
    reopened.close();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
});

Deno.test("who has erased their data and is banned does not move in again", async () => {
  using kv = await Deno.openKv(":memory:");
  const store = storeOf(kv);
  const erasure = { isBanned: true } as const;
  await store.record(-1001, () => ({ erasures: [{ customerId: 1, erasure }] }));
  const customers = [1, 2].map((id) => openConversation({ id, firstName: "X" }, 0));
  for (const isDryRun of [true, false]) {
    const added = await moveConversationsIn(customers, { store, deskId: -1001, isDryRun });
    assertEquals(added.map(({ customer }) => customer.id), [2]);
  }
});

Deno.test("who is banned, or has just erased their data, does not move in where their desk has gone since", async () => {
  using kv = await Deno.openKv(":memory:");
  const store = storeOf(kv);
  const people = Array.from(
    { length: 120 },
    (_, n) => openConversation({ id: n + 1, firstName: "X" }, 0),
  );
  await store.record(-1001, () => ({
    conversations: [{ ...people[0]!, status: "banned" }, people[3]!],
    erasures: [
      { customerId: 2, erasure: { isBanned: true } },
      { customerId: 3, erasure: { untilMs: 1000 } },
    ],
  }));
  await store.bot.nameDesks(() => [
    { channelId: -1003, name: "loja", formerChannelIds: [-1001, -1002] },
  ]);
  for (const isDryRun of [true, false]) {
    const added = await moveConversationsIn(people, { store, deskId: -1003, isDryRun });
    assertEquals(
      added.map(({ customer }) => customer.id),
      people.slice(3).map((each) => each.customer.id),
    );
  }
});

Deno.test("many move in by few commits; a dry run says the same and commits nothing", async () => {
  using kv = await Deno.openKv(":memory:");
  const { wrap, commits } = countingKv();
  const store = new Store(wrap(kv), {
    botId: 7,
    owner: "import",
    seal: sealWith("7:token"),
    retentionDays: 90,
    now: () => 0,
  });
  const customers = Array.from(
    { length: 230 },
    (_, n) => openConversation({ id: n + 1, firstName: `Customer ${n}` }, 0),
  );
  const answers = ["um", "dois", "um"].map((text, n) => ({ place: `line ${n + 1}`, text }));
  const move = async (isDryRun: boolean) => {
    const movingIn = { store, deskId: -1001, isDryRun };
    const added = await moveConversationsIn(customers, movingIn);
    const { replies, known } = await moveAnswersIn(answers, movingIn);
    return [added.length, replies.length, known];
  };
  assertEquals(await move(true), [230, 2, 1]);
  assertEquals(commits, []);
  assertEquals(await move(false), [230, 2, 1]);
  assertEquals(commits.length, 6 + 2);
  assertEquals(await move(true), [0, 0, 3]);
  assertEquals(await move(false), [0, 0, 3]);
  assertEquals((await Array.fromAsync(kv.list({ prefix: [] }))).length, 230 + 2 + 2);
});
