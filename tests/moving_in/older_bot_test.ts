import { assert, assertEquals } from "@std/assert";
import type { MongoExport } from "../../src/moving_in/mongo_export.ts";
import { readAnswers, readUsers, withTitles } from "../../src/moving_in/older_bot.ts";
import { MAX_REPLIES, problemOf, type Reply } from "../../src/replies/reply.ts";

const NOW_MS = 1_800_000_000_000;

function documents(...fields: Record<string, unknown>[]): MongoExport {
  return fields.map((each, index) => ({ place: `line ${index + 1}`, fields: each }));
}

function userOf(fields: Record<string, unknown>) {
  const { conversations, problems } = readUsers(
    documents({ _id: "65f0", user_id: 7, name: "Ana", priority: 1, ...fields }),
    NOW_MS,
  );
  return { conversation: conversations[0], problem: problems[0]?.reason };
}

Deno.test("nothing is kept of a user but the ID, the names and how the conversation stood", () => {
  const { conversation } = userOf({
    name: "Maria da Silva",
    priority: 3,
    thread_id: 12,
    channel_thread: 11,
    username: "maria",
    phone: "+55",
  });
  assertEquals(conversation, {
    customer: { id: 7, firstName: "Maria", lastName: "da Silva" },
    sinceMs: NOW_MS,
    status: "open",
    priority: 3,
  });
});

const NAMES: [written: unknown, firstName: string, lastName?: string][] = [
  ["Maria Silva", "Maria", "Silva"],
  ["Maria None", "Maria"],
  ["Maria ", "Maria"],
  ["Maria Silva None", "Maria", "Silva"],
  ["Nonelli None", "Nonelli"],
  ["Maria Nonelli", "Maria", "Nonelli"],
  ["Maria None Silva", "Maria", "None Silva"],
  ["Maria none", "Maria", "none"],
  ["  Ana \t Rosa ", "Ana", "Rosa"],
  ["None", ""],
  [" ", ""],
  ["", ""],
  [null, ""],
  [undefined, ""],
  [`${"a".repeat(64)} ${"😀".repeat(64)}`, "a".repeat(64), "😀".repeat(64)],
];
for (const [written, firstName, lastName] of NAMES) {
  Deno.test(`the name ${JSON.stringify(written)?.slice(0, 30)} is read`, () => {
    assertEquals(userOf({ name: written }).conversation?.customer, {
      id: 7,
      firstName,
      ...(lastName === undefined ? {} : { lastName }),
    });
  });
}

Deno.test("priorities become states", () => {
  const states = [-1, 0, 1, 2, 3, 4, 5].map((priority) => {
    const { conversation } = userOf({ priority });
    return `${conversation?.status} ${conversation?.priority}`;
  });
  const open = ["open 1", "open 2", "open 3", "open 4", "open 5"];
  assertEquals(states, ["banned 1", "closed 1", ...open]);
});

Deno.test("IDs are read as numbers or digits", () => {
  assertEquals(userOf({ user_id: "123" }).conversation?.customer.id, 123);
  assertEquals(userOf({ user_id: 2 ** 52 - 1 }).conversation?.customer.id, 2 ** 52 - 1);
});

const BAD_USERS: [name: string, fields: Record<string, unknown>, reason: string][] = [
  ["without an ID", { user_id: undefined }, "has no user_id that is a user's ID"],
  ["with a name for an ID", { user_id: "maria" }, "has no user_id"],
  ["with the ID 0", { user_id: 0 }, "has no user_id"],
  ["with half an ID", { user_id: 1.5 }, "has no user_id"],
  ["with too large an ID", { user_id: 2 ** 52 }, "has no user_id"],
  ["with a name that is a number", { name: 5 }, "has a name that is not text"],
  ["with a name without end", { name: "a".repeat(130) }, "more than 129 characters"],
  ["without a priority", { priority: undefined }, "has no priority from -1 to 5"],
  ["with a priority that is text", { priority: "1" }, "has no priority"],
  ["with a priority of 6", { priority: 6 }, "has no priority"],
  [
    "with nothing right",
    { user_id: {}, priority: 2.5 },
    "a user's ID: is this the export of users",
  ],
];
for (const [name, fields, reason] of BAD_USERS) {
  Deno.test(`a user ${name} is bad`, () => {
    const { conversation, problem } = userOf(fields);
    assertEquals(conversation, undefined);
    assert(problem?.includes(reason), problem);
  });
}

Deno.test("records put aside are skipped, of several of one user the last counts, bad ones are told", () => {
  const user = (user_id: unknown, name: string) => ({ user_id, name, priority: 1 });
  const read = readUsers([
    ...documents(user(1, "Ana"), user(2, "Bia"), user("-1", "Ana"), user(-3, "Eva")),
    { place: "line 5", reason: "is broken" },
    ...documents(user(1, "Ana Maria"), user("x", "Zé")),
  ], NOW_MS);
  assertEquals(read.conversations.map(({ customer: { id, lastName } }) => [id, lastName]), [
    [2, undefined],
    [1, "Maria"],
  ]);
  assertEquals([read.leftOut, read.repeated], [2, 1]);
  assertEquals(read.problems.map(({ place }) => place), ["line 5", "line 2"]);
});

Deno.test("answers are read as they are, and bad ones told", () => {
  const texts = [" *Olá* {nome}\n\n", "x".repeat(4096)];
  const bad: unknown[] = ["x".repeat(4097), "", " \n", undefined, 5, ["a"], "\u0301"];
  const { answers, problems } = readAnswers([
    { place: "line 0", reason: "is broken" },
    ...documents(...[...texts, ...bad].map((message) => ({ message }))),
  ]);
  assertEquals(answers.map(({ text }) => text), texts);
  assertEquals(problems.map(({ place }) => place), [
    "line 0",
    ...bad.map((_, index) => `line ${texts.length + index + 1}`),
  ]);
  assert(problems[1]!.reason.includes("of 4097 characters, a bot may send 4096: shorten it"));
});

function titled(texts: string[], existing: Reply[] = []) {
  return withTitles(texts.map((text, index) => ({ place: `line ${index + 1}`, text })), existing);
}

function reply(title: string, text: string): Reply {
  return { title, content: { kind: "text", words: { text, entities: [] } } };
}

const LONG = "Nosso horário de atendimento é de segunda a sexta, das nove às dezoito horas";

const TITLES: [name: string, texts: string[], titles: string[]][] = [
  ["a short text is its own title", ["Bom dia!"], ["Bom dia!"]],
  ["a title is on one line", [" Bom\n\tdia  a todos"], ["Bom dia a todos"]],
  ["of a long text the first words", [LONG], [
    "Nosso horário de atendimento é de segunda a sexta, das nove às…",
  ]],
  ["of a word without end the beginning", ["a".repeat(99)], [`${"a".repeat(63)}…`]],
  ["no character is cut apart", ["😀".repeat(99)], [`${"😀".repeat(63)}…`]],
  ["a title may have 64 characters", ["ab ".repeat(22).slice(0, 64)], [
    "ab ".repeat(22).slice(0, 64),
  ]],
  ["alike beginnings get numbers", [LONG, `${LONG}.`, `${LONG}!`], [
    "Nosso horário de atendimento é de segunda a sexta, das nove às…",
    "Nosso horário de atendimento é de segunda a sexta, das nove… (2)",
    "Nosso horário de atendimento é de segunda a sexta, das nove… (3)",
  ]],
  ["titles that differ in accents are alike", ["Ação", "acao"], ["Ação", "acao (2)"]],
];
for (const [name, texts, titles] of TITLES) {
  Deno.test(`titles of answers: ${name}`, () => {
    const { replies, problems } = titled(texts);
    assertEquals(replies.map(({ title }) => title), titles);
    assertEquals(replies.map((each) => problemOf(each)), titles.map(() => null));
    assertEquals(problems, []);
  });
}

Deno.test("what a reply says already is known, whatever its title; another of that title stays", () => {
  const own = [reply("Bom dia", "Bom dia, {nome}!"), reply("Mudei o título", "Até logo")];
  const { replies, known } = titled(["Bom dia", "Até logo", "Até amanhã", "Até amanhã"], own);
  assertEquals(replies, [reply("Bom dia (2)", "Bom dia"), reply("Até amanhã", "Até amanhã")]);
  assertEquals(known, 2);
  assertEquals(titled(["Bom dia", "Até logo", "Até amanhã"], [...own, ...replies]), {
    replies: [],
    known: 3,
    problems: [],
  });
});

Deno.test("more answers than a desk may have are told", () => {
  const own = Array.from({ length: MAX_REPLIES - 1 }, (_, n) => reply(`${n}`, `text ${n}`));
  const { replies, problems } = titled(["um", "dois", "text 5"], own);
  assertEquals(replies.length, 1);
  assertEquals(problems.map(({ place }) => place), ["line 2"]);
});
