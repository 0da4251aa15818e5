/** The commands that manage canned replies. */

import type { Message } from "grammy/types";

/** What a command asks for. */
export type ReplyCommand = "add" | "list" | "remove" | "rename" | "export" | "import";

/** Each command with the names it has. */
const COMMANDS: Record<string, ReplyCommand> = {
  addreply: "add",
  resposta: "add",
  replies: "list",
  respostas: "list",
  delreply: "remove",
  remover: "remove",
  renamereply: "rename",
  renomear: "rename",
  exportreplies: "export",
  importreplies: "import",
};

/** Whether this is the name of one of them. */
export function isReplyCommand(name: string | undefined): name is string {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}

/** What the command of this name asks for. */
export function replyCommand(name: string): ReplyCommand {
  return COMMANDS[name]!;
}

/**
 * Whether a command's message can wait until it is known whose it is: a record of the database takes
 * 64 KiB (https://docs.deno.com/deploy/kv/manual/#limits).
 */
export function canBeKept(message: Message): boolean {
  return new TextEncoder().encode(JSON.stringify(message)).length < 50_000;
}
