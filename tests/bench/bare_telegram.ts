/** Telegram as far as a bench needs it, in the bench's own process and without a network. */
import type { Update } from "grammy/types";
import { type Config, readEnvironment } from "../../src/config.ts";

/** The desk. */
export const CHANNEL_ID = -1001111111111;
export const GROUP_ID = -1002222222222;
/** The bot, as getMe tells. */
export const BOT = {
  id: 123456,
  is_bot: true,
  first_name: "Desk",
  username: "desk_bot",
  can_join_groups: true,
  can_read_all_group_messages: true,
  supports_inline_queries: true,
};

/** The settings of the bot, with others on top. */
export function configOf(env: Record<string, string> = {}): Config {
  const all: Record<string, string> = {
    BOT_TOKEN: `${BOT.id}:token`,
    CHANNEL_ID: String(CHANNEL_ID),
    PUBLIC_URL: "https://desk.example",
    WEBHOOK_SECRET: "s",
    PACE: "off",
    ...env,
  };
  return readEnvironment((name) => all[name] || undefined).config!;
}

/**
 * Telegram as a `fetch`: `onCall` is told of each call when it is made, and may answer it; what it
 * leaves is answered, after the latency, as for a desk in good order.
 */
export function stubTelegram(
  onCall: (method: string) => unknown,
  latencyMs = 0,
): typeof fetch {
  let lastId = 1_000_000;
  const results: Record<string, (payload: Record<string, unknown>) => unknown> = {
    getMe: () => BOT,
    getChat: ({ chat_id }) =>
      chat_id === CHANNEL_ID
        ? { id: CHANNEL_ID, type: "channel", title: "Desk", linked_chat_id: GROUP_ID }
        : { id: GROUP_ID, type: "supergroup", title: "Log", linked_chat_id: CHANNEL_ID },
    getChatAdministrators: () => [],
    getChatMember: ({ user_id }) => memberOf(user_id as number),
  };
  return (async (input, init) => {
    const method = String(input).split("/").at(-1)!;
    const own = onCall(method);
    const payload = init?.body ? await new Response(init.body).json() : {};
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const result = await own ?? results[method]?.(payload) ?? { message_id: ++lastId };
    return Response.json({ ok: true, result });
  }) as typeof fetch;
}

/** People with IDs below a thousand are agents. */
function memberOf(userId: number) {
  const user = { id: userId, is_bot: false, first_name: "Somebody" };
  if (userId !== BOT.id) return { status: userId < 1000 ? "member" : "left", user };
  return {
    status: "administrator",
    user: BOT,
    can_post_messages: true,
    can_edit_messages: true,
    can_pin_messages: true,
    can_delete_messages: true,
    can_restrict_members: true,
  };
}

/** An update as Telegram posts it. */
export function requestOf(update: Update): Request {
  return new Request("https://desk.example/telegram", {
    method: "POST",
    headers: { "content-type": "application/json", "X-Telegram-Bot-Api-Secret-Token": "s" },
    body: JSON.stringify(update),
  });
}

/** The value below which this share of all lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
