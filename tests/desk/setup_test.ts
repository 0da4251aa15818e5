import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { InlineKeyboardButton } from "grammy/types";
import { until } from "../support/program.ts";
import { RequestsUnderWay } from "../support/requests_under_way.ts";
import { type App, createApp } from "../../src/app.ts";
import { claimLink } from "../../src/desk/claim.ts";
import { readEnvironment } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import {
  type Call,
  SimulatedTelegram,
  type SimulatedUser,
} from "../../playground/telegram/telegram.ts";

/** A bot that nobody has claimed, and people who might. */
class NewBot implements AsyncDisposable {
  readonly #requests = new RequestsUnderWay();
  readonly telegram: SimulatedTelegram;
  readonly bot;
  readonly beto: SimulatedUser;
  readonly rui: SimulatedUser;
  readonly logLines: string[] = [];
  app!: App;

  private constructor(readonly kv: Deno.Kv, private readonly env: Record<string, string>) {
    this.telegram = new SimulatedTelegram({
      webhookFetch: (request) => this.#requests.through(this.app.handler(request)),
    });
    this.bot = this.telegram.createBot({
      name: "Padaria",
      username: "padaria_bot",
      supportsInline: true,
    });
    this.beto = this.telegram.createUser({ firstName: "Beto", languageCode: "pt-br" });
    this.rui = this.telegram.createUser({ firstName: "Rui", languageCode: "en" });
  }

  static async start(env: Record<string, string> = {}): Promise<NewBot> {
    const bot = new NewBot(await Deno.openKv(":memory:"), env);
    await bot.boot();
    return bot;
  }

  /** Starts the program, again if it runs already. */
  async boot(): Promise<void> {
    await this.app?.close(0);
    const env: Record<string, string> = {
      BOT_TOKEN: this.bot.token,
      PUBLIC_URL: "https://desk.example",
      PACE: "off",
      KV_PATH: "./data/desk.sqlite3",
      ...this.env,
    };
    const { config, problems } = readEnvironment((name) => env[name]);
    if (!config) throw new Error(problems.join("\n"));
    this.app = createApp({
      config,
      kv: this.kv,
      fetch: this.telegram.fetch,
      now: Date.now,
      log: createLog({
        level: "info",
        secrets: [config.botToken, config.webhookSecret],
        now: Date.now,
        write: (line) => this.logLines.push(line),
      }),
    });
    await this.app.start();
    await this.settled();
  }

  async settled(): Promise<void> {
    do {
      await this.telegram.settled();
      await this.app.settled();
    } while (!this.telegram.idle());
  }

  /** The link in the log. */
  get link(): string {
    const line = this.logLines.map((each) => JSON.parse(each)).find(({ url }) => url);
    return line.url;
  }

  /** What the bot has said to somebody in private. */
  toldTo(user: SimulatedUser) {
    return user.chatWith(this.bot).messages.filter(({ from }) => from?.id === this.bot.id);
  }

  /** The list in the owner's chat. */
  get checklist() {
    return this.toldTo(this.beto).findLast(({ text }) => /O atendimento/.test(text ?? ""))!;
  }

  /** A button of the list, by a part of its words. */
  button(words: string): InlineKeyboardButton {
    const buttons = this.checklist.reply_markup!.inline_keyboard.flat();
    return buttons.find(({ text }) => text.includes(words))!;
  }

  /** The address a button of the list opens. */
  address(words: string): string {
    const button = this.button(words);
    return "url" in button ? button.url : "";
  }

  /** Presses a button of the list. */
  async presses(words: string, who = this.beto) {
    const button = this.button(words);
    const data = "callback_data" in button ? button.callback_data : "";
    const answer = who.presses(this.checklist as never, data);
    await this.settled();
    return await answer;
  }

  /** A private channel with a linked group. */
  createDesk(title = "Atendimento", creator = this.beto) {
    const channel = this.telegram.createChannel({ title, creator });
    const group = this.telegram.createSupergroup({ title: `${title} (log)`, creator });
    this.telegram.link(channel, group);
    return { channel, group };
  }

  /** Beto claims the bot, and adds it to a channel and its group. */
  async open() {
    this.beto.opens(this.link);
    await this.settled();
    const desk = this.createDesk();
    this.beto.opens(this.address("ao seu canal"), { chat: desk.channel });
    await this.settled();
    this.beto.opens(this.address("ao grupo"), { chat: desk.group });
    await this.settled();
    return desk;
  }

  async health() {
    return await (await this.app.handler(new Request("https://desk.example/health"))).json();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close(0);
    await this.#requests.answered();
    this.kv.close();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await this.telegram.close();
  }
}

Deno.test("claimed, added to its channel and group, and tested, the bot serves a desk", async () => {
  await using desk = await NewBot.start();
  const { beto, bot, telegram } = desk;
  assert(desk.link.startsWith("https://t.me/padaria_bot?start=claim_"));
  beto.opens(desk.link);
  await desk.settled();
  assertStringIncludes(desk.toldTo(beto)[0]!.text!, "Agora este atendimento é seu");
  const { channel, group } = desk.createDesk();
  beto.opens(desk.address("ao seu canal"), { chat: channel });
  await desk.settled();
  for (const line of ["✅ Canal\n", "✅ O canal é privado", "❌ Grupo de discussão"]) {
    assertStringIncludes(desk.checklist.text!, line);
  }
  beto.opens(desk.address("ao grupo"), { chat: group });
  await desk.settled();
  assertStringIncludes(desk.checklist.text!, "✅ O atendimento está aberto.");
  assertEquals(/❌|⚠️/u.test(desk.checklist.text!), false, desk.checklist.text);
  await desk.presses("teste");
  assertStringIncludes(desk.checklist.text!, "✅ Mensagem de teste: levou");
  assertEquals([channel.messages.length, group.pinned.length], [0, 0]);
  const ana = telegram.createUser({ firstName: "Ana" });
  telegram.addMember(channel, ana);

  const maria = telegram.createUser({ firstName: "Maria", languageCode: "pt-br" });
  maria.sends(maria.chatWith(bot), "bom dia");
  await desk.settled();
  ana.comments(channel.messages.find(({ text }) => text?.includes("Maria"))!, "bom dia, Maria!");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)!.text, "bom dia, Maria!");
  assertEquals((await desk.health()).ok, true);
});

Deno.test("a wrong code makes nobody the owner, and neither does the right one once it is used", async () => {
  await using desk = await NewBot.start();
  const { beto, rui, bot } = desk;
  rui.opens(claimLink("padaria_bot", "0123456789abcdef"));
  await desk.settled();
  assertEquals(desk.toldTo(rui), []);
  const { channel } = await desk.open();
  rui.opens(desk.link);
  await desk.settled();
  // To a desk that is open, whoever comes by such a link is a customer; the code goes nowhere.
  assertStringIncludes(desk.toldTo(rui).at(-1)!.text!, "Write your message here");
  assertEquals(channel.messages.some(({ text }) => text?.includes("claim")), false);
  rui.sends(rui.chatWith(bot), "/setup");
  await desk.settled();
  assertEquals(desk.toldTo(rui).some(({ text }) => text?.includes("desk is open")), false);
  // The owner's own link goes on showing the list.
  const { length } = desk.toldTo(beto);
  beto.opens(desk.link);
  await desk.settled();
  assert(desk.toldTo(beto).length > length);
});

Deno.test("however often they and hundreds of others have guessed, the right code makes its owner", async () => {
  await using desk = await NewBot.start();
  const { beto, telegram } = desk;
  const guessers = Array.from(
    { length: 500 },
    (_, n) => telegram.createUser({ firstName: `Curioso ${n}` }),
  );
  for (const guesser of [...guessers, beto]) {
    for (let guess = 0; guess < 6; guess++) {
      guesser.opens(claimLink("padaria_bot", `000000000000000${guess}`));
    }
  }
  await desk.settled();
  beto.opens(desk.link);
  await desk.settled();
  assertStringIncludes(desk.toldTo(beto)[0]!.text!, "Agora este atendimento é seu");
  assertEquals(guessers.filter((guesser) => desk.toldTo(guesser).length > 0), []);
  const told = desk.logLines.filter((line) => line.includes(`"userId":${beto.id}`));
  assertEquals(told.filter((line) => line.includes("wrong code")).length, 5);
});

Deno.test("that somebody has guessed is in the file with their data", async () => {
  await using desk = await NewBot.start();
  const { rui, bot } = desk;
  for (const code of ["0000000000000000", "0000000000000001"]) {
    rui.opens(claimLink("padaria_bot", code));
    await desk.settled();
  }
  await desk.open();
  rui.sends(rui.chatWith(bot), "/privacy");
  await desk.settled();
  void rui.presses(desk.toldTo(rui).at(-1)!, "privacy show");
  await desk.settled();
  const file = desk.toldTo(rui).at(-1)!;
  const { team } = JSON.parse(new TextDecoder().decode(desk.telegram.download(file)));
  assertEquals(team.data.wrong_codes, 2);
});

Deno.test("what customers write before there is a desk waits, and comes when there is one", async () => {
  await using desk = await NewBot.start();
  const maria = desk.telegram.createUser({ firstName: "Maria", languageCode: "pt-br" });
  maria.sends(maria.chatWith(desk.bot), "alguém aí?");
  await desk.settled();
  assertEquals(desk.toldTo(maria), []);
  const { channel } = await desk.open();
  const deadlineMs = Date.now() + 10_000;
  while (!channel.messages.some(({ text }) => text?.includes("Maria"))) {
    assert(Date.now() < deadlineMs, "the message never comes");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await desk.settled();
  assertStringIncludes(desk.toldTo(maria)[0]!.text!, "Escreva sua mensagem");
});

Deno.test("the list says what is missing, and follows what the owner mends", async () => {
  await using desk = await NewBot.start();
  const { beto, bot, telegram } = desk;
  beto.opens(desk.link);
  await desk.settled();
  assertStringIncludes(desk.checklist.text!, "❌ Canal: O dono ainda não adicionou");
  const channel = telegram.createChannel({ title: "Canal", creator: beto, username: "padaria" });
  beto.opens(desk.address("ao seu canal"), { chat: channel });
  await desk.settled();
  const first = desk.checklist.message_id;
  for (const line of ["⚠️ O canal é privado: O canal é público", "❌ Grupo de discussão"]) {
    assertStringIncludes(desk.checklist.text!, line);
  }
  const group = telegram.createSupergroup({ title: "Grupo", creator: beto });
  telegram.link(channel, group);
  telegram.promote(group, bot, { can_pin_messages: true });
  await desk.settled();
  assertStringIncludes(desk.checklist.text!, "“Apagar mensagens”, “Banir usuários”");
  telegram.promote(group, bot);
  bot.configure({ supportsInline: false });
  await desk.settled();
  await desk.presses("Verificar");
  assertStringIncludes(desk.checklist.text!, "✅ O atendimento está aberto.");
  assertEquals(desk.checklist.message_id, first);
  const joao = telegram.createUser({ firstName: "João" });
  group.members.set(joao.id, { status: "member" });
  await desk.boot();
  beto.sends(beto.chatWith(bot), "/setup");
  await desk.settled();
  for (const line of ["❌", "⚠️ Não há mais ninguém no grupo", "⚠️ Respostas prontas"]) {
    assertEquals(desk.checklist.text!.includes(line), line !== "❌", desk.checklist.text);
  }
});

Deno.test("the list follows what the bot finds out by itself", async () => {
  await using desk = await NewBot.start();
  const { channel } = await desk.open();
  assertStringIncludes(desk.checklist.text!, "✅ O atendimento está aberto.");
  const shown = desk.checklist.message_id;
  // No update tells that a group is no longer linked: the bot sees it when it looks again.
  desk.telegram.unlink(channel);
  const [, code] = desk.link.split("claim_");
  const page = await desk.app.handler(new Request(`https://desk.example/?code=${code}`));
  await page.text();
  await desk.settled();
  assertStringIncludes(desk.checklist.text!, "❌ Grupo de discussão");
  assertEquals(desk.checklist.message_id, shown);
});

Deno.test("added elsewhere by anybody, the bot says one line and leaves; also before it is claimed", async () => {
  await using desk = await NewBot.start();
  const { rui, bot, telegram } = desk;
  const early = telegram.createSupergroup({ title: "Cedo", creator: rui });
  rui.adds(early, bot);
  await desk.settled();
  assertEquals(early.membership(bot.user).status, "left");
  const { channel, group } = await desk.open();
  const party = telegram.createSupergroup({ title: "Festa", creator: rui });
  rui.adds(party, bot);
  const other = telegram.createChannel({ title: "Canal do Rui", creator: rui });
  rui.opens("https://t.me/padaria_bot?startchannel&admin=post_messages", { chat: other });
  await desk.settled();
  for (const chat of [party, other]) {
    assertEquals(chat.membership(bot.user).status, "left");
    const said = chat.messages.filter(({ text }) => text?.includes("one company's desk"));
    assertEquals(said.length, 1);
  }
  for (const chat of [channel, group]) {
    assertEquals(chat.membership(bot.user).status, "administrator");
  }
  assertEquals((await desk.health()).ok, true);
});

Deno.test("the channel's new group is not left because Telegram does not say whose it is", async () => {
  await using desk = await NewBot.start();
  const { rui, bot, telegram } = desk;
  const { channel } = await desk.open();
  const next = telegram.createSupergroup({ title: "Grupo novo", creator: rui });
  telegram.link(channel, next);
  const isOfNext = ({ method, payload }: Call) =>
    method === "getChat" && payload.chat_id === next.id;
  telegram.faults.next(isOfNext, { kind: "502" }, 10);
  rui.adds(next, bot);
  await desk.settled();
  assertEquals(next.membership(bot.user).status, "member");
  // Anybody's group, once asked about in vain, is left all the same.
  telegram.faults.clear();
  const party = telegram.createSupergroup({ title: "Festa", creator: rui });
  telegram.faults.next(({ payload }) => payload.chat_id === party.id, { kind: "502" });
  rui.adds(party, bot);
  await desk.settled();
  assertEquals(party.membership(bot.user).status, "left");
});

Deno.test("only the owner moves the desk, and only after they confirm", async () => {
  await using desk = await NewBot.start();
  const { beto, bot, telegram } = desk;
  const { channel } = await desk.open();
  const maria = telegram.createUser({ firstName: "Maria", languageCode: "pt-br" });
  maria.sends(maria.chatWith(bot), "oi");
  await desk.settled();
  const next = desk.createDesk("Novo canal");
  beto.opens("https://t.me/padaria_bot?startchannel&admin=post_messages+edit_messages", {
    chat: next.channel,
  });
  await desk.settled();
  const question = desk.toldTo(beto).at(-1)!;
  assertStringIncludes(question.text!, "“Novo canal”");
  maria.sends(maria.chatWith(bot), "ainda aqui");
  await desk.settled();
  assertEquals(next.channel.messages.length, 0);
  telegram.promote(next.group, bot);
  const data = `setup move ${next.channel.id} ${channel.id}`;
  beto.presses(question as never, data);
  await desk.settled();
  assertStringIncludes(desk.checklist.text!, "✅ O atendimento está aberto.");
  maria.sends(maria.chatWith(bot), "e agora?");
  await until("she has a card at the new desk", () => next.channel.messages.length > 0);
  await desk.settled();
  assertEquals(next.channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
  assertEquals(channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
  await desk.boot();
  assertEquals((await desk.health()).ok, true);
});

Deno.test("presses that only the owner may make do nothing for others", async () => {
  await using desk = await NewBot.start();
  const { channel } = await desk.open();
  const other = desk.createDesk("Outro", desk.rui);
  const answer = desk.rui.forges(desk.checklist as never, `setup move ${other.channel.id}`);
  await desk.settled();
  assertEquals((await answer)?.show_alert, true);
  const maria = desk.telegram.createUser({ firstName: "Maria" });
  maria.sends(maria.chatWith(desk.bot), "oi");
  await desk.settled();
  assertEquals(channel.messages.some(({ text }) => text?.includes("Maria")), true);
});

Deno.test("a channel named by CHANNEL_ID needs no claim, and its creator owns the desk", async () => {
  await using desk = await NewBot.start({ CHANNEL_ID: "@padaria" });
  const { beto, bot, telegram } = desk;
  assertEquals(desk.logLines.some((line) => line.includes("claim_")), false);
  const channel = telegram.createChannel({ title: "Canal", creator: beto, username: "padaria" });
  const group = telegram.createSupergroup({ title: "Grupo", creator: beto });
  telegram.link(channel, group);
  telegram.promote(group, bot);
  telegram.promote(channel, bot);
  await desk.settled();
  await desk.boot();
  assertEquals(group.membership(bot.user).status, "administrator");
  assertEquals((await desk.health()).ok, true);
  beto.starts(bot);
  beto.sends(beto.chatWith(bot), "/setup");
  await desk.settled();
  assertStringIncludes(desk.checklist.text!, "✅ O atendimento está aberto.");
});
