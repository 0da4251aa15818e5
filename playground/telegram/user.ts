/** A person with a Telegram client: writes, edits, deletes, reacts, joins, blocks. */
import type {
  BotCommand,
  ChatAdministratorRights,
  InlineQuery,
  InlineQueryResult,
  ReactionType,
  ReactionTypeEmoji,
  User,
} from "grammy/types";
import { add, assertMayLetIn, promote } from "./admission.ts";
import { SimulatedBot } from "./bot.ts";
import type { SimulatedChat, SimulatedMessage } from "./chat.ts";
import { assertMayDelete, assertMayEdit, assertMayPin, authorOf } from "./client_rules.ts";
import type { CaptionSpec, ContentSpec } from "./content.ts";
import { inlineContent } from "./inline_content.ts";
import type { InviteOptions } from "./invite.ts";
import { approve, createInviteLink, decline, join, type Joined } from "./joining.ts";
import { isInside, toChatMember } from "./member.ts";
import { toMessage } from "./message.ts";
import { remove } from "./moderation.ts";
import { offeredMenu } from "./offered_menu.ts";
import { open } from "./opening.ts";
import type { Person } from "./person.ts";
import { pin } from "./pins.ts";
import { erase } from "./post.ts";
import { publishMembership, publishReaction } from "./publish.ts";
import type { CallbackAnswer } from "./queries.ts";
import { share, type ShareOptions } from "./sharing.ts";
import { contentOf, editedContent, editTo, sendAs, type SendOptions } from "./sending.ts";
import type { World } from "./world.ts";

/** How a person is created. */
export interface UserOptions {
  firstName: string;
  lastName?: string;
  username?: string;
  languageCode?: string;
  id?: number;
  isPremium?: boolean;
}

/** A person's account, acting as its owner's client lets them act; other acts throw. */
export class SimulatedUser implements Person {
  /** As messages show the person. */
  readonly info: User;
  /** The account is deleted. */
  isDeactivated = false;
  /** A Premium setting: nobody may send voice and video notes. */
  forbidsVoiceMessages = false;
  readonly #world: World;

  constructor(world: World, options: UserOptions) {
    this.#world = world;
    this.info = {
      id: options.id ?? world.newAccountId(),
      is_bot: false,
      first_name: options.firstName,
      ...(options.lastName === undefined ? {} : { last_name: options.lastName }),
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.languageCode === undefined ? {} : { language_code: options.languageCode }),
      ...(options.isPremium ? { is_premium: true } : {}),
    };
  }

  get id(): number {
    return this.info.id;
  }

  /** The private chat with a bot. */
  chatWith(bot: SimulatedBot): SimulatedChat {
    return this.#world.privateChat(this, bot);
  }

  /** Writes a message. */
  sends(chat: SimulatedChat, content: ContentSpec, options: SendOptions = {}): SimulatedMessage {
    return sendAs(this.#world, this, chat, contentOf(this.#world, content), options);
  }

  /** Sends several media as one album; with a gap, each comes that much after the last. */
  async sendsAlbum(
    chat: SimulatedChat,
    contents: ContentSpec[],
    options: SendOptions & { gapMs?: number } = {},
  ): Promise<SimulatedMessage[]> {
    const { gapMs = 0, mediaGroupId = this.#world.newMediaGroupId(), ...rest } = options;
    const sent: SimulatedMessage[] = [];
    for (const content of contents) {
      if (gapMs > 0 && sent.length > 0) {
        await new Promise<void>((resolve) => this.#world.clock.setTimeout(resolve, gapMs));
      }
      sent.push(this.sends(chat, content, { ...rest, mediaGroupId }));
    }
    return sent;
  }

  /** Writes under a channel post, in answer to the post itself or to another comment. */
  comments(
    channelPost: SimulatedMessage,
    content: ContentSpec,
    options: SendOptions = {},
  ): SimulatedMessage {
    const { forward, replyMarkup } = this.#world.storedMessage(channelPost);
    if (replyMarkup !== undefined) {
      throw new Error("Nobody can comment on a post with an inline keyboard");
    }
    if (forward === undefined || !forward.chat.records.has(forward.id)) {
      throw new Error("The post has no comments: its automatic forward is not in the group");
    }
    return this.sends(forward.chat, content, { replyTo: forward.id, ...options });
  }

  /** Sends a bot its first or another /start. */
  starts(bot: SimulatedBot, payload?: string): SimulatedMessage {
    if (bot.blockedBy.has(this.id)) this.unblocks(bot);
    return this.sends(this.chatWith(bot), payload === undefined ? "/start" : `/start ${payload}`);
  }

  /** Replaces what a message says. */
  edits(message: SimulatedMessage, content: ContentSpec | CaptionSpec): SimulatedMessage {
    const record = this.#world.storedMessage(message);
    const next = editedContent(this.#world, record, content);
    assertMayEdit(this.info, record, next, this.#world.date);
    editTo(this.#world, record, next);
    return toMessage(record);
  }

  /** Deletes a message for everybody. */
  deletes(message: SimulatedMessage): void {
    const record = this.#world.storedMessage(message);
    assertMayDelete(this.info, record);
    erase(this.#world, record);
  }

  /** Sets the one reaction this person, or the chat they react as, has on a message, or takes it back. */
  reacts(
    message: SimulatedMessage,
    emoji: ReactionTypeEmoji["emoji"] | null,
    { as = "self" }: Pick<SendOptions, "as"> = {},
  ): void {
    const record = this.#world.storedMessage(message);
    const { senderChat } = authorOf(this.info, record.chat, as);
    const reactor = as === "self" ? this.id : senderChat!.id;
    const old = record.reactions.get(reactor) ?? [];
    const next: ReactionType[] = emoji === null ? [] : [{ type: "emoji", emoji }];
    if (emoji !== null && record.chat.reactions?.includes(emoji) === false) {
      throw new Error(`Nobody reacts with ${emoji} there`);
    }
    if (next.length === 0) record.reactions.delete(reactor);
    else record.reactions.set(reactor, next);
    const by = as === "self" ? { user: this.info } : { actor_chat: senderChat!.toChat() };
    publishReaction(this.#world, record, { by, old, new: next });
  }

  /** Pins a message; the chat gets a service message about it. */
  pins(message: SimulatedMessage): void {
    const record = this.#world.storedMessage(message);
    assertMayPin(this.info, record);
    pin(this.#world, record, authorOf(this.info, record.chat, "self"));
  }

  /** Unpins a message. No update tells of it. */
  unpins(message: SimulatedMessage): void {
    const record = this.#world.storedMessage(message);
    assertMayPin(this.info, record);
    record.chat.unpin(record.id);
  }

  /** The commands that a bot offers this person who types a slash in a chat. */
  menu(bot: SimulatedBot, chat: SimulatedChat = this.chatWith(bot)): BotCommand[] {
    const isThere = chat.peers?.bot === bot || isInside(chat.membership(bot));
    return isThere ? offeredMenu(bot.menus, this, chat) : [];
  }

  /** Stops a bot. */
  blocks(bot: SimulatedBot): void {
    if (bot.blockedBy.has(this.id)) return;
    bot.blockedBy.add(this.id);
    this.#publishBlock(bot, "member", "kicked");
  }

  /** Lets a bot write again. */
  unblocks(bot: SimulatedBot): void {
    if (bot.blockedBy.delete(this.id)) this.#publishBlock(bot, "kicked", "member");
  }

  /**
   * Opens a link to a bot or an invite link. Where it asks for one, `chat` is picked: the bot is
   * added there, as administrator if the link names rights. The answer is the message that starts
   * the bot, if there is one.
   */
  opens(link: string, { chat }: { chat?: SimulatedChat } = {}): SimulatedMessage | undefined {
    return open(this.#world, this, link, chat);
  }

  /** Presses a button of a bot's that asks for a chat, by a part of its words, and chooses one. */
  shares(bot: SimulatedBot, words: string, chat: SimulatedChat, how?: ShareOptions) {
    return share(this.#world, this, bot, words, chat, how);
  }

  /**
   * Joins a group or channel, or asks to be let in where that is needed: by the address of an
   * invite link, else openly if the chat is public, else by the chat's own link.
   */
  joins(chat: SimulatedChat, address?: string): Joined {
    return join(this.#world, chat, this.info, address);
  }

  /** Leaves a group or channel. */
  leaves(chat: SimulatedChat): void {
    if (isInside(chat.membership(this))) remove(this.#world, chat, this.info, "left");
  }

  /** Brings somebody into a chat as an ordinary member. */
  adds(chat: SimulatedChat, member: SimulatedUser | SimulatedBot): void {
    add(this.#world, this.info, chat, userOf(member));
  }

  /**
   * Makes somebody an administrator, with just the rights given that this person may give. A basic
   * group is upgraded for that: the answer is the chat it happened in.
   */
  promotes(
    chat: SimulatedChat,
    member: SimulatedUser | SimulatedBot,
    rights: Partial<ChatAdministratorRights>,
  ): SimulatedChat {
    return promote(this.#world, this.info, chat, userOf(member), rights);
  }

  /** Makes an invite link to a chat; the answer is its address. */
  invites(chat: SimulatedChat, options: InviteOptions = {}): string {
    assertMayLetIn(this.info, chat);
    return createInviteLink(chat, this.info, options).info.invite_link;
  }

  /** Lets in somebody who asked to join. */
  approves(chat: SimulatedChat, person: SimulatedUser): void {
    assertMayLetIn(this.info, chat);
    approve(this.#world, chat, person.info, this.info);
  }

  /** Turns away somebody who asked to join. */
  declines(chat: SimulatedChat, person: SimulatedUser): void {
    assertMayLetIn(this.info, chat);
    decline(this.#world, chat, person.info);
  }

  /** Types a bot's name and a query; resolves with what the bot offers. */
  queries(
    bot: SimulatedBot,
    query: string,
    offset = "",
    chatType: NonNullable<InlineQuery["chat_type"]> = "supergroup",
  ): Promise<InlineQueryResult[]> {
    if (!bot.info.supports_inline_queries) {
      throw new Error(`@${bot.info.username} does not support inline queries`);
    }
    return this.#world.queries.ask(this, bot, { text: query, offset, chatType });
  }

  /** Sends one of the results that a bot offered. */
  choosesResult(
    chat: SimulatedChat,
    result: InlineQueryResult,
    options: SendOptions = {},
  ): SimulatedMessage {
    const { queries, files } = this.#world;
    const offer = queries.offerOf(result);
    const content = inlineContent(files, offer.bot, result);
    const how = { ...options, viaBot: offer.bot };
    const keyboard = result.reply_markup === undefined
      ? {}
      : { replyMarkup: result.reply_markup, inlineMessageId: queries.newInlineMessageId() };
    const sent = sendAs(this.#world, this, chat, content, how, keyboard);
    queries.chosen(this, result, offer, keyboard.inlineMessageId);
    return sent;
  }

  /** Presses an inline button; resolves with the bot's answer. */
  presses(message: SimulatedMessage, data: string): Promise<CallbackAnswer | undefined> {
    const record = this.#world.storedMessage(message);
    const buttons = record.replyMarkup?.inline_keyboard.flat() ?? [];
    if (!buttons.some((button) => "callback_data" in button && button.callback_data === data)) {
      throw new Error(`Message ${record.id} has no button with the data "${data}"`);
    }
    return this.#world.queries.press(this, record, data);
  }

  /**
   * Sends the data of a button that a message does not have, or not any more. A modified client can
   * do so under whatever inline keyboard; Telegram passes it on to the bot.
   */
  forges(message: SimulatedMessage, data: string): Promise<CallbackAnswer | undefined> {
    return this.#world.queries.press(this, this.#world.storedMessage(message), data);
  }

  /** Deletes the account. */
  deactivates(): void {
    this.isDeactivated = true;
  }

  #publishBlock(bot: SimulatedBot, from: "member" | "kicked", to: "member" | "kicked"): void {
    publishMembership(this.#world, this.chatWith(bot), {
      actor: this.info,
      old: toChatMember(bot.user, { status: from }),
      new: toChatMember(bot.user, { status: to }),
    });
  }
}

/** An account as messages show it. */
export function userOf(account: SimulatedUser | SimulatedBot): User {
  return account instanceof SimulatedBot ? account.user : account.info;
}
