/**
 * What Telegram may refuse, wherever the bot calls it. A chat that is not the desk's own is one
 * person's, a message in the desk's own is one message's: others go on, nobody is alarmed, somebody is
 * told once, and nothing is tried for ever.
 */
import { assert, assertEquals, assertLess } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

type Refusal = readonly [code: number, words: string];

/** Refusals that speak of whom the call was for, of a message, or of a method: not of the token. */
const REFUSALS: Refusal[] = [
  [403, "Forbidden: bot was blocked by the user"],
  [403, "Forbidden: user is deactivated"],
  [403, "Forbidden: bot can't initiate conversation with a user"],
  [403, "Forbidden: the bot can't send messages to the bot"],
  [403, "Forbidden: bot was kicked from the group chat"],
  [403, "Forbidden: bot was kicked from the supergroup chat"],
  [403, "Forbidden: bot is not a member of the channel chat"],
  [403, "Forbidden: the group chat was deleted"],
  [403, "Forbidden: something nobody has seen yet"],
  [400, "Bad Request: USER_IS_BLOCKED"],
  [400, "Bad Request: INPUT_USER_DEACTIVATED"],
  [400, "Bad Request: chat not found"],
  [400, "Bad Request: private chat not found"],
  [400, "Bad Request: chat_id is empty"],
  [400, "Bad Request: user not found"],
  [400, "Bad Request: PARTICIPANT_ID_INVALID"],
  [400, "Bad Request: USER_ID_INVALID"],
  [400, "Bad Request: PEER_ID_INVALID"],
  [400, "Bad Request: have no write access to the chat"],
  [400, "Bad Request: can't access the chat"],
  [400, "Bad Request: CHAT_WRITE_FORBIDDEN"],
  [400, "Bad Request: CHAT_RESTRICTED"],
  [400, "Bad Request: CHAT_ADMIN_REQUIRED"],
  [400, "Bad Request: CHAT_SEND_STICKERS_FORBIDDEN"],
  [400, "Bad Request: need administrator rights in the channel chat"],
  [400, "Bad Request: not enough rights to send text messages to the chat"],
  [400, "Bad Request: not enough rights to send stickers to the chat"],
  [400, "Bad Request: not enough rights to send polls to the chat"],
  [400, "Bad Request: not enough rights to manage pinned messages in the chat"],
  [400, "Bad Request: member list is inaccessible"],
  [400, "Bad Request: message to be replied not found"],
  [400, "Bad Request: message thread not found"],
  [400, "Bad Request: TOPIC_CLOSED"],
  [400, "Bad Request: message to copy not found"],
  [400, "Bad Request: message to edit not found"],
  [400, "Bad Request: message to react not found"],
  [400, "Bad Request: message can't be edited"],
  [400, "Bad Request: message can't be deleted for everyone"],
  [400, "Bad Request: message is too long"],
  [400, "Bad Request: message caption is too long"],
  [400, "Bad Request: message text is empty"],
  [400, "Bad Request: can't parse entities: unexpected end of name token at byte offset 5"],
  [400, "Bad Request: ENTITY_BOUNDS_INVALID"],
  [400, "Bad Request: QUOTE_TEXT_INVALID"],
  [400, "Bad Request: BUTTON_DATA_INVALID"],
  [400, "Bad Request: REACTION_INVALID"],
  [400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"],
  [400, "Bad Request: user restricted receiving of voice note messages"],
  [400, "Bad Request: user restricted receiving of video note messages"],
  [400, "Bad Request: wrong file identifier/HTTP URL specified"],
  [400, "Bad Request: the message can't be copied"],
  [400, "Bad Request: messages can't be forwarded"],
  [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
  [404, "Not Found: method not found"],
  [413, "Request Entity Too Large"],
  [500, "Internal Server Error: sent message was immediately deleted and can't be returned"],
];

/** For whom a refusal is told, everything it may be refused in, and every method on the way. */
const SOME: Refusal[] = [
  [403, "Forbidden: something nobody has seen yet"],
  [403, "Forbidden: bot was kicked from the supergroup chat"],
  [400, "Bad Request: CHAT_RESTRICTED"],
  [400, "Bad Request: not enough rights to send stickers to the chat"],
  [400, "Bad Request: SOMETHING_NOBODY_HAS_SEEN_YET"],
  [404, "Not Found: method not found"],
];

/** A desk with two customers who are served; the refusals are Maria's, João is a bystander. */
class RefusedDesk implements AsyncDisposable {
  /** Calls that were refused, by time. */
  readonly refused: Call[] = [];

  private constructor(
    readonly desk: TestDesk,
    readonly maria: SimulatedUser,
    readonly joao: SimulatedUser,
  ) {}

  static async open(): Promise<RefusedDesk> {
    const desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "200" } });
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
    await desk.settled();
    for (const customer of [maria, joao]) desk.ana.comments(desk.cardOf(customer), "olá");
    await desk.settled();
    return new RefusedDesk(desk, maria, joao);
  }

  /** From now on Telegram refuses these calls. */
  refuses([errorCode, description]: Refusal, isMeant: (call: Call) => boolean): void {
    this.desk.telegram.faults.rate({ kind: "error", errorCode, description }, 1, (call) => {
      const isRefused = isMeant(call);
      if (isRefused) this.refused.push(call);
      return isRefused;
    });
  }

  /** Whether a call is about Maria: in her chat, from it, or in her thread. */
  isMarias = ({ payload }: Call): boolean => {
    const { desk, maria } = this;
    const chatId = Number(payload.chat_id);
    if (chatId === maria.id || Number(payload.from_chat_id) === maria.id) return true;
    if (chatId !== desk.group.id) return false;
    const answered = payload.reply_parameters as { message_id?: number } | undefined;
    const messageId = answered?.message_id ?? Number(payload.message_id);
    return this.#isInThread(messageId);
  };

  #isInThread(messageId: number): boolean {
    const { desk, maria } = this;
    const card = desk.cardOf(maria).message_id;
    const root = desk.group.messages.find(({ forward_origin: origin }) =>
      origin?.type === "channel" && origin.message_id === card
    );
    return root !== undefined &&
      desk.group.thread(root.message_id).some(({ message_id }) => message_id === messageId);
  }

  /** Everything that either side may do in Maria's conversation. */
  async everythingHappens(): Promise<void> {
    const { desk, maria } = this;
    const chat = desk.chatOf(maria);
    const card = desk.cardOf(maria);
    const { ana } = desk;
    const first = desk.group.messages.find(({ text, from }) =>
      text === "olá" && from?.id === ana.id
    );
    const said = maria.sends(chat, "tem pão?");
    maria.sends(chat, { sticker: true });
    maria.sends(chat, { poll: { question: "Qual?", options: ["um", "dois"] } });
    maria.sends(chat, { location: { live_period: 600 } });
    await maria.sendsAlbum(chat, [{ photo: true }, { photo: true }]);
    const photo = maria.sends(chat, { photo: true, caption: "este" });
    await desk.settled();
    ana.comments(card, { voice: true });
    ana.comments(card, "{nome}, temos");
    const answer = ana.comments(card, "temos");
    ana.edits(first!, "olá!");
    ana.reacts(answer, "👍");
    ana.comments(card, { sticker: true });
    await ana.sendsAlbum(desk.group, [{ photo: true }, { photo: true }], {
      replyTo: first!.message_thread_id!,
    });
    await ana.sendsAlbum(desk.group, [{ photo: true }, { photo: true }], {
      replyTo: answer.message_id,
    });
    await desk.settled();
    await desk.passes(2000);
    ana.comments(card, "/undo", { replyTo: answer.message_id });
    maria.edits(said, "tem bolo?");
    maria.edits(photo, { caption: "aquele" });
    maria.reacts(said, "👍");
    ana.comments(card, "/quem");
    await desk.settled();
    await desk.passes(2000);
  }

  /** João and the team talk: all of it has to arrive at once. */
  async bystandersTalk(word: string): Promise<void> {
    const { desk, joao } = this;
    joao.sends(desk.chatOf(joao), word);
    desk.ana.comments(desk.cardOf(joao), `${word}, João`);
    await desk.settled();
    assert(textsOf(desk.threadOf(joao)).includes(word), `João's "${word}" is held up`);
    assert(
      textsOf(desk.toldTo(joao)).includes(`${word}, João`),
      `the answer "${word}" to João is held up`,
    );
  }

  /** The owner's alarms. */
  get alarms(): string[] {
    return textsOf(this.desk.toldTo(this.desk.boss))
      .filter((text) => /^(⚠️ O atendimento está parado|✅ O atendimento voltou)/.test(text));
  }

  async health(): Promise<number> {
    const response = await this.desk.app.handler(new Request("https://desk.example/health"));
    await response.body?.cancel();
    return response.status;
  }

  /** What the bot says in answer to a message, in its chat. */
  answersTo({ chat, message_id: id }: { chat: { id: number }; message_id: number }): string[] {
    const { desk } = this;
    const place = chat.id === desk.group.id ? desk.group : desk.chatOf(this.maria);
    return textsOf(
      place.messages.filter(({ from, reply_to_message: answered }) =>
        from?.id === desk.bot.id && answered?.message_id === id
      ),
    );
  }

  /** A quarter of an hour passes, in which bystanders talk; nothing is refused at the end of it. */
  async aQuarterPasses(): Promise<void> {
    const { desk } = this;
    for (let minute = 0; minute < 15; minute++) {
      await desk.passes(61_000);
      if (minute % 2 === 0) await this.bystandersTalk(`bom dia ${minute}`);
    }
    const lately = desk.clock.now() - 5 * MINUTE_MS;
    const late = this.refused.filter(({ atMs }) => atMs > lately).map(({ method }) => method);
    assertEquals(late, [], "still tried after ten minutes");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.desk[Symbol.asyncDispose]();
  }
}

for (const refusal of REFUSALS) {
  Deno.test(`a customer's chat answers "${refusal[1]}": it is theirs alone, and the thread is told`, async () => {
    await using story = await RefusedDesk.open();
    const { desk, maria } = story;
    story.refuses(refusal, ({ payload }) => Number(payload.chat_id) === maria.id);
    const words = desk.ana.comments(desk.cardOf(maria), "temos pão");
    const sticker = desk.ana.comments(desk.cardOf(maria), { sticker: true });
    await desk.settled();
    await story.bystandersTalk("bom dia");
    assertEquals(await story.health(), 200);
    await story.everythingHappens();
    await story.aQuarterPasses();
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
    const isBlock = /block/i.test(refusal[1]);
    const blocked = textsOf(desk.threadOf(maria)).filter((text) => text.includes("bloqueou o bot"));
    for (const message of [words, sticker]) {
      const told = story.answersTo(message).length;
      // Who writes is thought to be back, until the next refusal.
      assertEquals([told, blocked.length > 0], isBlock ? [0, true] : [1, false]);
    }
  });

  Deno.test(`the group answers "${refusal[1]}" to one customer's messages: both sides are told of them`, async () => {
    await using story = await RefusedDesk.open();
    const { desk, maria } = story;
    story.refuses(
      refusal,
      (call) =>
        Number(call.payload.chat_id) === desk.group.id && story.isMarias(call) &&
        call.method !== "sendMessage",
    );
    await story.everythingHappens();
    await story.bystandersTalk("bom dia");
    const sticker = maria.sends(desk.chatOf(maria), { sticker: true });
    await desk.settled();
    assertEquals(await story.health(), 200);
    await story.aQuarterPasses();
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
    if (/replied|thread|TOPIC/.test(refusal[1])) return;
    assertEquals(story.answersTo(sticker).length, 1);
  });

  Deno.test(`the channel answers "${refusal[1]}" to one card's links: it is posted without`, async () => {
    await using story = await RefusedDesk.open();
    const { desk } = story;
    const rita = desk.customer("Rita");
    story.refuses(
      refusal,
      ({ method, payload }) =>
        method === "sendMessage" && Number(payload.chat_id) === desk.channel.id &&
        String(payload.text).includes(`ID ${rita.id}`) && payload.entities !== undefined,
    );
    rita.sends(desk.chatOf(rita), "tem bolo?");
    await desk.settled();
    await story.bystandersTalk("bom dia");
    assertEquals(textsOf(desk.threadOf(rita)), ["tem bolo?"]);
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
  });

  Deno.test(`getChatMember of a newcomer answers "${refusal[1]}": others are served`, async () => {
    await using story = await RefusedDesk.open();
    const { desk } = story;
    const rita = desk.customer("Rita");
    story.refuses(
      refusal,
      ({ method, payload }) => method === "getChatMember" && Number(payload.user_id) === rita.id,
    );
    rita.sends(desk.chatOf(rita), "tem bolo?");
    await desk.settled();
    await story.bystandersTalk("bom dia");
    const isOfChat = /kicked|member of|deleted$|chat not found|access|write|CHAT_|rights|list is/i
      .test(refusal[1]) && !/deactivated/.test(refusal[1]);
    if (isOfChat) return;
    assertEquals(textsOf(desk.threadOf(rita)), ["tem bolo?"]);
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
  });

  Deno.test(`an agent's private chat answers "${refusal[1]}": what is said there ends there`, async () => {
    await using story = await RefusedDesk.open();
    const { desk } = story;
    desk.ana.sends(desk.ana.chatWith(desk.bot), "/avisar sim");
    await desk.settled();
    story.refuses(refusal, ({ payload }) => Number(payload.chat_id) === desk.ana.id);
    for (const words of ["/ajuda", "/dados", "oi", "/stats"]) {
      desk.ana.sends(desk.ana.chatWith(desk.bot), words);
    }
    await story.bystandersTalk("bom dia");
    await story.aQuarterPasses();
    assertEquals(story.alarms, []);
    assertEquals(await story.health(), 200);
  });
}

for (const refusal of SOME) {
  Deno.test(`each method alone answers "${refusal[1]}": others go on, and it ends`, async (t) => {
    const methods = new Set<string>();
    {
      await using story = await RefusedDesk.open();
      const before = story.desk.telegram.calls.length;
      await story.everythingHappens();
      for (const { method } of story.desk.telegram.calls.slice(before)) methods.add(method);
    }
    assertLess(8, methods.size, [...methods].join());
    for (const method of methods) {
      if (method.startsWith("get")) continue;
      await t.step(method, async () => {
        await using story = await RefusedDesk.open();
        story.refuses(refusal, (call) => call.method === method && story.isMarias(call));
        await story.everythingHappens();
        await story.bystandersTalk("bom dia");
        await story.aQuarterPasses();
        // A thread that takes no text reads like a group that takes none, until others go on: once a lane.
        const most = method === "sendMessage" ? 4 : 0;
        assertLess(story.alarms.length, most + 1, story.alarms.join("\n"));
        assertEquals(await story.health(), 200);
      });
    }
  });
}
