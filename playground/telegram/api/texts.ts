/** Methods that send what is no file: text, places, contacts, polls, dice. */
import type { Message, Opts } from "grammy/types";
import { toPoll } from "../content.ts";
import { badRequest } from "../error.ts";
import { defined } from "../message.ts";
import { randomInteger } from "../random.ts";
import { writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";
import { send, textContent } from "./send.ts";

/** Highest value of each animated emoji (https://core.telegram.org/bots/api#dice). */
const DICE: Record<string, number> = { "🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64 };
const MAX_QUESTION_LENGTH = 300;
/** For how long a live location may be sent, in seconds; this one is for ever. */
const LIVE_S = { least: 60, most: 86_400 };
export const LIVE_FOREVER = 0x7fff_ffff;

const ACTIONS: readonly string[] = [
  "typing",
  "upload_photo",
  "record_video",
  "upload_video",
  "record_voice",
  "upload_voice",
  "upload_document",
  "choose_sticker",
  "find_location",
  "record_video_note",
  "upload_video_note",
];

/** https://core.telegram.org/bots/api#sendmessage */
export function sendMessage(call: Execution, args: Opts<"sendMessage">): Message {
  const preview = args.link_preview_options;
  return send(call, args, {
    ...textContent(args),
    ...(preview === undefined ? {} : { link_preview_options: preview }),
  });
}

/** https://core.telegram.org/bots/api#sendcontact */
export function sendContact(call: Execution, args: Opts<"sendContact">): Message {
  const { phone_number, first_name, last_name, vcard } = args;
  return send(call, args, { contact: defined({ phone_number, first_name, last_name, vcard }) });
}

/** https://core.telegram.org/bots/api#sendlocation */
export function sendLocation(call: Execution, args: Opts<"sendLocation">): Message {
  const { latitude, longitude, horizontal_accuracy, live_period, heading } = args;
  const { proximity_alert_radius } = args;
  const isInRange = live_period === undefined || live_period === LIVE_FOREVER ||
    (live_period >= LIVE_S.least && live_period <= LIVE_S.most);
  if (!isInRange) throw badRequest("wrong live location period specified");
  const location = defined({
    latitude,
    longitude,
    horizontal_accuracy,
    live_period,
    heading,
    proximity_alert_radius,
  });
  return send(call, args, { location });
}

/** https://core.telegram.org/bots/api#sendvenue */
export function sendVenue(call: Execution, args: Opts<"sendVenue">): Message {
  const { title, address, foursquare_id, foursquare_type, google_place_id } = args;
  const { google_place_type } = args;
  const location = { latitude: args.latitude, longitude: args.longitude };
  const venue = defined({
    location,
    title,
    address,
    foursquare_id,
    foursquare_type,
    google_place_id,
    google_place_type,
  });
  return send(call, args, { venue, location });
}

/** https://core.telegram.org/bots/api#sendpoll */
export function sendPoll(call: Execution, args: Opts<"sendPoll">): Message {
  if (args.question === "") throw badRequest("poll question must be non-empty");
  if (args.question.length > MAX_QUESTION_LENGTH) {
    throw badRequest(`poll question length must not exceed ${MAX_QUESTION_LENGTH}`);
  }
  if (args.options.length === 0) throw badRequest("poll must have at least one option");
  const options = args.options.map(({ text }) => text);
  return send(call, args, toPoll(call.world.files.newId(), { ...args, options }));
}

/** https://core.telegram.org/bots/api#senddice */
export function sendDice(call: Execution, args: Opts<"sendDice">): Message {
  const emoji = args.emoji ?? "🎲";
  if (DICE[emoji] === undefined) throw badRequest("dice emoji is invalid");
  return send(call, args, { dice: { emoji, value: rollDice(call, emoji) } });
}

/** https://core.telegram.org/bots/api#sendchataction */
export function sendChatAction(call: Execution, args: Opts<"sendChatAction">): true {
  if (!ACTIONS.includes(args.action)) throw badRequest("wrong parameter action in request");
  const chat = writableChat(call, args.chat_id);
  if (chat.type === "channel") throw badRequest("chat action can't be sent to channel chats");
  return true;
}

/** A value of an animated emoji. */
export function rollDice({ world }: Execution, emoji: string): number {
  return randomInteger(world.random, 1, DICE[emoji] ?? 6);
}
