/**
 * Comments: every post of a channel with a linked group is forwarded there by Telegram itself, is
 * pinned, and becomes the root of a thread (https://core.telegram.org/api/discussion).
 */
import type { StoredMessage } from "./chat.ts";
import { TELEGRAM } from "./filler.ts";
import { pinAutomatically } from "./pins.ts";
import { post } from "./post.ts";
import { publishMessage } from "./publish.ts";
import { originOf } from "./reply.ts";
import type { World } from "./world.ts";

/** Edits of older posts do not reach their automatic forwards. */
const EDITS_REACH_S = 14 * 24 * 3600;

/** Forwards the new posts, now or later; resolves when nothing has to be waited for. */
export async function forwardPosts(world: World): Promise<void> {
  const { discussions } = world;
  const { mode, delayMs } = discussions.autoForward;
  const posts = discussions.takeFresh();
  if (posts.length === 0) return;
  if (mode === "never") {
    discussions.withhold(posts);
  } else if (mode === "before") {
    await Promise.all(posts.map((channelPost) => forward(world, channelPost)));
  } else {
    discussions.later(() => {
      for (const channelPost of posts) void forward(world, channelPost);
    }, delayMs);
  }
}

/** Forwards now what was withheld. */
export function releaseForwards(world: World): void {
  for (const channelPost of world.discussions.takeWithheld()) void forward(world, channelPost);
}

/** Passes an edit of a post on to its forward. */
export function forwardEdit(world: World, channelPost: StoredMessage): void {
  const { forward: copy } = channelPost;
  if (copy === undefined || !copy.chat.records.has(copy.id)) return;
  if (world.date - channelPost.date > EDITS_REACH_S) return;
  copy.content = channelPost.content;
  copy.editDate = world.date;
  publishMessage(world, copy, true);
}

async function forward(world: World, channelPost: StoredMessage): Promise<void> {
  const { chat: channel, mediaGroupId } = channelPost;
  const group = channel.linked;
  if (group === undefined || !channel.records.has(channelPost.id)) return;
  const { record, handedOut } = post(world, {
    chat: group,
    author: {
      accountId: TELEGRAM.id,
      from: TELEGRAM,
      senderChat: channel.authorProfile ?? channel,
    },
    content: channelPost.content,
    // A post that is itself a forward keeps its first source.
    origin: originOf(channelPost),
    isAutomaticForward: true,
    mediaGroupId: mediaGroupId === undefined
      ? undefined
      : world.discussions.mediaGroupOf(mediaGroupId, () => world.newMediaGroupId()),
    replyMarkup: channelPost.replyMarkup,
    beginsThread: world.unproven.forwardsNameThreads,
    editDate: world.unproven.forwardsComeEdited ? world.date : undefined,
  });
  channelPost.forward = record;
  pinAutomatically(world, record);
  await handedOut;
}
