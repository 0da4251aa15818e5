/** Desks of other open-source bots move in by the operator's task, and are served afterwards. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { Folder, runTask, type TaskEnd } from "../support/operator.ts";

type Customer = TestDesk["ana"];

/** A desk that has run before, is stopped, and whose operator has files to bring in. */
class StoppedDesk implements AsyncDisposable {
  #kv: Deno.Kv | undefined;

  private constructor(
    readonly folder: Folder,
    readonly desk: TestDesk,
    readonly customers: Customer[],
  ) {}

  static async make(names: string[], before?: (desk: TestDesk) => void): Promise<StoppedDesk> {
    const folder = await Folder.make();
    const kv = await Deno.openKv(`${folder.path}/desk.sqlite3`);
    const desk = await TestDesk.open({ kv });
    const customers = names.map((name) => desk.customer(name));
    before?.(desk);
    await desk.settled();
    await desk.app.close(0);
    kv.close();
    return new StoppedDesk(folder, desk, customers);
  }

  get ids(): number[] {
    return this.customers.map(({ id }) => id);
  }

  get #path(): string {
    return `${this.folder.path}/desk.sqlite3`;
  }

  /** Writes a file, and has it moved in. */
  async import(option: string, text: string, ...more: string[]): Promise<TaskEnd> {
    const path = `${this.folder.path}/${option}`;
    await Deno.writeTextFile(path, text);
    const env = { BOT_TOKEN: this.desk.bot.token, KV_PATH: this.#path };
    const { code, said, complaints } = await runTask("import", [`--${option}`, path, ...more], env);
    const told = complaints.split("\n").filter((line) => line.startsWith(path));
    return { code, said, complaints: told.join("\n").replaceAll(`${path}: `, "") };
  }

  async entries(): Promise<unknown[]> {
    using kv = await Deno.openKv(this.#path);
    const entries = await Array.fromAsync(kv.list({ prefix: [] }));
    return entries.map(({ key, value, versionstamp }) => [key, value, versionstamp]);
  }

  /** Moves in as it should be: tried before, which writes nothing, and once more, which changes nothing. */
  async movesIn(option: string, text: string): Promise<TaskEnd> {
    const before = await this.entries();
    const dryRun = await this.import(option, text, "--dry-run");
    assertEquals(await this.entries(), before, "a dry run writes");
    const moved = await this.import(option, text);
    assertEquals(dryRun, {
      ...moved,
      said: `${moved.said}This was a dry run: nothing has been written.\n`,
    });
    const after = await this.entries();
    await this.import(option, text);
    assertEquals(await this.entries(), after, "twice is not once");
    return moved;
  }

  /** Starts the bot again; each customer writes a greeting. */
  async goesOn(): Promise<void> {
    this.#kv = await Deno.openKv(this.#path);
    await this.desk.restart(this.#kv);
    for (const customer of this.customers) {
      customer.sends(this.desk.chatOf(customer), `oi de ${customer.info.first_name}`);
    }
    await this.desk.settled();
  }

  /** What the team sees of each customer: the comments under their card; `null`: they have none. */
  shown(): (unknown[] | null)[] {
    const { channel } = this.desk;
    return this.customers.map((customer) =>
      channel.messages.some(({ text }) => text?.includes(`ID ${customer.id}`))
        ? textsOf(this.desk.threadOf(customer))
        : null
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#kv) await this.desk.app.close(0);
    this.#kv?.close();
    await this.desk[Symbol.asyncDispose]();
    await this.folder[Symbol.asyncDispose]();
  }
}

const OLGRAM_FORMS: [name: string, write: (rows: [number, boolean][]) => string][] = [
  [
    "CSV",
    (rows) =>
      ["telegram_id,banned", ...rows.map(([id, is]) => `${id},${is ? "t" : "f"}`)].join("\n"),
  ],
  [
    "a whole table as CSV of a spreadsheet",
    (rows) =>
      "\ufeffid;telegram_id;bot_id;banned\r\n" +
      rows.map(([id, is], at) => `${at};"${id}";3;${is ? "true" : ""}\r\n`).join(""),
  ],
  [
    "JSON lines",
    (rows) =>
      rows.map(([telegram_id, banned]) => JSON.stringify({ telegram_id, banned })).join("\n"),
  ],
];

for (const [form, write] of OLGRAM_FORMS) {
  Deno.test(`who wrote to a bot of Olgram's is known, from ${form}; who is banned stays so`, async () => {
    await using stopped = await StoppedDesk.make(["Maria", "João"]);
    const [maria, joao] = stopped.ids as [number, number];
    const { code, said, complaints } = await stopped.movesIn(
      "olgram",
      write([[maria, false], [joao, true]]),
    );
    assertEquals([code, complaints], [0, ""]);
    assertStringIncludes(said, "customers moved in: 2 (0 open, 1 closed, 1 banned)");
    await stopped.goesOn();
    assertEquals(stopped.shown(), [["oi de Maria"], null]);
    const [customer] = stopped.customers as [Customer];
    const [greeting, ...others] = textsOf(stopped.desk.toldTo(customer));
    assertStringIncludes(greeting ?? "", "Que bom falar com você de novo!");
    assertEquals(others, []);
  });
}

Deno.test("bad rows of a table are told by their lines, and the others move in", async () => {
  await using stopped = await StoppedDesk.make(["Maria"]);
  const { code, said, complaints } = await stopped.movesIn(
    "olgram",
    [
      "id,telegram_id,bot_id,banned,note",
      `1,${stopped.ids[0]},3,f,"two\nlines"`,
      "2,maria,3,f,",
      "3,-100200,3,f,",
      "4,5,3",
      "",
      "5,6,3,perhaps,",
      `6,7,3,f,a"quote`,
      "7,,3,no,",
      `8,${stopped.ids[0]},3,t,`,
    ].join("\n"),
  );
  assertEquals(code, 1);
  assertEquals(
    complaints.split("\n"),
    [
      "line 4 has no telegram_id that is a user's ID: correct it.",
      "line 5 has no telegram_id that is a user's ID: correct it.",
      "line 6 has 3 fields, and the first line 5: correct it.",
      "line 8 has a banned that is neither true nor false: correct it.",
      "line 9 has a quote that is not as it should be: correct it, or export again.",
      "line 10 has no telegram_id that is a user's ID: correct it; has a banned that is neither true " +
      "nor false: correct it.",
    ].map((line) => line.replace(": correct it; ", ": correct it; ")),
  );
  assertStringIncludes(said, "customers moved in: 1 (0 open, 0 closed, 1 banned)");
  assertStringIncludes(said, "repeated, one of each counts: 1; bad: 6.");
});

Deno.test("a table of several bots, or another table, writes nothing", async () => {
  await using stopped = await StoppedDesk.make(["Maria"]);
  const before = await stopped.entries();
  const several = await stopped.import("olgram", "telegram_id,bot_id\n5,3\n6,7\n");
  assertEquals(several.code, 1);
  assertStringIncludes(several.complaints, "holds the users of 2 bots (bot_id 3, 7)");
  const other = await stopped.import("olgram", "1,5,3\n2,6,3\n");
  assertEquals(other.code, 1);
  assertStringIncludes(other.complaints, "line 1 names no column telegram_id");
  assertEquals(await stopped.entries(), before);
});

Deno.test("customers of bostrot's bot are known with their names, and how they stood", async () => {
  await using stopped = await StoppedDesk.make(["Maria", "João", "Rui"]);
  const [maria, joao, rui] = stopped.ids as [number, number, number];
  const document = (fields: Record<string, unknown>) =>
    JSON.stringify({ _id: { $oid: "65f0" }, messenger: "telegram", category: null, ...fields });
  const { code, said, complaints } = await stopped.movesIn(
    "bostrot",
    [
      document({ ticketId: 1, userid: String(maria), name: "Maria Antiga", status: "open" }),
      document({ ticketId: { $numberInt: "2" }, userid: String(joao), status: "banned" }),
      document({ ticketId: 3, userid: String(joao), name: "João", status: "open" }),
      document({ ticketId: 4, userid: String(rui), messenger: undefined, status: "closed" }),
      document({ ticketId: 5, userid: "+5511999990000", messenger: "signal", status: "open" }),
      document({ ticketId: 6, userid: "x7f", messenger: "web", status: "open" }),
      document({ ticketId: 7, userid: "x7f", status: "waiting", name: 5 }),
      "{broken",
    ].join("\n"),
  );
  assertEquals(code, 1);
  assertEquals(complaints.split("\n"), [
    "line 7 has no userid that is a Telegram user's ID: correct it; has a name that is none of " +
    "Telegram's: correct it; has no status that is open, closed or banned: correct it.",
    "line 8 is not a whole JSON document: export again, without --pretty, or correct it.",
  ]);
  assertStringIncludes(said, "customers moved in: 3 (1 open, 1 closed, 1 banned)");
  assertStringIncludes(said, "repeated, one of each counts: 1; of other messengers: 2; bad: 2.");
  await stopped.goesOn();
  assertEquals(stopped.shown(), [["oi de Maria"], null, ["oi de Rui"]]);
});

Deno.test("the older bot's texts become the desk's own, but for those it has already", async () => {
  await using stopped = await StoppedDesk.make(["Maria"], (desk) => {
    desk.boss.sends(desk.group, "/set end Até logo!");
  });
  const { code, said, complaints } = await stopped.movesIn(
    "env",
    [
      "# the older bot",
      "TOKEN=7:secret",
      'export START_MSG="Olá!\\nSomos a \\"Padaria\\"." # the first',
      "",
      "RESTART_MSG='De volta?",
      "Que bom.'",
      "END_MSG=Obrigado #not shown",
      "CHANNEL_ID = -100",
    ].join("\r\n"),
  );
  assertEquals([code, complaints], [0, ""]);
  assertStringIncludes(said, "texts moved in: 2 (welcome, restart); set already: 1; bad: 0.");
  const { desk } = stopped;
  const [maria] = stopped.customers as [Customer];
  await stopped.goesOn();
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "mais uma coisa");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)), [
    'Olá!\nSomos a "Padaria".',
    "Até logo!",
    "De volta?\nQue bom.",
  ]);
});

Deno.test("lines of a .env that are none, and texts that cannot be, are told without their words", async () => {
  await using stopped = await StoppedDesk.make([]);
  const { code, said, complaints } = await stopped.movesIn(
    "env",
    [
      `START_MSG=${"x".repeat(4097)}`,
      "the token is 7:secret",
      "RESTART_MSG=",
      "END_MSG=off",
      "OTHER='it''s'",
      'PASSWORD="open',
      "START_MSG=Bom dia",
    ].join("\n"),
  );
  assertEquals(code, 1);
  const none = "is no variable, NAME=value, or has a quote that is not closed: correct it.";
  assertEquals(complaints.split("\n"), [
    "line 1 sets START_MSG, which has 4097 characters, a bot may send 4096: shorten it.",
    `line 2 ${none}`,
    "line 4 sets END_MSG, which is a word to switch something, and no text for customers: set it " +
    "in Telegram, by /set.",
    `line 5 ${none}`,
    `line 6 ${none}`,
  ]);
  assertStringIncludes(said, "texts moved in: 1 (welcome); set already: 0; bad: 5.");
});
