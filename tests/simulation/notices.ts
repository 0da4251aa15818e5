/** What the bot says itself: whatever it has to, to whom it concerns, and not again and again. */
import { say } from "../../src/texts/texts.ts";
import { isVoice } from "./contents.ts";
import { isLasting, type Rest, type View } from "./rest.ts";
import { noticeIn, type Said } from "./said.ts";

/** How the bot begins when it tells that something was not delivered. */
export const UNDELIVERABLE = "⚠️ Não foi possível entregar esta mensagem";
const CANNOT_SHOW = "🫥";
const TROUBLE = "⚠️ O atendimento";
const [WELCOME, BLOCKED] = (["welcome", "blocked"] as const).map((text) =>
  say({ text }, "pt-BR")
) as [string, string];

/** A sentence for each notice that is missing, misplaced, or one too many. */
export function noticesWrong(rest: Rest, view: View): string[] {
  return [...untold(rest, view), ...toldAgain(rest, view), ...flooded(rest, view)];
}

/** Whoever wrote what cannot be shown is told, and so is the other side. */
function untold(rest: Rest, { shown }: View): string[] {
  const { cast, ledger } = rest;
  const explained = ledger.all().filter((said) =>
    said.isExplained && said.heard === "yes" && !said.isDeleted && isLasting(said, rest)
  );
  // What is said elsewhere, because another group was linked meanwhile, answers nothing.
  const sinceMs = cast.linked.at(-1)!.sinceMs;
  const isThere = ({ message: { chat, date } }: Said) =>
    chat.type === "private" || cast.others.some(({ group }) => group.id === chat.id) ||
    (chat.id === cast.group.id && date * 1000 >= sinceMs);
  const withoutWord = explained.filter(isThere).filter(({ message: { chat, message_id } }) =>
    !shown.some(({ message, answered }) =>
      message.text?.startsWith(UNDELIVERABLE) && answered?.chat.id === chat.id &&
      answered.message_id === message_id
    )
  ).map(({ token, what }) => `nobody is told that ${token} cannot be shown (${what})`);
  const unseen = [...Map.groupBy(explained.filter(({ what }) => !isVoice(what)), sideOf)]
    .filter(([side, all]) =>
      shown.filter((each) =>
        `${each.side} ${each.customerId}` === side && each.message.text?.startsWith(CANNOT_SHOW)
      ).length < all.length
    ).map(([side]) => `something that cannot be shown is not mentioned: ${side}`);
  return [...withoutWord, ...unseen];
}

/** The side on which something cannot be shown, in whose conversation. */
function sideOf({ message: { chat }, customerId }: Said): string {
  return `${chat.type === "private" ? "team" : "customer"} ${customerId}`;
}

/** Customers are welcomed whenever they begin anew, and at each start; their threads are told of each block. */
function toldAgain(
  { cast, acts, choices, eras, unanswered, whereabouts }: Rest,
  { shown }: View,
): string[] {
  return cast.customers.flatMap(({ id, info: { first_name } }) => {
    const timesOf = (text: string, side: "team" | "customer") =>
      shown.filter((each) =>
        each.customerId === id && each.side === side && each.message.text === text
      ).length;
    const lost = (chatIds: number[], text: string) =>
      chatIds.reduce((sum, chatId) => sum + (unanswered.get(noticeIn(chatId, text)) ?? 0), 0);
    const groupIds = cast.everyGroup.map(({ id }) => id);
    const welcomes = timesOf(WELCOME, "customer");
    const blocks = timesOf(BLOCKED, "team");
    // Who chooses a desk is welcomed, and once more at the first message if it is new to them.
    const chosen = (acts.press.get(id) ?? 0) +
      (choices.some(({ customerId }) => customerId === id) ? whereabouts.countOf(id) : 0);
    const mostWelcomes = 1 + eras.countOf(id) + (acts.start.get(id) ?? 0) + chosen +
      lost([id], WELCOME);
    // A return may be heard of before the block: then both are told once more.
    const mostBlocks = 2 * (acts.block.get(id) ?? 0) + lost(groupIds, BLOCKED);
    return [
      ...welcomes > mostWelcomes ? [`${first_name} is welcomed ${welcomes} times`] : [],
      ...blocks > mostBlocks ? [`the block of ${first_name} is told ${blocks} times`] : [],
      ...timesOf(BLOCKED, "customer") > 0 ? [`${first_name} is told what is for the team`] : [],
    ];
  });
}

/** The owner is told of trouble once by each process, and again where it was not heard of for long. */
function flooded({ cast, mishaps, startedMs }: Rest, { shown }: View): string[] {
  const times =
    shown.filter(({ customerId, message }) =>
      customerId === cast.boss.id && message.text?.startsWith(TROUBLE)
    ).length;
  const most = 2 * (mishaps.breakages.length + mishaps.relinkedMs.length) * startedMs.length;
  return times > most
    ? [`the owner is told of trouble ${times} times, at most ${most} is allowed`]
    : [];
}
