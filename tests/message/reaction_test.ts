import type { ReactionType, ReactionTypeEmoji } from "grammy/types";
import { assertEquals } from "@std/assert";
import { refusal } from "../support/refusal.ts";
import { fromBothSides, Side } from "../support/sides.ts";

const emoji = (...all: ReactionTypeEmoji["emoji"][]) =>
  all.map((emoji) => ({ type: "emoji" as const, emoji }));

fromBothSides("a reaction is shown on the counterpart, changed and removed", async (side) => {
  const sent = await side.sends("tem pão?");
  const copy = side.arrived()[0]!.message_id;
  side.forgets();
  await side.reacts(sent.message_id, "👍");
  assertEquals(side.reactionsThere(copy), emoji("👍"));
  await side.reacts(sent.message_id, "❤");
  assertEquals(side.reactionsThere(copy), emoji("❤"));
  await side.reacts(sent.message_id, null);
  assertEquals(side.reactionsThere(copy), []);
  // Where a copy stands that has just been made is looked at first.
  const looks = side.from === "a customer" ? 1 : 0;
  assertEquals(side.calls, Array(3 + looks).fill("setMessageReaction"));
});

fromBothSides("what the other side wrote can be reacted to as well", async (side) => {
  const { desk, maria } = side;
  const written = side.from === "a customer"
    ? desk.ana.comments(desk.cardOf(maria), "tem")
    : maria.sends(desk.chatOf(maria), "tem?");
  await desk.settled();
  const shownHere = side.told()[0]!;
  await side.reacts(shownHere.message_id, "🔥");
  assertEquals(side.reactionsThere(written.message_id), emoji("🔥"));
});

Deno.test("of several people's reactions the latest is shown; when it is removed, none is", async () => {
  await using side = await Side.open("the team");
  const { ana, bia } = side.desk;
  const { message_id } = await side.sends("tem");
  const copy = side.arrived()[0]!.message_id;
  await side.reacts(message_id, "👍", ana);
  await side.reacts(message_id, "🔥", bia);
  assertEquals(side.reactionsThere(copy), emoji("🔥"));
  await side.reacts(message_id, null, ana);
  assertEquals(side.reactionsThere(copy), emoji("🔥"));
  await side.reacts(message_id, null, bia);
  assertEquals(side.reactionsThere(copy), []);
});

Deno.test("reactions of strangers in the group are ignored, and hide nobody else's", async () => {
  await using side = await Side.open("the team");
  const eve = side.desk.telegram.createUser({ firstName: "Eve" });
  const { message_id } = await side.sends("tem");
  const copy = side.arrived()[0]!.message_id;
  await side.reacts(message_id, "👍");
  await side.reacts(message_id, "💩", eve);
  assertEquals(side.reactionsThere(copy), emoji("👍"));
  await side.reacts(message_id, null);
  assertEquals(side.reactionsThere(copy), []);
});

Deno.test("an anonymous administrator's reaction is the team's, another channel's is nobody's", async () => {
  await using side = await Side.open("the team");
  const { desk } = side;
  const message = await side.sends("tem");
  const copy = side.arrived()[0]!.message_id;
  const foreign = desk.telegram.createChannel({ title: "Outro", creator: desk.boss });
  desk.boss.reacts(message, "💩", { as: foreign });
  await desk.settled();
  assertEquals(side.reactionsThere(copy), []);
  desk.boss.reacts(message, "👍", { as: "anonymous" });
  await desk.settled();
  assertEquals(side.reactionsThere(copy), emoji("👍"));
  desk.boss.reacts(message, "🔥", { as: desk.channel });
  await desk.settled();
  desk.boss.reacts(message, null, { as: "anonymous" });
  await desk.settled();
  assertEquals(side.reactionsThere(copy), emoji("🔥"));
});

Deno.test("in a group that takes only some reactions a customer's other ones are silent", async () => {
  await using side = await Side.open("a customer");
  side.desk.group.reactions = [];
  const sent = await side.sends("tem pão?");
  const copy = side.arrived()[0]!.message_id;
  side.forgets();
  await side.reacts(sent.message_id, "👍");
  assertEquals([side.reactionsThere(copy), side.told()], [[], []]);
  const comment = side.desk.ana.comments(side.desk.cardOf(side.maria), "tem");
  await side.desk.settled();
  assertEquals(side.told().map(({ text }) => text), ["tem"]);
  assertEquals(side.desk.group.reactionsOf(comment.message_id), []);
});

fromBothSides("a reaction under a 429 is shown later", async (side) => {
  const sent = await side.sends("tem pão?");
  const copy = side.arrived()[0]!.message_id;
  side.desk.telegram.faults.next("setMessageReaction", { kind: "429", retryAfterS: 5 });
  await side.reacts(sent.message_id, "👍");
  assertEquals(side.reactionsThere(copy), []);
  await side.desk.restart();
  await side.desk.passes(6000);
  assertEquals(side.reactionsThere(copy), emoji("👍"));
});

fromBothSides(
  "a reaction to which Telegram has not said that it is done is done again",
  async (side) => {
    const sent = await side.sends("tem pão?");
    const copy = side.arrived()[0]!.message_id;
    const body = '{"ok":true,"result":{}}';
    side.desk.telegram.faults.next("setMessageReaction", { kind: "odd answer", body });
    await side.reacts(sent.message_id, "👍");
    await side.desk.passes(6000);
    assertEquals(side.reactionsThere(copy), emoji("👍"));
  },
);

fromBothSides("a reaction that cannot be shown is silent", async (side) => {
  const sent = await side.sends("tem pão?");
  side.forgets();
  side.desk.telegram.faults.next("setMessageReaction", refusal("Bad Request: REACTION_INVALID"));
  await side.reacts(sent.message_id, "👍");
  assertEquals([side.arrived(), side.told()], [[], []]);
  await side.sends("e leite?");
  assertEquals(side.arrived().length, 1);
});

fromBothSides(
  "custom and paid reactions are silent; who changes to one shows none",
  async (side) => {
    const { desk, writer, here } = side;
    const { message_id } = await side.sends("tem pão?");
    const copy = side.arrived()[0]!.message_id;
    const reactsWith = async (new_reaction: ReactionType[]) => {
      const reacted = {
        chat: here.toChat(),
        message_id,
        date: Math.floor(desk.clock.now() / 1000),
        user: writer.info,
        old_reaction: [],
        new_reaction,
      };
      desk.bot.receive("message_reaction", reacted, { lane: "reactions", lifetimeS: 3600 });
      await desk.settled();
    };
    side.forgets();
    await reactsWith([{ type: "custom_emoji", custom_emoji_id: "5368324170671202286" }]);
    await reactsWith([{ type: "paid" }]);
    assertEquals(side.calls, []);
    await reactsWith([{ type: "emoji", emoji: "👍" }, { type: "paid" }]);
    assertEquals(side.reactionsThere(copy), emoji("👍"));
    await reactsWith([{ type: "custom_emoji", custom_emoji_id: "5368324170671202286" }]);
    assertEquals(side.reactionsThere(copy), []);
  },
);

Deno.test("a reaction of the channel itself counts, another channel's does not", async () => {
  await using side = await Side.open("the team");
  const { desk, here } = side;
  const evil = desk.telegram.createChannel({ title: "Evil", creator: desk.boss });
  const { message_id } = await side.sends("tem");
  const copy = side.arrived()[0]!.message_id;
  for (const [actor, reaction] of [[desk.channel, "👍"], [evil, "💩"]] as const) {
    desk.bot.receive("message_reaction", {
      chat: here.toChat(),
      message_id,
      date: Math.floor(desk.clock.now() / 1000),
      actor_chat: actor.toChat(),
      old_reaction: [],
      new_reaction: emoji(reaction),
    }, { lane: "reactions", lifetimeS: 3600 });
    await desk.settled();
  }
  assertEquals(side.reactionsThere(copy), emoji("👍"));
});

Deno.test("a reaction to the welcome or to a notice concerns nobody", async () => {
  await using side = await Side.open("a customer");
  const welcome = side.desk.toldTo(side.maria)[0]!;
  await side.reacts(welcome.message_id, "👍");
  assertEquals(side.calls, []);
});

Deno.test("a reaction waits while the bot is out of the group, and shows when it is back", async () => {
  await using side = await Side.open("a customer");
  const { desk } = side;
  const sent = await side.sends("obrigada!");
  const copy = side.arrived()[0]!.message_id;
  desk.telegram.removeMember(desk.group, desk.bot, "kicked");
  await desk.settled();
  await side.reacts(sent.message_id, "👍");
  desk.telegram.addMember(desk.group, desk.bot);
  desk.telegram.promote(desk.group, desk.bot);
  await desk.settled();
  await desk.passes(60_000);
  assertEquals(side.reactionsThere(copy), emoji("👍"));
});
