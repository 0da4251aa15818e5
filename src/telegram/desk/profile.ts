/**
 * What the bot writes of itself at Telegram: its description and short description in each language,
 * and the rights that are offered first to whoever adds it by hand. Only what is empty, or was
 * written by the bot, is written: the operator's own words stay.
 */
import { createHash } from "node:crypto";
import type { Api } from "grammy";
import type { LanguageCode } from "grammy/types";
import { botRights, type DeskChat, namesOfRights } from "../../desk/rights.ts";
import type { Log } from "../../log.ts";
import { say } from "../../texts/texts.ts";
import { SECOND_MS } from "../../time/duration.ts";
import { type Language, LANGUAGE_TAGS, LANGUAGES } from "../../words/language.ts";
import { defined } from "../../values/defined.ts";
import { type Answer, answerOf } from "../api.ts";
import { classify } from "../classify.ts";

/** What is kept of what was written. */
export interface WrittenProfile {
  /** Of all that is to be written: while it is the same, nothing is looked at again. */
  digest: string;
  /** Everything the bot has ever written of itself. */
  ours: string[];
}

/** What writing needs of the world. */
export interface ProfileOptions {
  api: Api;
  /** The language of those whose language we do not speak. */
  locale: Language;
  memory: {
    recall(name: "profile"): Promise<WrittenProfile | null>;
    remember(name: "profile", written: WrittenProfile): Promise<void>;
  };
  now: () => number;
  log: Log;
}

/** A text of the bot's account. */
type TextName = "description" | "short-description";

const TEXT_NAMES: readonly TextName[] = ["description", "short-description"];
const PLACES: readonly DeskChat[] = ["channel", "group"];

/** Thrown where Telegram does not take a call now. */
class NotNow extends Error {}

/** The profile of one bot. */
export class Profile {
  #isWritten = false;
  #pausedUntilMs = -Infinity;
  #writing: Promise<void> | undefined;

  constructor(private readonly options: ProfileOptions) {}

  /** Writes what is not written yet; what Telegram does not take is tried again the next time. */
  async keep(): Promise<void> {
    if (this.#isWritten || this.options.now() < this.#pausedUntilMs) return;
    this.#writing ??= this.#keep().finally(() => this.#writing = undefined);
    await this.#writing;
  }

  async #keep(): Promise<void> {
    const { memory, locale, log } = this.options;
    const known = await memory.recall("profile");
    const digest = createHash("sha256")
      .update(JSON.stringify([locale, this.#wanted])).digest("hex");
    if (known?.digest === digest) {
      this.#isWritten = true;
      return;
    }
    const ours = new Set([...known?.ours ?? [], ...this.#wanted]);
    // Written first: what stands there then is known to be ours, whatever becomes of the rest.
    await memory.remember("profile", { digest: known?.digest ?? "", ours: [...ours] });
    try {
      for (const where of PLACES) await this.#writeRights(where, ours);
      for (const name of TEXT_NAMES) await this.#writeText(name, ours);
    } catch (error) {
      if (!(error instanceof NotNow)) throw error;
      log.warn("profile not written", { reason: error.message });
      return;
    }
    await memory.remember("profile", { digest, ours: [...ours] });
    this.#isWritten = true;
  }

  /** Everything that is to be written, as it is known again. */
  get #wanted(): string[] {
    const texts = TEXT_NAMES.flatMap((text) =>
      LANGUAGE_TAGS.map((language) => say({ text }, language))
    );
    return [...texts, ...PLACES.map((where) => namesOfRights(botRights(where)).join(" "))];
  }

  async #writeRights(where: DeskChat, ours: ReadonlySet<string>): Promise<void> {
    const { api } = this.options;
    const for_channels = where === "channel";
    const known = await this.#ask(api.getMyDefaultAdministratorRights({ for_channels }));
    if (known === undefined) return;
    const names = namesOfRights(known).join(" ");
    const rights = botRights(where);
    if (names !== "" && !ours.has(names)) return;
    if (names === namesOfRights(rights).join(" ")) return;
    await this.#ask(api.setMyDefaultAdministratorRights({ rights, for_channels }));
  }

  /** If everybody is shown words of the operator's, no language hides them behind others. */
  async #writeText(name: TextName, ours: ReadonlySet<string>): Promise<void> {
    const { locale } = this.options;
    const isFree = (text: string) => text === "" || ours.has(text);
    const general = await this.#read(name);
    if (general === undefined || !isFree(general)) return;
    await this.#write(name, general, locale);
    for (const language of LANGUAGE_TAGS) {
      const { code } = LANGUAGES[language];
      const known = await this.#read(name, code);
      if (known !== undefined && isFree(known)) await this.#write(name, known, language, code);
    }
  }

  async #read(name: TextName, language_code?: LanguageCode): Promise<string | undefined> {
    const { api } = this.options;
    if (name === "description") {
      return (await this.#ask(api.getMyDescription(defined({ language_code }))))?.description;
    }
    return (await this.#ask(api.getMyShortDescription(defined({ language_code }))))
      ?.short_description;
  }

  async #write(
    name: TextName,
    known: string,
    language: Language,
    language_code?: LanguageCode,
  ): Promise<void> {
    const { api } = this.options;
    const text = say({ text: name }, language);
    if (known === text) return;
    await this.#ask(
      name === "description"
        ? api.setMyDescription(text, defined({ language_code }))
        : api.setMyShortDescription(text, defined({ language_code })),
    );
  }

  /** What a call answers; `undefined`: it will never be taken. Throws `NotNow`. */
  async #ask<T>(call: Promise<T>): Promise<T | undefined> {
    const { now, log } = this.options;
    const answer: Answer<T> = await answerOf(call);
    if (!answer.failure) return answer.result;
    const { description } = answer.failure;
    const verdict = classify(answer.failure);
    if (verdict.kind === "pause") {
      this.#pausedUntilMs = now() + Math.ceil(verdict.retryAfterS * SECOND_MS);
    }
    if (verdict.kind === "pause" || verdict.kind === "passing") throw new NotNow(description);
    log.warn("profile not written", { reason: description });
    return undefined;
  }
}
