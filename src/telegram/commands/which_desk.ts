/**
 * For which desk a command in private is: the one desk at which who gives it may give it; of several,
 * they are asked. What is asked for waits meanwhile, and is forgotten if nobody says so.
 */
import { type CommandName, type Giver, ruleOf } from "../../commands/command.ts";
import type { WhichDeskAction } from "../../buttons/which_desk.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Person } from "../../desk/team.ts";
import type { Change } from "../../jobs/change.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { ScheduledName } from "../../jobs/scheduled.ts";
import type { PressTask } from "../../jobs/request_task.ts";
import type { RelayTask } from "../../jobs/message_task.ts";
import { HOUR_MS } from "../../time/duration.ts";
import type { Answer } from "../api.ts";
import { type Failure, isPassing } from "../classify.ts";
import type { Delivery, DeskInSending } from "../sending/delivery.ts";
import { isColleagueAt } from "../sending/doubt.ts";
import { sayingTo } from "./request.ts";
import type { AskedAt } from "./request.ts";

/** How long a command waits for somebody to say for which desk it is. */
const PATIENCE_MS = HOUR_MS;

/** The desks at which somebody may give a command, and whether that is told of all they may mean. */
interface Candidates {
  desks: DeskInSending[];
  areAll: boolean;
}

/**
 * The desks at which somebody may give a command, the lane's own first; where they may at none, one
 * whose people they are, which tells them so; none, if they are a customer. Another desk that Telegram
 * does not tell about is passed over, unless that passes, or they are known as one of its people.
 */
export async function desksFor(
  delivery: Delivery,
  by: Person,
  name: CommandName,
): Promise<Answer<Candidates>> {
  const rank = ruleOf(name).by.find((each) => each !== "customer") ?? "team";
  const { served, options: { desks } } = delivery;
  const all = [served, ...desks.known.filter((each) => each !== served)];
  const may: DeskInSending[] = [];
  const theirs: DeskInSending[] = [];
  const untold: Failure[] = [];
  for (const each of all) {
    const standing = await standingAt(delivery, each, { by, rank });
    if (standing.failure) {
      if (isPassing(standing.failure)) return standing;
      const read = delivery.options.reader(each.watch.desk.channelId);
      const isTheirs = each === served || await isColleagueAt(each, read, by.userId);
      if (isTheirs) untold.push(standing.failure);
      continue;
    }
    if (standing.result === "may") may.push(each);
    if (standing.result !== "stranger") theirs.push(each);
  }
  const [failure] = untold;
  if (theirs.length === 0 && failure) return { failure };
  const found = may.length > 0 ? may : theirs.slice(0, 1);
  return { result: { desks: found, areAll: untold.length === 0 } };
}

async function standingAt(
  delivery: Delivery,
  { ranks, watch }: DeskInSending,
  { by, rank }: { by: Person; rank: Giver },
): Promise<Answer<"may" | "theirs" | "stranger">> {
  const read = delivery.options.reader(watch.desk.channelId);
  const may = await ranks.has(rank, by, read);
  if (may.failure) return may;
  if (may.result) return { result: "may" };
  for (const other of ["team", "admin"] as const) {
    if (other === rank) continue;
    const has = await ranks.has(other, by, read);
    if (has.failure) return has;
    if (has.result) return { result: "theirs" };
  }
  return { result: "stranger" };
}

/** Has another desk obey a command. */
export function handOver(
  { job: { lane } }: Delivery,
  task: RelayTask,
  { watch }: DeskInSending,
): Outcome {
  const { channelId: deskId } = watch.desk;
  const tasks = [{ lane: { ...lane, deskId }, task: { ...task, isForThisDesk: true } as const }];
  return { kind: "sent", decide: () => ({ tasks }) };
}

/** Asks for which of several desks a command is. */
export function askWhichDesk(
  delivery: Delivery,
  task: RelayTask,
  desks: readonly DeskInSending[],
  to: AskedAt,
): Outcome {
  const { options: { now, desks: { among } } } = delivery;
  const names = desks.map(({ watch: { desk: { channelId: deskId } } }) => ({
    deskId,
    name: among.find(({ desk }) => desk.channelId === deskId)?.name ?? "",
  }));
  const { messageId: command } = task.from;
  const waiting = {
    ...offeredName(delivery, command),
    task: { ...task, isOffered: true } as const,
    dueMs: now() + PATIENCE_MS,
  };
  const question = sayingTo(delivery, to, { text: "which-desk", names, command });
  return { kind: "sent", decide: () => ({ scheduled: [waiting], tasks: [question] }) };
}

/** Whether a command waits for somebody to say for which desk it is. */
export async function isOffered(delivery: Delivery, command: number): Promise<boolean> {
  const { lane, name } = offeredName(delivery, command);
  return await delivery.read.scheduled(lane, name) !== null;
}

/** Has the desk that was chosen obey; the question is taken away. */
export async function onWhichDesk(
  read: Reader,
  delivery: Delivery,
  { deskId, command }: WhichDeskAction,
  { at }: PressTask,
): Promise<Change> {
  const of = offeredName(delivery, command);
  const waiting = await read.scheduled(of.lane, of.name);
  if (waiting?.task.kind !== "relay") return {};
  const { isOffered: _offered, ...task } = waiting.task;
  return {
    unscheduled: [of],
    tasks: [
      { lane: { ...of.lane, deskId }, task: { ...task, isForThisDesk: true } },
      { lane: { ...of.lane, direction: "to-desk" }, task: { kind: "delete", at } },
    ],
  };
}

function offeredName({ desk, customerId }: Delivery, command: number): ScheduledName {
  return { lane: laneOf(desk, customerId, "to-team"), name: `which/${command}` };
}
