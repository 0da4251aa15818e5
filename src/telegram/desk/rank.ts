/** What somebody may ask of the desk: of the team, administrator, creator, owner; asked of Telegram. */
import type { Api } from "grammy";
import type { Reader } from "../../jobs/reader.ts";
import { type Failure, isOfPerson } from "../classify.ts";
import { type CommandName, commandsFor, type Giver, type Where } from "../../commands/command.ts";
import type { Desk } from "../../desk/desk.ts";
import type { Author } from "../../desk/team.ts";
import { type Answer, answerOf } from "../api.ts";
import type { Team } from "./membership.ts";
import { defined } from "../../values/defined.ts";

/**
 * Whether somebody has a rank; or why that cannot be told. `isDoubtful`: Telegram says that it does
 * not know them, which may be wrong.
 */
export type RankStanding =
  | { result: boolean; isDoubtful?: true; failure?: undefined }
  | { failure: Failure };

/** Ranks at one desk. */
export class Ranks {
  constructor(
    private readonly options: {
      api: Api;
      desk: () => Desk;
      team: Team;
      /** Who owns the bot; `undefined`: nobody that is known. */
      ownerId: () => number | undefined;
    },
  ) {}

  /**
   * Whether somebody has a rank. Who writes as the channel or as an anonymous administrator is an
   * administrator, but nobody in particular. A failure is no answer.
   */
  async has(rank: Giver, by: Author, read: Reader): Promise<RankStanding> {
    if (by.kind === "stranger") return { result: false };
    if (by.kind === "desk") return { result: rank !== "creator" && rank !== "owner" };
    switch (rank) {
      case "customer":
        return { result: true };
      case "team": {
        const member = await this.options.team.ask(by.userId, read);
        if (member.failure) return member;
        const { isTeam: result, doubt } = member;
        return { result, ...defined({ isDoubtful: doubt && true as const }) };
      }
      case "admin":
        return await this.#isAdmin(by.userId);
      case "creator":
        return await this.#isCreator(by.userId);
      case "owner":
        return { result: by.userId === this.options.ownerId() };
    }
  }

  /** The commands somebody of the team may give somewhere, in their order. */
  async commandsOf(by: Author, where: Where, read: Reader): Promise<Answer<CommandName[]>> {
    const commands = commandsFor("team", where);
    for (const rank of ["admin", "creator", "owner"] as const) {
      const has = await this.has(rank, by, read);
      if (has.failure) return has;
      if (has.result) commands.push(...commandsFor(rank, where));
    }
    return { result: commands };
  }

  /** The channel's creator and administrators, and the group's creator. */
  async #isAdmin(userId: number): Promise<RankStanding> {
    const inChannel = await this.#status(this.options.desk().channelId, userId);
    if (inChannel.failure) return inChannel;
    if (inChannel.result === "creator" || inChannel.result === "administrator") {
      return { result: true };
    }
    const creator = await this.#isCreator(userId);
    if (creator.failure) return creator;
    const isInDoubt = inChannel.result === "unknown" && !creator.result;
    return isInDoubt ? { result: false, isDoubtful: true } : creator;
  }

  /** The group's creator, and the desk's owner. */
  async #isCreator(userId: number): Promise<RankStanding> {
    const { groupId, ownerId } = this.options.desk();
    if (userId === ownerId) return { result: true };
    const inGroup = await this.#status(groupId, userId);
    return inGroup.failure ? inGroup : { result: inGroup.result === "creator" };
  }

  /** What somebody is in a chat; `unknown`: Telegram says that it does not know them. */
  async #status(chatId: number, userId: number): Promise<Answer<string>> {
    const answer = await answerOf(this.options.api.getChatMember(chatId, userId));
    if (!answer.failure) return { result: answer.result.status };
    return isOfPerson(answer.failure) ? { result: "unknown" } : answer;
  }
}
