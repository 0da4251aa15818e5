/** What belongs to a message on the other side as well: what it answers, and who reacts to it. */
import type { Copy } from "./copies.ts";
import { isLasting, type Rest, type View } from "./rest.ts";
import type { Said } from "./said.ts";
import type { Reaction } from "./reactions.ts";
import { isShownAnew } from "./words.ts";

/** A copy answers the counterpart of what its original answers, or nothing but its thread. */
export function answersWrong(rest: Rest, { copies }: View): string[] {
  return rest.ledger.all().flatMap((said) => {
    const { token, answers, albumId, quote } = said;
    if (said.reach === "nobody" || said.isDeleted) return [];
    const all = copies.get(token) ?? [];
    return all.flatMap((copy) => {
      const { message, side, answered, thread } = copy;
      const isPlain = side === "team"
        ? answered !== undefined && answered.message_id === thread?.rootId
        : answered === undefined;
      // What takes the place of a copy that is gone answers nothing.
      const isAnew = isShownAnew(said, all, rest) && copy !== all[0];
      const isOwed = answers !== undefined && side === said.reach && !isAnew &&
        isKnownThere(rest, said, answers, copy, copies);
      if (isPlain) return isOwed ? [`${token} does not answer ${answers.token}`] : [];
      const subject = answered && rest.ledger.shownBy(answered);
      if (answers && subject === answers) {
        const isQuoted = message.quote?.text === quote;
        const isQuoteOwed = isOwed && answers.versions.length === 1;
        return isQuoteOwed && !isQuoted ? [`${token} does not quote what it should`] : [];
      }
      // A piece that comes after its album has gone answers the album.
      const isStraggler = albumId !== undefined && subject?.albumId === albumId;
      // What a message has become answers its copy; so does a caption too long for its medium.
      if (isStraggler || subject === said) return [];
      // The line before a message stands for it until it comes, and for good if it then cannot.
      const isEdited = said.versions.length > 1;
      const isLine = (isEdited ? /^([↪↩]|✏️) /u : /^[↪↩] /u).test(answered?.text ?? "");
      if (subject === undefined && isLine) return [];
      return [`${token} answers ${subject?.token ?? "something else"} on the other side`];
    });
  });
}

/** Whether the counterpart of what was answered must have been known, and in the same thread. */
function isKnownThere(
  rest: Rest,
  said: Said,
  answers: Said,
  copy: Copy,
  copies: Map<string, Copy[]>,
): boolean {
  const [shown, ...more] = copies.get(answers.token) ?? [];
  // What was put off may not have been there yet.
  const isKnown = said.isAnswerToSettled === true && !answers.isDeleted &&
    answers.notBeforeMs === undefined &&
    isLasting(said, rest) && isLasting(answers, rest) &&
    answers.customerId === said.customerId && shown !== undefined && more.length === 0 &&
    !shown.isDeleted && !rest.unanswered.has(answers.token);
  if (!isKnown || said.reach === "customer") return isKnown;
  const inGroup = answers.reach === "team" ? shown.message : answers.message;
  // What waited at a desk whose thread was deleted is shown at the next one after what was said there.
  if (rest.whereabouts.countOf(said.customerId) > 0) {
    if (shown.message.message_id > copy.message.message_id) return false;
  }
  return inGroup.chat.id === copy.message.chat.id &&
    inGroup.message_thread_id === copy.message.message_thread_id;
}

/** The last reaction to a message that was shown only once is seen on its counterpart. */
export function reactionsWrong(rest: Rest, { copies }: View): string[] {
  const { cast, reactions, unanswered, whereabouts } = rest;
  const ofMessage = Map.groupBy(
    reactions,
    ({ on }: Reaction) => `${on.chat.id}/${on.message_id}`,
  );
  return [...ofMessage.values()].flatMap((reactions) => {
    const { on, subject, emoji, atMs } = reactions.at(-1)!;
    const [shown, ...more] = copies.get(subject.token) ?? [];
    const isKnown = shown !== undefined && more.length === 0 && !shown.isDeleted &&
      !subject.isDeleted && isLasting(subject, rest) && !unanswered.has(subject.token);
    const isInDoubt = reactions.some(({ on, updateId }) =>
      on.chat.type !== "private" && whereabouts.isInDoubt(subject, updateId)
    );
    // Of several people's reactions the latest is shown, whoever takes theirs back.
    const isByOne = new Set(reactions.map(({ reactorId }) => reactorId)).size === 1;
    if (!isKnown || !isByOne || isInDoubt) return [];
    const isOnCopy = on.chat.id === shown.message.chat.id;
    // A copy that lay outside of its thread may be reacted to before it is taken away.
    if (isOnCopy && on.message_id !== shown.message.message_id) return [];
    // Or it showed the reaction itself, and took it along: what is older than its copy, which was
    // there already, was shown on another one.
    if (atMs < shown.message.date * 1000) return [];
    const counterpart = isOnCopy ? subject.message : shown.message;
    // Where comments were not for a while, reactions are not shown either.
    const isLeft = [on, counterpart].some(({ chat }) =>
      cast.groupsLeft.some(({ id }) => id === chat.id)
    );
    if (isLeft) return [];
    const record = cast.chatAt(counterpart.chat.id)?.records.get(counterpart.message_id);
    const [first] = record?.reactions.get(cast.bot.id) ?? [];
    const seen = first?.type === "emoji" ? first.emoji : null;
    if (seen === emoji) return [];
    return [`the counterpart of ${subject.token} has ${seen} as reaction instead of ${emoji}`];
  });
}
