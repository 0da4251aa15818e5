/**
 * What somebody wrote of whom Telegram says that it does not know them. Real servers say so now and
 * then of people who are members (tdlib/telegram-bot-api, issue 802), so it is asked again.
 */
import { classify, type Failure, isNeverMet } from "../classify.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import type { Delivery } from "./delivery.ts";
import { unasked, undeliverable } from "./failures.ts";

/**
 * Whether who writes in private is of the team; in doubt, whoever is known as a colleague still is:
 * only somebody new is a customer then.
 */
export async function isTeamInPrivate(
  { desk, read }: Delivery,
  userId: number,
  { isTeam, doubt }: { isTeam: boolean; doubt?: Failure },
): Promise<boolean> {
  if (isTeam || !doubt) return isTeam;
  return userId === desk.ownerId || await read.agent(userId) !== null;
}

/**
 * Whether a customer may be told that a message was forwarded from somebody: they are not of the
 * team. Who cannot be looked up is not named; whom the bot never met is not of the team. An outcome
 * instead: it is worth asking again.
 */
export async function mayBeNamed(delivery: Delivery, userId: number): Promise<boolean | Outcome> {
  const { read, options: { desk: { team } } } = delivery;
  let member = await team.ask(userId, read);
  if (!member.failure && member.doubt) member = await team.ask(userId, read);
  if (!member.failure) return !member.isTeam && (!member.doubt || isNeverMet(member.doubt));
  const { kind } = classify(member.failure);
  if (kind === "pause") return unasked(delivery, member.failure);
  return (kind === "passing" && originAskedAgain(delivery)) || false;
}

/** How long it is waited before each time it is asked again. */
const ASKED_AGAIN_MS = [5000, MINUTE_MS];
/** The same where it could not be asked who wrote what was forwarded: nobody waits long for a name. */
const ORIGIN_ASKED_AGAIN_MS = [1000, 2000, 4000];

/** Not yet, as long as Telegram may still say otherwise; `null`: it has had its chances. */
export function askedAgain({ job: { task }, options: { now } }: Delivery): Outcome | null {
  const doubts = "doubts" in task ? task.doubts ?? 0 : 0;
  const waitMs = ASKED_AGAIN_MS[doubts];
  if (waitMs === undefined) return null;
  return { kind: "wait", untilMs: now() + waitMs, task: { ...task, doubts: doubts + 1 } as Task };
}

/** The same outcome; whatever was in doubt before its writer was clear counts no more. */
export function withoutDoubts(delivery: Delivery, outcome: Outcome): Outcome {
  const { isWriterClear, job } = delivery;
  const goesOn = outcome.kind === "wait" || outcome.kind === "retry" || outcome.kind === "go on";
  if (!goesOn || !isWriterClear) return outcome;
  const { task = job.task } = outcome;
  if (!("doubts" in task)) return outcome;
  const { doubts: _doubts, ...clear } = task;
  return { ...outcome, task: clear as Task };
}

/** Not yet, as long as it may still be told from whom it is; `null`: it goes without their name. */
function originAskedAgain({ job: { task }, options: { now } }: Delivery): Outcome | null {
  const unnamed = "unnamed" in task ? task.unnamed ?? 0 : 0;
  const waitMs = ORIGIN_ASKED_AGAIN_MS[unnamed];
  if (waitMs === undefined) return null;
  const next = { ...task, unnamed: unnamed + 1 } as Task;
  return { kind: "wait", untilMs: now() + waitMs, task: next };
}

/**
 * What somebody in doubt wrote: asked again, then given up, and said. Of whom that was said shortly
 * before, and who has never answered anybody, nobody waits for another answer.
 */
export async function doubt(delivery: Delivery, userId: number): Promise<Outcome> {
  const { read, options: { desk: { team } } } = delivery;
  const isStranger = team.isDoubtedLately(userId) && await read.agent(userId) === null;
  const again = isStranger ? null : askedAgain(delivery);
  if (again) return again;
  team.noteDoubted(userId);
  return undeliverable(delivery, { because: "doubt" });
}
