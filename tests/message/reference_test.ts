import type { ExternalReplyInfo, MessageOrigin } from "grammy/types";
import { assertEquals } from "@std/assert";
import { textsOf } from "../support/desk.ts";
import { JOSE_LIMA, postOf } from "../support/origins.ts";
import { refusal } from "../support/refusal.ts";
import { fromBothSides, Side } from "../support/sides.ts";
import type { SendOptions } from "../../playground/telegram/telegram.ts";

const RECIPES = postOf("Receitas");
const HIDDEN: MessageOrigin = { type: "hidden_user", date: 1, sender_user_name: "Zé" };
const photo: ExternalReplyInfo["photo"] = [
  { file_id: "a", file_unique_id: "b", width: 1, height: 1 },
];

fromBothSides("an answer to a message of another chat says which", async (side) => {
  const elsewhere = side.desk.telegram.createChannel({ title: "Receitas", creator: side.maria });
  const external = side.maria.sends(elsewhere, "bolo de fubá\ncom erva-doce");
  await side.sends("tem este?", { externalReplyTo: external, quote: "fubá\ncom" });
  await side.sends({ photo: true, caption: "este" }, { externalReplyTo: external });
  assertEquals(textsOf(side.arrived()), [
    "↩ Receitas: “fubá com”\ntem este?",
    "↩ Receitas: “bolo de fubá com erva-doce”\neste",
  ]);
  assertEquals(side.sendings, ["sendMessage", "copyMessage"]);
  side.forgets();
  // Whether the server quotes by itself is not known.
  side.desk.telegram.unproven.quotesOtherChats = false;
  await side.sends("ou este?", { externalReplyTo: external });
  assertEquals(textsOf(side.arrived()), ["↩ Receitas\nou este?"]);
});

fromBothSides("its name and the formatting of its quote are kept", async (side) => {
  side.desk.bot.known.add(77);
  const words = [{ type: "italic" as const, offset: 4, length: 5 }];
  const elsewhere = side.desk.telegram.createChannel({ title: "Receitas", creator: side.maria });
  const bold = [{ type: "bold" as const, offset: 8, length: 4 }];
  const external = side.maria.sends(elsewhere, { text: "bolo de fubá", entities: bold });
  await side.sends({ text: "tem deste?", entities: words }, { externalReplyTo: external });
  const [shown] = side.arrived();
  assertEquals(shown!.text, "↩ Receitas: “bolo de fubá”\ntem deste?");
  assertEquals(shown!.entities, [
    { type: "bold", offset: 21, length: 4 },
    { type: "italic", offset: 31, length: 5 },
  ]);
});

fromBothSides("of a message without words its kind is named", async (side) => {
  side.desk.bot.known.add(77);
  const externals: ExternalReplyInfo[] = [
    { origin: RECIPES, photo },
    { origin: JOSE_LIMA, sticker: {} as never },
    { origin: JOSE_LIMA, hologram: {} } as never,
  ];
  for (const externalReplyTo of externals) await side.sends("este", { externalReplyTo });
  assertEquals(textsOf(side.arrived()), [
    "↩ Receitas: foto\neste",
    "↩ José Lima: figurinha\neste",
    "↩ José Lima\neste",
  ]);
});

fromBothSides("an origin newer than this program is passed over", async (side) => {
  for (const origin of [{ type: "starship", date: 1 }, undefined]) {
    const externalReplyTo = { origin } as unknown as ExternalReplyInfo;
    await side.sends("este", { externalReplyTo, quote: "bolo" });
    await side.sends("este", { externalReplyTo });
  }
  assertEquals(textsOf(side.arrived()), ["↩ “bolo”\neste", "este", "↩ “bolo”\neste", "este"]);
});

fromBothSides("where there is no room for it, a line before says it", async (side) => {
  const options: SendOptions = {
    externalReplyTo: { origin: RECIPES },
    quote: "veja example.com",
  };
  await side.sends("a".repeat(4090), options);
  await side.sends({ sticker: true }, options);
  await side.sends({ photo: true, caption: "b".repeat(1020) }, options);
  const line = "↩ Receitas: “veja example.com”";
  assertEquals(textsOf(side.arrived()), [
    line,
    "a".repeat(4090),
    line,
    "[sticker]",
    line,
    "b".repeat(1020),
  ]);
  // What is quoted is not what the message is about.
  for (const message of side.arrived().filter(({ text }) => text === line)) {
    assertEquals(message.link_preview_options, { is_disabled: true });
  }
});

fromBothSides("what is only quoted has no preview, what is written keeps its own", async (side) => {
  const options = { externalReplyTo: { origin: RECIPES }, quote: "veja receitas.example/bolo" };
  const bare = await side.sends("este?", options);
  await side.sends("ou https://padaria.example/bolo ?", options);
  await side.sends({
    text: "ou este",
    entities: [{ type: "text_link", offset: 3, length: 4, url: "https://padaria.example/pao" }],
  }, options);
  const chosen = { url: "https://padaria.example/x", show_above_text: true };
  await side.sends({ text: "ou este", link_preview_options: chosen }, options);
  await side.edits(bare, "este aqui?");
  assertEquals(side.arrived().map(({ link_preview_options: shown }) => shown), [
    { is_disabled: true },
    { url: "https://padaria.example/bolo" },
    { url: "https://padaria.example/pao" },
    chosen,
  ]);
});

fromBothSides("a long text that answers elsewhere arrives whole, after the line", async (side) => {
  const words = Array.from({ length: 900 }, (_, n) => `pão${n}`).join(" ");
  await side.sends(words, { externalReplyTo: { origin: RECIPES }, quote: "bolo" });
  const [line, ...parts] = side.arrived();
  assertEquals(line!.text, "↩ Receitas: “bolo”");
  assertEquals(parts.map(({ text }) => text).join(" "), words);
}, { isPremium: true });

fromBothSides("an album that answers elsewhere says so once", async (side) => {
  const options = { externalReplyTo: { origin: RECIPES }, quote: "bolo" };
  await side.sendsAlbum([{ photo: true }, { photo: true, caption: "estes" }], options);
  assertEquals(textsOf(side.arrived()), ["[photo]", "↩ Receitas: “bolo”\nestes"]);
  assertEquals(side.calls.filter((method) => method.startsWith("send")), ["sendMediaGroup"]);
});

fromBothSides("an edit keeps the line, inside and before", async (side) => {
  const options = { externalReplyTo: { origin: RECIPES }, quote: "bolo" };
  const line = "↩ Receitas: “bolo”";
  const text = await side.sends("tem este?", options);
  const photoSent = await side.sends({ photo: true, caption: "este" }, options);
  const long = await side.sends("a".repeat(4090), options);
  const album = await side.sendsAlbum(
    [{ photo: true, caption: "estes" }, { photo: true }],
    options,
  );
  const before = side.arrived().length;
  await side.edits(text, "tem aquele?");
  await side.edits(text, "tem aquele outro?");
  await side.edits(photoSent, { caption: "" });
  await side.edits(photoSent, { video: true, caption: "filme" });
  await side.edits(long, "curto");
  await side.edits(album[0]!, { caption: "aqueles" });
  await side.edits(album[1]!, { caption: "e este" });
  assertEquals(textsOf(side.arrived()), [
    `${line}\ntem aquele outro?`,
    `${line}\nfilme`,
    line,
    "curto",
    `${line}\naqueles`,
    "e este",
  ]);
  assertEquals(side.arrived().length, before);
});

fromBothSides("what an edit cannot put into its copy comes with the line as well", async (side) => {
  const options = { externalReplyTo: { origin: RECIPES }, quote: "bolo" };
  const sent = await side.sends("tem este?", options);
  side.desk.telegram.faults.next(
    "editMessageText",
    refusal("Bad Request: message can't be edited"),
  );
  await side.edits(sent, "tem aquele?");
  await side.edits(sent, "tem?");
  assertEquals(textsOf(side.arrived()), [
    "↩ Receitas: “bolo”\ntem este?",
    "↩ Receitas: “bolo”\ntem?",
  ]);
});

Deno.test("customers never learn who serves them from what is answered", async () => {
  await using side = await Side.open("the team");
  const { desk } = side;
  const origins: MessageOrigin[] = [
    { type: "user", date: 1, sender_user: desk.bia.info },
    { type: "hidden_user", date: 1, sender_user_name: "Bia" },
  ];
  for (const origin of origins) {
    side.forgets();
    const sent = await side.sends("isto", { externalReplyTo: { origin }, quote: "custa 10" });
    await side.edits(sent, "é isto");
    await side.sends({ sticker: true }, { externalReplyTo: { origin } });
    await side.sends({ sticker: true }, { externalReplyTo: { origin, photo } });
    await side.sendsAlbum([{ photo: true, caption: "um" }, { photo: true }], {
      externalReplyTo: { origin },
      mediaGroupId: origin.type,
    });
    assertEquals(textsOf(side.arrived()), [
      "↩ “custa 10”\né isto",
      "[sticker]",
      "↩ foto",
      "[sticker]",
      "um",
      "[photo]",
    ]);
    assertEquals(side.told(), []);
  }
});

Deno.test("customers learn nothing of what the desk's own chats hold, and the thread is told", async () => {
  await using side = await Side.open("the team");
  const { desk } = side;
  const channel = { id: desk.channel.id, type: "channel", title: "Atendimento" } as const;
  const group = { id: desk.group.id, type: "supergroup", title: "log" } as const;
  const team = { type: "user", date: 1, sender_user: desk.bia.info } as const;
  const externals: ExternalReplyInfo[] = [
    // The card of somebody else, and a comment in another thread.
    { origin: { type: "channel", date: 1, message_id: 1, chat: channel }, chat: channel },
    { origin: { type: "chat", date: 1, sender_chat: group }, chat: group },
    { origin: team, chat: group },
    // What the bot tells an agent in private.
    { origin: { type: "user", date: 1, sender_user: desk.bot.user } },
  ];
  for (const [index, externalReplyTo] of externals.entries()) {
    side.forgets();
    const options = { externalReplyTo, quote: "João" };
    const sent = [await side.sends("isto", options)];
    sent.push(
      ...await side.sendsAlbum([{ photo: true, caption: "um" }, { photo: true }], {
        ...options,
        mediaGroupId: `${index}`,
      }),
    );
    await side.edits(sent[0]!, "é isto");
    assertEquals(textsOf(side.arrived()), ["é isto", "um", "[photo]"]);
    assertEquals(
      side.told().map(({ text, reply_to_message }) => [text, reply_to_message?.message_id]),
      sent.slice(0, 2).map(({ message_id }) => [
        "ℹ️ O cliente não vê a que mensagem isto responde: ela está nos chats da própria equipe.",
        message_id,
      ]),
    );
  }
});

Deno.test("to the team a hidden account's name is shown, and the desk's own channel's", async () => {
  await using side = await Side.open("a customer");
  const chat = { id: side.desk.channel.id, type: "channel", title: "Atendimento" } as const;
  const channel: MessageOrigin = { type: "channel", date: 1, message_id: 1, chat };
  for (const origin of [HIDDEN, channel]) {
    await side.sends("isto", { externalReplyTo: { origin }, quote: "x" });
  }
  assertEquals(textsOf(side.arrived()), ["↩ Zé: “x”\nisto", "↩ Atendimento: “x”\nisto"]);
});

fromBothSides("an answer to a story, a task or an option says which", async (side) => {
  const story = { chat: { id: -1009, type: "channel" as const, title: "Receitas" }, id: 3 };
  await side.sends("que bom", { answering: { reply_to_story: story } });
  const list = await side.sends({ checklist: { title: "Compras", tasks: ["farinha", "ovos"] } });
  const poll = await side.sends({ poll: { question: "Qual?", options: ["francês", "sovado"] } });
  const shown = side.arrived();
  side.forgets();
  await side.sends("quantos?", {
    replyTo: list.message_id,
    answering: { reply_to_checklist_task_id: 2 },
  });
  await side.sends("este", {
    replyTo: poll.message_id,
    answering: { reply_to_poll_option_id: poll.poll!.options[1]!.persistent_id },
  });
  assertEquals(shown[0]!.text, "↩ Receitas: story\nque bom");
  assertEquals(
    side.arrived().map(({ text, reply_to_message }) => [text, reply_to_message?.message_id]),
    [
      ["↩ “ovos”\nquantos?", shown[1]!.message_id],
      ["↩ “sovado”\neste", shown[2]!.message_id],
    ],
  );
});

fromBothSides("what is both forwarded and an answer says both", async (side) => {
  await side.sends("pão", {
    forwardedFrom: RECIPES,
    externalReplyTo: { origin: postOf("Feira") },
    quote: "tem?",
  });
  assertEquals(textsOf(side.arrived()), ["↪ Receitas\n↩ Feira: “tem?”\npão"]);
});
