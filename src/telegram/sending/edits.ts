/** Mirroring what is done to a message afterwards: edits and reactions. */
import type { InputMedia, ReactionTypeEmoji } from "grammy/types";
import { classify, isOfToken, isOut } from "../classify.ts";
import { treatmentOf } from "../../message/content.ts";
import { isEnd } from "../../decisions/edit.ts";
import { laneOf, otherLane } from "../../conversation/lane.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Place, Shows } from "../../message/link.ts";
import { inputOf, type MediaType, needsCarrying } from "../../message/snapshot.ts";
import type { EditTask, ReactionTask, RelayTask } from "../../jobs/task.ts";
import { defined } from "../../values/defined.ts";
import { type Answer, answerOf } from "../api.ts";
import { isOutcome, takeAim } from "./aim.ts";
import type { Delivery } from "./delivery.ts";
import { instead, linked } from "./endings.ts";
import { failed } from "./failures.ts";

/** Makes the copy of an edited message show what the message has become. */
export async function mirrorEdit(delivery: Delivery, task: EditTask): Promise<Outcome> {
  const aim = await takeAim(delivery, task.writer, { fromChatId: task.at.chatId });
  if (isOutcome(aim)) return aim;
  const counterpart = await delivery.read.counterpart(task.at);
  if (counterpart?.there.chatId !== delivery.chatId) return await unlinked(delivery, task);
  if (task.isNote) return alreadySent(delivery, task);
  const { there, shows } = counterpart;
  if (!task.isUnsure && shows?.content === task.shows.content) return { kind: "sent" };

  const call = shows?.isInParts ? null : editOf(delivery, there, shows, task);
  if (!call) return again(task);
  const answer = await delivery.inTime(call);
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    const isRefused = kind === "uneditable" || kind === "no message" || kind === "too long";
    // The copy of a live location that cannot be ended has ended by itself.
    if (isRefused && !isEnd(task)) return again(task);
    if (!isRefused && kind !== "unchanged") {
      const outcome = await failed(delivery, answer.failure);
      // A chat that takes no edits may take messages.
      return kind === "trouble" && outcome.kind === "drop" ? again(task) : outcome;
    }
  }
  const { also } = counterpart;
  const link = { here: task.at, there, shows: task.shows, ...defined({ also }) };
  return linked([link], aim.memberships);
}

/**
 * Sets or takes back a reaction. Of several people's on one message the latest is shown; when it is
 * taken back, none is. What cannot be mirrored is silent.
 */
export async function mirrorReaction(delivery: Delivery, task: ReactionTask): Promise<Outcome> {
  const { at, reactorId, private: { emoji } } = task;
  if (emoji === null && await delivery.read.lastReactor(at) !== reactorId) return { kind: "sent" };
  const aim = await takeAim(delivery, task.writer, { fromChatId: task.at.chatId });
  if (isOutcome(aim)) return aim;
  // Not an answer: the counterpart may stand in another thread of the same customer.
  const there = (await delivery.read.counterpart(at))?.there;
  if (there?.chatId !== delivery.chatId) return { kind: "sent" };
  const reaction = emoji === null ? [] : [{ type: "emoji", emoji } as ReactionTypeEmoji];
  const answer = await delivery.call(() =>
    delivery.api.setMessageReaction(aim.chatId, there.messageId, reaction)
  );
  if (answer.failure) {
    const { kind } = classify(answer.failure);
    const isPassing = kind === "pause" || kind === "passing" || kind === "blocked";
    const isOwed = isPassing || isOfToken(answer.failure) ||
      (delivery.isAtDesk && isOut(answer.failure));
    if (isOwed) return await failed(delivery, answer.failure);
  }
  const { memberships } = aim;
  return { kind: "sent", decide: () => ({ asked: memberships, reactors: [{ at, reactorId }] }) };
}

/**
 * The call that edits the copy, or `null` if a message of its kind cannot become what it should
 * show. Everything the call would reset is passed again (Bot API, editMessageText and following).
 */
function editOf(
  { api }: Delivery,
  { chatId, messageId }: Place,
  before: Shows | undefined,
  { shows, private: { snapshot } }: EditTask,
): (() => Promise<Answer<unknown>>) | null {
  const { words, linkPreview, location, media, captionAbove } = snapshot;
  const above = captionAbove ? { show_caption_above_media: true } : {};
  if (shows.kind === "text" && before?.kind === "text" && words) {
    return () =>
      answerOf(api.editMessageText(chatId, messageId, words.text, {
        entities: words.entities,
        ...defined({ link_preview_options: linkPreview }),
      }));
  }
  if (shows.kind === "location" && before?.kind === "location" && location) {
    if (location.live_period === undefined) {
      return () => answerOf(api.stopMessageLiveLocation(chatId, messageId));
    }
    const { latitude, longitude, horizontal_accuracy, heading, proximity_alert_radius } = location;
    const extra = defined({ horizontal_accuracy, heading, proximity_alert_radius });
    return () =>
      answerOf(api.editMessageLiveLocation(chatId, messageId, latitude, longitude, extra));
  }
  const hasCaption = media !== undefined || shows.kind === "voice";
  if (hasCaption && before?.kind === shows.kind && before.media === shows.media) {
    return () =>
      answerOf(api.editMessageCaption(chatId, messageId, {
        caption: words?.text ?? "",
        caption_entities: words?.entities ?? [],
        ...above,
      }));
  }
  if (media && before && CAN_BECOME_MEDIA.has(before.kind)) {
    const hasSpoiler = snapshot.hasSpoiler && CAN_BE_HIDDEN.has(media.type);
    const input = {
      ...inputOf(media),
      ...(words ? { caption: words.text, caption_entities: words.entities } : {}),
      ...(CAN_BE_HIDDEN.has(media.type) ? above : {}),
      ...(hasSpoiler ? { has_spoiler: true } : {}),
    } as InputMedia;
    return () => answerOf(api.editMessageMedia(chatId, messageId, input));
  }
  return null;
}

/** What editMessageMedia can turn into other media. */
const CAN_BECOME_MEDIA = new Set<Shows["kind"]>([
  "text",
  "photo",
  "video",
  "animation",
  "audio",
  "document",
  "live_photo",
  "rich_message",
]);
/** What may have a spoiler, and its caption above. */
const CAN_BE_HIDDEN = new Set<MediaType>(["photo", "live_photo", "video", "animation"]);

/** Where the copy cannot be edited: the new content, as an answer to the old copy, marked. */
function again(task: EditTask): Outcome {
  const next: RelayTask = {
    kind: "relay",
    from: task.at,
    shows: task.shows,
    writer: task.writer,
    answerTo: task.at.messageId,
    isEdited: true,
    private: { snapshot: task.private.snapshot },
  };
  return instead([next]);
}

/**
 * A message without a counterpart. A note that lost its `#` becomes an answer now; of anything else
 * nobody knows whether the other side has it, so it is not sent again.
 */
async function unlinked(delivery: Delivery, task: EditTask): Promise<Outcome> {
  // What cannot be shown was said when it came.
  if (task.isNote || treatmentOf(task.shows.kind) === "explain") return { kind: "sent" };
  const { job, read } = delivery;
  const { at, shows, writer, answerTo, private: { snapshot, wording } } = task;
  // What was taken back stays so, whatever it becomes.
  if (await read.wasTold(at)) return { kind: "sent" };
  if (await read.wasNote(at)) {
    return instead([{
      kind: "relay",
      from: at,
      shows,
      writer,
      ...defined({ answerTo }),
      ...(needsCarrying(snapshot, shows.kind) ? { private: { snapshot } } : {}),
    }]);
  }
  return {
    kind: "sent",
    decide: async (read) => {
      if (await read.wasTold(at)) return {};
      return {
        told: [at],
        tasks: [{
          lane: otherLane(job.lane),
          task: {
            kind: "notice",
            notice: { text: "too-old" },
            answerTo: at.messageId,
            answerIn: at.chatId,
            ...defined({ private: wording && { wording } }),
          },
        }],
      };
    },
  };
}

/** An answer became a note: the customer already has it, and the agent should know. */
function alreadySent(delivery: Delivery, task: EditTask): Outcome {
  return {
    kind: "sent",
    decide: async (read) => {
      if (await read.wasTold(task.at)) return {};
      return {
        told: [task.at],
        tasks: [{
          lane: laneOf(delivery.desk, delivery.customerId, "to-team"),
          task: {
            kind: "notice",
            notice: { text: "already-sent" },
            answerTo: task.at.messageId,
            answerIn: task.at.chatId,
          },
        }],
      };
    },
  };
}
