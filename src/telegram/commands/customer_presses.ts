/** What customers press who were asked something: whether they still need help, and how it was. */
import type { SilenceAction } from "../../buttons/silence.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Conversation } from "../../conversation/conversation.ts";
import { onStillNeeded, type SilentConversation } from "../../decisions/alarm.ts";
import { type Hand, onCloseOf } from "../../decisions/handling.ts";
import type { Change } from "../../jobs/change.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Stars } from "../../stats/stats.ts";
import type { Notice } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import { answerPress, type PressUnderWay } from "./press.ts";

/** A customer who was warned says whether they still need help, unless that is settled by now. */
export async function pressSilence(
  press: PressUnderWay,
  { does, sinceMs }: SilenceAction,
): Promise<Outcome> {
  const { delivery, task, to: { language } } = press;
  const { desk, options: { now } } = delivery;
  const customerId = task.by.userId;
  const isAsked = (known: Conversation | null): known is SilentConversation =>
    known?.status === "open" && known.silence?.sinceMs === sinceMs;
  const isNow = isAsked(await delivery.read.conversation(customerId));
  const told: Notice = { text: isNow ? "silence-broken" : "silence-over" };
  const isHeard = does === "help" || !isNow;
  await answerPress(press, isHeard ? say(told, language) : undefined, { isAlert: !isNow });
  const nowMs = now();
  return {
    kind: "sent",
    decide: async (read: Reader): Promise<Change> => {
      const conversation = await read.conversation(customerId);
      if (!isAsked(conversation)) return {};
      if (does === "help") return onStillNeeded(conversation, desk, nowMs);
      const hand: Hand = { desk, customerId, by: "", nowMs };
      return onCloseOf(conversation, await read.settings(), hand, {
        isSilent: false,
        line: { text: "did-solve" },
        wording: task.private.wording,
      });
    },
  };
}

/** A customer says how it was; once, and only if they were asked. */
export async function pressStars(press: PressUnderWay, stars: Stars): Promise<Outcome> {
  const { delivery, task, to: { language } } = press;
  const { desk, options: { now } } = delivery;
  const customerId = task.by.userId;
  const isAsked = (await delivery.read.conversation(customerId))?.isRatingAsked === true;
  await answerPress(press, isAsked ? undefined : say({ text: "rate-over" }, language));
  const atMs = now();
  return {
    kind: "sent",
    decide: async (read: Reader): Promise<Change> => {
      const conversation = await read.conversation(customerId);
      if (!conversation?.isRatingAsked) return {};
      const { isRatingAsked: _asked, ...rest } = conversation;
      return {
        conversations: [rest],
        events: [{ kind: "rated", atMs, stars }],
        tasks: [
          {
            lane: laneOf(desk, customerId, "to-customer"),
            task: {
              kind: "notice",
              notice: { text: "rated" },
              replaces: task.at.messageId,
              private: task.private,
            },
          },
          {
            lane: laneOf(desk, customerId, "to-desk"),
            task: { kind: "notice", notice: { text: "did-rate", stars } },
          },
        ],
      };
    },
  };
}
