/** Registers the menus of commands with Telegram, when they differ from what was registered. */
import { createHash } from "node:crypto";
import type { Api } from "grammy";
import type { ChatMember } from "grammy/types";
import { type Language, LANGUAGE_TAGS, LANGUAGES } from "../../words/language.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Log } from "../../log.ts";
import type { CommandName } from "../../commands/command.ts";
import { type Leader, type Menu, menusFor, privateMenu, writeMenu } from "../../commands/menu.ts";
import { isTeam } from "../../desk/team.ts";
import { say } from "../../texts/texts.ts";
import { type Answer, answerOf } from "../api.ts";
import { HOUR_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";

/** The languages we speak, as Telegram names them; without one: everybody else. */
const LANGUAGE_CODES = LANGUAGE_TAGS.map((language) =>
  [LANGUAGES[language].code, language] as const
);

/** Who the administrators are is asked again after this long. */
const KEPT_MS = HOUR_MS;

/** What registering menus needs. */
export interface MenusOptions {
  api: Api;
  /** The language of those whose language we do not speak. */
  locale: Language;
  memory: {
    recall(name: "menus"): Promise<string | null>;
    remember(name: "menus", value: string): Promise<void>;
  };
  now: () => number;
  log: Log;
}

/** The menus of a bot. */
export class Menus {
  /** Members of the team who wrote in private since the start. */
  readonly #agents = new Set<number>();
  #leaders = new Map<number, Leader>();
  #keptMs = -Infinity;
  #keptFor: number | undefined;

  constructor(private readonly options: MenusOptions) {}

  /** Has everybody see what they may use; what Telegram refuses is tried again the next time. */
  async keep(desk: Desk): Promise<void> {
    const { now } = this.options;
    const isFresh = isWithin(KEPT_MS, this.#keptMs, now()) && this.#keptFor === desk.groupId;
    if (isFresh || !await this.#keep(desk)) return;
    this.#keptMs = now();
    this.#keptFor = desk.groupId;
  }

  async #keep(desk: Desk): Promise<boolean> {
    const { locale, memory, log } = this.options;
    const leaders = await this.#askLeaders(desk);
    if (leaders.failure) {
      log.warn("menus not kept", { reason: leaders.failure.description });
      return false;
    }
    this.#leaders = new Map(leaders.result.map((leader) => [leader.userId, leader]));
    const menus = menusFor({ groupId: desk.groupId, leaders: leaders.result });
    const written = LANGUAGE_CODES.map(([, language]) =>
      menus.map(({ commands }) => writeMenu(commands, language, aboutIn(language)))
    );
    const digest = createHash("sha256")
      .update(JSON.stringify([menus, written, locale])).digest("hex");
    if (await memory.recall("menus") === digest) return true;
    for (const menu of menus) {
      const problem = await this.#register(menu);
      if (problem === undefined || menu.isForPerson) continue;
      log.warn("menu not registered", { reason: problem });
      return false;
    }
    await memory.remember("menus", digest);
    return true;
  }

  /** The administrators of a desk, in the order of their IDs. */
  async #askLeaders({ channelId, groupId, ownerId }: Desk): Promise<Answer<Leader[]>> {
    const { api } = this.options;
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

  /** Has a member of the team who writes in private see what they may use there. */
  async keepForAgent(userId: number): Promise<void> {
    if (this.#agents.has(userId)) return;
    this.#agents.add(userId);
    const problem = await this.#register(privateMenu(userId, this.#leaders.get(userId)));
    if (problem === undefined) return;
    this.#agents.delete(userId);
    this.options.log.warn("menu not registered", { reason: problem });
  }

  /**
   * Somebody's place in the channel has changed: they are shown what they may use now. Who never
   * wrote to the bot has no menu there, and needs none.
   */
  async renew(desk: Desk, member: ChatMember): Promise<void> {
    const { user: { id: userId, is_bot: isBot } } = member;
    if (isBot) return;
    this.#agents.delete(userId);
    this.#keptMs = -Infinity;
    await this.keep(desk);
    if (this.#leaders.has(userId)) return;
    if (isTeam(member, desk)) await this.#register(privateMenu(userId));
    else await this.#unregister(userId);
  }

  /** Has somebody see in private what customers are shown. */
  async #unregister(userId: number): Promise<void> {
    const { api } = this.options;
    const scope = { type: "chat", chat_id: userId } as const;
    const first = await answerOf(api.deleteMyCommands({ scope }));
    if (first.failure) return;
    for (const [language_code] of LANGUAGE_CODES) {
      await answerOf(api.deleteMyCommands({ scope, language_code }));
    }
  }

  /** Registers one menu in every language; what Telegram said if it refused. */
  async #register({ scope, commands }: Menu): Promise<string | undefined> {
    const { api, locale } = this.options;
    const others = writeMenu(commands, locale, aboutIn(locale));
    const answers = [await answerOf(api.setMyCommands(others, { scope }))];
    for (const [language_code, language] of LANGUAGE_CODES) {
      if (answers.at(-1)?.failure) break;
      const list = writeMenu(commands, language, aboutIn(language));
      answers.push(await answerOf(api.setMyCommands(list, { scope, language_code })));
    }
    return answers.at(-1)?.failure?.description;
  }
}

/** What a command does, in a language. */
function aboutIn(language: Language): (name: CommandName) => string {
  return (name) => say({ text: "about", name }, language);
}
