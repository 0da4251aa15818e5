/** The commands of agents, in the thread of a customer. */
import type { Decision } from "../../jobs/reader.ts";
import type { CommandName } from "../../commands/command.ts";
import { tagOfAgent } from "../../conversation/card.ts";
import { priorityIn } from "../../conversation/priority.ts";
import { readTag } from "../../conversation/tags.ts";
import { excerpt } from "../../words/excerpt.ts";
import { fold } from "../../words/fold.ts";
import { selfOrNobodyIn, withoutTo } from "../../words/people.ts";
import { bareWords, inUsualSigns } from "../../words/typed.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import {
  type Hand,
  onAssign,
  onBan,
  onClose,
  onPriority,
  onTag,
  onUnban,
  onUnbanOf,
} from "../../decisions/handling.ts";
import { type Agent, type Person, userIdIn, userNamedIn } from "../../desk/team.ts";
import { say } from "../../texts/texts.ts";
import type { Answer } from "../api.ts";
import {
  answerTo,
  type Asked,
  type AskedAt,
  type CommandHandler,
  sayingTo,
  showTo,
} from "./request.ts";
import type { Delivery } from "../sending/delivery.ts";
import { unasked } from "../sending/failures.ts";
import { transfer } from "./transfer.ts";
import { commandsAnywhere } from "../sending/ranks.ts";
import { waitingIn } from "./later.ts";
import { undo } from "./undo.ts";
import { defined } from "../../values/defined.ts";

/** What agents may ask in a thread. */
export const threadCommands = {
  close: close(false),
  closesilent: close(true),
  unban,
  ban,
  priority,
  tag,
  assign,
  transfer: (delivery, asked) =>
    Promise.resolve(transfer(delivery, asked, handOf(delivery, asked))),
  who,
  undo,
  help: helpFor,
} satisfies Partial<Record<CommandName, CommandHandler>>;

function close(isSilent: boolean): CommandHandler {
  return (delivery, asked) => {
    const hand = handOf(delivery, asked);
    return Promise.resolve(steer((read) => onClose(read, hand, { isSilent })));
  };
}

/** Asks first. Who names another customer means them, and not the one of this thread. */
function ban(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const named = userNamedIn(asked.words);
  if (named && named.userId !== delivery.customerId) {
    return Promise.resolve(answerTo(delivery, asked, { text: "elsewhere", where: ["thread"] }));
  }
  return ask(delivery, asked, "ban-sure");
}

/** The customer of the thread, or whom the command names: then nobody else is meant. */
function unban(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { userId } = userNamedIn(asked.words) ?? { userId: null };
  if (userId === null && asked.words.text !== "") {
    return Promise.resolve(answerTo(delivery, asked, { text: "unban-how" }));
  }
  const hand = handOf(delivery, asked);
  if (userId === null || userId === delivery.customerId) {
    return Promise.resolve(
      asked.where === "thread"
        ? steer((read) => onUnban(read, hand))
        : answerTo(delivery, asked, { text: "unban-how" }),
    );
  }
  const { command: _answered, ...rest } = hand;
  const other: Hand = { ...rest, customerId: userId };
  return Promise.resolve(steer(async (read) => {
    const change = await onUnbanOf(read, other);
    const notice = { text: change ? "unbanned" : "not-banned", userId } as const;
    return { ...change, tasks: [...change?.tasks ?? [], sayingTo(delivery, asked, notice)] };
  }));
}

async function priority(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const level = priorityIn(asked.words.text);
  if (level === undefined) return await ask(delivery, asked, "which-priority");
  return steer((read) => onPriority(read, handOf(delivery, asked), level));
}

/** Puts a tag on the card, or takes it away. What stands for an agent is no tag of the team's. */
async function tag(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { desk, read, customerId, options: { lists } } = delivery;
  const assignee = (await read.conversation(customerId))?.assignee;
  const agents = [
    ...await lists.agents(desk.channelId),
    ...(assignee ? [assignee] : []),
    ...(asked.by.kind === "person" ? [asked.by] : []),
  ];
  const meant = readTag(asked.words.text, agents.map(tagOfAgent));
  return steer(async (read) => {
    const change = await onTag(read, handOf(delivery, asked), meant);
    return "notice" in change ? { tasks: [sayingTo(delivery, asked, change.notice)] } : change;
  });
}

/** How many agents are named to whom has named none of them. */
const NAMED = 30;

/** To whom the command names, to whose comment it answers, or to oneself. */
async function assign(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const words = asked.words.text.trim();
  const self = selfOrNobodyIn(words);
  if (self === "nobody") return steer((read) => onAssign(read, handOf(delivery, asked), null));
  if (self === "me") return await assignToSelf(delivery, asked);
  if (words !== "") return await assignToNamed(delivery, asked);
  const { answered } = asked.given;
  const colleague = answered && !answered.isRoot ? answered.author : null;
  if (colleague?.kind === "person") return await assignTo(delivery, asked, colleague);
  return assignToAsker(delivery, asked);
}

/** To who says so; unless a colleague is called like the word they say it with. */
async function assignToSelf(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { desk, options: { lists } } = delivery;
  const { by, words: { text } } = asked;
  const namesake = agentsCalled(text, await lists.agents(desk.channelId))
    .find(({ userId }) => by.kind === "desk" || userId !== by.userId);
  if (!namesake) return assignToAsker(delivery, asked);
  const names = [...new Set([by.name, namesake.name])];
  return answerTo(delivery, asked, { text: "assign-ambiguous", words: excerpt(text), names });
}

function assignToAsker(delivery: Delivery, asked: Asked): Outcome {
  if (asked.by.kind === "desk") return answerTo(delivery, asked, { text: "assign-needs-name" });
  const { userId, name } = asked.by;
  return steer((read) => onAssign(read, handOf(delivery, asked), { userId, name }));
}

/** To who is mentioned, or the one colleague of that ID or name. */
async function assignToNamed(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { desk, options: { lists } } = delivery;
  const words = asked.words.text.trim();
  const agents = await lists.agents(desk.channelId);
  const mentioned = userNamedIn(asked.words);
  const byId = agents.find(({ userId }) => userId === mentioned?.userId);
  const colleague = byId ?? (userIdIn(words) === null ? mentioned : null);
  if (colleague) return await assignTo(delivery, asked, { kind: "person", ...colleague });
  const named = await stillOf(delivery, agentsNamed(words, agents));
  if (named.failure) return unasked(delivery, named.failure);
  const [found, ...others] = named.result;
  if (found && others.length === 0) {
    return steer((read) => onAssign(read, handOf(delivery, asked), found));
  }
  const known = found ? named : await stillOf(delivery, agents);
  if (known.failure) return unasked(delivery, known.failure);
  const names = [...new Set(known.result.map(({ name }) => name))];
  return answerTo(delivery, asked, {
    text: found ? "assign-ambiguous" : "assign-unknown",
    words: excerpt(words),
    names: names.slice(0, NAMED),
  });
}

/** To somebody whose comment is answered, or who is mentioned, if they are of the team. */
async function assignTo(
  delivery: Delivery,
  asked: Asked,
  colleague: Person,
): Promise<Outcome> {
  const isTeam = await delivery.served.ranks.has("team", colleague, delivery.read);
  if (isTeam.failure) return unasked(delivery, isTeam.failure);
  if (!isTeam.result) return answerTo(delivery, asked, { text: "assign-stranger" });
  const { userId, name } = colleague;
  return steer((read) => onAssign(read, handOf(delivery, asked), { userId, name }));
}

/** Those who are called so, or tagged so. */
function agentsCalled(words: string, agents: Agent[]): Agent[] {
  const name = fold(inUsualSigns(words).trim());
  return agents.filter((agent) =>
    fold(inUsualSigns(agent.name)).trim() === name || fold(tagOfAgent(agent)) === name
  );
}

/**
 * Those who are called so; else those whose name begins so. What stands around a name is left out
 * only if nobody is called so with it.
 */
function agentsNamed(words: string, agents: Agent[]): Agent[] {
  const written = [words, words.replace(/^[@#]\s*/, ""), withoutTo(words)];
  const names = [...written, ...written.map(bareWords)].filter((name) => name.trim() !== "");
  const called = names.map((name) => agentsCalled(name, agents));
  const beginning = names.map(fold).map((name) =>
    agents.filter((agent) => fold(agent.name).startsWith(name))
  );
  return [...called, ...beginning].find((found) => found.length > 0) ?? [];
}

/** Those who are of the team still: who has answered once may have left. */
async function stillOf(
  { served: { ranks }, read }: Delivery,
  agents: Agent[],
): Promise<Answer<Agent[]>> {
  const still: Agent[] = [];
  for (const agent of agents) {
    const isTeam = await ranks.has("team", { kind: "person", ...agent }, read);
    if (isTeam.failure) return isTeam;
    if (isTeam.result) still.push(agent);
  }
  return { result: still };
}

async function who(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { api, desk, read, customerId, options: { lists, config } } = delivery;
  const conversation = await read.conversation(customerId);
  if (!conversation) return { kind: "sent" };
  const { language } = asked;
  const format = new Intl.DateTimeFormat(language, {
    timeZone: config.timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  });
  const waiting = say(await waitingIn(delivery, conversation, language), language);
  const known = say({
    text: "who",
    conversation,
    since: format.format(conversation.sinceMs),
    ...defined({
      waitsSince: conversation.waiting && format.format(conversation.waiting.sinceMs),
    }),
    counts: await lists.countMessages(desk.channelId, customerId),
    days: config.retentionDays,
  }, language);
  const text = waiting === "" ? known : `${known}\n${waiting}`;
  return await showTo(
    delivery,
    asked,
    (answering) => api.sendMessage(asked.at.chatId, text, answering),
  );
}

/** Shows which commands there are for who asks. */
export async function helpFor(
  delivery: Delivery,
  asked: AskedAt & Pick<Asked, "by" | "where">,
): Promise<Outcome> {
  const { where } = asked;
  const commands = await commandsAnywhere(delivery, asked.by, where);
  if (commands.failure) return unasked(delivery, commands.failure);
  return answerTo(delivery, asked, { text: "team-help", where, commands: commands.result });
}

/** Shows those that had no room in the help. */
export async function moreHelpFor(
  delivery: Delivery,
  asked: AskedAt & Pick<Asked, "by" | "where">,
): Promise<Outcome> {
  const commands = await commandsAnywhere(delivery, asked.by, asked.where);
  if (commands.failure) return unasked(delivery, commands.failure);
  return answerTo(delivery, asked, { text: "more-help", commands: commands.result });
}

/** Asks a question with buttons; once answered, the answer takes its place. */
async function ask(
  delivery: Delivery,
  asked: Asked,
  text: "ban-sure" | "which-priority",
): Promise<Outcome> {
  const { read, customerId } = delivery;
  const conversation = await read.conversation(customerId);
  if (conversation?.status === "banned") {
    return steer((read) => onBan(read, handOf(delivery, asked)));
  }
  return answerTo(delivery, asked, { text });
}

/** Whose hand does what was asked, in which conversation. */
function handOf(
  { desk, customerId, options: { now } }: Delivery,
  { at, by }: Pick<Asked, "at" | "by">,
): Hand {
  return { desk, customerId, by: by.name, nowMs: now(), command: at };
}

function steer(decide: Decision): Outcome {
  return { kind: "sent", decide };
}
