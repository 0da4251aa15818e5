/** Methods that send files, one by one or as an album. */
import type { Message, Opts } from "grammy/types";
import { badRequest, BotApiError } from "../error.ts";
import { type FileKind, type FileSpec, type FileStore, fileWord } from "../files.ts";
import { sizeOfImage } from "../image.ts";
import { type Content, kindOf, traitsOf } from "../kind.ts";
import { toMessageFor } from "../message.ts";
import { post } from "../post.ts";
import { requirePermission, writableChat } from "./access.ts";
import type { Execution } from "./execution.ts";
import { type CaptionArgs, captionContent, howToSend, send, type SendingArgs } from "./send.ts";

/** What may be said about a file that is uploaded. */
interface UploadArgs {
  duration?: number;
  width?: number;
  height?: number;
  length?: number;
  performer?: string;
  title?: string;
  emoji?: string;
}

const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;
const MAX_PHOTO_BYTES = 10 * 1024 * 1024;
/** Of width and height together (https://core.telegram.org/bots/api#sendphoto). */
const MAX_PHOTO_SIDES = 10_000;
const MAX_PHOTO_RATIO = 20;
const ALBUM_SIZE = { low: 2, high: 10 };

/** A method that sends one file under the parameter of its kind's name. */
function sender<K extends FileKind>(kind: K) {
  return (
    call: Execution,
    args: SendingArgs & CaptionArgs & UploadArgs & Record<K, unknown>,
  ): Message => {
    const content = fileContent(call, kind, args[kind], args);
    requireSendable(call, content);
    return send(call, args, { ...content, ...captionContent(args) });
  };
}

/** https://core.telegram.org/bots/api#sendphoto */
export const sendPhoto = sender("photo");
/** https://core.telegram.org/bots/api#sendvideo */
export const sendVideo = sender("video");
/** https://core.telegram.org/bots/api#sendanimation */
export const sendAnimation = sender("animation");
/** https://core.telegram.org/bots/api#sendaudio */
export const sendAudio = sender("audio");
/** https://core.telegram.org/bots/api#senddocument */
export const sendDocument = sender("document");
/** https://core.telegram.org/bots/api#sendvoice */
export const sendVoice = sender("voice");
/** https://core.telegram.org/bots/api#sendvideonote */
export const sendVideoNote = sender("video_note");
/** https://core.telegram.org/bots/api#sendsticker */
export const sendSticker = sender("sticker");

/** https://core.telegram.org/bots/api#sendmediagroup */
export function sendMediaGroup(call: Execution, args: Opts<"sendMediaGroup">): Message[] {
  const { length } = args.media;
  if (length < ALBUM_SIZE.low || length > ALBUM_SIZE.high) {
    call.violation(`an album has 2 to 10 items, not ${length}`);
    throw badRequest("wrong number of messages to send as an album");
  }
  const isAbove = args.media.map((media) =>
    "show_caption_above_media" in media && media.show_caption_above_media === true
  );
  if (new Set(isAbove).size > 1) {
    throw badRequest("parameter show_caption_above_media must be the same for all messages");
  }
  const contents = args.media.map((media) => mediaContent(call, media));
  const groups = contents.map((content) => traitsOf(kindOf(content)).album);
  if (new Set(groups).size > 1) {
    const word = groups.includes("document") ? "document" : "audio";
    throw badRequest(`${word} can't be mixed with other media types`);
  }
  const chat = writableChat(call, args.chat_id);
  for (const content of contents) requirePermission(call, chat, kindOf(content));
  refuseAlbum(call, contents);
  const how = { ...howToSend(call, chat, args), mediaGroupId: call.world.newMediaGroupId() };
  return contents.map((content) =>
    toMessageFor(call.bot, post(call.world, { ...how, content }).record)
  );
}

/** An album goes as a whole or not at all (https://core.telegram.org/bots/api#sendmediagroup). */
function refuseAlbum({ world }: Execution, contents: Content[]): void {
  const words = contents.map((content) => refusalOf(world.files, content));
  const index = words.findIndex((each) => each !== undefined);
  if (index < 0) return;
  const position = world.unproven.namesRefusedPieces ? index + 1 : 1;
  throw badRequest(
    `failed to send message #${position} with the error message "${words[index]}"`,
  );
}

/** Refuses content whose file Telegram does not send. */
export function requireSendable({ world }: Execution, content: Content): void {
  const words = refusalOf(world.files, content);
  if (words !== undefined) throw badRequest(words);
}

function refusalOf(files: FileStore, content: Content): string | undefined {
  return files.refusalOf(files.in(content as Message));
}

/** An InputMedia as content (https://core.telegram.org/bots/api#inputmedia). */
export function mediaContent(
  call: Execution,
  media: CaptionArgs & UploadArgs & { type: FileKind; media: unknown },
): Content {
  const content = fileContent(call, media.type, media.media, media);
  return { ...content, ...captionContent(media) };
}

/** A file given by ID, by address or as an upload. */
function fileContent(call: Execution, kind: FileKind, source: unknown, args: UploadArgs): Content {
  const { files } = call.world;
  const given = String(source);
  if (given.startsWith("attach://")) {
    const upload = call.files.get(given.slice("attach://".length));
    if (upload === undefined) {
      call.violation(`there is no file for ${given}`);
      throw badRequest("wrong file identifier/HTTP URL specified");
    }
    return files.add(kind, { ...toSpec(args), ...checkedUpload(kind, upload) }).content;
  }
  if (/^https?:\/\//.test(given)) return files.add(kind, toSpec(args)).content;
  const file = files.find(given, call.bot.id);
  if (file.kind !== kind) {
    throw badRequest(`can't use file of type ${fileWord(file.kind)} as ${fileWord(kind)}`);
  }
  return file.content;
}

/** An upload that is neither empty nor too big; a photo has to be a picture of a usual shape. */
function checkedUpload(kind: FileKind, upload: FileSpec): FileSpec {
  const { bytes = new Uint8Array() } = upload;
  if (bytes.length > MAX_UPLOAD_BYTES) throw new BotApiError(413, "Request Entity Too Large");
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  if (kind !== "photo") return upload;
  if (bytes.length > MAX_PHOTO_BYTES) {
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; ` +
        `the maximum size is ${MAX_PHOTO_BYTES} bytes`,
    );
  }
  const size = sizeOfImage(bytes);
  if (size === undefined) throw badRequest("IMAGE_PROCESS_FAILED");
  const [short, long] = [size.width, size.height].sort((a, b) => a - b) as [number, number];
  if (short === 0 || short + long > MAX_PHOTO_SIDES || long / short > MAX_PHOTO_RATIO) {
    throw badRequest("PHOTO_INVALID_DIMENSIONS");
  }
  return { ...upload, ...size };
}

function toSpec({ duration, length, ...rest }: UploadArgs): FileSpec {
  const { width = length, height, performer, title, emoji } = rest;
  return {
    ...(duration === undefined ? {} : { durationS: duration }),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(performer === undefined ? {} : { performer }),
    ...(title === undefined ? {} : { title }),
    ...(emoji === undefined ? {} : { emoji }),
  };
}
