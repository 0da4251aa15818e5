/** Finds the desk: asks Telegram about its channel, the linked group, and the bot in both. */
import type { Api } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import {
  badCheck,
  channelChecks,
  type Check,
  deskChecks,
  type DeskFacts,
} from "../../health/checklist.ts";
import { classify, type Failure } from "../classify.ts";
import { type Desk, toDesk } from "../../desk/desk.ts";
import { answerOf } from "../api.ts";
import { defined } from "../../values/defined.ts";

/** The desk as far as it was found, and its checklist. */
export interface Discovery {
  desk: Desk | null;
  checks: Check[];
  /** Nothing was learned: Telegram did not answer, or not yet. */
  isUnanswered?: true;
  /** The group linked to the channel; `null`: none; absent: that was not learned. */
  linkedId?: number | null;
}

/** Where to look, and as whom. */
export interface DeskSearch {
  me: UserFromGetMe;
  channel: number | `@${string}`;
  /** Who has claimed the bot; absent: the channel's creator owns the desk. */
  ownerId?: number | undefined;
  /** How many the creator lets into the group. */
  countLetIn: (channelId: number) => Promise<number>;
}

/** Looks the desk up. A failure may pass by itself: whoever asks, asks again. */
export async function discoverDesk(api: Api, search: DeskSearch): Promise<Discovery> {
  const { me, channel } = search;
  const found = await answerOf(api.getChat(channel));
  if (found.failure) return hidden("channel", found.failure);
  const channelId = found.result.id;
  const linked = found.result.type === "channel" ? found.result.linked_chat_id : undefined;
  const linkedId = linked ?? null;
  const botInChannel = await answerOf(api.getChatMember(channelId, me.id));
  if (botInChannel.failure) return { ...hidden("channel", botInChannel.failure), linkedId };
  const facts: DeskFacts = { channel: found.result, botInChannel: botInChannel.result, me };
  const ownerId = search.ownerId ?? await creatorOf(api, channelId);
  if (ownerId !== undefined) facts.ownerId = ownerId;
  if (linked !== undefined) {
    const withoutGroup = (failure: Failure): Discovery => {
      const { checks, ...rest } = hidden("group", failure);
      return { ...rest, checks: [...channelChecks(facts), ...checks], linkedId };
    };
    const group = await answerOf(api.getChat(linked));
    if (group.failure) return withoutGroup(group.failure);
    const botInGroup = await answerOf(api.getChatMember(linked, me.id));
    if (botInGroup.failure) return withoutGroup(botInGroup.failure);
    const count = await answerOf(api.getChatMemberCount(linked));
    facts.group = group.result;
    facts.botInGroup = botInGroup.result;
    if (!count.failure) facts.memberCount = count.result;
  }
  const checks = deskChecks(facts, await search.countLetIn(channelId));
  return { desk: toDesk(facts), checks, linkedId };
}

async function creatorOf(api: Api, chatId: number): Promise<number | undefined> {
  const answer = await answerOf(api.getChatAdministrators(chatId));
  if (answer.failure) return undefined;
  return answer.result.find(({ status }) => status === "creator")?.user.id;
}

function hidden(what: "channel" | "group", failure: Failure): Discovery {
  const { kind } = classify(failure);
  const isUnanswered = kind === "passing" || kind === "pause";
  const { description } = failure;
  return {
    desk: null,
    checks: [badCheck(what, { because: "hidden", what, description })],
    ...defined({ isUnanswered: isUnanswered || undefined }),
  };
}
