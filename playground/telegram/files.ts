/**
 * The files Telegram keeps. A file has one `file_unique_id` for everybody and a `file_id` for each
 * bot: another bot's is refused (https://core.telegram.org/bots/api#sending-files).
 */
import type { Message } from "grammy/types";
import { badRequest } from "./error.ts";

/** Kinds of message whose substance is a file. */
export type FileKind =
  | "photo"
  | "live_photo"
  | "video"
  | "animation"
  | "audio"
  | "document"
  | "voice"
  | "video_note"
  | "sticker";

/** A file as somebody describes it before sending; what is missing is made up. */
export interface FileSpec {
  fileName?: string;
  mimeType?: string;
  fileSize?: number;
  width?: number;
  height?: number;
  durationS?: number;
  performer?: string;
  title?: string;
  emoji?: string;
  bytes?: Uint8Array<ArrayBuffer>;
}

/** A stored file, with the field of a Message that shows it. */
export interface StoredFile {
  readonly kind: FileKind;
  readonly uniqueId: string;
  readonly content: Partial<Message>;
  readonly path: string;
  readonly sizeBytes: number;
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/**
 * How bots get at files: Telegram's own server hands them out; one of the operator's own does not,
 * and where it runs with `--local` it says in which folder of its machine they are, whatever their
 * size (https://core.telegram.org/bots/api#using-a-local-bot-api-server, tdlib/telegram-bot-api
 * issues 26 and 381).
 */
export type FileServing = "over HTTP" | "not at all" | { folder: string; isElsewhere?: boolean };

/** What a bot means to do with a file: send it, fetch it, or offer it as an inline result. */
export type FileUse = "send" | "get" | "offer";

const CANNOT_BE_READ = "wrong remote file identifier specified: can't unserialize it";
/** What is said of an ID that is none (tdlib/telegram-bot-api, Client.cpp, and its issue 490). */
const BROKEN: Record<FileUse, string> = {
  send: "wrong file identifier/HTTP URL specified",
  get: "invalid file_id",
  offer: `${CANNOT_BE_READ}. Wrong last symbol`,
};

/** What is said of another bot's file. */
function foreignWords(kind: FileKind, use: FileUse): string {
  if (use === "send") return "wrong file identifier/HTTP URL specified";
  if (use === "get") return "wrong file_id or the file is temporarily unavailable";
  if (kind === "sticker") return "STICKER_DOCUMENT_INVALID";
  return kind === "photo" ? "PHOTO_INVALID" : "DOCUMENT_INVALID";
}

/** What clients of people see instead of a bot's `file_id`. */
const NOBODY = 0;

/** How a `file_id` of each kind begins, the words for it in errors, and its folder. */
const KINDS: Record<FileKind, { prefix: string; word: string; folder: string; suffix: string }> = {
  photo: { prefix: "AgACAgIAAxkB", word: "Photo", folder: "photos", suffix: "jpg" },
  live_photo: { prefix: "LgACAgIAAxkB", word: "LivePhoto", folder: "videos", suffix: "mp4" },
  video: { prefix: "BAACAgIAAxkB", word: "Video", folder: "videos", suffix: "mp4" },
  animation: { prefix: "CgACAgIAAxkB", word: "Animation", folder: "animations", suffix: "mp4" },
  audio: { prefix: "CQACAgIAAxkB", word: "Audio", folder: "music", suffix: "mp3" },
  document: { prefix: "BQACAgIAAxkB", word: "Document", folder: "documents", suffix: "pdf" },
  voice: { prefix: "AwACAgIAAxkB", word: "VoiceNote", folder: "voice", suffix: "oga" },
  video_note: { prefix: "DQACAgIAAxkB", word: "VideoNote", folder: "video_notes", suffix: "mp4" },
  sticker: { prefix: "CAACAgIAAxkB", word: "Sticker", folder: "stickers", suffix: "webp" },
};

/** The more specific ones first: some messages show two. */
const FILE_KINDS: readonly FileKind[] = [
  "live_photo",
  "photo",
  "video",
  "animation",
  "audio",
  "document",
  "voice",
  "video_note",
  "sticker",
];

/** How a kind of file is called in Telegram's errors. */
export function fileWord(kind: FileKind): string {
  return KINDS[kind].word;
}

/** The files of one simulated Telegram. */
export class FileStore {
  /** May be changed at any time. */
  serving: FileServing = "over HTTP";
  /**
   * Whether another bot's `file_id` can be read, as it can where both bots' files are of the same
   * form: then only Telegram's servers refuse it, in their own words (TDLib, FileManager::from_persistent_id;
   * telegraf issue 990). May be changed at any time.
   */
  foreignIdsAreRead = true;
  #files: StoredFile[] = [];
  readonly #refused = new Map<StoredFile, string>();
  #lastId = 5_000_000_000_000_000;

  /** An ID for what has content of its own but is no file, such as a poll. */
  newId(): string {
    return String(++this.#lastId);
  }

  /** Keeps a new file and answers with it; its `content` may be put into a message. */
  add(kind: FileKind, spec: FileSpec = {}): StoredFile {
    const number = this.#files.length;
    const { prefix, folder, suffix } = KINDS[kind];
    const sizeBytes = spec.fileSize ?? spec.bytes?.length ?? 10_240 + number;
    const identity = {
      file_id: encode(prefix, NOBODY, number),
      file_unique_id: `AQAD${number.toString(36).padStart(8, "0")}`,
      file_size: sizeBytes,
    };
    const file: StoredFile = {
      kind,
      uniqueId: identity.file_unique_id,
      content: describe(kind, identity, spec),
      path: `${folder}/file_${number}.${spec.fileName?.split(".").at(-1) ?? suffix}`,
      sizeBytes,
      ...(spec.bytes === undefined ? {} : { bytes: spec.bytes }),
    };
    this.#files.push(file);
    return file;
  }

  /** The file a bot means by a `file_id` of its own, for what it is to be done with it. */
  find(fileId: string, botId: number, use: FileUse = "send"): StoredFile {
    const decoded = decode(fileId);
    const file = decoded === undefined ? undefined : this.#files[decoded.number];
    if (decoded === undefined || file === undefined) throw badRequest(BROKEN[use]);
    if (decoded.owner === botId) return file;
    if (this.foreignIdsAreRead) throw badRequest(foreignWords(file.kind, use));
    throw badRequest(use === "get" ? BROKEN.get : CANNOT_BE_READ);
  }

  /** Has Telegram refuse to send a file from now on, in these words. */
  refuse(file: StoredFile, words: string): void {
    this.#refused.set(file, words);
  }

  /** Why a file cannot be sent, if it cannot. */
  refusalOf(file: StoredFile | undefined): string | undefined {
    return file && this.#refused.get(file);
  }

  /** The file that a message shows, whoever sees it. */
  in(message: Message): StoredFile | undefined {
    const kind = FILE_KINDS.find((name) => message[name] !== undefined);
    const shown = kind === undefined ? undefined : message[kind];
    const identity = Array.isArray(shown) ? shown.at(-1) : shown;
    return this.#files.find(({ uniqueId }) => uniqueId === identity?.file_unique_id);
  }

  /** The path that getFile gives out; a local server has put the file there. */
  pathFor({ path, bytes, sizeBytes }: StoredFile, token: string): string {
    if (typeof this.serving === "string") return path;
    const whole = `${this.serving.folder}/${token}/${path}`;
    if (this.serving.isElsewhere) return whole;
    Deno.mkdirSync(whole.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeFileSync(whole, bytes ?? new Uint8Array(sizeBytes));
    return whole;
  }

  /** The file at a path that getFile gave out, if it is handed out. */
  at(path: string): StoredFile | undefined {
    if (this.serving !== "over HTTP") return undefined;
    return this.#files.find((file) => file.path === path);
  }
}

/** A copy of a message in which every `file_id` is the given bot's. */
export function withFileIdsOf<T>(value: T, botId: number): T {
  if (Array.isArray(value)) return value.map((item) => withFileIdsOf(item, botId)) as T;
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) {
    const inner: unknown = value[key];
    const decoded = key === "file_id" && typeof inner === "string" ? decode(inner) : undefined;
    copy[key] = decoded === undefined
      ? withFileIdsOf(inner, botId)
      : encode(decoded.prefix, botId, decoded.number);
  }
  return copy as T;
}

const PREFIX_LENGTH = 12;

function encode(prefix: string, owner: number, number: number): string {
  return prefix + btoa(`${owner}:${number}`).replaceAll("=", "");
}

function decode(fileId: string): { prefix: string; owner: number; number: number } | undefined {
  const prefix = fileId.slice(0, PREFIX_LENGTH);
  if (!Object.values(KINDS).some((kind) => kind.prefix === prefix)) return undefined;
  try {
    const [owner, number] = atob(fileId.slice(PREFIX_LENGTH)).split(":").map(Number);
    return { prefix, owner: owner ?? -1, number: number ?? -1 };
  } catch {
    return undefined;
  }
}

function describe(
  kind: FileKind,
  identity: { file_id: string; file_unique_id: string; file_size: number },
  spec: FileSpec,
): Partial<Message> {
  const size = { width: spec.width ?? 1280, height: spec.height ?? 720 };
  const duration = spec.durationS ?? 7;
  const named = spec.fileName === undefined ? {} : { file_name: spec.fileName };
  const typed = (mimeType: string) => ({ mime_type: spec.mimeType ?? mimeType });
  switch (kind) {
    case "photo":
      return { photo: [{ ...identity, ...size }] };
    case "live_photo": {
      const photo = [{ ...identity, ...size }];
      return {
        live_photo: { ...identity, ...size, duration, photo, ...typed("video/mp4") },
        photo,
      };
    }
    case "video":
      return { video: { ...identity, ...size, duration, ...named, ...typed("video/mp4") } };
    case "animation": {
      const animation = { ...identity, ...size, duration, ...named, ...typed("video/mp4") };
      return { animation, document: { ...identity, ...named, ...typed("video/mp4") } };
    }
    case "audio": {
      const title = spec.title === undefined ? {} : { title: spec.title };
      const performer = spec.performer === undefined ? {} : { performer: spec.performer };
      return {
        audio: { ...identity, duration, ...title, ...performer, ...named, ...typed("audio/mpeg") },
      };
    }
    case "document":
      return {
        document: { ...identity, file_name: "file.pdf", ...named, ...typed("application/pdf") },
      };
    case "voice":
      return { voice: { ...identity, duration, ...typed("audio/ogg") } };
    case "video_note":
      return { video_note: { ...identity, length: spec.width ?? 384, duration } };
    case "sticker":
      return {
        sticker: {
          ...identity,
          type: "regular",
          width: spec.width ?? 512,
          height: spec.height ?? 512,
          is_animated: false,
          is_video: false,
          emoji: spec.emoji ?? "👍",
        },
      };
  }
}
