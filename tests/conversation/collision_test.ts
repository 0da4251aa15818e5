import { assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";

/** A conversation that has been quiet for a while, and what is said of answers at once. */
async function open(...options: Parameters<typeof openTalk>) {
  const talk = await openTalk(...options);
  const { desk, maria } = talk;
  await desk.passes(MINUTE_MS);
  const told = () =>
    desk.threadOf(maria).filter(({ text }) => text?.startsWith("👥")).map((line) => ({
      text: line.text!,
      to: line.reply_to_message?.message_id,
    }));
  return { ...talk, told };
}

Deno.test("the second of two is told, as an answer to their comment, by the first one's name", async () => {
  const { desk, maria, says, told } = await open();
  await using _ = desk;
  await says(desk.ana, "custa dez");
  await desk.passes(9000);
  const second = await says(desk.bia, "custa doze");
  assertEquals(told().map(({ to }) => to), [second.message_id]);
  assertStringIncludes(told()[0]!.text, "Ana também respondeu");
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["custa dez", "custa doze"]);
});

Deno.test("of three at once the second and the third are told", async () => {
  const { desk, says, told } = await open();
  await using _ = desk;
  const carla = desk.telegram.createUser({ firstName: "Carla" });
  desk.telegram.addMember(desk.channel, carla);
  await says(desk.ana, "um");
  const others = [await says(desk.bia, "dois"), await says(carla, "três")];
  assertEquals(told().map(({ to }) => to), others.map(({ message_id }) => message_id));
});

Deno.test("nobody collides with themselves, with notes, commands, strangers, or a later answer", async () => {
  const { desk, says, told } = await open();
  await using _ = desk;
  const rui = desk.telegram.createUser({ firstName: "Rui" });
  await says(desk.bia, "# deixa comigo");
  await says(desk.bia, "/who");
  await says(rui, "oi");
  await says(desk.ana, "um");
  await says(desk.ana, "dois");
  await desk.passes(11_000);
  await says(desk.bia, "três");
  assertEquals(told(), []);
});

Deno.test("who writes as the channel is told, and named, by the channel's title", async () => {
  const { desk, says, told } = await open();
  await using _ = desk;
  await says(desk.boss, "um", { as: desk.channel });
  await says(desk.ana, "dois");
  await says(desk.boss, "três", { as: desk.channel });
  assertEquals(told().map(({ text }) => text.slice(3, 14)), ["Atendimento", "Ana também "]);
});

Deno.test("answers that waited are told of by when they were written, not by when they arrive", async () => {
  const { desk, maria, says, told } = await open();
  await using _ = desk;
  maria.blocks(desk.bot);
  await desk.settled();
  await says(desk.ana, "um");
  await desk.passes(HOUR_MS);
  await says(desk.bia, "dois");
  maria.unblocks(desk.bot);
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["um", "dois"]);
  assertEquals(told(), []);
});

Deno.test("/set collision off tells nobody", async () => {
  const { desk, says, told } = await open({ settings: { collision: false, panel: false } });
  await using _ = desk;
  await says(desk.ana, "um");
  await says(desk.bia, "dois");
  assertEquals(told(), []);
});
