/**
 * The least a bot of this kind can do, to measure the whole one against: a card for each customer,
 * copies both ways, edits. All in memory, nothing is tried again, and no one is told of anything.
 */
import { Bot } from "grammy";
import type { Message, Update } from "grammy/types";

const { BOT_TOKEN = "", TELEGRAM_API_ROOT = "", CHANNEL_ID, PUBLIC_URL, PORT } = Deno.env
  .toObject();
const { api } = new Bot(BOT_TOKEN, { client: { apiRoot: TELEGRAM_API_ROOT } });
const channelId = Number(CHANNEL_ID);
/** The root of each customer's thread, and the customer of each root. */
const roots = new Map<number, PromiseWithResolvers<Message>>();
const customers = new Map<number, number>();
/** The last that was begun in each chat: what follows waits for it. */
const lanes = new Map<string, Promise<void>>();
const copies = new Map<string, { chatId: number; messageId: number }>();

async function carry(message: Message, chatId: number, rootId?: number): Promise<void> {
  const name = `${message.chat.id}/${message.message_id}`;
  const copy = copies.get(name);
  if (message.edit_date && copy) {
    await api.editMessageText(copy.chatId, copy.messageId, message.text ?? "");
    return;
  }
  const answering = rootId ? { reply_parameters: { message_id: rootId } } : {};
  const sent = await api.copyMessage(chatId, message.chat.id, message.message_id, answering);
  copies.set(name, { chatId, messageId: sent.message_id });
}

async function toTeam(message: Message): Promise<void> {
  const { id, first_name } = message.from!;
  const opened = roots.get(id) ?? Promise.withResolvers<Message>();
  if (!roots.has(id)) {
    roots.set(id, opened);
    await api.sendMessage(channelId, `🟦 ${first_name}\nID ${id}`);
  }
  const root = await opened.promise;
  await carry(message, root.chat.id, root.message_id);
}

function receive({ message, edited_message: edited }: Update): void {
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
  const carried = before.then(() => isPrivate ? toTeam(given) : carry(given, customerId));
  lanes.set(lane, carried.catch((error) => console.error(error)));
}

if (PUBLIC_URL) {
  Deno.serve({ hostname: "127.0.0.1", port: Number(PORT), onListen: () => {} }, async (request) => {
    receive(await request.json());
    return new Response();
  });
  await api.setWebhook(`${PUBLIC_URL}/telegram`);
} else {
  for (let offset = 0;;) {
    for (const update of await api.getUpdates({ offset, timeout: 30 })) {
      receive(update);
      offset = update.update_id + 1;
    }
  }
}
