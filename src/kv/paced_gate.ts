/** The gate that jobs pass on their way out: it keeps the pace that Telegram allows. */
import type { Desk } from "../desk/desk.ts";
import { laneName } from "../conversation/lane.ts";
import { onCrowd } from "../decisions/customer.ts";
import type { Later } from "../jobs/background.ts";
import { type Pace, wantedCallOf } from "../jobs/pace.ts";
import { beginsSilently } from "../jobs/task_traits.ts";
import type { Ledger } from "./ledger.ts";
import type { Gate } from "./gate.ts";

/** What the gate goes by. */
export interface PacedGateOptions {
  pace: Pace;
  ledger: Ledger;
  /** Throws while the desk is not known. */
  desk: () => Desk;
  later: Later;
  now: () => number;
}

/** Lets jobs out at the bot's pace, and sees to it that a crowd of one customer's is said once. */
export function pacedGate({ pace, ledger, desk, later, now }: PacedGateOptions): Gate {
  return {
    admit: ({ job, followedBy }) =>
      beginsSilently(job.task) ? now() : pace.ask(wantedCallOf(job, followedBy, desk), now()),
    pass: (lane) => pace.use(laneName(lane), now()),
    turnedBack: (lane) => pace.giveBack(laneName(lane)),
    crowded: (lane) =>
      later(ledger.record(lane.deskId, async (read) => {
        const known = await read.conversation(lane.customerId);
        return known ? onCrowd(known, lane, now()) : {};
      })),
  };
}
