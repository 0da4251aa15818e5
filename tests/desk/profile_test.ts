/** What the bot writes of itself at Telegram, and what it leaves as its operator has it. */
import { assert, assertEquals } from "@std/assert";
import type { ChatAdministratorRights } from "grammy/types";
import type { SimulatedBot } from "../../playground/telegram/bot.ts";
import { justRights } from "../../playground/telegram/member.ts";
import type { LocalizedText } from "../../playground/telegram/profile.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { UnclaimedBot } from "../support/unclaimed_bot.ts";

const LANGUAGES = ["", "pt", "en", "es"];

/** A bot whose operator has done something at BotFather before its first start. */
async function start(
  before: (bot: SimulatedBot) => void = () => {},
  isFallback = true,
): Promise<UnclaimedBot> {
  const desk = await UnclaimedBot.create();
  desk.telegram.unproven.tellsShownDescriptions = isFallback;
  before(desk.bot);
  await desk.boots();
  await desk.settled();
  return desk;
}

const shownIn = (text: LocalizedText) => LANGUAGES.map((language) => text.shown(language));

function rightsOf(rights: ChatAdministratorRights | undefined): string[] {
  return Object.entries(rights ?? {}).flatMap(([name, has]) => has ? [name] : []).sort();
}

for (const isFallback of [true, false]) {
  const how = isFallback ? "what is shown" : "nothing";
  Deno.test(`a new bot describes itself in each language, where ${how} is told of those without words`, async () => {
    await using desk = await start(undefined, isFallback);
    const { description, shortDescription } = desk.bot.profile;
    for (const text of [description, shortDescription]) {
      const [general, pt, en, es] = shownIn(text);
      assertEquals(general, pt);
      assert(/^Escreva/.test(pt!) && /^Write/.test(en!) && /^Escr[ií]banos/.test(es!));
    }
  });

  Deno.test(`an operator's general words are hidden behind none of ours, where ${how} is told`, async () => {
    await using desk = await start(({ profile }) => {
      profile.description.set("", "Padaria Central: peça aqui.");
    }, isFallback);
    const { description, shortDescription } = desk.bot.profile;
    assertEquals(new Set(shownIn(description)), new Set(["Padaria Central: peça aqui."]));
    assert(/^Write/.test(shortDescription.shown("en")), "the other text is written all the same");
  });

  Deno.test(`an operator's words in one language stay beside ours, where ${how} is told`, async () => {
    await using desk = await start(({ profile }) => {
      profile.shortDescription.set("en", "Fresh bread.");
    }, isFallback);
    const { shortDescription } = desk.bot.profile;
    assertEquals(shortDescription.shown("en"), "Fresh bread.");
    assert(
      /^Escreva/.test(shortDescription.shown("")) && /^Escr/.test(shortDescription.shown("es")),
    );
  });
}

Deno.test("a new bot asks for the rights it needs, in channels and in groups", async () => {
  await using desk = await start();
  const { channel, supergroup } = desk.bot.profile.defaultRights;
  assertEquals(rightsOf(channel), [
    "can_delete_messages",
    "can_edit_messages",
    "can_invite_users",
    "can_manage_chat",
    "can_post_messages",
  ]);
  assertEquals(rightsOf(supergroup), [
    "can_delete_messages",
    "can_manage_chat",
    "can_pin_messages",
    "can_restrict_members",
  ]);
});

Deno.test("rights that the operator has set stay as they are", async () => {
  await using desk = await start(({ profile }) => {
    profile.defaultRights.supergroup = justRights("supergroup", { can_pin_messages: true });
  });
  const { channel, supergroup } = desk.bot.profile.defaultRights;
  assertEquals(rightsOf(supergroup), ["can_manage_chat", "can_pin_messages"]);
  assert(rightsOf(channel).includes("can_post_messages"));
});

Deno.test("what was written is not looked at again, and what the operator changes then stays", async () => {
  await using desk = await start();
  const { profile } = desk.bot;
  profile.description.set("", "");
  profile.shortDescription.set("en", "Fresh bread.");
  const count = () => desk.telegram.calls.filter(({ method }) => /^[gs]etMy/.test(method)).length;
  const before = count();
  await desk.boots();
  await desk.settled();
  await desk.passes(MINUTE_MS);
  assertEquals(count(), before);
  assertEquals([profile.description.own(""), profile.shortDescription.own("en")], [
    "",
    "Fresh bread.",
  ]);
});

Deno.test("words that we have written are ours to change for another language of the desk's", async () => {
  await using desk = await start();
  await desk.app.close(0);
  desk.app = desk.createApp({ LOCALE: "es" });
  await desk.app.start();
  await desk.settled();
  assert(/^Escr[ií]banos/.test(desk.bot.profile.description.shown("")));
  assert(/^Write/.test(desk.bot.profile.description.shown("en")));
});

Deno.test("what Telegram does not take now is written later, and nothing waits for it", async () => {
  const desk = await UnclaimedBot.create();
  await using _ = desk;
  desk.telegram.faults.next("setMyDescription", { kind: "429", retryAfterS: 90 });
  await desk.boots();
  await desk.settled();
  assertEquals(desk.bot.profile.description.shown("en"), "");
  assert(await desk.claims() < 60_000);
  await desk.passes(2 * MINUTE_MS);
  assert(/^Write/.test(desk.bot.profile.description.shown("en")));
  assert(/^Write/.test(desk.bot.profile.shortDescription.shown("en")));
});
