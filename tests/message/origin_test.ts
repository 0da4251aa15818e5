import type { MessageOrigin } from "grammy/types";
import { assert, assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { JOSE_LIMA, postOf } from "../support/origins.ts";
import { fromBothSides, Side } from "../support/sides.ts";

fromBothSides("a forwarded message says where it comes from, in the same call", async (side) => {
  const entities = [{ type: "bold" as const, offset: 0, length: 4 }];
  side.desk.bot.known.add(77);
  await side.sends({ text: "pão de queijo", entities }, { forwardedFrom: JOSE_LIMA });
  side.forgets();
  await side.sends({ text: "pão de queijo", entities }, { forwardedFrom: JOSE_LIMA });
  await side.sends(
    {
      photo: true,
      caption: "olha",
      caption_entities: entities,
      has_media_spoiler: true,
      show_caption_above_media: true,
    },
    { forwardedFrom: JOSE_LIMA },
  );
  await side.sends({ voice: true }, { forwardedFrom: JOSE_LIMA });
  const [text, photo, voice] = side.arrived();
  assertEquals(text!.text, "↪ José Lima\npão de queijo");
  assertEquals(text!.entities, [{ type: "bold", offset: 12, length: 4 }]);
  assertEquals(photo!.caption, "↪ José Lima\nolha");
  assertEquals(photo!.caption_entities, [{ type: "bold", offset: 12, length: 4 }]);
  assertEquals([photo!.has_media_spoiler, photo!.show_caption_above_media], [true, true]);
  assertEquals(voice!.caption, "↪ José Lima");
  assertEquals(side.calls.filter((method) => method !== "getChatMember"), [
    "sendMessage",
    "copyMessage",
    "copyMessage",
  ]);
});

fromBothSides("where there is no room for its origin, a line before says it", async (side) => {
  const forwardedFrom = postOf("Notícias");
  await side.sends("a".repeat(4096), { forwardedFrom });
  await side.sends({ sticker: true }, { forwardedFrom });
  await side.sends({ dice: { emoji: "🎯", value: 6 } }, { forwardedFrom });
  assertEquals(textsOf(side.arrived()), [
    "↪ Notícias",
    "a".repeat(4096),
    "↪ Notícias",
    "[sticker]",
    "↪ Notícias\n🎯 6",
  ]);
});

Deno.test("customers never learn the name of who serves them from what is forwarded", async () => {
  await using side = await Side.open("the team");
  const { desk } = side;
  const origins: MessageOrigin[] = [
    { type: "user", date: 1, sender_user: desk.bia.info },
    // Bia hides her account when forwarded: all that is left is her name.
    { type: "hidden_user", date: 1, sender_user_name: "Bia" },
    { type: "chat", date: 1, sender_chat: { id: desk.group.id, type: "supergroup", title: "log" } },
    {
      type: "channel",
      date: 1,
      message_id: 1,
      chat: { id: desk.channel.id, type: "channel", title: "Atendimento" },
      author_signature: "Bia",
    },
  ];
  for (const forwardedFrom of origins) {
    await side.sends("segue", { forwardedFrom });
    await side.sends({ photo: true, caption: "foto" }, { forwardedFrom });
    await side.sendsAlbum([{ photo: true, caption: "um" }, { photo: true }], {
      forwardedFrom,
      mediaGroupId: `${forwardedFrom.type}`,
    });
  }
  for (const message of side.arrived()) {
    assert(!/↪|Bia|Atendimento|log/.test(`${message.text}${message.caption}`), message.caption);
  }
});

Deno.test("to the team a hidden account's name is shown", async () => {
  await using side = await Side.open("a customer");
  await side.sends("olha", {
    forwardedFrom: { type: "hidden_user", date: 1, sender_user_name: "Zé" },
  });
  assertEquals(textsOf(side.arrived()), ["↪ Zé\nolha"]);
});

fromBothSides("a forwarded Premium caption arrives whole, with its origin", async (side) => {
  const caption = "x".repeat(3000);
  side.desk.bot.known.add(77);
  await side.sends({ photo: true, caption }, { forwardedFrom: JOSE_LIMA });
  const [line, photo, text] = side.arrived();
  assertEquals([line!.text, photo!.photo !== undefined], ["↪ José Lima", true]);
  assertEquals(text?.text ?? photo!.caption, caption);
}, { isPremium: true });
