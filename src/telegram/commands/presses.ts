/** Buttons, obeyed: who may press which, where, and what then happens. */
import { type Button, readButton } from "../../buttons/button.ts";
import type { FailedAction } from "../../buttons/failed.ts";
import type { JoinAction } from "../../buttons/joining.ts";
import type { ReplyAction } from "../../buttons/replies.ts";
import type { Giver } from "../../commands/command.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { PressTask } from "../../jobs/request_task.ts";
import type { Replies } from "../../replies/replies.ts";
import type { Notice } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import type { Delivery } from "../sending/delivery.ts";
import { teamInPrivate } from "../sending/doubt.ts";
import { unasked } from "../sending/failures.ts";
import { pressSilence, pressStars } from "./customer_presses.ts";
import type { FailedList } from "./failed.ts";
import { obeyJoin } from "./invite.ts";
import { pressMenu } from "./menu.ts";
import { pressLater, pressPanel } from "./panel.ts";
import { answerPress, ignorePress, type PressUnderWay } from "./press.ts";
import { obeyPrivacy } from "./privacy.ts";
import type { ReplyList } from "./reply_list.ts";
import { moreHelpFor } from "./thread.ts";
import { isOffered, onWhichDesk } from "./which_desk.ts";

/** What pressing buttons needs. */
export interface PressOptions {
  failedList: FailedList;
  replyList: ReplyList;
  replies: Pick<Replies, "shelf">;
}

/** Obeys presses. */
export class Presses {
  constructor(private readonly options: PressOptions) {}

  /** Does what the button stands for, if who pressed it may; whoever may not is told so. */
  async obey(delivery: Delivery, task: PressTask): Promise<Outcome> {
    const { at } = task;
    const { replies } = this.options;
    const language = task.private.wording.language ?? await delivery.language();
    const press: PressUnderWay = { delivery, task, to: { at, language } };
    const button = readButton(task.data);
    if (!button || !isInItsPlace(button, press)) return await ignorePress(press);
    switch (button.kind) {
      case "panel":
        return await this.#as("team", press, () => pressPanel(press, button.action, replies));
      case "later":
        return await this.#as("team", press, () => pressLater(press, button.action));
      case "help": {
        const { where } = button;
        const help = async () => {
          await answerPress(press);
          const asked = { ...press.to, by: task.by, where };
          return await moreHelpFor(delivery, asked);
        };
        return where === "private"
          ? await this.#asAnyTeam(press, help)
          : await this.#as("team", press, help);
      }
      case "privacy": {
        const { told, outcome } = await obeyPrivacy(delivery, task, button.action, language);
        await answerPress(press, told && say(told, language), { isAlert: told !== undefined });
        return await outcome();
      }
      case "menu": {
        const { told, isAlert = false, outcome } = await pressMenu(delivery, task, button.action);
        await answerPress(press, told && say(told, language), { isAlert });
        return outcome;
      }
      case "silence":
        return await pressSilence(press, button.action);
      case "rating":
        return await pressStars(press, button.stars);
      case "failed":
        return await this.#as("admin", press, () => this.#obeyFailed(press, button.action));
      case "replies":
        return await this.#as("admin", press, () => this.#obeyReplies(press, button.action));
      case "join":
        return await this.#as("creator", press, () => this.#obeyJoin(press, button.action));
      case "which-desk": {
        const { action } = button;
        const isWaiting = await isOffered(delivery, action.command);
        const told = isWaiting ? undefined : say({ text: "which-desk-over" }, language);
        await answerPress(press, told, { isAlert: !isWaiting });
        return { kind: "sent", decide: (read) => onWhichDesk(read, delivery, action, task) };
      }
      case "setup":
        // Setting up hears its own buttons, before there is a desk to work for.
        return await ignorePress(press);
    }
  }

  async #as(rank: Giver, press: PressUnderWay, obey: () => Promise<Outcome>): Promise<Outcome> {
    const { delivery, task, to } = press;
    const may = await delivery.served.ranks.has(rank, task.by, delivery.read);
    if (may.failure) return unasked(delivery, may.failure);
    if (may.result) return await obey();
    const notice: Notice = { text: REFUSALS[rank] };
    await answerPress(press, say(notice, to.language), { isAlert: true });
    return { kind: "sent" };
  }

  /** Obeys somebody in private, where it is enough to be of the team of any desk. */
  async #asAnyTeam(press: PressUnderWay, obey: () => Promise<Outcome>): Promise<Outcome> {
    const { delivery, task, to } = press;
    const member = await teamInPrivate(delivery, task.by.userId);
    if (member.failure) return unasked(delivery, member.failure);
    if (member.isTeam) return await obey();
    await answerPress(press, say({ text: "team-only" }, to.language), { isAlert: true });
    return { kind: "sent" };
  }

  async #obeyFailed(press: PressUnderWay, action: FailedAction): Promise<Outcome> {
    const { delivery, to } = press;
    const { failedList } = this.options;
    await answerPress(press, await failedList.press(delivery, action, to.language));
    return await failedList.renew(delivery, to);
  }

  async #obeyReplies(press: PressUnderWay, action: ReplyAction): Promise<Outcome> {
    const { told, outcome } = await this.options.replyList.press(press.delivery, action, press.to);
    await answerPress(press, told);
    return outcome;
  }

  async #obeyJoin(press: PressUnderWay, action: JoinAction): Promise<Outcome> {
    const { told, outcome } = await obeyJoin(press.delivery, press.to, action);
    await answerPress(press, told, { isAlert: told !== undefined });
    return outcome;
  }
}

/** What somebody is told who lacks a rank. */
const REFUSALS = {
  customer: "team-only",
  team: "team-only",
  admin: "admins-only",
  creator: "creator-only",
  owner: "owner-only",
} as const satisfies Record<Giver, Notice["text"]>;

/** Whether a button was pressed where the bot puts those of its kind. */
function isInItsPlace({ kind }: Button, { delivery, task: { at, by } }: PressUnderWay): boolean {
  switch (kind) {
    case "panel":
    case "later":
      return at.chatId === delivery.desk.groupId;
    case "help":
      return at.chatId === delivery.desk.groupId || at.chatId === by.userId;
    case "privacy":
    case "silence":
    case "menu":
    case "rating":
    case "which-desk":
      return at.chatId === by.userId;
    case "failed":
    case "replies":
    case "join":
    case "setup":
      return true;
  }
}
