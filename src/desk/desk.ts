/**
 * A desk: the channel whose posts are the customers, and the group linked to it, where the comments
 * under those posts are written.
 */
import type { DeskFacts } from "../health/desk_checks.ts";
import { defined } from "../values/defined.ts";

/** One desk. Its channel's ID is its name in every key. */
export interface Desk {
  channelId: number;
  groupId: number;
  /** What the team signs with when nobody in particular does. */
  title: string;
  /** A public channel has a username; anybody may join it, so its members are not the team. */
  isPublic: boolean;
  /** Who claimed it; else who created the channel, where Telegram tells. */
  ownerId?: number;
}

/** The desk these facts describe, or `null` if it cannot even be named. */
export function toDesk({ channel, group, ownerId }: DeskFacts): Desk | null {
  if (channel.type !== "channel" || !group) return null;
  return {
    channelId: channel.id,
    groupId: group.id,
    title: channel.title,
    isPublic: channel.username !== undefined,
    ...defined({ ownerId }),
  };
}

/** Who has claimed the bot, and the channels they have shown it. */
export interface Claim {
  ownerId: number;
  /** The first desk's. */
  channelId?: number;
  /** Those of the others, in their order. */
  otherChannelIds?: number[];
  /** They are about to show another one. */
  isAdding?: true;
}

/** The channels that the owner has shown, in their order. */
export function channelsOf({ channelId, otherChannelIds = [] }: Claim): number[] {
  return channelId === undefined ? otherChannelIds : [channelId, ...otherChannelIds];
}

/** The claim with these channels. */
export function withChannels(claim: Claim, [channelId, ...others]: readonly number[]): Claim {
  const { ownerId } = claim;
  const otherChannelIds = others.length > 0 ? others : undefined;
  return { ownerId, ...defined({ channelId, otherChannelIds }) };
}
