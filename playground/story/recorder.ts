/** The story of a playground: what was done in it, as lines that do it again. */
import type { Playground } from "../playground.ts";
import { standing } from "../deeds.ts";
import type { Deed, Mentioned, Setting, Speaker } from "./deed.ts";
import { lineOf, settingLine } from "./line.ts";
import { findMentioned, mentioning } from "./mentioned.ts";

/** Writes a story. */
export class Recorder {
  readonly #lines: { text: string }[] = [];

  constructor(
    private readonly playground: Playground,
    private readonly setting: Setting,
  ) {}

  /** How many deeds it has. */
  get length(): number {
    return this.#lines.length;
  }

  /** The whole story. */
  get text(): string {
    return [
      "# A story of the playground. It is told again by: deno task play FILE",
      settingLine(this.setting),
      ...this.#lines.map(({ text }) => text),
      "",
    ].join("\n");
  }

  /**
   * Takes down what is about to be done, while what it mentions reads as it does. The answer takes
   * it back, for what turned out to be impossible.
   */
  note(deed: Deed): () => void {
    const line = { text: lineOf(this.#retold(deed)) };
    this.#lines.push(line);
    return () => this.#lines.splice(this.#lines.indexOf(line), 1);
  }

  #retold(deed: Deed): Deed {
    if (deed.does === "write" && deed.answers !== undefined) {
      return { ...deed, answers: this.#inWords(deed.who, deed.answers) };
    }
    if ("message" in deed) return { ...deed, message: this.#inWords(deed.who, deed.message) };
    return deed;
  }

  #inWords(who: Speaker, mentioned: Mentioned): Mentioned {
    const record = findMentioned(standing(this.playground, who).chat, mentioned);
    return record ? mentioning(record) : mentioned;
  }
}
