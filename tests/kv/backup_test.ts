import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { surveyBackup } from "../../src/kv/backup.ts";
import { BackupProblem, gunzipped, readBackup, writeBackup } from "../../src/kv/backup_file.ts";
import { sealWith } from "../../src/kv/seal.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { Folder, runTask } from "../support/operator.ts";
import { refusal } from "../support/refusal.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

const TOKEN = "7:token";
const BOT_ID = 7;
const TAKEN_MS = 1_800_000_000_000;
const seal = sealWith(TOKEN);

Deno.test("a desk that is saved and restored goes on: links lead, what waited goes out once", async () => {
  await using folder = await Folder.make();
  const kvs: Deno.Kv[] = [];
  const open = async (name: string) => {
    const kv = await Deno.openKv(`${folder.path}/${name}`);
    kvs.push(kv);
    return kv;
  };
  {
    await using desk = await TestDesk.open({
      kv: await open("old.sqlite3"),
      env: { ALBUM_QUIET_MS: "10000" },
    });
    const env = { BOT_TOKEN: desk.bot.token };
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    const { question, answer } = await somethingOfAll(desk, maria, joao);
    const before = textsOf(desk.group.messages);

    const saved = await runTask("backup", [`${folder.path}/desk.gz`], {
      ...env,
      KV_PATH: `${folder.path}/old.sqlite3`,
    });
    assertEquals([saved.code, saved.complaints.replace(/.*env.*\n/g, "")], [0, ""]);
    assertStringIncludes(saved.said, "2 conversations, 1 canned reply, 2 waiting, 1 given up");
    const restored = await runTask("restore", [`${folder.path}/desk.gz`], {
      ...env,
      KV_PATH: `${folder.path}/new/desk.sqlite3`,
    });
    assertEquals(restored.code, 0, restored.complaints);

    await desk.restart(await open("new/desk.sqlite3"));
    assertEquals(textsOf(desk.group.messages), before, "nothing is said again");
    desk.ana.edits(answer, "temos, quentinho!");
    await desk.settled();
    const shown = desk.toldTo(maria).find(({ text }) => text === "temos, quentinho!")!;
    assert(shown, "an edit is mirrored");
    maria.sends(desk.chatOf(maria), "dois, por favor", { replyTo: shown.message_id });
    await desk.settled();
    const last = desk.threadOf(maria).at(-1)!;
    assertEquals(last.reply_to_message?.message_id, answer.message_id, "an answer is an answer");
    assertEquals(textsOf(desk.threadOf(maria)).slice(-3), ["antes", "depois", "dois, por favor"]);
    maria.edits(question, "tem pão de queijo?");
    await desk.settled();
    assert(textsOf(desk.threadOf(maria)).includes("tem pão de queijo?"));

    joao.unblocks(desk.bot);
    await desk.settled();
    assertEquals(textsOf(desk.toldTo(joao)).slice(1), ["seu pão está pronto"]);
    assertEquals(await titlesFor(desk, desk.ana), ["Horário"]);
    desk.boss.sends(desk.group, "/failed");
    await desk.settled();
    assertStringIncludes(textsOf(desk.group.messages).at(-1)!, "VOICE_MESSAGES_FORBIDDEN");
    await desk.passes(61_000);
    for (const text of ["antes", "dois, por favor", "seu pão está pronto"]) {
      const copies = [...desk.group.messages, ...desk.toldTo(joao)].filter((message) =>
        message.from?.id === desk.bot.id && [message.text, message.caption].includes(text)
      );
      assertEquals(copies.length, 1, text);
    }
  }
  for (const kv of kvs) kv.close();
  await new Promise((resolve) => setTimeout(resolve, 1));
});

/** Something delivered, given up, waiting for a customer to come back, and waiting for its album. */
async function somethingOfAll(desk: TestDesk, maria: SimulatedUser, joao: SimulatedUser) {
  maria.starts(desk.bot, "instagram");
  joao.sends(desk.chatOf(joao), "oi");
  await desk.settled();
  const question = maria.sends(desk.chatOf(maria), "tem pão?");
  await desk.settled();
  const answer = desk.ana.comments(desk.cardOf(maria), "temos!");
  desk.boss.sends(desk.group, "/addreply Horário\nDas 9 às 18");
  await desk.settled();
  desk.telegram.faults.next("copyMessage", refusal("Bad Request: VOICE_MESSAGES_FORBIDDEN"));
  desk.bia.comments(desk.cardOf(maria), "isto não vai");
  joao.blocks(desk.bot);
  await desk.settled();
  desk.bia.comments(desk.cardOf(joao), "seu pão está pronto");
  for (const caption of ["antes", "depois"]) {
    maria.sends(desk.chatOf(maria), { photo: true, caption }, { mediaGroupId: "album" });
  }
  await desk.settled();
  return { question, answer };
}

async function titlesFor(desk: TestDesk, who: SimulatedUser): Promise<unknown[]> {
  const asking = who.queries(desk.bot, "", "");
  await desk.settled();
  return (await asking).map((result) => (result as { title?: string }).title);
}

/** A small backup: two customers, a job that waits, a reply. */
async function smallBackup(): Promise<string> {
  return await textOf([
    { key: [BOT_ID, "conversation", -100, 1], value: { v: 1, value: { customer: { id: 1 } } } },
    { key: [BOT_ID, "job", -100, 1, "to-team", 5, 0.5], value: { v: 1, value: { task: {} } } },
    { key: [BOT_ID, "reply", -100, "ab"], value: { v: 1, value: { title: "Ação" } } },
  ]);
}

async function textOf(
  records: { key: Deno.KvKey; value: unknown; expiresMs?: number }[],
): Promise<string> {
  let text = "";
  const header = { botId: BOT_ID, takenMs: TAKEN_MS };
  for await (const chunk of writeBackup(header, ReadableStream.from(records))) text += chunk;
  return text;
}

function reading(text: string) {
  return readBackup(ReadableStream.from([new TextEncoder().encode(text)]));
}

async function survey(text: string, botId = BOT_ID) {
  return await surveyBackup(await reading(text), { botId, seal });
}

const EDITS: [name: string, edit: (text: string) => string, complaint: string][] = [
  ["is empty", () => "", "is empty"],
  ["is something else", () => '{"users":[]}\n', "is not a backup of this program"],
  ["is not JSON", () => "SQLite format 3", "is not a backup of this program"],
  ["is of a newer form", (text) => text.replace('"version":1', '"version":2'), "knows 1"],
  ["has lost its last line", (text) => text.slice(0, text.lastIndexOf("{")), "cut off at line 4"],
  ["was cut inside a record", (text) => text.slice(0, text.indexOf("reply")), "cut off at line 4"],
  ["was cut inside its last line", (text) => text.slice(0, -9), "cut off at line 5"],
  ["has only its first line", (text) => text.slice(0, text.indexOf("\n") + 1), "cut off at line 1"],
  ["has lost a record", (text) => text.replace(/^.*reply.*\n/m, ""), "2 records instead of 3"],
  ["has another letter", (text) => text.replace("Ação", "ação"), "checksum"],
  ["has another date", (text) => text.replace("2027-", "2028-"), "checksum"],
  ["has other ends of lines", (text) => text.replaceAll("\n", "\r\n"), "checksum"],
  ["has a line that is none", (text) => text.replace('{"key":[7,"reply"', "{"), "line 4"],
  ["has a type nobody knows", (text) => text.replace('{"id":1}', '{"$x":1}'), "line 2"],
  ["has a record without a key", (text) => text.replace('{"key":[7,"job"', '{"k":["'), "line 3"],
];

for (const [name, edit, complaint] of EDITS) {
  Deno.test(`a backup that ${name} is refused`, async () => {
    const text = await smallBackup();
    const edited = edit(text);
    assert(edited !== text);
    const error = await assertRejects(() => survey(edited), BackupProblem);
    assertStringIncludes(error.message, complaint);
    assert(/\.$/.test(error.message));
  });
}

Deno.test("a whole backup tells what is in it", async () => {
  const { counts, takenMs, unreadable } = await survey(await smallBackup());
  assertEquals(Object.fromEntries(counts), { conversation: 1, job: 1, reply: 1 });
  assertEquals([takenMs, unreadable], [TAKEN_MS, 0]);
});

Deno.test("a compressed backup that was cut off or damaged is refused", async () => {
  const packed = new Uint8Array(
    await new Response(
      ReadableStream.from([new TextEncoder().encode(await smallBackup())])
        .pipeThrough(new CompressionStream("gzip")),
    ).arrayBuffer(),
  );
  const unpack = async (bytes: Uint8Array<ArrayBuffer>) => {
    const { records } = await readBackup(gunzipped(ReadableStream.from([bytes])));
    return await Array.fromAsync(records);
  };
  assertEquals((await unpack(packed)).length, 3);
  for (
    const bytes of [packed.slice(0, -1), packed.slice(0, 40), packed.with(60, packed[60]! ^ 1)]
  ) {
    await assertRejects(() => unpack(bytes), BackupProblem);
  }
});

Deno.test("another bot's backup, another bot's records and newer records are refused", async () => {
  const text = await smallBackup();
  const refused = (text: string, words: string, botId?: number) =>
    assertRejects(() => survey(text, botId), BackupProblem, words);
  await refused(text, "of the bot 7, BOT_TOKEN is of the bot 8", 8);
  const foreign = await textOf([{ key: [8, "desk"], value: { v: 1, value: 1 } }]);
  await refused(foreign, "records of another bot");
  const newer = await textOf([{ key: [BOT_ID, "desk"], value: { v: 2, value: 1 } }]);
  await refused(newer, 'of a newer program. Cannot read the record [7,"desk"]: it has version 2');
});

Deno.test("what was sealed under another token is counted", async () => {
  const job = async (token: string, n: number) => ({
    key: [BOT_ID, n === 1 ? "failed" : "job", -100, 1, "to-team", n, 0],
    value: { v: 1, value: { task: {}, sealed: await sealWith(token).close("segredo") } },
  });
  const text = await textOf([await job(TOKEN, 0), await job("7:new", 1), await job("7:new", 2)]);
  assertEquals((await survey(text)).unreadable, 2);
  assert(!text.includes("segredo"));
});
