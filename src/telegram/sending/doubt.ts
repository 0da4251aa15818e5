/**
 * Messages of somebody whom Telegram says it does not know. Real servers say so now and then of people
 * who are members (tdlib/telegram-bot-api, issue 802), so it is asked again.
 */
import { classify, type Failure, isNeverMet, isPassing } from "../classify.ts";
import type { Reader } from "../../jobs/reader.ts";
import type { Membership } from "../../desk/team.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Task } from "../../jobs/task.ts";
import { MINUTE_MS } from "../../time/duration.ts";
import type { TeamStanding } from "../desk/membership.ts";
import type { Delivery, DeskInSending } from "./delivery.ts";
import { unasked, undeliverable } from "./failures.ts";

/**
 * Whether who writes in private is of the team of any desk; in doubt, whoever is known as a colleague
 * still is: only somebody new is a customer then. So it is at another desk that Telegram does not tell
 * about, unless that passes.
 */
export async function teamInPrivate(
  delivery: Delivery,
  userId: number,
): Promise<
  { isTeam: boolean; learned: Membership[]; failure?: undefined } | { failure: Failure }
> {
  const { served, read } = delivery;
  const own = await served.team.ask(userId, read);
  if (own.failure) return own;
  const { learned } = own;
  if (await isHeldForTeam(served, read, { userId, ...own })) return { isTeam: true, learned };
  for (const { at, readThere } of elsewhere(delivery)) {
    const there = await at.team.ask(userId, readThere);
    if (there.failure && isPassing(there.failure)) return there;
    const isTheirs = there.failure
      ? await isColleagueAt(at, readThere, userId)
      : await isHeldForTeam(at, readThere, { userId, ...there });
    if (isTheirs) return { isTeam: true, learned };
  }
  return { isTeam: false, learned };
}

/** What is known of people at a desk. */
type PeopleReader = Pick<Reader, "membership" | "agent">;

/** Of people at a desk that has never been known nothing is. */
const NOBODY: PeopleReader = {
  membership: () => Promise.resolve(null),
  agent: () => Promise.resolve(null),
};

/** The other desks, with what is known of their people: also those that are not known yet. */
function elsewhere(
  { served, options: { desks, reader } }: Delivery,
): { at: DeskInSending; readThere: PeopleReader }[] {
  return desks.all.filter((each) => each !== served).map((at) => ({
    at,
    readThere: at.watch.isKnown ? reader(at.watch.desk.channelId) : NOBODY,
  }));
}

async function isHeldForTeam(
  served: DeskInSending,
  read: PeopleReader,
  { userId, isTeam, doubt }: { userId: number; isTeam: boolean; doubt?: Failure },
): Promise<boolean> {
  return isTeam || !doubt ? isTeam : await isColleagueAt(served, read, userId);
}

/** Whether somebody is known as one of a desk's, whatever Telegram says of them by now. */
export async function isColleagueAt(
  { watch }: DeskInSending,
  read: PeopleReader,
  userId: number,
): Promise<boolean> {
  const isOwner = watch.isKnown && userId === watch.desk.ownerId;
  return isOwner || await read.agent(userId) !== null;
}

/**
 * Whether a customer may be told that a message was forwarded from somebody: they are not of the
 * team of any desk. Who cannot be looked up is not named; whom the bot never met is of none. An
 * outcome instead: it is worth asking again.
 */
export async function mayBeNamed(delivery: Delivery, userId: number): Promise<boolean | Outcome> {
  const { read, served } = delivery;
  for (const { at, readThere } of [{ at: served, readThere: read }, ...elsewhere(delivery)]) {
    const member = await askedTwice(at, readThere, userId);
    if (member.failure) {
      const { kind } = classify(member.failure);
      if (kind === "pause") return unasked(delivery, member.failure);
      return (kind === "passing" && originAskedAgain(delivery)) || false;
    }
    if (member.isTeam || (member.doubt && !isNeverMet(member.doubt))) return false;
  }
  return true;
}

/** Whether somebody is of a desk's team; a doubtful no is asked again at once. */
async function askedTwice(
  { team }: DeskInSending,
  read: PeopleReader,
  userId: number,
): Promise<TeamStanding> {
  const member = await team.ask(userId, read);
  return !member.failure && member.doubt ? await team.ask(userId, read) : member;
}

/** How long it is waited before each time it is asked again. */
const ASKED_AGAIN_MS = [5000, MINUTE_MS];
/** How long where it could not be asked who wrote what was forwarded: nobody waits long for a name. */
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
  const { read, served: { team } } = delivery;
  const isStranger = team.isDoubtedLately(userId) && await read.agent(userId) === null;
  const again = isStranger ? null : askedAgain(delivery);
  if (again) return again;
  team.noteDoubted(userId);
  return undeliverable(delivery, { because: "doubt" });
}
