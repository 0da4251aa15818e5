/** What customers of one desk learn of the people of another, and of what its chats hold: nothing. */
import type { MessageOrigin } from "grammy/types";
import { assertEquals } from "@std/assert";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";

/** Two desks, the second of which the bot may not know yet; Caio is of that one's team. */
async function open({ isKnown }: { isKnown: boolean }) {
  const desk = await TestDesk.open({ others: ["Vendas"], isStarted: false });
  const sales = desk.others[0]!;
  if (!isKnown) desk.telegram.demote(sales.group, desk.bot);
  await desk.app.start();
  const caio = desk.telegram.createUser({ firstName: "Caio" });
  desk.telegram.addMember(sales.channel, caio);
  const maria = await desk.hearsFrom("Maria");
  /** Ana forwards something that somebody wrote; resolves with what reaches Maria. */
  const forwards = async (writer: SimulatedUser) => {
    const forwardedFrom = { type: "user", date: 1, sender_user: writer.info } as const;
    desk.ana.comments(desk.cardOf(maria), "custa 10", { forwardedFrom });
    await desk.settled();
    for (let times = 0; times < 6; times++) await desk.passes(10_000);
    return textsOf(desk.toldTo(maria)).at(-1);
  };
  return { desk, sales, caio, maria, forwards };
}

for (const isKnown of [true, false]) {
  const which = isKnown ? "another desk" : "a desk that is not known yet";
  Deno.test(`customers learn of strangers who wrote what is forwarded, not of the people of ${which}`, async () => {
    const { desk, caio, forwards } = await open({ isKnown });
    await using _ = desk;
    assertEquals(await forwards(caio), "custa 10");
    assertEquals(await forwards(desk.customer("José")), "↪ José\ncusta 10");
  });
}

Deno.test("whom Telegram may not know at another desk is not named to customers", async () => {
  const { desk, sales, caio, forwards } = await open({ isKnown: true });
  await using _ = desk;
  const description = "Bad Request: PARTICIPANT_ID_INVALID";
  const isAsked = ({ method, payload }: { method: string; payload: Record<string, unknown> }) =>
    method === "getChatMember" && Number(payload.chat_id) === sales.channel.id &&
    Number(payload.user_id) === caio.id;
  desk.telegram.faults.rate(refusal(description), 1, isAsked);
  assertEquals(await forwards(caio), "custa 10");
});

Deno.test("a stranger is named although it could not be asked at once whether another desk's team has them", async () => {
  const { desk, sales, forwards } = await open({ isKnown: true });
  await using _ = desk;
  const jose = desk.customer("José");
  const isAsked = ({ method, payload }: { method: string; payload: Record<string, unknown> }) =>
    method === "getChatMember" && Number(payload.chat_id) === sales.channel.id &&
    Number(payload.user_id) === jose.id;
  desk.telegram.faults.next(isAsked, { kind: "502" }, 3);
  assertEquals(await forwards(jose), "↪ José\ncusta 10");
});

Deno.test("who is of the team of a desk that is not known yet is nobody's customer", async () => {
  const { desk, caio } = await open({ isKnown: false });
  await using _ = desk;
  const cards = desk.channel.messages.length;
  caio.sends(desk.chatOf(caio), "oi?");
  await desk.settled();
  assertEquals(desk.channel.messages.length, cards);
});

Deno.test("customers learn nothing of what another desk's chats hold, and the thread is told", async () => {
  const { desk, sales, maria } = await open({ isKnown: true });
  await using _ = desk;
  const channel = { id: sales.channel.id, type: "channel", title: "Vendas" } as const;
  const group = { id: sales.group.id, type: "supergroup", title: "log" } as const;
  const card: MessageOrigin = { type: "channel", date: 1, message_id: 1, chat: channel };
  const line: MessageOrigin = { type: "chat", date: 1, sender_chat: group };
  const written: MessageOrigin = { type: "user", date: 1, sender_user: desk.ana.info };
  for (
    const [origin, chat] of [[card, channel], [line, group], [written, group]] as const
  ) {
    const comment = desk.ana.comments(desk.cardOf(maria), "custa 10", {
      externalReplyTo: { origin, chat },
      quote: "João",
    });
    await desk.settled();
    assertEquals(desk.toldTo(maria).at(-1)!.text, "custa 10");
    const told = desk.group.messages.at(-1)!;
    assertEquals([told.text, told.reply_to_message?.message_id], [
      "ℹ️ O cliente não vê a que mensagem isto responde: ela está nos chats da própria equipe.",
      comment.message_id,
    ]);
  }
  for (const forwardedFrom of [card, line]) {
    desk.ana.comments(desk.cardOf(maria), "custa 20", { forwardedFrom });
    await desk.settled();
    assertEquals(desk.toldTo(maria).at(-1)!.text, "custa 20");
  }
});
