/** Canned replies brought in as a file. */
import type { Outcome } from "../../jobs/outcome.ts";
import { readReplyFile } from "../../replies/file.ts";
import { named } from "../../replies/named.ts";
import type { Replies } from "../../replies/replies.ts";
import { fileIdOf, idOf, noteMarkOf, type Reply } from "../../replies/reply.ts";
import { type FileState, tryFiles } from "../reply_files.ts";
import { type SentFilesOptions, textOfFile } from "../sent_files.ts";
import type { Delivery } from "../sending/delivery.ts";
import { answerTo, type Asked } from "./request.ts";

/** How many of a file's problems are told. */
const PROBLEMS_SHOWN = 10;

/** What managing replies needs of the world. */
export interface ReplyCommandsOptions extends SentFilesOptions {
  replies: Replies;
}

/** A file is read whole before anything is written; what is interrupted begins anew. */
export async function importReplies(
  delivery: Delivery,
  asked: Asked,
  options: ReplyCommandsOptions,
): Promise<Outcome> {
  const { shelf } = options.replies;
  const { content, answered } = asked.given;
  const file = content.file ?? answered?.content?.file;
  if (file?.kind !== "document") return answerTo(delivery, asked, { text: "reply-import-how" });
  const said = await textOfFile(delivery.api, file, options);
  if (!("text" in said)) {
    const isElsewhere = said.because === "elsewhere";
    return answerTo(delivery, asked, {
      text: isElsewhere ? "reply-file-elsewhere" : "reply-file-unread",
    });
  }
  const { problems, replies } = readReplyFile(said.text);
  if (problems) {
    const shown = problems.slice(0, PROBLEMS_SHOWN);
    const { length: count } = problems;
    return answerTo(delivery, asked, { text: "reply-file-problems", problems: shown, count });
  }
  const tried = await tryReplies(delivery, replies, options);
  const counts = await shelf.import(delivery.desk.channelId, tried.replies);
  if (counts === "full") {
    return answerTo(delivery, asked, { text: "reply-problem", problem: { because: "full" } });
  }
  return answerTo(delivery, asked, {
    text: "reply-imported",
    ...counts,
    notes: named(replies.filter(({ content }) => noteMarkOf(content) !== undefined)),
    broken: named(tried.replies.filter(({ isBroken }) => isBroken)),
    kept: named(tried.kept),
    untried: tried.untried,
  });
}

/** The replies of a file, by what becomes of them. */
interface Tried {
  /** Those to write; broken ones are kept, since title and caption say what is to be sent anew. */
  replies: Reply[];
  /** Those that would have put a file that Telegram refuses in the place of one that works. */
  kept: Reply[];
  /** How many files could not be tried. */
  untried: number;
}

/** Tries the files that the desk does not have already. */
async function tryReplies(
  { api, desk }: Delivery,
  replies: Reply[],
  options: ReplyCommandsOptions,
): Promise<Tried> {
  const all = await options.replies.all(desk.channelId);
  const working = all.filter(({ isBroken }) => !isBroken);
  const known = new Set(working.map(({ content }) => fileIdOf(content)));
  const workingIds = new Set(working.map(({ title }) => idOf(title)));
  const fileIds = replies.flatMap(({ content }) => fileIdOf(content) ?? []);
  const states = await tryFiles(api, fileIds.filter((fileId) => !known.has(fileId)));
  const isIn = ({ content }: Reply, state: FileState) =>
    states.get(fileIdOf(content) ?? "") === state;
  const isKept = (reply: Reply) => isIn(reply, "refused") && workingIds.has(idOf(reply.title));
  return {
    replies: replies.filter((reply) => !isKept(reply)).map((reply): Reply =>
      isIn(reply, "refused") ? { ...reply, isBroken: true } : reply
    ),
    kept: replies.filter(isKept),
    untried: replies.filter((reply) => isIn(reply, "unknown")).length,
  };
}
