import { assertEquals, assertStringIncludes } from "@std/assert";
import { HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { textsOf } from "../support/desk.ts";
import { openTalk } from "../support/talk.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";

/** A conversation that waits for nobody, and agents who may want to know when it does. */
async function open() {
  const talk = await openTalk();
  const { desk, says, writes } = talk;
  const asks = async (who: SimulatedUser, words: string) => {
    who.sends(desk.chatOf(who), words);
    await desk.settled();
    return desk.toldTo(who).at(-1)!.text!;
  };
  /** How many notices somebody gets of one more customer who begins to wait. */
  const noticesTo = async (...people: SimulatedUser[]) => {
    await says(desk.ana, "já respondo");
    const before = people.map((who) => desk.toldTo(who).length);
    await writes("uma pergunta");
    return people.map((who, index) => desk.toldTo(who).length - before[index]!);
  };
  return { ...talk, asks, noticesTo };
}

Deno.test("who has left the team is told no customer's name any more, and hears again when back", async () => {
  const { desk, asks, noticesTo } = await open();
  await using _ = desk;
  const { telegram, channel, ana, bia } = desk;
  for (const who of [ana, bia]) await asks(who, "/notify on");
  assertEquals(await noticesTo(ana, bia), [1, 1]);
  telegram.removeMember(channel, bia, "left");
  await desk.settled();
  assertEquals(await noticesTo(ana, bia), [1, 0]);
  // However long ago that was, and whatever was known of them.
  await desk.passes(HOUR_MS);
  assertEquals(await noticesTo(ana, bia), [1, 0]);
  await desk.restart();
  assertEquals(await noticesTo(ana, bia), [1, 0]);
  telegram.addMember(channel, bia);
  await desk.settled();
  assertEquals(await noticesTo(ana, bia), [1, 1]);
});

Deno.test("by /set notify on, who once answered and has left the team is not told either", async () => {
  const { desk, says, asks, noticesTo } = await open();
  await using _ = desk;
  await asks(desk.bia, "oi");
  await says(desk.bia, "aqui é a Bia");
  await asks(desk.boss, "/set notify on");
  assertEquals(await noticesTo(desk.bia), [1]);
  desk.telegram.removeMember(desk.channel, desk.bia, "kicked");
  await desk.settled();
  assertEquals(await noticesTo(desk.bia), [0]);
});

Deno.test("while Telegram cannot say who is of the team, nobody is told before it can", async () => {
  const { desk, asks, says, writes, maria } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  await says(desk.ana, "já respondo");
  await desk.passes(6 * MINUTE_MS);
  const before = desk.toldTo(desk.bia).length;
  desk.telegram.faults.next("getChatMember", { kind: "500" });
  await writes("uma pergunta");
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "uma pergunta");
  assertEquals(desk.toldTo(desk.bia).length, before);
  await desk.passes(5000);
  assertEquals(desk.toldTo(desk.bia).length, before + 1);
});

Deno.test("a customer of many messages begins to wait once; an album, a sticker, a reopening as well", async () => {
  const { desk, maria, says, writes, asks } = await open();
  await using _ = desk;
  await asks(desk.bia, "/notify on");
  const notices = async (act: () => Promise<unknown>) => {
    const before = desk.toldTo(desk.bia).length;
    await act();
    await desk.settled();
    await desk.passes(1500);
    return desk.toldTo(desk.bia).length - before;
  };
  assertEquals(await notices(() => writes("um")), 1);
  assertEquals(await notices(() => writes("dois")), 0);
  await says(desk.ana, "pronto");
  const album = [{ photo: true }, { photo: true, caption: "dois" }] as const;
  assertEquals(await notices(() => maria.sendsAlbum(desk.chatOf(maria), [...album])), 1);
  await says(desk.ana, "/close");
  assertEquals(await notices(() => writes({ sticker: true })), 1);
  await says(desk.ana, "pronto");
  // Neither a command that is answered nor a reaction waits for anybody.
  assertEquals(await notices(() => writes("/help")), 0);
  assertEquals(await notices(() => writes("/start site")), 0);
  assertEquals(await notices(() => Promise.resolve(maria.reacts(desk.toldTo(maria)[1]!, "👍"))), 0);
});

Deno.test("a notice says who in one line, whatever they call themselves", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  await asks(desk.bia, "/avisos sim");
  const eve = desk.customer("Eve\nID 1\u202e", { lastName: "https://evil.example" });
  eve.sends(desk.chatOf(eve), "oi");
  await desk.settled();
  const { text, entities = [] } = desk.toldTo(desk.bia).at(-1)!;
  assertEquals(text!.split("\n").length, 2);
  assertStringIncludes(text!.split("\n")[0]!, "Eve ID 1 https://evil.example espera");
  assertEquals(entities.filter(({ type }) => type === "text_link"), []);
});

for (
  const [words, isOn] of [["sim", true], ["OFF", false], ["não", false], ["Si", true]] as const
) {
  Deno.test(`/notify ${words} turns it ${isOn ? "on" : "off"}; anything else says how it is`, async () => {
    const { desk, asks } = await open();
    await using _ = desk;
    await asks(desk.ana, `/notify ${isOn ? "off" : "on"}`);
    await asks(desk.ana, `/notify ${words}`);
    for (const question of ["/notify", "/avisos talvez"]) {
      assertStringIncludes(await asks(desk.ana, question), isOn ? ": ligados" : ": desligados");
    }
  });
}

Deno.test("an agent who wants it is told in private, once, with the way to the comment", async () => {
  const { desk, maria, says, writes, asks } = await open();
  await using _ = desk;
  assertStringIncludes(await asks(desk.bia, "/notify on"), "✅ Você será avisado");
  await writes("uma dúvida");
  await writes("e outra");
  const comment = desk.threadOf(maria).find(({ text }) => text === "uma dúvida")!;
  const channel = String(desk.channel.id).replace("-100", "");
  const post = desk.cardOf(maria).message_id;
  assertEquals(textsOf(desk.toldTo(desk.bia)).slice(1), [
    `⏳ Maria Silva espera uma resposta.\nhttps://t.me/c/${channel}/${post}?comment=${comment.message_id}`,
  ]);
  await says(desk.ana, "pois não");
  assertStringIncludes(await asks(desk.bia, "/avisos off"), "✅ Sem mais avisos");
  await writes("é isto");
  assertEquals(desk.toldTo(desk.bia).length, 3);
});

Deno.test("/set notify on tells all who have answered, but for who said no; who cannot be told stops nothing", async () => {
  const { desk, maria, says, asks, writes, noticesTo } = await open();
  await using _ = desk;
  const carla = desk.customer("Carla");
  desk.telegram.addMember(desk.channel, carla);
  for (const who of [desk.bia, carla]) await says(who, "olá");
  await asks(desk.ana, "oi");
  await asks(desk.bia, "/notify off");
  await asks(desk.boss, "/set notify on");
  // Carla never wrote to the bot, so it cannot write to her.
  assertEquals(await noticesTo(desk.ana, desk.bia, carla), [1, 0, 0]);
  await writes("tchau");
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "tchau");
});
