import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk, textsOf } from "../support/desk.ts";
import { Folder, runTask } from "../support/operator.ts";

Deno.test("what an older bot kept moves in at the desk that is named, by default at the first", async () => {
  await using folder = await Folder.make();
  const path = `${folder.path}/desk.sqlite3`;
  const users = `${folder.path}/users.json`;
  const kv = await Deno.openKv(path);
  await using desk = await TestDesk.open({ kv, others: ["Vendas SP"] });
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  await desk.app.close(0);
  kv.close();
  const env = { BOT_TOKEN: desk.bot.token, KV_PATH: path, CHANNEL_ID: String(desk.channel.id) };
  const moves = async ({ id }: typeof maria, ...more: string[]) => {
    await Deno.writeTextFile(users, JSON.stringify({ user_id: id, name: "X None", priority: 1 }));
    return await runTask("import", ["--users", users, ...more], env);
  };
  const unknown = await moves(maria, "--desk", "suporte");
  assertEquals(unknown.code, 1);
  assertStringIncludes(unknown.complaints, "There are: atendimento, vendas_sp");
  for (const moved of [await moves(maria, "--desk", "Vendas_SP"), await moves(joao)]) {
    assertStringIncludes(moved.said, "customers moved in: 1 ");
  }
  const again = await Deno.openKv(path);
  await desk.restart(again);
  for (const who of [maria, joao]) who.sends(desk.chatOf(who), "voltei");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria, desk.others[0]!)), ["voltei"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["voltei"]);
  await desk.app.close(0);
  again.close();
});

Deno.test("a backup holds all desks, their names, and which serves whom", async () => {
  await using folder = await Folder.make();
  const [path, file] = [`${folder.path}/desk.sqlite3`, `${folder.path}/backup`];
  const kv = await Deno.openKv(path);
  await using desk = await TestDesk.open({ kv, others: ["Vendas"] });
  const sales = desk.others[0]!;
  const maria = desk.customer("Maria");
  await desk.wereServedAt(sales, maria);
  maria.sends(desk.chatOf(maria), "oi");
  desk.boss.sends(desk.chatOf(desk.boss), "/renamedesk vendas loja");
  await desk.settled();
  await desk.app.close(0);
  kv.close();
  const env = { BOT_TOKEN: desk.bot.token, KV_PATH: path };
  assertEquals((await runTask("backup", [file], env)).code, 0);
  await Deno.remove(path);
  const restored = await runTask("restore", [file], env);
  assertEquals(restored.code, 0, restored.said);
  const again = await Deno.openKv(path);
  await desk.restart(again);
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria, sales)), ["oi", "ainda aí?"]);
  assertEquals((await desk.anotherStore().bot.deskNames()).map(({ name }) => name), [
    "atendimento",
    "loja",
  ]);
  await desk.app.close(0);
  again.close();
});
