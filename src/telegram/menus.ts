/** Registers the menus of commands with Telegram, when they differ from what was registered. */
import { createHash } from "node:crypto";
import type { Api } from "grammy";
import type { Language } from "../config.ts";
import type { Desk } from "../desk.ts";
import type { Log } from "../log.ts";
import { type Menu, menusFor, privateMenu, writeMenu } from "../menu.ts";
import { TEXTS } from "../texts/texts.ts";
import { answerOf } from "./api.ts";

/** The languages we speak, as Telegram names them; without one: everybody else. */
const CODES = [["pt", "pt-BR"], ["en", "en"], ["es", "es"]] as const;

/** Who the administrators are is asked again after this long. */
const KEPT_MS = 60 * 60_000;

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
  #adminIds: number[] = [];
  #keptMs = -Infinity;
  #keptFor: number | undefined;

  constructor(private readonly options: MenusOptions) {}

  /** Has everybody see what they may use; what Telegram refuses is tried again the next time. */
  async keep(desk: Desk): Promise<void> {
    const { now } = this.options;
    const isFresh = now() - this.#keptMs < KEPT_MS && this.#keptFor === desk.groupId;
    if (isFresh || !await this.#keep(desk)) return;
    this.#keptMs = now();
    this.#keptFor = desk.groupId;
  }

  async #keep({ channelId, groupId }: Desk): Promise<boolean> {
    const { api, locale, memory, log } = this.options;
    const administrators = await Promise.all(
      [channelId, groupId].map((chatId) => answerOf(api.getChatAdministrators(chatId))),
    );
    const adminIds = administrators.flatMap((answer, index) =>
      answer.failure ? [] : answer.result
        // In the group, only its creator is an administrator of the desk.
        .filter(({ user, status }) => !user.is_bot && (index === 0 || status === "creator"))
        .map(({ user }) => user.id)
    );
    this.#adminIds = [...new Set(adminIds)].sort((a, b) => a - b);
    const menus = menusFor({ groupId, adminIds: this.#adminIds });
    const written = CODES.map(([, language]) =>
      menus.map(({ commands }) => writeMenu(commands, language, TEXTS[language]))
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

  /** Has a member of the team who writes in private see what they may use there. */
  async keepForAgent(userId: number): Promise<void> {
    if (this.#agents.has(userId)) return;
    this.#agents.add(userId);
    const isAdmin = this.#adminIds.includes(userId);
    const problem = await this.#register(privateMenu(userId, { isAdmin }));
    if (problem !== undefined) this.options.log.warn("menu not registered", { reason: problem });
  }

  /** Registers one menu in every language; what Telegram said if it refused. */
  async #register({ scope, commands }: Menu): Promise<string | undefined> {
    const { api, locale } = this.options;
    const others = writeMenu(commands, locale, TEXTS[locale]);
    const answers = [await answerOf(api.setMyCommands(others, { scope }))];
    for (const [language_code, language] of CODES) {
      if (answers.at(-1)?.failure) break;
      const list = writeMenu(commands, language, TEXTS[language]);
      answers.push(await answerOf(api.setMyCommands(list, { scope, language_code })));
    }
    return answers.at(-1)?.failure?.description;
  }
}
