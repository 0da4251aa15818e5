/** What an owner may choose for the desk that is none, and what they are told of it. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { callAs } from "../../playground/telegram/scene.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { CHOOSE_CHANNEL, CHOOSE_GROUP, OPEN, Phone } from "../support/phone.ts";

interface Detour {
  what: string;
  /** What is chosen; by default by careless clients, that offer everything. */
  chooses: (phone: Phone) => Promise<string[]>;
  says: string[];
  /** How much is said in all: one sentence, unless the bot is somewhere by then, which leads on. */
  most?: number;
}

/** With the channel chosen, and its group not. */
async function withChannel(phone: Phone) {
  const desk = phone.creates();
  await phone.chooses(CHOOSE_CHANNEL, desk.channel);
  return desk;
}

const DETOURS: Detour[] = [
  {
    what: "a public channel",
    chooses: async (phone) => {
      const { telegram, beto: creator } = phone.desk;
      const open = telegram.createChannel({ title: "Aberto", creator, username: "aberto" });
      return await phone.chooses(CHOOSE_CHANNEL, open, { isCareless: true });
    },
    says: ["“Aberto” é público", "Tipo de canal", "“Privado”"],
    most: 2,
  },
  {
    what: "a group in place of a channel",
    chooses: async (phone) => {
      const { group } = phone.creates();
      return await phone.chooses(CHOOSE_CHANNEL, group, { isCareless: true });
    },
    says: ["“Loja (log)” não é um canal", CHOOSE_CHANNEL],
    most: 2,
  },
  {
    what: "another desk's channel",
    chooses: async (phone) => {
      const { channel } = phone.creates();
      const other = phone.desk.telegram.createBot({ username: "outro_bot" });
      phone.desk.telegram.promote(channel, other);
      return await phone.chooses(CHOOSE_CHANNEL, channel);
    },
    says: ["@outro_bot também publica em “Loja”", CHOOSE_CHANNEL],
    most: 2,
  },
  {
    what: "a channel without a group",
    chooses: async (phone) => {
      const { telegram, beto: creator } = phone.desk;
      return await phone.chooses(CHOOSE_CHANNEL, telegram.createChannel({ title: "Só", creator }));
    },
    says: ["Discussão", "↻ Verificar de novo"],
  },
  {
    what: "a channel in which the bot lacks rights",
    chooses: async (phone) => {
      const { channel } = phone.creates();
      return await phone.hears(() =>
        phone.desk.beto.promotes(channel, phone.desk.bot, { can_post_messages: true })
      );
    },
    says: ["“Editar mensagens”", "“Loja”", "Administradores"],
  },
  {
    what: "a group before its channel",
    chooses: async (phone) => {
      const { group } = phone.creates();
      return await phone.hears(() =>
        phone.desk.beto.promotes(group, phone.desk.bot, { can_pin_messages: true })
      );
    },
    says: ["“Loja (log)”", CHOOSE_CHANNEL],
  },
  {
    what: "a group that is not the channel's",
    chooses: async (phone) => {
      await withChannel(phone);
      const { telegram, beto: creator } = phone.desk;
      const party = telegram.createSupergroup({ title: "Festa", creator });
      return await phone.chooses(CHOOSE_GROUP, party);
    },
    says: ["“Festa” não é o grupo de discussão de “Loja”", "Discussão", CHOOSE_GROUP],
  },
  {
    what: "a forum",
    chooses: async (phone) => {
      await withChannel(phone);
      const { telegram, beto: creator } = phone.desk;
      const forum = telegram.createSupergroup({ title: "Fórum", creator });
      forum.isForum = true;
      return await phone.chooses(CHOOSE_GROUP, forum, { isCareless: true });
    },
    says: ["“Fórum” tem tópicos", "Tópicos"],
  },
  {
    what: "a basic group, in which the bot stays a member",
    chooses: async (phone) => {
      await withChannel(phone);
      const { telegram, beto } = phone.desk;
      const small = telegram.createGroup({ title: "Pequeno", creator: beto });
      beto.adds(small, phone.desk.bot);
      await phone.desk.settled();
      return await phone.chooses(CHOOSE_GROUP, small, { adds: "never" });
    },
    says: ["“Pequeno” ainda é um grupo básico", "Discussão"],
  },
  {
    what: "a group in which the bot lacks rights",
    chooses: async (phone) => {
      const { group } = await withChannel(phone);
      return await phone.hears(() =>
        phone.desk.beto.promotes(group, phone.desk.bot, { can_pin_messages: true })
      );
    },
    says: ["“Apagar mensagens”, “Banir usuários”", "“Loja (log)”", "Administradores"],
  },
];

for (const { what, chooses, says, most = 1 } of DETOURS) {
  Deno.test(`who chooses ${what} is told in one sentence what to tap`, async () => {
    await using phone = await Phone.take();
    await phone.claims();
    const said = await chooses(phone);
    const sentences = said.filter((text) => says.every((words) => text.includes(words)));
    assertEquals(sentences.length, 1, said.join("\n---\n"));
    assert(said.length <= most, said.join("\n---\n"));
  });
}

Deno.test("a basic group becomes a supergroup by being chosen, and is to be linked", async () => {
  for (const isOld of [false, true]) {
    await using phone = await Phone.take();
    await phone.claims();
    await withChannel(phone);
    const { telegram, beto: creator } = phone.desk;
    telegram.unproven.sharesGroupsByOldId = isOld;
    const small = telegram.createGroup({ title: "Pequeno", creator });
    const said = await phone.chooses(CHOOSE_GROUP, small);
    assertEquals(said.length, 1, said.join("\n---\n"));
    assertStringIncludes(said[0]!, "“Pequeno” não é o grupo de discussão de “Loja”");
  }
});

Deno.test("a basic group is chosen, linked, and chosen by whichever ID", async () => {
  for (const isOld of [false, true]) {
    await using phone = await Phone.take();
    await phone.claims();
    const { telegram, beto: creator } = phone.desk;
    telegram.unproven.sharesGroupsByOldId = isOld;
    const channel = telegram.createChannel({ title: "Loja", creator });
    await phone.chooses(CHOOSE_CHANNEL, channel);
    assertEquals(phone.keyboard, [CHOOSE_CHANNEL]);
    const group = telegram.link(channel, telegram.createGroup({ title: "Pequeno", creator }));
    await phone.presses("Verificar de novo");
    assertEquals(phone.keyboard, [CHOOSE_GROUP]);
    await phone.chooses(CHOOSE_GROUP, group);
    assertEquals(phone.keyboard, []);
    assert(phone.list.text!.startsWith(OPEN), phone.list.text);
  }
});

Deno.test("who is told and chooses again is told again", async () => {
  await using phone = await Phone.take();
  await phone.claims();
  const { channel } = phone.creates();
  const never = { adds: "never" } as const;
  assertEquals((await phone.chooses(CHOOSE_CHANNEL, channel, never)).length, 1);
  phone.desk.clock.aheadMs += MINUTE_MS;
  assertEquals((await phone.chooses(CHOOSE_CHANNEL, channel, never)).length, 1);
});

Deno.test("where Telegram does not answer, the owner is told to tap again", async () => {
  await using phone = await Phone.take();
  await phone.claims();
  const { channel } = phone.creates();
  phone.desk.telegram.faults.next("getChat", { kind: "502" });
  const said = await phone.chooses(CHOOSE_CHANNEL, channel, { adds: "never" });
  assertEquals(said.length, 1);
  assertStringIncludes(said[0]!, CHOOSE_CHANNEL);
});

Deno.test("what the desk has already is said to be its own", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  const { keyboard } = phone.desk.beto.chatWith(phone.desk.bot);
  await phone.chooses(CHOOSE_GROUP, group);
  phone.desk.clock.aheadMs += MINUTE_MS;
  phone.desk.beto.chatWith(phone.desk.bot).keyboard = keyboard;
  const said = await phone.chooses(CHOOSE_GROUP, group);
  assertEquals(said.length, 1);
  assertStringIncludes(said[0]!, "“Loja (log)” já é o grupo deste atendimento");
});

Deno.test("what anybody but the owner shares is nothing to the desk", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  const { telegram, bot, beto } = phone.desk;
  const rui = telegram.createUser({ firstName: "Rui", languageCode: "pt-br" });
  rui.starts(bot);
  const foreign = telegram.createChannel({ title: "Do Rui", creator: rui });
  const { keyboard } = beto.chatWith(bot);
  await callAs(telegram, bot, "sendMessage", {
    chat_id: rui.id,
    text: "?",
    reply_markup: keyboard!,
  });
  rui.shares(bot, CHOOSE_CHANNEL, foreign);
  await phone.desk.settled();
  assertEquals(foreign.membership(bot).status, "left");
  await phone.chooses(CHOOSE_CHANNEL, channel);
  await phone.chooses(CHOOSE_GROUP, group);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});
