/** A desk to which Telegram refuses what concerns one customer, while another is served beside them. */
import { assert, assertEquals } from "@std/assert";
import type { Call } from "../../playground/telegram/call.ts";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { alarmsOf } from "./alarms.ts";
import { TestDesk, textsOf } from "./desk.ts";
import { refusal } from "./refusal.ts";

/** How Telegram says no: its code and its words. */
export type Refusal = readonly [code: number, words: string];

/** A desk with two customers who are served; the refusals are Maria's, João is a bystander. */
export class RefusedDesk implements AsyncDisposable {
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
    this.desk.telegram.faults.rate(refusal(description, errorCode), 1, (call) => {
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
    return alarmsOf(this.desk);
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
