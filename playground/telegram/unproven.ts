/**
 * What no source proves about Telegram. Each is a switch, so that tests can run with either answer;
 * the first value is what is likelier.
 */
import type { Chat } from "grammy/types";

/** The switches of one simulated Telegram; they may be changed at any time. */
export class Unproven {
  /** Whether deleting a channel post deletes its automatic forward too. */
  forwardDiesWithPost = false;
  /** Whether an automatic forward names itself as the thread it begins. */
  forwardsNameThreads = false;
  /** Whether an automatic forward comes marked as edited at the moment it was made. */
  forwardsComeEdited = false;
  /**
   * Whether a pin makes a service message that says so, by type of chat. Telegram's own words: it
   * "may or may not be sent by the server" (tdlib/telegram-bot-api issue 731).
   */
  readonly notesPins: Record<Chat["type"], boolean> = {
    private: true,
    group: true,
    supergroup: true,
    channel: true,
  };
  /** Whether the pin that every automatic forward gets by itself makes one too. */
  notesAutomaticPins = false;
  /**
   * Whether pinning what is pinned, or unpinning what is not, is refused. The error is documented
   * (https://core.telegram.org/method/messages.updatePinnedMessage, CHAT_NOT_MODIFIED), but since a
   * chat can have many pins nobody has reported it.
   */
  refusesUnchangedPins = false;
  /**
   * Whether an unban with `only_if_banned` that follows a ban within a second finds nobody banned yet,
   * and leaves the ban (J-Rios/TLG_JoinCaptchaBot issue 157; process_unban_chat_member_query of
   * tdlib/telegram-bot-api goes by what it knows of the member).
   */
  bansShowLate = false;
  /**
   * For how many seconds the Bot API server tells of a chat what it knows already; the real one does
   * so for 60, unless it is told otherwise. 0: what a chat is shows at once.
   */
  remembersChatsS = 0;
  /**
   * What becomes of an answer to a message that was deleted: it is refused in the server's words or in
   * Telegram's own, or, in a supergroup, it succeeds and stands outside of any thread, because the
   * server still knows the message (tdlib/telegram-bot-api issues 101 and 469).
   */
  answersToDeleted: "not found" | "invalid" | "astray" = "not found";
  /** Whether what is done to a deleted message is refused in Telegram's own words. */
  deletedAreInvalid = false;
  /**
   * Who refuses a voice or video message that its receiver wants from nobody: the Bot API server, in
   * its words, or Telegram's servers in theirs.
   */
  voiceIsRefusedBy: "the Bot API server" | "Telegram" = "the Bot API server";
  /** Whether a button that opens inline mode is refused while inline mode is off. */
  refusesInlineButtons = false;
  /** Whether an empty list of commands counts as set, so that no wider list is offered. */
  emptyMenusHideOthers = false;
  /**
   * Whether updates about members name the administrator also where they change somebody's rights in
   * a channel, or act anonymously in a group. Who adds to a channel is named, who removes is not.
   */
  namesHiddenActors = true;
  /**
   * Whether a bot that is brought into a group with rights is told of two changes: that it has become
   * a member, and that it has been made administrator.
   */
  promotesInSteps = false;
  /** Whether `from` of a chat_member update is the administrator who approved a request to join. */
  approvalsAreByTheApprover = true;
  /**
   * Whether a bot is told, of a language that has no description of its own, what is shown to its
   * speakers; else nothing (https://core.telegram.org/bots/api#getmydescription).
   */
  tellsShownDescriptions = true;
  /** Whether a link that is revoked already is refused to be revoked; else it is again. */
  refusesRevokedLinks = true;
  /**
   * Whether a basic group that was upgraded on the way is shared by the ID that it had when it was
   * chosen.
   */
  sharesGroupsByOldId = false;
  /**
   * Whether the press of a button under a message that is deleted still reaches the bot, as it does
   * when the press was on its way already; else the client is refused (MESSAGE_ID_INVALID).
   */
  deletedMessagesTakePresses = true;
  /**
   * Whether emoji of one's own stay what they are in what a bot sends or builds anew; else they become
   * plain ones. It depends on whose the bot is (https://core.telegram.org/bots/api#formatting-options).
   */
  botsKeepCustomEmoji = true;
  /**
   * Whether the server quotes by itself, and marks so, what an answer to a message of another chat
   * answers (https://core.telegram.org/bots/api#textquote, is_manual).
   */
  quotesOtherChats = true;
  /**
   * Whether the refusal of an album names the piece that is to blame. It does for what is uploaded;
   * what Telegram's servers refuse afterwards is told of the first piece, whichever it is
   * (Client.cpp of tdlib/telegram-bot-api, on_message_send_failed).
   */
  namesRefusedPieces = true;
}
