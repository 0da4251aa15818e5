/** A person's account as Telegram keeps it; whoever acts with it is in `user.ts`. */
import type { User } from "grammy/types";

/** A person's account. */
export interface Person {
  readonly id: number;
  /** As messages show the person. */
  readonly info: User;
  /** The account is deleted. */
  readonly isDeactivated: boolean;
  /** A Premium setting: nobody may send voice and video notes. */
  readonly forbidsVoiceMessages: boolean;
}
