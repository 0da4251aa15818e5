/** Invite links, and who asks to be let in (https://core.telegram.org/api/invites). */
import type { ChatInviteLink, User } from "grammy/types";

/** How an invite link is made. */
export interface InviteOptions {
  name?: string;
  /** In seconds, as in the Bot API. */
  expireDate?: number;
  memberLimit?: number;
  /** Whether who uses it has to be approved. */
  createsJoinRequest?: boolean;
}

/** An invite link with those who came by it. */
export interface InviteLink {
  /** As it is by now. */
  info: ChatInviteLink;
  readonly cameBy: Set<number>;
}

/** Somebody who waits to be let in. */
export interface JoinRequest {
  readonly user: User;
  readonly date: number;
  readonly link: InviteLink | undefined;
}
