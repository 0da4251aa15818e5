/** Finds the desk: asks Telegram about its channel, the linked group, and the bot in both. */
import type { Api } from "grammy";
import { classify, type Failure } from "../classify.ts";
import { type Desk, type DeskFacts, deskProblems, toDesk } from "../desk.ts";
import { answerOf } from "./api.ts";

/** The desk as far as it was found, and what stands in its way. */
export interface Discovery {
  desk: Desk | null;
  problems: string[];
  /** Nothing was learned: Telegram did not answer, or not yet. */
  isUnanswered?: true;
  /** The group linked to the channel; `null`: none; absent: that was not learned. */
  linkedId?: number | null;
}

type Learned = Pick<Discovery, "linkedId">;

/**
 * Looks the desk up. A problem is a sentence for the operator; a failure that may pass by itself is
 * one too: whoever asks, asks again.
 */
export async function discoverDesk(
  api: Api,
  { botId, channel }: { botId: number; channel: number | `@${string}` },
): Promise<Discovery> {
  const cannot = (what: string, failure: Failure, learned: Learned = {}): Discovery => {
    const { kind } = classify(failure);
    const isUnanswered = kind === "passing" || kind === "pause";
    return {
      desk: null,
      problems: [`${what}: Telegram says "${failure.description}".`],
      ...(isUnanswered ? { isUnanswered } : {}),
      ...learned,
    };
  };
  const found = await answerOf(api.getChat(channel));
  if (found.failure) {
    return cannot(
      "The channel cannot be found; check CHANNEL_ID, and that the bot is in the channel",
      found.failure,
    );
  }
  const channelChat = found.result;
  const learned = { linkedId: channelChat.linked_chat_id ?? null };
  const botInChannel = await answerOf(api.getChatMember(channelChat.id, botId));
  if (botInChannel.failure) {
    return cannot(
      "The bot is not in the channel; add it as an administrator",
      botInChannel.failure,
      learned,
    );
  }
  const facts: DeskFacts = { channel: channelChat, botInChannel: botInChannel.result };
  const admins = await answerOf(api.getChatAdministrators(channelChat.id));
  const owner = admins.failure
    ? undefined
    : admins.result.find(({ status }) => status === "creator");
  if (owner) facts.ownerId = owner.user.id;
  if (channelChat.linked_chat_id !== undefined && channelChat.type === "channel") {
    const group = await answerOf(api.getChat(channelChat.linked_chat_id));
    if (group.failure) {
      return cannot(
        "The channel's group cannot be seen; add the bot to it as an administrator",
        group.failure,
        learned,
      );
    }
    facts.group = group.result;
    const botInGroup = await answerOf(api.getChatMember(group.result.id, botId));
    if (botInGroup.failure) {
      return cannot(
        "The bot is not in the channel's group; add it as an administrator",
        botInGroup.failure,
        learned,
      );
    }
    facts.botInGroup = botInGroup.result;
  }
  return { desk: toDesk(facts), problems: deskProblems(facts), ...learned };
}
