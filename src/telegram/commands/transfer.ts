/** Having a conversation go on at another desk. */
import { onTransfer } from "../../decisions/transfer.ts";
import type { Hand } from "../../decisions/handling.ts";
import type { DeskAmong } from "../../desk/among.ts";
import { deskMeantBy } from "../../desk/meant.ts";
import type { Decision } from "../../jobs/reader.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Notice } from "../../texts/notice.ts";
import { excerpt } from "../../words/excerpt.ts";
import type { Delivery } from "../sending/delivery.ts";
import { answerTo, type Asked } from "./request.ts";

/** To the desk that is named; without a name, it is asked which. */
export function transfer(delivery: Delivery, asked: Asked, hand: Hand): Outcome {
  const { others } = desksOf(delivery);
  if (others.length === 0) return answerTo(delivery, asked, { text: "transfer-alone" });
  const words = asked.words.text.trim();
  if (words === "") {
    const desks = others.map(({ channelId, name }) => ({ deskId: channelId, name }));
    return answerTo(delivery, asked, { text: "transfer-to", desks });
  }
  const to = deskMeantBy(delivery.options.desks.among, words);
  const meant = transferTo(delivery, hand, to);
  if (meant.notice) return answerTo(delivery, asked, meant.notice);
  if (meant.decide) return { kind: "sent", decide: meant.decide };
  return answerTo(delivery, asked, {
    text: "transfer-unknown",
    words: excerpt(words),
    names: others.map(({ name }) => name),
  });
}

/** What follows when a desk is chosen, or what is said instead; neither: there is no such desk. */
export function transferTo(
  delivery: Delivery,
  hand: Hand,
  to: DeskAmong | null,
): { decide?: Decision; notice?: Notice } {
  const { own: from, among } = desksOf(delivery);
  if (!to || !from) return {};
  const { name } = to;
  if (to.channelId === from.channelId) return { notice: { text: "transfer-here", name } };
  if (!to.takesCards) return { notice: { text: "transfer-stuck", name } };
  return { decide: (read) => onTransfer(read, hand, { from, to, among }) };
}

function desksOf(
  { desk, options: { desks: { among } } }: Delivery,
): { own: DeskAmong | undefined; others: DeskAmong[]; among: readonly DeskAmong[] } {
  const isOwn = ({ channelId }: DeskAmong) => channelId === desk.channelId;
  return { own: among.find(isOwn), others: among.filter((each) => !isOwn(each)), among };
}
