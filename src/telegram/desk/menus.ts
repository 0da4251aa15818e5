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
import { answerOf } from "../api.ts";
import { classify } from "../classify.ts";
import { HOUR_MS, SECOND_MS } from "../../time/duration.ts";
import { isWithin } from "../../time/elapsed.ts";
import { defined } from "../../values/defined.ts";
import { Turns } from "../../values/turns.ts";
import { askLeaders } from "./leaders.ts";

/** The languages we speak, as Telegram names them; without one: everybody else. */
const LANGUAGE_CODES = LANGUAGE_TAGS.map((language) =>
  [LANGUAGES[language].code, language] as const
);

/** What is remembered while it is not known what is registered: no digest. */
const UNDER_WAY = "-";

/** What was registered last, for whom, and when that was asked. */
interface KeptMenus {
  digest: string;
  groupIds: readonly number[];
  leaders: Leader[];
  askedMs: number;
}

/** Who the administrators are is asked again after this long. */
const KEPT_MS = HOUR_MS;

/** What registering menus needs. */
export interface MenusOptions {
  api: Api;
  /** The language of those whose language we do not speak. */
  locale: Language;
  memory: {
    recall(name: "menus"): Promise<KeptMenus | typeof UNDER_WAY | null>;
    remember(name: "menus", value: KeptMenus | typeof UNDER_WAY): Promise<void>;
  };
  now: () => number;
  log: Log;
}

/** A list that is yet to be registered, or taken away, for one scope and language. */
interface OwedList {
  scope: Menu["scope"];
  isForPerson: boolean;
  call: () => Promise<true>;
}

/** The menus of a bot. */
export class Menus {
  /** Members of the team who wrote in private since the start. */
  readonly #agents = new Set<number>();
  /** By scope and language: a newer list takes the place of one that is still owed. */
  readonly #owed = new Map<string, OwedList>();
  #leaders = new Map<number, Leader>();
  #keptMs = -Infinity;
  #keptFor = "";
  /** Telegram has asked to be left alone with menus until then. */
  #pausedUntilMs = 0;
  readonly #settling = new Turns();
  readonly #renewing = new Turns();
  /** The digest of the menus that are being registered. */
  #underWay: string | undefined;
  /** Telegram has refused a list that is for more than one person. */
  #isRefused = false;

  constructor(private readonly options: MenusOptions) {}

  /** Has everybody see what they may use; what Telegram does not take is tried again the next time. */
  async keep(desks: readonly Desk[]): Promise<void> {
    const { now } = this.options;
    const isFresh = isWithin(KEPT_MS, this.#keptMs, now()) &&
      this.#keptFor === nameOf(groupsOf(desks));
    if (isFresh) return await this.#settle();
    if (await this.#recall(groupsOf(desks))) return;
    await this.#keepAnew(desks);
  }

  /** Takes from memory what another start or instance has kept of late; whether it has. */
  async #recall(groupIds: readonly number[]): Promise<boolean> {
    const { memory, now } = this.options;
    const kept = await memory.recall("menus");
    if (kept === null || kept === UNDER_WAY) return false;
    const isAsWritten = kept.digest === this.#write(groupIds, kept.leaders).digest;
    if (!isAsWritten || !isWithin(KEPT_MS, kept.askedMs, now())) return false;
    this.#note(kept);
    return true;
  }

  /** Has whoever keeps menus next ask who leads, also at another start. */
  async #doubtKept(): Promise<void> {
    const { memory } = this.options;
    const kept = await memory.recall("menus");
    if (kept !== null && kept !== UNDER_WAY) {
      await memory.remember("menus", { ...kept, askedMs: 0 });
    }
  }

  #note({ groupIds, leaders, askedMs }: KeptMenus): void {
    this.#leaders = new Map(leaders.map((leader) => [leader.userId, leader]));
    this.#keptMs = askedMs;
    this.#keptFor = nameOf(groupIds);
  }

  /** The menus as they are to be, and a digest of all that is said in them. */
  #write(groupIds: readonly number[], leaders: Leader[]): { menus: Menu[]; digest: string } {
    const menus = menusFor({ groupIds, leaders });
    const written = LANGUAGE_CODES.map(([, language]) =>
      menus.map(({ commands }) => writeMenu(commands, language, aboutIn(language)))
    );
    const digest = createHash("sha256")
      .update(JSON.stringify([menus, written, this.options.locale])).digest("hex");
    return { menus, digest };
  }

  async #keepAnew(desks: readonly Desk[]): Promise<void> {
    const { api, memory, now, log } = this.options;
    const groupIds = groupsOf(desks);
    const askedMs = now();
    const leaders = await askLeaders(api, desks, [...this.#leaders.values()]);
    if (leaders.failure) {
      log.warn("menus not kept", { reason: leaders.failure.description });
      return;
    }
    const { menus, digest } = this.#write(groupIds, leaders.result);
    const kept: KeptMenus = { digest, groupIds, leaders: leaders.result, askedMs };
    const known = await memory.recall("menus");
    const isAsKnown = known !== null && known !== UNDER_WAY && known.digest === digest;
    this.#leaders = new Map(leaders.result.map((leader) => [leader.userId, leader]));
    if (isAsKnown) await this.#settle();
    else if (!await this.#register(menus, digest, known !== null)) return;
    await memory.remember("menus", kept);
    this.#note(kept);
  }

  /** Has Telegram told of menus that are not as they were; whether it has taken them. */
  async #register(menus: Menu[], digest: string, isAnother: boolean): Promise<boolean> {
    const { memory } = this.options;
    // What is registered half is neither what it was nor what it is to be.
    if (isAnother) await memory.remember("menus", UNDER_WAY);
    if (this.#underWay !== digest) { for (const menu of menus) this.#owe(menu); }
    this.#underWay = digest;
    this.#isRefused = false;
    await this.#settle();
    if (!this.#isRefused && this.#owed.size > 0) return false;
    this.#underWay = undefined;
    return !this.#isRefused;
  }

  /** Has a member of the team who writes in private see what they may use there. */
  async keepForAgent(userId: number): Promise<void> {
    if (this.#agents.has(userId)) return;
    this.#agents.add(userId);
    this.#owe(privateMenu(userId, this.#leaders.get(userId)));
    await this.#settle();
  }

  /**
   * Somebody's place in a desk's channel has changed: they are shown what they may use now. Who never
   * wrote to the bot has no menu there, and needs none. One after another: of two changes the later
   * has the last word.
   */
  async renew(desks: readonly Desk[], desk: Desk, member: ChatMember): Promise<void> {
    await this.#renewing.take(() => this.#renew(desks, desk, member));
  }

  async #renew(desks: readonly Desk[], desk: Desk, member: ChatMember): Promise<void> {
    const { user: { id: userId, is_bot: isBot } } = member;
    if (isBot) return;
    this.#agents.delete(userId);
    this.#keptMs = -Infinity;
    await this.#doubtKept();
    await this.#keepAnew(desks);
    if (this.#leaders.has(userId)) return;
    if (isTeam(member, desk)) this.#owe(privateMenu(userId));
    else this.#oweNone(userId);
    await this.#settle();
  }

  /** One menu is to be registered in every language. */
  #owe({ scope, commands, isForPerson: isPersons }: Menu): void {
    const { api, locale } = this.options;
    const isForPerson = isPersons === true;
    const languages = [[undefined, locale] as const, ...LANGUAGE_CODES];
    for (const [language_code, language] of languages) {
      const list = writeMenu(commands, language, aboutIn(language));
      const options = { scope, ...defined({ language_code }) };
      const call = () => api.setMyCommands(list, options);
      this.#oweList({ scope, isForPerson, call }, language_code);
    }
  }

  /** Somebody is to see in private what customers are shown. */
  #oweNone(userId: number): void {
    const { api } = this.options;
    const scope = { type: "chat", chat_id: userId } as const;
    for (const language_code of [undefined, ...LANGUAGE_CODES.map(([code]) => code)]) {
      const call = () => api.deleteMyCommands({ scope, ...defined({ language_code }) });
      this.#oweList({ scope, isForPerson: true, call }, language_code);
    }
  }

  #oweList(list: OwedList, language = ""): void {
    this.#owed.set(JSON.stringify([list.scope, language]), list);
  }

  /**
   * Makes the calls that are owed, as far as Telegram takes them. What comes to be owed while others
   * are made may take the place of one of these: it is looked for when they are through.
   */
  async #settle(): Promise<void> {
    await this.#settling.take(() => this.#makeCalls());
  }

  /** One after another; where Telegram asks for a pause, or fails, the rest stays owed. */
  async #makeCalls(): Promise<void> {
    const { now, log } = this.options;
    for (const [key, list] of this.#owed) {
      if (now() < this.#pausedUntilMs) return;
      const { failure } = await answerOf(list.call());
      const verdict = failure && classify(failure);
      if (verdict?.kind === "pause") {
        this.#pausedUntilMs = now() + Math.ceil(verdict.retryAfterS * SECOND_MS);
      }
      if (verdict?.kind === "pause" || verdict?.kind === "passing") {
        log.warn("menu not registered", { reason: failure!.description });
        return;
      }
      if (failure) this.#refuse(list, failure.description);
      else if (this.#owed.get(key) === list) this.#owed.delete(key);
    }
  }

  /** In the other languages the same would be refused. Of a person Telegram may not know the chat. */
  #refuse({ scope, isForPerson }: OwedList, reason: string): void {
    for (const [key, list] of this.#owed) if (list.scope === scope) this.#owed.delete(key);
    if (isForPerson) {
      if (scope.type === "chat") this.#agents.delete(Number(scope.chat_id));
      return;
    }
    this.#isRefused = true;
    this.options.log.warn("menu not registered", { reason });
  }
}

function groupsOf(desks: readonly Desk[]): number[] {
  return desks.map(({ groupId }) => groupId);
}

function nameOf(groupIds: readonly number[]): string {
  return groupIds.join();
}

/** What a command does, in a language. */
function aboutIn(language: Language): (name: CommandName) => string {
  return (name) => say({ text: "about", name }, language);
}
