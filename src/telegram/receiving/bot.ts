/** The bot as grammY knows it: its API client, and who answers which updates. */
import { Bot, Composer, type Context } from "grammy";
import type { Update } from "grammy/types";
import type { Config } from "../../config.ts";
import { CALL_TIMEOUT_S, signalFor, unrepeated } from "../api.ts";
import { type ChatCall, chatCallOf } from "../chat_call.ts";
import { customers } from "./customers.ts";
import { channel } from "./channel.ts";
import { foreseeComment, group } from "./group.ts";
import { followGroup } from "./group_change.ts";
import { presses } from "./presses.ts";
import type { Reception } from "./reception.ts";

/** A bot without handlers: its API client, over the given `fetch`. */
export function createBot(
  { config, fetch, signal, onCall = () => {} }: {
    config: Config;
    fetch: typeof globalThis.fetch;
    /** Ends every call that is under way. */
    signal: AbortSignal;
    /** Called with each call to a chat that is made. */
    onCall?: (call: ChatCall) => void;
  },
): Bot {
  const bot = new Bot(config.botToken, {
    client: { apiRoot: config.apiRoot, timeoutSeconds: CALL_TIMEOUT_S, fetch: unrepeated(fetch) },
  });
  bot.api.config.use((call, method, payload, own) => {
    const toChat = chatCallOf(method, payload);
    if (toChat) onCall(toChat);
    return call(method, payload, own ?? signalFor(signal));
  });
  return bot;
}

/** Who answers which updates, in order. What throws `NotReady` has the update wait. */
export function addHandlers(
  bot: Bot,
  { chosen, setup, recallDesks, early, keepOrder, inline, reception, ...handlers }:
    & {
      /** Takes note of what was chosen in inline mode. */
      chosen: Composer<Context>;
      setup: Composer<Context>;
      /** Takes from memory which desks there are; whether one is known. */
      recallDesks: () => Promise<boolean>;
      /** Takes what comes while no desk is known. */
      early: Composer<Context>;
      /** Throws if an update would overtake others of its chat. */
      keepOrder: (update: Update) => Promise<void>;
      inline: Composer<Context>;
      reception: Reception;
    }
    & Parameters<typeof followGroup>[0]
    & Parameters<typeof group>[1]
    & Parameters<typeof channel>[1],
): void {
  const onceThereIsADesk = new Composer<Context>();
  onceThereIsADesk.filter(async () => !await recallDesks(), early);
  const inTurn = async (ctx: Context, next: () => Promise<void>) => {
    foreseeComment(ctx.update, reception);
    await keepOrder(ctx.update);
    await next();
  };
  const team = new Composer(group(reception, handlers), channel(reception, handlers));
  const inPrivate = customers(reception);
  const pressed = presses(reception);
  /** Whom an update is for tells what it is, and where it comes from: nobody else is asked. */
  const whose = ({ update, chat }: Context): Composer<Context> => {
    if (update.inline_query) return inline;
    if (update.callback_query) return pressed;
    return chat?.type === "private" ? inPrivate : team;
  };
  bot.use(
    chosen,
    setup,
    onceThereIsADesk,
    inTurn,
    followGroup(handlers),
    (ctx, next) => whose(ctx).middleware()(ctx, next),
  );
}
