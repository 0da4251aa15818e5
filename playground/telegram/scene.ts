/** The scene in which most tests of the simulated Telegram play: a bot, a channel with its group. */
import type { Update } from "grammy/types";
import {
  type SimulatedBot,
  SimulatedTelegram,
  type SimulatedUser,
  type TelegramOptions,
} from "./telegram.ts";

/** A body of an answer of the Bot API. */
export interface Answer {
  ok: boolean;
  // Tests know which method they called.
  // deno-lint-ignore no-explicit-any
  result?: any;
  error_code?: number;
  description?: string;
  parameters?: Record<string, number>;
}

/** A desk: the bot is administrator of a channel and of its discussion group. */
export function scene(options: TelegramOptions = {}) {
  const telegram = new SimulatedTelegram(options);
  const bot = telegram.createBot({ supportsInline: true });
  const ana = telegram.createUser({ firstName: "Ana", languageCode: "pt" });
  const rui = telegram.createUser({ firstName: "Rui" });
  const channel = telegram.createChannel({ title: "Desk", creator: ana });
  const group = telegram.createSupergroup({ title: "Desk chat", creator: ana });
  telegram.link(channel, group);
  telegram.promote(channel, bot);
  telegram.promote(group, bot);
  const call = (method: string, payload: Record<string, unknown> = {}) =>
    callAs(telegram, bot, method, payload);
  return { telegram, bot, ana, rui, channel, group, call };
}

/** Calls the Bot API with a JSON body. */
export async function callAs(
  telegram: SimulatedTelegram,
  bot: { token: string },
  method: string,
  payload: Record<string, unknown> = {},
): Promise<Answer> {
  const response = await telegram.fetch(`https://api.telegram.org/bot${bot.token}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(payload),
  });
  return await response.json();
}

/** The updates a bot was given so far, without their IDs. */
export function updatesOf(
  telegram: SimulatedTelegram,
  bot: SimulatedBot,
): Omit<Update, "update_id">[] {
  return telegram.updates.filter(({ botId }) => botId === bot.id).map(({ update }) => {
    const { update_id: _, ...content } = update;
    return content;
  });
}

/** A person who has started the bot, and their private chat. */
export function customer(telegram: SimulatedTelegram, bot: SimulatedBot, firstName = "Eva") {
  const user: SimulatedUser = telegram.createUser({ firstName });
  user.starts(bot);
  return { user, chat: user.chatWith(bot) };
}
