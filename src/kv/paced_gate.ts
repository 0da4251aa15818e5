/** The gate that jobs pass on their way out: it keeps the pace that Telegram allows. */
import type { Desk } from "../desk/desk.ts";
import { type Lane, laneName } from "../conversation/lane.ts";
import { onCrowd } from "../decisions/customer.ts";
import type { Later } from "../jobs/background.ts";
import type { Job } from "../jobs/job.ts";
import type { Pace } from "../jobs/pace.ts";
import type { Task } from "../jobs/task.ts";
import { beginsSilently } from "../jobs/task_traits.ts";
import type { Whose } from "../jobs/chat_line.ts";
import { isAnswer, isPeoples, wantedCallOf, whoseOf } from "../jobs/wanted_call.ts";
import type { Ledger } from "./ledger.ts";
import type { Gate } from "./gate.ts";

/** What the gate goes by. */
export interface PacedGateOptions {
  pace: Pace;
  ledger: Ledger;
  /** The kinds of a lane's first tasks, so many at most. */
  kindsIn: (lane: Lane, most: number) => Promise<Task["kind"][]>;
  /** The desk that works a lane. Throws while none is known. */
  deskOf: (lane: Lane) => Desk;
  /** Whether a lane is of a desk that is not served any more: nothing of it goes out. */
  isLeft: (lane: Lane) => boolean;
  later: Later;
  now: () => number;
  /** A clock that only goes forward. */
  steady: () => number;
}

/** How many jobs of a lane are looked at to tell whether somebody's words wait there. */
const LOOKED_AT_MOST = 10;
/** Those in line are woken no more often. */
const WAKE_MS = 100;

/** Lets jobs out at the bot's pace, and sees to it that a crowd of one customer's is said once. */
export function pacedGate(options: PacedGateOptions): Gate {
  const { pace, ledger, deskOf, isLeft, later, now, steady } = options;
  /** The lanes that stand in line, by their names, and for whose words. */
  const inLine = new Map<string, { lane: Lane; whose: Whose }>();
  return {
    admit: async ({ job }) => {
      if (beginsSilently(job.task) || isLeft(job.lane)) return true;
      const call = wantedCallOf(job, () => deskOf(job.lane));
      if (isAnswer(job)) pace.serve(call.conversation);
      if (pace.goesFreely({ ...call, isOwn: !isPeoples(job) }, steady())) {
        inLine.delete(call.lane);
        return true;
      }
      const known = inLine.get(call.lane)?.whose;
      // More of a person's words behind those that wait change nothing: a flood need not be read.
      const isKnown = known !== undefined && known !== "own" && pace.isInLine(call.lane);
      const whose = isKnown ? known : whoseOf(job, await standingOf(job, options));
      if (!pace.ask({ ...call, whose }, steady())) {
        inLine.set(call.lane, { lane: job.lane, whose });
        return false;
      }
      inLine.delete(call.lane);
      return true;
    },
    isInLine: (lane) => pace.isInLine(laneName(lane)),
    letIn: () =>
      pace.letIn(steady()).map((name) => {
        const { lane } = inLine.get(name)!;
        inLine.delete(name);
        return lane;
      }),
    next: () => {
      const next = pace.next(steady());
      const waitMs = next && Math.max(next.atMs - steady(), WAKE_MS);
      return next && { lane: inLine.get(next.lane)!.lane, atMs: now() + waitMs! };
    },
    left: (lane) => pace.left(laneName(lane)),
    forget: (lane) => {
      inLine.delete(laneName(lane));
      pace.forget(laneName(lane));
    },
    crowded: (lane) =>
      later(ledger.record(lane.deskId, async (read) => {
        const known = await read.conversation(lane.customerId);
        return known ? onCrowd(known, lane, now()) : {};
      })),
  };
}

/** Whether the team has answered in a job's conversation, and what waits behind it. */
async function standingOf(
  { lane }: Job,
  { ledger, kindsIn }: PacedGateOptions,
): Promise<{ isServed: boolean; behind: Task["kind"][] }> {
  const [conversation, [_first, ...behind]] = await Promise.all([
    ledger.reader(lane.deskId).conversation(lane.customerId),
    kindsIn(lane, LOOKED_AT_MOST),
  ]);
  return { isServed: conversation?.lastAnswer !== undefined, behind };
}
