/** A call of the Bot API: what was asked, by whom, and what was answered. */
import type { ApiError, ApiSuccess } from "grammy/types";

/** A call as received. */
export interface Call {
  readonly method: string;
  readonly payload: Record<string, unknown>;
  readonly botId: number;
  readonly atMs: number;
  /** Absent while the call is under way, and for ever if it was lost on its way to Telegram. */
  response?: ApiSuccess<unknown> | ApiError;
}
