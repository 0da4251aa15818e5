/** The commands that answer the customer: a canned reply, a payment. */
import type { CommandName } from "../../commands/command.ts";
import { sendTask } from "../../decisions/sending.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { answering } from "../../message/facts.ts";
import { amountGivenIn } from "../../pix/amount.ts";
import { excessOf, toCharge } from "../../pix/charge.ts";
import { writePixCode } from "../../pix/code.ts";
import { type FoundReplies } from "../../replies/index.ts";
import type { Replies } from "../../replies/replies.ts";
import { idOf, type Reply, type ReplyContent, toTitle } from "../../replies/reply.ts";
import type { PixCharge } from "../../pix/charge.ts";
import type { PixProblem } from "../../texts/notices/pix.ts";
import { say } from "../../texts/texts.ts";
import { defined } from "../../values/defined.ts";
import { excerpt } from "../../words/excerpt.ts";
import { slice, trimmed } from "../../words/formatted.ts";
import { bareWords } from "../../words/typed.ts";
import type { Delivery } from "../sending/delivery.ts";
import { instead } from "../sending/endings.ts";
import { answerTo, type Asked, type CommandHandler } from "./request.ts";

/** How many replies are offered where several fit. */
const OFFERED = 5;

/** What agents may have the bot send. */
export function answeringCommands(replies: Replies) {
  return {
    reply: (delivery, asked) => reply(delivery, asked, replies),
    pix,
  } satisfies Partial<Record<CommandName, CommandHandler>>;
}

/** The reply of that title, or the one that fits the words; several are offered. */
async function reply(delivery: Delivery, asked: Asked, replies: Replies): Promise<Outcome> {
  const { channelId } = delivery.desk;
  const words = toTitle(asked.words.text);
  const titled = words === "" ? undefined : await titledSo(words, channelId, replies);
  if (titled?.reply.isBroken) {
    const { title } = titled.reply;
    return answerTo(delivery, asked, { text: "reply-broken", title });
  }
  const found: FoundReplies = titled
    ? { replies: [titled], total: 1 }
    : await replies.findSendable(channelId, words, { offset: 0, limit: OFFERED });
  const [first] = found.replies;
  if (!first) return answerTo(delivery, asked, { text: "reply-none", words: excerpt(words) });
  if (found.total === 1 && words !== "") {
    return sending(asked, first.reply.content, first.id);
  }
  return answerTo(delivery, asked, {
    text: "which-reply",
    words: excerpt(words),
    offered: found.replies.map(({ id, reply: { title } }) => ({ id, title })),
    ...answering(asked.given),
  });
}

/** The reply that is called just so; or so without what stands around it, if none is. */
async function titledSo(
  title: string,
  deskId: number,
  { shelf }: Replies,
): Promise<{ id: string; reply: Reply } | undefined> {
  for (const id of [idOf(title), idOf(bareWords(title))]) {
    const reply = await shelf.get(deskId, id);
    if (reply) return { id, reply };
  }
  return undefined;
}

/** A payment: the desk's settings say whom it goes to, the command how much it is, and what for. */
async function pix(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { pix: receiver } = await delivery.read.settings();
  if (!receiver) return answerTo(delivery, asked, { text: "pix-how" });
  const refused = (problem: PixProblem) =>
    answerTo(delivery, asked, { text: "pix-problem", problem });
  const given = amountGivenIn(asked.words.text);
  if (given.problem) return refused({ because: given.problem });
  const { cents, restFrom } = given;
  const rest = trimmed(slice(asked.words, restFrom, asked.words.text.length));
  const words = (await delivery.filler())(rest, asked.by.name);
  const language = await delivery.language();
  const charge = toCharge({
    code: writePixCode(receiver, { text: words.text, ...defined({ cents }) }),
    words,
    details: say({ text: "pix-details", name: receiver.name, ...defined({ cents }) }, language),
    codeIs: say({ text: "pix-code" }, language),
    copy: say({ text: "pix-copy" }, language),
  });
  const excess = excessOf(charge);
  if (excess > 0) return refused({ because: "long text", excess });
  return sending(asked, charge);
}

/** What is asked for goes in the place of the command that asks. */
function sending(
  { given, at: of, by: writer }: Asked,
  content: ReplyContent | PixCharge,
  replyId?: string,
): Outcome {
  const { quote } = given.content.snapshot;
  return instead([
    sendTask({
      of,
      writer,
      ...answering(given),
      ...defined({ replyId }),
      private: { content, ...defined({ quote }) },
    }),
  ]);
}
