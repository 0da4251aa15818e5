/** What can be told of a desk whose bot does not answer: by the database, and by Telegram. */
import type { UserFromGetMe } from "grammy/types";
import { isThere } from "../src/environment/there.ts";
import { badCheck, type Check } from "../src/health/checklist.ts";
import { accountChecks } from "../src/health/desk_checks.ts";
import { receivingChecks } from "../src/health/receiving_checks.ts";
import type { ChannelName, Config } from "../src/config.ts";
import { channelsOf, type Claim } from "../src/desk/desk.ts";
import type { NamedDesk } from "../src/desk/names.ts";
import { sealWith } from "../src/kv/seal.ts";
import { Store } from "../src/kv/store.ts";
import { claimLink } from "../src/desk/claim.ts";
import { sentenceOf } from "../src/texts/problem_sentence.ts";
import { answerOf } from "../src/telegram/api.ts";
import { createBot } from "../src/telegram/receiving/bot.ts";
import { discoverDesk } from "../src/telegram/desk/discover.ts";
import { WEBHOOK_PATH } from "../src/telegram/receiving/registration.ts";
import { type Item, itemOf } from "../src/web/details.ts";
import { isFile, openToRead } from "./database.ts";
import { folderOf } from "./file.ts";
import { Refusal } from "./operator.ts";
import { MINUTE_MS } from "../src/time/duration.ts";
import { defined } from "../src/values/defined.ts";

/** How long Telegram may take in all. */
const TELEGRAM_PATIENCE_MS = MINUTE_MS;
/** How many jobs are counted. */
const COUNTED_JOBS = 1000;

/** What was found. */
export interface Examination {
  checklist: Item[];
  /** What is in the way besides what the checklist says. */
  besides: string[];
  counts?: { waiting: number; failed: number; oldestMs?: number };
  /** The link that claims the desk, while nobody has. */
  claimLink?: string;
}

/** What the database tells. Dispose of it to close it. */
interface Kept extends AsyncDisposable {
  claim: Claim | null;
  /** What the desks are called. */
  names: readonly NamedDesk[];
  counts?: Examination["counts"];
  countLetIn: (channelId: number) => Promise<number>;
  /** Why it tells nothing. */
  unread?: string;
}

/** Asks the database and Telegram. Changes nothing, and takes no updates from a bot that runs. */
export async function examine(config: Config): Promise<Examination> {
  await using kept = await openKept(config);
  const { checks, ...rest } = await askTelegram(config, kept);
  const checklist = checks.map((check) => itemOf(check, "en"));
  if (kept.unread !== undefined) {
    checklist.push({ state: "unknown", name: "Database", says: kept.unread });
  }
  return { checklist, ...rest, ...defined({ counts: kept.counts }) };
}

/** Opens what is kept, as far as it can be read. */
async function openKept(config: Config): Promise<Kept> {
  const { kvPath } = config;
  try {
    if (isFile(kvPath) && !await isThere(kvPath)) {
      return nothingKept(`there is none at ${kvPath} yet.`);
    }
    const database = await openToRead(kvPath, { folder: folderOf(kvPath ?? "") });
    try {
      return { ...await readKept(database.kv, config), ...database };
    } catch (error) {
      await database[Symbol.asyncDispose]();
      throw error;
    }
  } catch (error) {
    if (error instanceof Refusal) return nothingKept(error.message);
    throw error;
  }
}

async function readKept(
  kv: Deno.Kv,
  { botId, botToken, retentionDays }: Config,
): Promise<Omit<Kept, keyof AsyncDisposable>> {
  const store = new Store(kv, {
    botId,
    owner: crypto.randomUUID(),
    seal: sealWith(botToken),
    retentionDays,
    now: Date.now,
  });
  return {
    claim: await store.bot.recall<Claim>("claim"),
    names: await store.bot.deskNames(),
    counts: await store.lanes.counts(COUNTED_JOBS),
    countLetIn: (channelId) => store.bot.countLetIn(channelId),
  };
}

function nothingKept(unread: string): Kept {
  return {
    claim: null,
    names: [],
    countLetIn: () => Promise.resolve(0),
    unread,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function askTelegram(
  config: Config,
  kept: Kept,
): Promise<{ checks: Check[]; besides: string[]; claimLink?: string }> {
  const { api } = createBot({ config, fetch, signal: AbortSignal.timeout(TELEGRAM_PATIENCE_MS) });
  const me = await answerOf(api.getMe());
  if (me.failure) {
    const { description } = me.failure;
    return { checks: [], besides: [sentenceOf({ because: "nameless", description })] };
  }
  const { claim } = kept;
  const channels = config.channels.length > 0 || !claim ? config.channels : channelsOf(claim);
  const checks = channels.length === 0
    ? [
      badCheck("channel", { because: kept.claim ? "no channel" : "unclaimed" }),
      ...accountChecks(me.result),
    ]
    : await allChecks(me.result);
  const isClaimed = config.channels.length > 0 || kept.claim;
  const link = isClaimed ? undefined : claimLink(me.result.username, config.claimCode);
  return {
    checks: [...checks, ...await receiving(), { name: "walk", state: "unknown" }],
    besides: [],
    ...defined({ claimLink: link }),
  };

  async function allChecks(me: UserFromGetMe): Promise<Check[]> {
    const all = await Promise.all(channels.map(async (channel) => {
      const checks = await deskChecksOf(channel, me);
      if (channels.length < 2) return checks;
      const known = kept.names.find(({ channelId }) => channelId === channel);
      return checks.map((check) => ({ ...check, desk: known?.name ?? String(channel) }));
    }));
    return all.flat();
  }

  async function deskChecksOf(channel: ChannelName, me: UserFromGetMe) {
    const { checks } = await discoverDesk(api, {
      me,
      channel,
      ownerId: kept.claim?.ownerId,
      countLetIn: kept.countLetIn,
    });
    return checks;
  }

  /** Without a bot that asks for updates, nobody knows whether they would come. */
  async function receiving(): Promise<Check[]> {
    const { publicUrl, kvPath } = config;
    const isDurable = kvPath !== ":memory:";
    const unknown: Check = { name: "updates", state: "unknown" };
    if (publicUrl === undefined) {
      const [, ...rest] = receivingChecks({ mode: "polling", isDurable, nowMs: Date.now() });
      return [unknown, ...rest];
    }
    const info = await answerOf(api.getWebhookInfo());
    const [updates, ...rest] = receivingChecks({
      mode: "webhook",
      webhook: info.failure ? undefined : info.result,
      url: publicUrl + WEBHOOK_PATH,
      isDurable,
      nowMs: Date.now(),
    });
    return [info.failure ? unknown : updates!, ...rest];
  }
}
