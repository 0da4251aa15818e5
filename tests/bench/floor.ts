/**
 * The least a bot of this kind can do, to measure the whole one against: a card for each customer,
 * copies both ways, edits. Nothing is tried again, and no one is told of anything. All is in memory;
 * with `KV_PATH` what is owed lies in a database as well, at the least such a promise takes.
 */
import { Bot } from "grammy";
import type { Message, Update } from "grammy/types";
import { Owed } from "./owed.ts";

const { BOT_TOKEN = "", TELEGRAM_API_ROOT = "", CHANNEL_ID, PUBLIC_URL, PORT, KV_PATH } = Deno.env
  .toObject();
const owed = KV_PATH ? new Owed(await Deno.openKv(KV_PATH)) : undefined;
const { api } = new Bot(BOT_TOKEN, { client: { apiRoot: TELEGRAM_API_ROOT } });
const channelId = Number(CHANNEL_ID);
/** The root of each customer's thread, and the customer of each root. */
const roots = new Map<number, PromiseWithResolvers<Message>>();
const customers = new Map<number, number>();
/** The last that was begun in each chat: what follows waits for it. */
const lanes = new Map<string, Promise<void>>();
const copies = new Map<string, Place>();

/** Where a message stands. */
interface Place {
  chatId: number;
  messageId: number;
}

async function carry(message: Message, chatId: number, rootId?: number): Promise<Place | void> {
  const name = `${message.chat.id}/${message.message_id}`;
  const known = copies.get(name);
  if (message.edit_date && known) {
    await api.editMessageText(known.chatId, known.messageId, message.text ?? "");
    return;
  }
  const answering = rootId ? { reply_parameters: { message_id: rootId } } : {};
  const sent = await api.copyMessage(chatId, message.chat.id, message.message_id, answering);
  const copy = { chatId, messageId: sent.message_id };
  copies.set(name, copy);
  return copy;
}

async function toTeam(message: Message): Promise<Place | void> {
  const { id, first_name } = message.from!;
  const opened = roots.get(id) ?? Promise.withResolvers<Message>();
  if (!roots.has(id)) {
    roots.set(id, opened);
    await api.sendMessage(channelId, `🟦 ${first_name}\nID ${id}`);
  }
  const root = await opened.promise;
  return await carry(message, root.chat.id, root.message_id);
}

function receive({ update_id, message, edited_message: edited }: Update): void {
  const given = message ?? edited;
  if (given?.is_automatic_forward) {
    const customerId = Number(given.text?.split("ID ")[1]);
    customers.set(given.message_id, customerId);
    roots.get(customerId)?.resolve(given);
    return;
  }
  const isPrivate = given?.chat.type === "private";
  const customerId = isPrivate ? given.chat.id : customers.get(given?.message_thread_id ?? 0);
  if (!given || customerId === undefined) return;
  const lane = `${customerId} ${isPrivate}`;
  const before = lanes.get(lane) ?? Promise.resolve();
  const carried = before.then(async () => {
    const copy = await (isPrivate ? toTeam(given) : carry(given, customerId));
    const here = { chatId: given.chat.id, messageId: given.message_id };
    await owed?.settle(update_id, copy ? [here, copy] : undefined);
  });
  lanes.set(lane, carried.catch((error) => console.error(error)));
}

if (PUBLIC_URL) {
  Deno.serve({ hostname: "127.0.0.1", port: Number(PORT), onListen: () => {} }, async (request) => {
    const update = await request.json();
    await owed?.accept([update]);
    receive(update);
    return new Response();
  });
  await api.setWebhook(`${PUBLIC_URL}/telegram`);
} else {
  for (let offset = 0;;) {
    const updates = await api.getUpdates({ offset, timeout: 30 });
    if (updates.length > 0) await owed?.accept(updates);
    for (const update of updates) {
      receive(update);
      offset = update.update_id + 1;
    }
  }
}
