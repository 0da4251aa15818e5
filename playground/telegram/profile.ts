/**
 * What a bot's account shows of itself: its descriptions, by language, and the rights that clients
 * offer first to whoever makes it an administrator.
 */
import type { ChatAdministratorRights } from "grammy/types";

/** A text in several languages. */
export class LocalizedText {
  readonly #texts = new Map<string, string>();

  /** Sets what speakers of a language are shown; no language: all that have no text of their own. */
  set(language: string, text: string): void {
    if (text === "") this.#texts.delete(language);
    else this.#texts.set(language, text);
  }

  /** What was set for just that language; empty if nothing was. */
  own(language: string): string {
    return this.#texts.get(language) ?? "";
  }

  /** What speakers of a language are shown. */
  shown(language: string): string {
    return this.own(language) || this.own("");
  }
}

/** One bot's. */
export class Profile {
  /** Shown in a chat that is empty. */
  readonly description = new LocalizedText();
  /** Shown on the bot's page. */
  readonly shortDescription = new LocalizedText();
  /** By what the bot is added to; absent: none were set. */
  readonly defaultRights: Partial<Record<"channel" | "supergroup", ChatAdministratorRights>> = {};
}
