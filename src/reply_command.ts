/** The commands that manage canned replies. */

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
