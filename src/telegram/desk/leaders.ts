/** Who leads desks: whose menus hold what only administrators may use. Telegram is asked who they are. */
import type { Api } from "grammy";
import type { Leader } from "../../commands/menu.ts";
import type { Desk } from "../../desk/desk.ts";
import { defined } from "../../values/defined.ts";
import { type Answer, answerOf } from "../api.ts";

/**
 * The administrators of all desks, in the order of their IDs. Of a desk that Telegram does not tell
 * about, who is known already stays: one desk's trouble is not the others'.
 * @param known those who led when that was last asked
 */
export async function askLeaders(
  api: Api,
  desks: readonly Desk[],
  known: readonly Leader[],
): Promise<Answer<Leader[]>> {
  const answers = await Promise.all(desks.map((desk) => askLeadersOf(api, desk)));
  const told = answers.filter((each) => !each.failure);
  if (told.length === 0) return answers[0] ?? { result: [] };
  const stays = told.length < answers.length ? known : [];
  const all = Map.groupBy(
    [...stays, ...told.flatMap(({ result }) => result)],
    (each) => each.userId,
  );
  return {
    result: [...all].map(([userId, those]) => ({
      userId,
      isCreator: those.some(({ isCreator }) => isCreator),
      ...defined({ isOwner: userId === desks[0]?.ownerId ? true as const : undefined }),
    })).sort((a, b) => a.userId - b.userId),
  };
}

/** The administrators of a desk, in the order of their IDs. */
async function askLeadersOf(
  api: Api,
  { channelId, groupId, ownerId }: Desk,
): Promise<Answer<Leader[]>> {
  const [channel, group] = await Promise.all([
    answerOf(api.getChatAdministrators(channelId)),
    answerOf(api.getChatAdministrators(groupId)),
  ]);
  if (channel.failure) return channel;
  if (group.failure) return group;
  // In the group, only its creator is an administrator of the desk.
  const creatorId = group.result.find(({ status }) => status === "creator")?.user.id;
  const people = channel.result.filter(({ user }) => !user.is_bot).map(({ user }) => user.id);
  const creators = [creatorId, ownerId].filter((userId) => userId !== undefined);
  const userIds = [...new Set([...people, ...creators])].sort((a, b) => a - b);
  return {
    result: userIds.map((userId) => ({ userId, isCreator: creators.includes(userId) })),
  };
}
