/** Asks Telegram who is of the team, and believes the answer for a short while. */
import type { Api } from "grammy";
import type { Reader } from "../../jobs/reader.ts";
import { classify, type Failure, isOfPerson } from "../classify.ts";
import type { ChannelName } from "../../config.ts";
import { DOUBTFUL_NO_MS, isTeam, type Membership, MEMBERSHIP_MS } from "../../desk/team.ts";
import { type Answer, answerOf } from "../api.ts";
import { Refusals } from "./refusals.ts";
import { isWithin } from "../../time/elapsed.ts";

/**
 * Whether somebody is of the team, with what was learned by asking, to be kept; or why it cannot be
 * told. An error is no answer.
 */
export type TeamStanding =
  | {
    isTeam: boolean;
    /**
     * Telegram says that it does not know them: a no that may be wrong, and is not kept. Its words:
     * some are of people whom the bot has never met.
     */
    doubt?: Failure;
    learned: Membership[];
    failure?: undefined;
  }
  | { failure: Failure };

/** Of how many people it is remembered that a no of Telegram's stayed in doubt. */
const MOST_DOUBTED = 1000;

/** The team of one desk. */
export class Team {
  #isPublic: { value: boolean; atMs: number } | undefined;
  readonly #asking = new Map<number, Promise<Answer<boolean | Failure>>>();
  /** Of whom a doubtful no was the last word, and when. */
  readonly #doubtedMs = new Map<number, number>();
  /** For whom it was asked in vain. */
  readonly #unanswered: Refusals<"channel">;

  constructor(
    private readonly options: {
      api: Api;
      /** The channel whose members are the team. */
      channel: () => ChannelName;
      now: () => number;
    },
  ) {
    this.#unanswered = new Refusals(options.now);
  }

  /** Asks for one person; of several who ask at once, one call answers all. */
  async ask(userId: number, read: Pick<Reader, "membership">): Promise<TeamStanding> {
    const known = await read.membership(userId);
    if (known && !known.isDoubtful) return { isTeam: known.isTeam, learned: [] };
    let asking = this.#asking.get(userId);
    if (!asking) {
      asking = this.#ask(userId).finally(() => this.#asking.delete(userId));
      this.#asking.set(userId, asking);
    }
    const answer = await asking;
    if (answer.failure) return answer;
    const { result: isTeam } = answer;
    if (typeof isTeam !== "boolean") return { isTeam: false, doubt: isTeam, learned: [] };
    const untilMs = this.options.now() + MEMBERSHIP_MS;
    return { isTeam, learned: [{ userId, isTeam, untilMs }] };
  }

  /** A doubtful no as it is kept where it costs nobody's words. */
  doubted(userId: number): Membership {
    return {
      userId,
      isTeam: false,
      isDoubtful: true,
      untilMs: this.options.now() + DOUBTFUL_NO_MS,
    };
  }

  /** Whether a doubtful no was lately the last word about somebody. */
  isDoubtedLately(userId: number): boolean {
    return isWithin(MEMBERSHIP_MS, this.#doubtedMs.get(userId), this.options.now());
  }

  /** A doubtful no was the last word about somebody. */
  noteDoubted(userId: number): void {
    this.#doubtedMs.delete(userId);
    for (const [oldest] of this.#doubtedMs) {
      if (this.#doubtedMs.size >= MOST_DOUBTED) this.#doubtedMs.delete(oldest);
    }
    this.#doubtedMs.set(userId, this.options.now());
  }

  async #ask(userId: number): Promise<Answer<boolean | Failure>> {
    const { api } = this.options;
    const channel = this.options.channel();
    const answer = await answerOf(api.getChatMember(channel, userId));
    if (!answer.failure) {
      this.#unanswered.went(String(userId), "channel");
      if (!isTeam(answer.result, { isPublic: false })) return { result: false };
      if (isTeam(answer.result, { isPublic: true })) return { result: true };
      const isPublic = await this.#askIsPublic(channel);
      return isPublic.failure ? isPublic : { result: !isPublic.result };
    }
    const { failure } = answer;
    const { kind } = classify(failure);
    const isPassing = kind === "pause" || kind === "passing";
    const isTheirs = isOfPerson(failure) ||
      (!isPassing && this.#unanswered.refuse(String(userId), "channel") === "its own");
    return isTheirs ? { result: failure } : answer;
  }

  /** Whether anybody may join the channel, as of a short while ago: no update tells. */
  async #askIsPublic(channel: ChannelName): Promise<Answer<boolean>> {
    const nowMs = this.options.now();
    const known = this.#isPublic;
    if (known && isWithin(MEMBERSHIP_MS, known.atMs, nowMs)) return { result: known.value };
    const answer = await answerOf(this.options.api.getChat(channel));
    if (answer.failure) return answer;
    const value = "username" in answer.result && answer.result.username !== undefined;
    this.#isPublic = { value, atMs: nowMs };
    return { result: value };
  }
}
