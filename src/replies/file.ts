/**
 * Canned replies as a file: what is exported can be imported again, and written by hand. Of a file
 * that is not right everything wrong is told, with its exact place.
 */
import type { LinkPreviewOptions, MessageEntity } from "grammy/types";
import { evaluate, type NumberNode, type ObjectNode, parse, type ValueNode } from "momoa";
import { defined } from "../values/defined.ts";
import { trimmed } from "../words/formatted.ts";
import {
  idOf,
  MAX_REPLIES,
  problemOf,
  type Reply,
  REPLY_KINDS,
  type ReplyContent,
  type ReplyProblem,
  toTitle,
} from "./reply.ts";
import { toWritten } from "./written.ts";

/** The form of the file. */
const FILE_VERSION = 1;

/** Something wrong in a file, and where: lines and columns count from 1. */
export interface FileProblem {
  line: number;
  column: number;
  /** The value, as a path through the file; empty: the file itself. */
  path: string;
  reason: FileReason;
}

/** What is wrong there. */
export type FileReason =
  | ReplyProblem
  /** It is not JSON from here on. */
  | { because: "syntax" }
  | { because: "missing"; field: string }
  | { because: "type"; wanted: "object" | "list" | "text" | "number" | "true or false" }
  | { because: "unknown kind"; kinds: readonly string[] }
  /** Formatting of what is not in the text. */
  | { because: "outside" }
  /** A title that is in the file already, on this line. */
  | { because: "duplicate"; line: number }
  /** A newer program wrote it. */
  | { because: "version" };

/** Writes a file of these replies. */
export function writeReplyFile(replies: Reply[]): string {
  return JSON.stringify({ version: FILE_VERSION, replies: replies.map(toWritten) }, null, 2) + "\n";
}

/** Reads a file: all its replies, or all that is wrong with it. */
export function readReplyFile(
  json: string,
): { replies: Reply[]; problems?: undefined } | { replies?: undefined; problems: FileProblem[] } {
  let body: ValueNode;
  try {
    body = parse(json.replace(/^\ufeff/, "")).body;
  } catch (error) {
    const { line = 1, column = 1 } = error as { line?: number; column?: number };
    return { problems: [{ line, column, path: "", reason: { because: "syntax" } }] };
  }
  const reader = new FileReader();
  const replies = reader.replies(body);
  return reader.problems.length > 0 ? { problems: reader.problems } : { replies };
}

/** Goes through a file and notes what is wrong. */
class FileReader {
  readonly problems: FileProblem[] = [];

  replies(body: ValueNode): Reply[] {
    const file = this.#object(body, "");
    if (!file) return [];
    const version = file.optional("version", (node, path) => this.#number(node, path));
    if (version !== undefined && version > FILE_VERSION) {
      this.note(file.at("version") ?? body, "version", { because: "version" });
      return [];
    }
    const list = file.required("replies", (node, path) => {
      if (node.type === "Array") return node.elements.map(({ value }) => value);
      this.note(node, path, { because: "type", wanted: "list" });
      return [];
    }) ?? [];
    if (list.length > MAX_REPLIES) {
      this.note(list[MAX_REPLIES]!, `replies[${MAX_REPLIES}]`, { because: "full" });
      return [];
    }
    const lines = new Map<string, number>();
    return list.flatMap((node, index) => {
      const path = `replies[${index}]`;
      const reply = this.#reply(node, path);
      if (!reply) return [];
      const id = idOf(reply.title);
      const line = lines.get(id);
      if (line !== undefined) this.note(node, `${path}.title`, { because: "duplicate", line });
      lines.set(id, node.loc.start.line);
      return [reply];
    });
  }

  note({ loc }: { loc: ValueNode["loc"] }, path: string, reason: FileReason): void {
    const { line, column } = loc.start;
    this.problems.push({ line, column, path, reason });
  }

  #reply(node: ValueNode, path: string): Reply | undefined {
    const before = this.problems.length;
    const written = this.#object(node, path);
    if (!written) return undefined;
    const title = written.required("title", (node, path) => this.#text(node, path)) ?? "";
    const content = this.#content(written);
    if (!content || this.problems.length > before) return undefined;
    const reply: Reply = { title: toTitle(title), content };
    const problem = problemOf(reply);
    if (!problem) return reply;
    const field = problem.because.includes("title") ? "title" : "text";
    this.note(written.at(field) ?? node, `${path}.${field}`, problem);
    return undefined;
  }

  #content(written: Fields): ReplyContent | undefined {
    const text = (node: ValueNode, path: string) => this.#text(node, path);
    const number = (node: ValueNode, path: string) => this.#number(node, path);
    const kind = written.optional("kind", text) ?? "text";
    if (!isKind(kind)) {
      const reason = { because: "unknown kind", kinds: REPLY_KINDS } as const;
      this.note(written.at("kind")!, `${written.path}.kind`, reason);
      return undefined;
    }
    switch (kind) {
      case "text": {
        const words = this.#words(written, written.required("text", text));
        const linkPreview = written.optional(
          "link_preview_options",
          (node, path) =>
            this.#object(node, path) && evaluate(node as ObjectNode) as LinkPreviewOptions,
        );
        return { kind, words, ...defined({ linkPreview }) };
      }
      case "location": {
        const latitude = written.required("latitude", number) ?? 0;
        const longitude = written.required("longitude", number) ?? 0;
        return { kind, latitude, longitude };
      }
      case "venue": {
        const latitude = written.required("latitude", number) ?? 0;
        const longitude = written.required("longitude", number) ?? 0;
        const name = written.required("name", text) ?? "";
        const address = written.required("address", text) ?? "";
        return { kind, latitude, longitude, name, address };
      }
      case "contact": {
        const phone = written.required("phone_number", text) ?? "";
        const firstName = written.required("first_name", text) ?? "";
        const lastName = written.optional("last_name", text);
        const vcard = written.optional("vcard", text);
        return { kind, phone, firstName, ...defined({ lastName, vcard }) };
      }
    }
    const fileId = written.required("file_id", text) ?? "";
    const uniqueId = written.required("file_unique_id", text) ?? "";
    const file = { fileId, uniqueId };
    if (kind === "sticker") return { kind, file };
    const caption = written.optional("text", text);
    const isAbove = written.optional("show_caption_above_media", (node, path) => {
      if (node.type === "Boolean") return node.value;
      return this.note(node, path, { because: "type", wanted: "true or false" });
    });
    return {
      kind,
      file,
      ...(caption ? { words: this.#words(written, caption) } : {}),
      ...(isAbove ? { captionAbove: true } : {}),
    };
  }

  #words(written: Fields, text = "") {
    const entities = written.optional("entities", (node, path) => {
      if (node.type !== "Array") {
        return this.note(node, path, { because: "type", wanted: "list" });
      }
      return node.elements.flatMap(({ value }, index) =>
        this.#entity(value, `${path}[${index}]`, text.length) ?? []
      );
    });
    return trimmed({ text, entities: entities ?? [] });
  }

  #entity(node: ValueNode, path: string, length: number): MessageEntity | undefined {
    const written = this.#object(node, path);
    if (!written) return undefined;
    written.required("type", (node, path) => this.#text(node, path));
    const offset = written.required("offset", (node, path) => this.#number(node, path)) ?? 0;
    const covers = written.required("length", (node, path) => this.#number(node, path)) ?? 1;
    const isInside = Number.isInteger(offset) && Number.isInteger(covers) && offset >= 0 &&
      covers > 0 && offset + covers <= length;
    if (!isInside) this.note(node, path, { because: "outside" });
    return evaluate(node as ObjectNode) as unknown as MessageEntity;
  }

  #object(node: ValueNode, path: string): Fields | undefined {
    if (node.type === "Object") return new Fields(node, path, this);
    this.note(node, path, { because: "type", wanted: "object" });
    return undefined;
  }

  #text(node: ValueNode, path: string): string | undefined {
    if (node.type === "String") return node.value;
    this.note(node, path, { because: "type", wanted: "text" });
    return undefined;
  }

  #number(node: ValueNode, path: string): number | undefined {
    if (node.type === "Number") return (node as NumberNode).value;
    this.note(node, path, { because: "type", wanted: "number" });
    return undefined;
  }
}

/** What reads a value; notes what is wrong with it. */
type Read<T> = (node: ValueNode, path: string) => T | undefined | void;

/** The fields of an object in the file. */
class Fields {
  readonly #members = new Map<string, ValueNode>();

  constructor(
    private readonly node: ObjectNode,
    readonly path: string,
    private readonly reader: FileReader,
  ) {
    for (const { name, value } of node.members) {
      if (name.type === "String") this.#members.set(name.value, value);
    }
  }

  at(field: string): ValueNode | undefined {
    return this.#members.get(field);
  }

  optional<T>(field: string, read: Read<T>): T | undefined {
    const value = this.at(field);
    if (!value) return undefined;
    return read(value, this.path === "" ? field : `${this.path}.${field}`) ?? undefined;
  }

  required<T>(field: string, read: Read<T>): T | undefined {
    if (!this.at(field)) this.reader.note(this.node, this.path, { because: "missing", field });
    return this.optional(field, read);
  }
}

function isKind(kind: string): kind is ReplyContent["kind"] {
  return (REPLY_KINDS as readonly string[]).includes(kind);
}
