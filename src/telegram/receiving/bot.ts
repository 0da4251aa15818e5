/** The bot as grammY knows it: its API client, and who answers which updates. */
import { Bot, Composer, type Context } from "grammy";
import type { ChatMember, Update } from "grammy/types";
import { onPress } from "../../decisions/press.ts";
import type { Config } from "../../config.ts";
import type { Place } from "../../message/link.ts";
import type { Circumstances } from "../../decisions/circumstances.ts";
import { CALL_TIMEOUT_S, signalFor, unrepeated } from "../api.ts";
import { type ChatCall, chatCallOf } from "../chat_call.ts";
import { customers } from "./customers.ts";
import type { Linked } from "../desk/known_desk.ts";
import { channel } from "./channel.ts";
import { group } from "./group.ts";
import { followGroup } from "./group_change.ts";
import type { Accept } from "../updates.ts";
import { readPress } from "./facts/press.ts";

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
  { chosen, setup, recallDesk, early, keepOrder, inline, ...handlers }: {
    /** Takes note of what was chosen in inline mode. */
    chosen: Composer<Context>;
    setup: Composer<Context>;
    /** Takes from memory which desk it is; whether it is known. */
    recallDesk: () => Promise<boolean>;
    /** Takes what comes while the desk is not known. */
    early: Composer<Context>;
    /** Throws if an update would overtake others of its chat. */
    keepOrder: (update: Update) => Promise<void>;
    inline: Composer<Context>;
    accept: Accept;
    /** Throws while the desk is not known. */
    circumstances: () => Circumstances;
    /** Takes what is known of the desk from memory. */
    refresh: () => Promise<void>;
    /** Which group is linked to the channel, as Telegram last told. */
    linked: () => Linked | null;
    /** Whether a root or a message of a group was once the desk's. */
    isOurs: (place: Place) => Promise<boolean>;
    /** When an update came, if it has waited since. */
    waitsSinceMs: (update: Update) => number | undefined;
    /** Called when the group has become another chat. */
    onMigrated: (groupId: number) => void;
    /** Called when somebody's place in the channel has changed. */
    onMember: (member: ChatMember) => void;
  },
): void {
  const { accept, circumstances } = handlers;
  const presses = new Composer<Context>();
  presses.on("callback_query", async (ctx) => {
    const press = readPress(ctx.callbackQuery, circumstances());
    await accept(ctx.update, (read) => press ? onPress(press, read, circumstances()) : {});
  });
  const onceThereIsADesk = new Composer<Context>();
  onceThereIsADesk.filter(async () => !await recallDesk(), early);
  const inTurn = async (ctx: Context, next: () => Promise<void>) => {
    await keepOrder(ctx.update);
    await next();
  };
  bot.use(
    chosen,
    setup,
    onceThereIsADesk,
    inTurn,
    followGroup(handlers),
    inline,
    presses,
    customers(handlers),
    group(handlers),
    channel(handlers),
  );
}
