/** What belongs to a message on the other side as well: what it answers, and who reacts to it. */
import type { SimulatedMessage } from "../telegram/telegram.ts";
import type { Copy, Rest } from "./checks.ts";
import type { Said } from "./said.ts";
import type { Reaction } from "./story.ts";

/** A copy answers the counterpart of what its original answers, or nothing but its thread. */
export function answersWrong(rest: Rest, copies: Map<string, Copy[]>): string[] {
  const roots = rest.cast.roots();
  return rest.ledger.all().flatMap((said) => {
    const { token, answers, albumId } = said;
    if (said.reach === "nobody" || said.isDeleted) return [];
    return (copies.get(token) ?? []).flatMap(({ message, side }) => {
      const answered = message.reply_to_message as SimulatedMessage | undefined;
      const isPlain = side === "team"
        ? answered !== undefined && roots.has(answered.message_id)
        : answered === undefined;
      if (isPlain) {
        const isOwed = answers !== undefined && side === said.reach &&
          isKnownThere(rest, said, answers, message, copies);
        return isOwed ? [`${token} does not answer ${answers.token}`] : [];
      }
      const subject = answered && rest.ledger.shownBy(answered);
      // A piece that comes after its album has gone answers the album.
      const isStraggler = albumId !== undefined && subject?.albumId === albumId;
      const isGone = answered === undefined && answers?.isDeleted === true;
      if (isStraggler || isGone || (answers && subject === answers)) return [];
      return [`${token} answers ${subject?.token ?? "something else"} on the other side`];
    });
  });
}

/** Whether the counterpart of what was answered must have been known, and in the same thread. */
function isKnownThere(
  { unanswered }: Rest,
  said: Said,
  answers: Said,
  copy: SimulatedMessage,
  copies: Map<string, Copy[]>,
): boolean {
  const shown = copies.get(answers.token) ?? [];
  const isKnown = said.isAnswerToSettled === true && !answers.isDeleted &&
    answers.customerId === said.customerId && shown.length === 1 && !unanswered.has(answers.token);
  if (!isKnown || said.reach === "customer") return isKnown;
  const inGroup = answers.reach === "team" ? shown[0]!.message : answers.message;
  return inGroup.message_thread_id === copy.message_thread_id;
}

/** The last reaction to a message that was shown only once is seen on its counterpart. */
export function reactionsWrong(
  { cast, reactions, unanswered }: Rest,
  copies: Map<string, Copy[]>,
): string[] {
  const ofMessage = Map.groupBy(
    reactions,
    ({ on }: Reaction) => `${on.chat.id}/${on.message_id}`,
  );
  return [...ofMessage.values()].flatMap((reactions) => {
    const { on, subject, emoji } = reactions.at(-1)!;
    const shown = copies.get(subject.token) ?? [];
    const isKnown = shown.length === 1 && !subject.isDeleted && !unanswered.has(subject.token);
    // Of several people's reactions the latest is shown, whoever takes theirs back.
    const isByOne = new Set(reactions.map(({ reactorId }) => reactorId)).size === 1;
    if (!isKnown || !isByOne) return [];
    const isOnCopy = on.chat.id === shown[0]!.message.chat.id;
    const counterpart = isOnCopy ? subject.message : shown[0]!.message;
    const record = cast.chatAt(counterpart.chat.id)?.records.get(counterpart.message_id);
    const [first] = record?.reactions.get(cast.bot.id) ?? [];
    const seen = first?.type === "emoji" ? first.emoji : null;
    if (seen === emoji) return [];
    return [`the counterpart of ${subject.token} has ${seen} as reaction instead of ${emoji}`];
  });
}
