/** Finds the desk: asks Telegram about its channel, the linked group, and the bot in both. */
import type { Api } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { badCheck, type Check } from "../../health/checklist.ts";
import {
  accountChecks,
  channelChecks,
  deskChecks,
  type DeskFacts,
} from "../../health/desk_checks.ts";
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
  /** The channel's; absent: that was not learned. */
  title?: string;
}

/** Where to look, and as whom. */
export interface DeskSearch {
  me: UserFromGetMe;
  channel: number | `@${string}`;
  /** Who has claimed the bot; absent: the channel's creator owns the desk. */
  ownerId?: number | undefined;
  /**
   * The group that is likely to be linked. It is asked for first: Telegram's servers remember what
   * they know of a channel for a minute, but what they learn of a group tells them of its channel.
   */
  groupId?: number | undefined;
  /** How many the creator lets into the group. */
  countLetIn: (channelId: number) => Promise<number>;
}

/** Looks the desk up. A failure may pass by itself: whoever asks, asks again. */
export async function discoverDesk(api: Api, search: DeskSearch): Promise<Discovery> {
  const { me, channel, groupId } = search;
  const likely = groupId === undefined ? undefined : await answerOf(api.getChat(groupId));
  const found = await answerOf(api.getChat(channel));
  if (found.failure) return hidden("channel", me, found.failure);
  const channelId = found.result.id;
  const linked = found.result.type === "channel" ? found.result.linked_chat_id : undefined;
  const learned = { linkedId: linked ?? null, ...defined({ title: found.result.title }) };
  const botInChannel = await answerOf(api.getChatMember(channelId, me.id));
  if (botInChannel.failure) return { ...hidden("channel", me, botInChannel.failure), ...learned };
  const facts: DeskFacts = { channel: found.result, botInChannel: botInChannel.result, me };
  const ownerId = search.ownerId ?? await creatorOf(api, channelId);
  if (ownerId !== undefined) facts.ownerId = ownerId;
  if (linked !== undefined) {
    const withoutGroup = (failure: Failure): Discovery => {
      const { checks, ...rest } = hidden("group", me, failure);
      return { ...rest, checks: [...channelChecks(facts), ...checks], ...learned };
    };
    const group = likely && linked === groupId ? likely : await answerOf(api.getChat(linked));
    if (group.failure) return withoutGroup(group.failure);
    const botInGroup = await answerOf(api.getChatMember(linked, me.id));
    if (botInGroup.failure) return withoutGroup(botInGroup.failure);
    const count = await answerOf(api.getChatMemberCount(linked));
    facts.group = group.result;
    facts.botInGroup = botInGroup.result;
    if (!count.failure) facts.memberCount = count.result;
  }
  const checks = deskChecks(facts, await search.countLetIn(channelId));
  return { desk: toDesk(facts), checks, ...learned };
}

async function creatorOf(api: Api, chatId: number): Promise<number | undefined> {
  const answer = await answerOf(api.getChatAdministrators(chatId));
  if (answer.failure) return undefined;
  return answer.result.find(({ status }) => status === "creator")?.user.id;
}

function hidden(what: "channel" | "group", me: UserFromGetMe, failure: Failure): Discovery {
  const { kind } = classify(failure);
  const isUnanswered = kind === "passing" || kind === "pause";
  const { description } = failure;
  return {
    desk: null,
    checks: [badCheck(what, { because: "hidden", what, description }), ...accountChecks(me)],
    ...defined({ isUnanswered: isUnanswered || undefined }),
  };
}
