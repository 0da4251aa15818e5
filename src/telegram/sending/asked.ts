/**
 * What the team has the bot send: a canned reply, a payment. The customer gets it first, in its place
 * among the answers; then the thread sees a copy of what they got.
 */
import { InputFile } from "grammy";
import type { Message } from "grammy/types";
import { pictureQrCode } from "../../chart/qr_code.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { CopyTask, SendTask } from "../../jobs/message_task.ts";
import type { LinkButtons } from "../../message/buttons.ts";
import { fileIdOf, type ReplyContent } from "../../replies/reply.ts";
import { defined } from "../../values/defined.ts";
import { type Formatted, joined, MAX_CAPTION, MAX_TEXT, split } from "../../words/formatted.ts";
import type { Answer } from "../api.ts";
import { sendContent } from "../reply_content.ts";
import { tryFile } from "../reply_files.ts";
import { type Aim, attempt, isOutcome, takeAim } from "./aim.ts";
import type { Delivery } from "./delivery.ts";
import { delivered, instead, linked, withChange } from "./endings.ts";
import { failed } from "./failures.ts";
import { type Extra, isOfButtons, markupOf } from "./parts.ts";
import { linkPreviewOf } from "./reference.ts";
import { signatureBefore, signsAs } from "./signatures.ts";

type Content = SendTask["private"]["content"];

/** Sends the customer what was asked for. */
export async function sendAsked(delivery: Delivery, task: SendTask): Promise<Outcome> {
  if (task.isNote) return { kind: "sent" };
  const { of, answerTo, writer, replyId, private: { quote } } = task;
  const aim = await takeAim(delivery, writer, {
    fromChatId: of.chatId,
    ...defined({ answerTo, quote }),
  });
  if (isOutcome(aim)) return aim;
  const { isFilled, content: given } = task.private;
  const content = isFilled || !("name" in writer)
    ? given
    : await signed(delivery, await contentFilled(delivery, given, writer.name), writer.name);
  const parts = contentInParts(content);
  if (parts) return instead(parts.map((part, index) => partTask(task, part, index)));
  const answer = await send(delivery, aim, content);
  if (answer.failure) {
    if (answer.failure.code === 400) await markIfBroken(delivery, task, task.private.content);
    return await failed(delivery, answer.failure);
  }
  const sentBy = writer.kind === "person" ? writer.userId : 0;
  const copy: CopyTask = {
    kind: "copy",
    from: delivery.placeThere(answer.result.message_id),
    of,
    shows: task.shows,
    sentBy,
    ...defined({ private: privateOf(content) }),
  };
  const lane = laneOf(delivery.desk, delivery.customerId, "to-team");
  const done = task.isRest
    ? linked([], aim.memberships)
    : delivered(delivery, [], aim.memberships, replyId);
  return withChange(done, () => ({ tasks: [{ lane, task: copy }] }));
}

/** A reply whose file is none of the bot's is offered no more. */
export async function markIfBroken(
  { api, desk, options: { replies } }: Delivery,
  { replyId, deskId = desk.channelId }: { replyId?: string; deskId?: number },
  content: Content,
): Promise<void> {
  const fileId = content.kind === "pix" ? undefined : fileIdOf(content);
  if (replyId === undefined || content.kind === "pix" || fileId === undefined) return;
  if (await tryFile(api, fileId) !== "refused") return;
  await replies.shelf.markBroken(deskId, replyId, content);
}

/** Shows the thread what the customer got. */
export async function copyToThread(delivery: Delivery, task: CopyTask): Promise<Outcome> {
  const { from, of, shows, sentBy } = task;
  const aim = await takeAim(delivery, { kind: "desk", name: "" }, { fromChatId: of.chatId });
  if (isOutcome(aim)) return aim;
  const asking: Aim = of.chatId === aim.chatId
    ? { ...aim, answer: { message_id: of.messageId } }
    : aim;
  const answer = await withButtonsIfTaken(
    task.private?.buttons,
    (markup) =>
      attempt(
        delivery,
        asking,
        (extra) =>
          delivery.api.copyMessage(aim.chatId, from.chatId, from.messageId, {
            ...extra,
            ...markup,
          }),
      ),
  );
  if (answer.failure) return await failed(delivery, answer.failure);
  const here = delivery.placeThere(answer.result.message_id);
  return linked([{ here, there: from, shows, sentBy }], []);
}

/** The content with facts in the places of their names, as of now. */
export async function contentFilled<Given extends Content>(
  delivery: Delivery,
  content: Given,
  name: string,
): Promise<Given> {
  const words = "words" in content ? content.words : undefined;
  if (!words) return content;
  const fill = await delivery.filler();
  return { ...content, words: fill(words, name) };
}

/** The content with the name of who sends it before its words, if answers are signed as of now. */
async function signed(delivery: Delivery, content: Content, name: string): Promise<Content> {
  if (content.kind === "pix" || !("words" in content) || !content.words) return content;
  const { words } = content;
  const signedAs = await signsAs(delivery, name);
  if (signedAs === undefined) return content;
  const signature = signatureBefore({ kind: content.kind, signedAs }, words);
  if (!signature) return content;
  if (content.kind !== "text") return { ...content, words: joined(signature, words) };
  const linkPreview = linkPreviewOf(content, { signedAs });
  return { ...content, words: joined(signature, words), ...defined({ linkPreview }) };
}

/** What has become too long for one message by what was filled in; `undefined`: nothing has. */
export function contentInParts(content: Content): ReplyContent[] | undefined {
  const words = "words" in content ? content.words : undefined;
  if (!words || words.text.length <= (content.kind === "text" ? MAX_TEXT : MAX_CAPTION)) {
    return undefined;
  }
  const texts = split(words, MAX_TEXT).map((words: Formatted) =>
    ({ kind: "text", words }) as const
  );
  if (content.kind === "text") return texts;
  const { words: _words, ...bare } = content as Extract<ReplyContent, { captionAbove?: true }>;
  return [bare, ...texts];
}

/** A part as a task of its own; the first counts as the answer. */
function partTask(
  { replyId, ...task }: SendTask,
  content: ReplyContent,
  index: number,
): SendTask {
  const { quote } = task.private;
  return {
    ...task,
    shows: { ...task.shows, kind: content.kind },
    ...(index === 0 ? defined({ replyId }) : { isRest: true }),
    private: { content, isFilled: true, ...defined({ quote }) },
  };
}

async function send(delivery: Delivery, aim: Aim, content: Content): Promise<Answer<Message>> {
  const { api } = delivery;
  if (content.kind !== "pix") {
    return await attempt(delivery, aim, (extra) => sendContent(api, aim.chatId, content, extra));
  }
  const { code, caption } = content;
  const picture = await pictureQrCode(code);
  return await withButtonsIfTaken(
    privateOf(content)?.buttons,
    (markup) =>
      attempt(
        delivery,
        aim,
        (extra) =>
          api.sendPhoto(aim.chatId, new InputFile(picture, "pix.png"), {
            caption: caption.text,
            caption_entities: caption.entities,
            ...extra,
            ...markup,
          }),
      ),
  );
}

/** What stands under a message: of a payment, the button that copies its code. */
function privateOf(content: Content): CopyTask["private"] {
  if (content.kind !== "pix") return undefined;
  return { buttons: [[{ text: content.copy, copies: content.code }]] };
}

/** With the buttons; without them if it is these that Telegram refuses. */
async function withButtonsIfTaken<T>(
  buttons: LinkButtons | undefined,
  call: (markup: Pick<Extra, "reply_markup">) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const answer = await call(markupOf(buttons));
  return buttons && answer.failure && isOfButtons(answer.failure) ? await call({}) : answer;
}
