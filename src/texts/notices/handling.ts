/** What is said about commands and buttons: to agents, in threads and in private. */
import type { CommandName, Where } from "../../commands/command.ts";
import type { Conversation, Priority } from "../../conversation/conversation.ts";
import type { Stars } from "../../stats/stats.ts";

/** A sentence by name, with what it has to tell. */
export type SteeringNotice =
  /** The first comment of a new thread, with buttons. */
  | { text: "panel"; source?: string }
  | { text: "button-close" }
  | { text: "button-priority" }
  | { text: "button-assign" }
  | { text: "button-replies" }
  | { text: "button-ban" }
  | { text: "button-help" }
  | { text: "button-cancel" }
  /** Questions with buttons. */
  | { text: "which-priority" }
  | { text: "ban-sure" }
  /** To the thread: who did what. */
  | { text: "did-close"; by: string; isSilent: boolean }
  | { text: "did-priority"; by: string; priority: Priority }
  | { text: "did-ban"; by: string }
  | { text: "did-unban"; by: string }
  | { text: "did-assign"; by: string; to?: string }
  | { text: "did-undo"; by: string; isSent: boolean }
  | { text: "did-rate"; stars: Stars }
  /** To the thread: there is nothing to do. */
  | { text: "already"; status: Conversation["status"] }
  /** To who lifts a ban by its ID: it is done; there is none; whose? */
  | { text: "unbanned"; userId: number }
  | { text: "not-banned"; userId: number }
  | { text: "unban-how" }
  /** To an agent whose answer came together with a colleague's. */
  | { text: "collision"; name: string }
  /** To an agent in private: a customer waits. */
  | { text: "waits"; name: string; address: string }
  /** To an agent in private: a customer has waited for too long. */
  | { text: "late"; name: string; address: string; minutes: number; waitingMessageId: number }
  /** To a silent customer: in so many hours it closes; with buttons, and what is said of a press. */
  | { text: "silence-warning"; sinceMs: number; hours: number }
  | { text: "button-still-needed" }
  | { text: "button-solved" }
  | { text: "silence-broken" }
  | { text: "silence-over" }
  /** To the thread: the customer still needs help; it closed by itself; the customer closed it. */
  | { text: "still-needed" }
  | { text: "did-autoclose" }
  | { text: "did-solve" }
  /** To a customer who says that it is solved, where nothing is open. */
  | { text: "solved" }
  /** What is known of a customer. */
  | {
    text: "who";
    conversation: Conversation;
    since: string;
    /** Since when they wait for an answer. */
    waitsSince?: string;
    counts: { fromCustomer: number; fromTeam: number };
    /** How far back is counted. */
    days: number;
  }
  /** Which commands there are, for who asks, where they ask. */
  | { text: "team-help"; where: Where; commands: CommandName[] }
  /** Those of the same that had no room beside the everyday ones; and the button that shows them. */
  | { text: "more-help"; commands: CommandName[] }
  | { text: "button-more-help" }
  /** What a command does, in a few words; and what follows its name, if anything does. */
  | { text: "about"; name: CommandName }
  | { text: "takes"; name: CommandName }
  | { text: "unknown-command"; word: string; nearest?: string }
  /** It is given somewhere else. */
  | { text: "elsewhere"; where: readonly Where[] }
  | { text: "team-only" }
  | { text: "admins-only" }
  | { text: "creator-only" }
  | { text: "assign-ambiguous"; words: string; names: string[] }
  | { text: "assign-unknown"; words: string; names: string[] }
  | { text: "assign-stranger" }
  | { text: "assign-needs-name" }
  | { text: "undo-how" }
  | { text: "undo-not-ours" }
  | { text: "undo-not-yours" }
  | { text: "undo-too-late" }
  | { text: "undo-nothing" }
  /** To the owner: the link by which agents come; that it ended; that there is none; what may be said. */
  | { text: "invite"; link: string }
  | { text: "invite-off" }
  | { text: "invite-none" }
  | { text: "invite-how" }
  /** To the owner: Telegram does not let the bot invite anybody. */
  | { text: "invite-refused"; description: string }
  /** To the owner: somebody asks to join; a customer who is banned, maybe. */
  | { text: "join-request"; name: string; userId: number; isBanned: boolean }
  | { text: "button-let-in" }
  | { text: "button-decline" }
  /** In its place: what became of it. */
  | { text: "joined"; name: string }
  | { text: "join-declined"; name: string }
  | { text: "join-over"; name: string }
  | { text: "join-refused"; name: string; description: string }
  | { text: "notify-how"; isWanted: boolean }
  | { text: "notify-done"; isWanted: boolean };
