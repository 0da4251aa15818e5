/** Setting a desk up by tapping what the bot shows: its keyboard, its list, its sentences. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { InlineKeyboardButton, Message } from "grammy/types";
import type { SimulatedChat } from "../../playground/telegram/chat.ts";
import { callAs } from "../../playground/telegram/scene.ts";
import type { ShareOptions } from "../../playground/telegram/sharing.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { UnclaimedBot, type UnclaimedOptions } from "../support/unclaimed_bot.ts";

const CHOOSE_CHANNEL = "Escolher ou criar o canal";
const CHOOSE_GROUP = "Escolher o grupo";
const ADD_TO_CHANNEL = "➕ Adicionar ao seu canal";
const OPEN = "✅ O atendimento está aberto.";

/** Beto with his phone, who taps only what he sees. */
class Phone implements AsyncDisposable {
  taps = 0;

  private constructor(readonly desk: UnclaimedBot) {}

  static async take(options: UnclaimedOptions = {}): Promise<Phone> {
    const desk = await UnclaimedBot.create(options);
    await desk.boots();
    await desk.settled();
    return new Phone(desk);
  }

  /** Opens the link, and taps "Start". */
  async claims(): Promise<void> {
    this.taps += 2;
    this.desk.beto.opens(this.desk.link);
    await this.desk.settled();
  }

  /** Taps a button of the keyboard, a chat in the list it opens, and "OK" to add the bot. */
  async chooses(words: string, chat: SimulatedChat, how: ShareOptions = {}): Promise<string[]> {
    this.taps += 3;
    return await this.hears(() => this.desk.beto.shares(this.desk.bot, words, chat, how));
  }

  /** Taps a button under the list, or under the last message. */
  async presses(words: string, under: Message = this.list): Promise<void> {
    this.taps += 1;
    const button = this.#button(words, under);
    assert("callback_data" in button && button.callback_data !== undefined);
    void this.desk.beto.presses(under, button.callback_data);
    await this.desk.settled();
  }

  /** Taps a button that is a link, and chooses a chat. */
  async follows(words: string, chat: SimulatedChat, under: Message = this.list): Promise<void> {
    this.taps += 3;
    const button = this.#button(words, under);
    assert("url" in button);
    this.desk.beto.opens(button.url, { chat });
    await this.desk.settled();
  }

  /** What the bot says because of something. */
  async hears(does: () => unknown): Promise<string[]> {
    const { length } = this.said;
    does();
    await this.desk.settled();
    return this.said.slice(length).map(({ text }) => text!);
  }

  get said(): Message[] {
    return this.desk.toldTo(this.desk.beto);
  }

  get list(): Message {
    return this.said.findLast(({ text }) => /^(✅|🔧) O atendimento/u.test(text!))!;
  }

  /** The buttons of the keyboard that is shown in place of letters. */
  get keyboard(): string[] {
    const { keyboard } = this.desk.beto.chatWith(this.desk.bot);
    const buttons = keyboard?.keyboard.flat() ?? [];
    return buttons.map((button) => typeof button === "string" ? button : button.text);
  }

  /** A private channel with a linked group. */
  creates(title = "Loja"): { channel: SimulatedChat; group: SimulatedChat } {
    const { telegram, beto: creator } = this.desk;
    const channel = telegram.createChannel({ title, creator });
    const group = telegram.createSupergroup({ title: `${title} (log)`, creator });
    telegram.link(channel, group);
    return { channel, group };
  }

  #button(words: string, under: Message): InlineKeyboardButton {
    const buttons = under.reply_markup?.inline_keyboard.flat() ?? [];
    const found = buttons.find(({ text }) => text.includes(words));
    assert(found, `no button ${words}: ${buttons.map(({ text }) => text)}`);
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.desk[Symbol.asyncDispose]();
  }
}

Deno.test("from the claim link to a green list and a test message it takes at most twelve taps", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL]);
  assertStringIncludes(phone.said[0]!.text!, "Agora este atendimento é seu");
  await phone.chooses(CHOOSE_CHANNEL, channel);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  await phone.chooses(CHOOSE_GROUP, group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
  assertEquals(/❌|⚠️/u.test(phone.list.text!), false, phone.list.text);
  await phone.presses("Enviar mensagem de teste");
  assertStringIncludes(phone.list.text!, "✅ Mensagem de teste: levou");
  assertEquals([channel.messages.length, group.pinned.length], [0, 0]);
  assertEquals(group.messages.filter(({ text }) => text?.includes("teste")), []);
  assert(phone.taps <= 12, `${phone.taps} taps`);

  const { desk } = phone;
  desk.channel = channel;
  desk.group = group;
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "bom dia");
  await desk.settled();
  assertEquals(desk.threadOf(maria).map(({ text }) => text), ["bom dia"]);
});

Deno.test("each tap is answered with one sentence, whatever the client tells of it first", async () => {
  for (const adds of ["first", "afterwards"] as const) {
    await using phone = await Phone.take();
    const { channel, group } = phone.creates();
    await phone.claims();
    const next = await phone.chooses(CHOOSE_CHANNEL, channel, { adds });
    const done = await phone.chooses(CHOOSE_GROUP, group, { adds });
    // What is not there yet when it is asked for is said to be missing, and then it is there.
    const sentences = (all: string[]) => all.filter((text) => !text.startsWith("Ainda não sou"));
    assertEquals(sentences(next).length, 1, next.join("\n"));
    assertStringIncludes(sentences(next)[0]!, CHOOSE_GROUP);
    assertEquals(sentences(done).length, 1, done.join("\n"));
    assertStringIncludes(sentences(done)[0]!, "Enviar mensagem de teste");
    assertEquals(phone.keyboard, []);
    assert(phone.list.text!.startsWith(OPEN), phone.list.text);
  }
});

Deno.test("the bot is given just the rights it needs, and may invite agents to the channel", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  await phone.chooses(CHOOSE_GROUP, group);
  const rightsIn = (chat: SimulatedChat) =>
    Object.entries(chat.membership(phone.desk.bot).rights!)
      .flatMap(([name, has]) => has ? [name.replace(/^can_/, "")] : []).sort();
  assertEquals(rightsIn(channel), [
    "delete_messages",
    "edit_messages",
    "invite_users",
    "manage_chat",
    "post_messages",
  ]);
  assertEquals(rightsIn(group), [
    "delete_messages",
    "manage_chat",
    "pin_messages",
    "restrict_members",
  ]);
});

Deno.test("a client that shares without adding the bot gets the link that adds it", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  const [sentence, ...more] = await phone.chooses(CHOOSE_CHANNEL, channel, { adds: "never" });
  assertEquals(more, []);
  assertStringIncludes(sentence!, "“Loja”");
  assertStringIncludes(sentence!, ADD_TO_CHANNEL);
  assertEquals(phone.keyboard, [CHOOSE_CHANNEL]);
  await phone.follows(ADD_TO_CHANNEL, channel, phone.said.at(-1)!);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  const [again] = await phone.chooses(CHOOSE_GROUP, group, { adds: "never" });
  assertStringIncludes(again!, "➕ Adicionar ao grupo dele");
  await phone.follows("➕ Adicionar ao grupo dele", group, phone.said.at(-1)!);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("a client that knows no such buttons is led by the links, which stay under the list", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  const { desk } = phone;
  const [sentence] = await phone.hears(() =>
    desk.beto.sends(desk.chatOf(desk.beto), CHOOSE_CHANNEL)
  );
  assertStringIncludes(sentence!, ADD_TO_CHANNEL);
  await phone.follows(ADD_TO_CHANNEL, channel);
  await phone.follows("➕ Adicionar ao grupo dele", group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

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

Deno.test("a group that is linked meanwhile is noticed within a minute, and asked for", async () => {
  await using phone = await Phone.take();
  await phone.claims();
  const { telegram, beto: creator } = phone.desk;
  const channel = telegram.createChannel({ title: "Loja", creator });
  await phone.chooses(CHOOSE_CHANNEL, channel);
  telegram.link(channel, telegram.createSupergroup({ title: "Log", creator }));
  await phone.desk.passes(MINUTE_MS);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
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

Deno.test("a restart on the way loses nothing: the keyboard leads on, and goes when all is done", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  await phone.desk.boots();
  await phone.desk.settled();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  await phone.desk.boots();
  await phone.desk.settled();
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  await phone.chooses(CHOOSE_GROUP, group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("who added the bot before the claim is told what comes first, and then taps as anybody", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  const { beto, bot } = phone.desk;
  beto.promotes(group, bot, { can_pin_messages: true });
  await phone.desk.settled();
  const said = group.messages.filter(({ from }) => from?.id === bot.id).map(({ text }) =>
    text ?? ""
  );
  assertEquals(said.filter((text) => text.includes(`“${CHOOSE_CHANNEL}”`)).length, 1, `${said}`);
  assertEquals(group.membership(bot).status, "left");
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  await phone.chooses(CHOOSE_GROUP, group);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
});

Deno.test("another channel is the desk's only once the owner says that it moves there", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  // The keyboard of a client that has not noticed yet that it is gone.
  const keyboard = phone.desk.beto.chatWith(phone.desk.bot).keyboard;
  await phone.chooses(CHOOSE_GROUP, group);
  phone.desk.beto.chatWith(phone.desk.bot).keyboard = keyboard;
  const other = phone.creates("Outra");
  const { length } = phone.said;
  phone.desk.beto.opens(
    "https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages",
    { chat: other.channel },
  );
  await phone.desk.settled();
  const question = phone.said.at(-1)!;
  assertEquals(phone.said.length, length + 1);
  assertStringIncludes(question.text!, "“Outra”");
  await phone.presses("Mudar o atendimento", question);
  assertEquals(phone.keyboard, [CHOOSE_GROUP]);
  const said = await phone.chooses(CHOOSE_GROUP, group);
  assertStringIncludes(said.join("\n"), "“Loja (log)” não é o grupo de discussão de “Outra”");
  await phone.chooses(CHOOSE_GROUP, other.group);
  assertEquals(phone.keyboard, []);
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
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

Deno.test("the owner who asks for the list is led on from where the desk is", async () => {
  await using phone = await Phone.take();
  const { channel, group } = phone.creates();
  await phone.claims();
  await phone.chooses(CHOOSE_CHANNEL, channel);
  await phone.chooses(CHOOSE_GROUP, group);
  const { telegram, beto, bot } = phone.desk;
  const asks = () => phone.hears(() => beto.sends(beto.chatWith(bot), "/configurar"));
  assertEquals((await asks()).length, 1);
  // It is looked at anew: no update tells that a group is linked no more.
  telegram.unlink(channel);
  const [list, sentence] = await asks();
  assertStringIncludes(list!, "❌ Grupo de discussão");
  assertStringIncludes(sentence!, "Discussão");
  telegram.link(channel, group);
  await phone.presses("Verificar de novo");
  assert(phone.list.text!.startsWith(OPEN), phone.list.text);
  assertEquals(phone.keyboard, []);
});
