/** The calls that make a copy show what its message has become, as far as Telegram edits messages. */
import type { InputMedia, Location } from "grammy/types";
import { linkedBelow } from "../../message/buttons.ts";
import type { Place, Shows } from "../../message/link.ts";
import { inputOf, MEDIA_TYPES, type MediaType, type Snapshot } from "../../message/snapshot.ts";
import { defined } from "../../values/defined.ts";
import type { Delivery } from "./delivery.ts";
import { type Extra, markupOf } from "./parts.ts";

/**
 * The calls that edit the copy, the best first; none if a message of its kind cannot become what it
 * should show. Everything a call would reset is passed again (Bot API, editMessageText and following).
 */
export function editsOf(
  delivery: Delivery,
  there: Place,
  before: Shows | undefined,
  now: Shows,
  snapshot: Snapshot,
): (() => Promise<unknown>)[] {
  const { words, location, buttons } = snapshot;
  if (now.kind === "location" && before?.kind === "location" && location) {
    return movesOf(delivery, there, location, markupOf(buttons));
  }
  const call = editOf(delivery, there, before, now, snapshot, markupOf(buttons));
  if (!call || !buttons) return call ? [call] : [];
  const inWords = { ...snapshot, words: linkedBelow(words, buttons) };
  const without = editOf(delivery, there, before, now, inWords, {});
  return without ? [call, without] : [call];
}

/** The call that edits words or media, or `null` if the copy cannot become that. */
function editOf(
  { api }: Delivery,
  { chatId, messageId }: Place,
  before: Shows | undefined,
  { kind, media: file }: Shows,
  { words, linkPreview, media, captionAbove, hasSpoiler }: Snapshot,
  markup: Pick<Extra, "reply_markup">,
): (() => Promise<unknown>) | null {
  const above = captionAbove ? { show_caption_above_media: true } : {};
  if (kind === "text" && before?.kind === "text" && words) {
    const more = defined({ link_preview_options: linkPreview });
    const { text, entities } = words;
    return () => api.editMessageText(chatId, messageId, text, { entities, ...more, ...markup });
  }
  const hasCaption = media !== undefined || kind === "voice";
  if (hasCaption && before?.kind === kind && before.media === file) {
    return () =>
      api.editMessageCaption(chatId, messageId, {
        caption: words?.text ?? "",
        caption_entities: words?.entities ?? [],
        ...above,
        ...markup,
      });
  }
  if (!media || !before || !CAN_BECOME_MEDIA.has(before.kind)) return null;
  const canBeHidden = CAN_BE_HIDDEN.has(media.type);
  const input = {
    ...inputOf(media),
    ...(words ? { caption: words.text, caption_entities: words.entities } : {}),
    ...(canBeHidden ? above : {}),
    ...(canBeHidden && hasSpoiler ? { has_spoiler: true } : {}),
  } as InputMedia;
  return () => api.editMessageMedia(chatId, messageId, input, markup);
}

/**
 * The calls that move a live location, and let it live as long as its original by now; or end it.
 * It may have become older than Telegram lets the copy become: then it is only moved.
 */
function movesOf(
  { api }: Delivery,
  { chatId, messageId }: Place,
  location: Location,
  markup: Pick<Extra, "reply_markup">,
): (() => Promise<unknown>)[] {
  const { latitude, longitude, live_period, horizontal_accuracy, heading } = location;
  if (live_period === undefined) {
    return [() => api.stopMessageLiveLocation(chatId, messageId, markup)];
  }
  const { proximity_alert_radius } = location;
  const more = { ...defined({ horizontal_accuracy, heading, proximity_alert_radius }), ...markup };
  return [{ live_period }, {}].map((period) => () =>
    api.editMessageLiveLocation(chatId, messageId, latitude, longitude, { ...more, ...period })
  );
}

/** What editMessageMedia can turn into other media. */
const CAN_BECOME_MEDIA = new Set<Shows["kind"]>(["text", "rich_message", ...MEDIA_TYPES]);
/** What may have a spoiler, and its caption above. */
const CAN_BE_HIDDEN = new Set<MediaType>(["photo", "live_photo", "video", "animation"]);
