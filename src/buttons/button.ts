/** Any button of the bot's, as it is known again by the data it carries. */
import { type FailedAction, readFailedAction } from "./failed.ts";
import { readMoreHelp } from "./help.ts";
import { type JoinAction, readJoinAction } from "./joining.ts";
import { type LaterAction, readLaterAction } from "./later.ts";
import type { Where } from "../commands/command.ts";
import { type PanelAction, readPanelAction, readStars } from "./panel.ts";
import { type PrivacyAction, readPrivacyAction } from "./privacy.ts";
import { readReplyAction, type ReplyAction } from "./replies.ts";
import { readSetupAction, type SetupAction } from "./setup.ts";
import { readSilenceAction, type SilenceAction } from "./silence.ts";
import type { Stars } from "../stats/stats.ts";

/** A button, and what pressing it asks for. */
export type Button =
  /** In the thread of a conversation. */
  | { kind: "panel"; action: PanelAction }
  /** Under what confirms an answer to be sent later, or asks until when to put off. */
  | { kind: "later"; action: LaterAction }
  /** Under the help: the commands that had no room there. */
  | { kind: "help"; where: Where }
  /** Under what a customer is told of their own data. */
  | { kind: "privacy"; action: PrivacyAction }
  /** Under the warning that a silent customer's conversation will close. */
  | { kind: "silence"; action: SilenceAction }
  /** Under the question to a customer how it was. */
  | { kind: "rating"; stars: Stars }
  /** Under the list of what was given up. */
  | { kind: "failed"; action: FailedAction }
  /** Under the list of canned replies. */
  | { kind: "replies"; action: ReplyAction }
  /** Under the news that somebody asks to join. */
  | { kind: "join"; action: JoinAction }
  /** Under the checklist of setting up. */
  | { kind: "setup"; action: SetupAction };

/**
 * The button that carries this data, or `null` if it is none of ours. The first word tells the kind;
 * buttons stay in chats for years, so what they were once given is understood for good.
 * @param data whatever a client sent as `data` (Bot API, CallbackQuery): anything at all
 */
export function readButton(data: string): Button | null {
  const [word] = data.split(" ", 1);
  switch (word) {
    case "panel": {
      const action = readPanelAction(data);
      return action && { kind: "panel", action };
    }
    case "later": {
      const action = readLaterAction(data);
      return action && { kind: "later", action };
    }
    case "help": {
      const where = readMoreHelp(data);
      return where && { kind: "help", where };
    }
    case "privacy": {
      const action = readPrivacyAction(data);
      return action && { kind: "privacy", action };
    }
    case "silence": {
      const action = readSilenceAction(data);
      return action && { kind: "silence", action };
    }
    case "rate": {
      const stars = readStars(data);
      return stars && { kind: "rating", stars };
    }
    case "failed": {
      const action = readFailedAction(data);
      return action && { kind: "failed", action };
    }
    case "reply": {
      const action = readReplyAction(data);
      return action && { kind: "replies", action };
    }
    case "join": {
      const action = readJoinAction(data);
      return action && { kind: "join", action };
    }
    case "setup": {
      const action = readSetupAction(data);
      return action && { kind: "setup", action };
    }
    default:
      return null;
  }
}
