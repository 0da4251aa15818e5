/** Shifts: who begins or ends theirs, and who is on. */
import { type Roster, withShift } from "../../desk/roster.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import type { Reader } from "../../jobs/reader.ts";
import { readSwitch } from "../../settings/reading.ts";
import { isOn } from "../../settings/settings.ts";
import type { ShiftOfDesk } from "../../texts/notices/shifts.ts";
import { defined } from "../../values/defined.ts";
import { isPassing } from "../classify.ts";
import type { Answer } from "../api.ts";
import type { Delivery } from "../sending/delivery.ts";
import { unasked } from "../sending/failures.ts";
import { answerTo, type Asked } from "./request.ts";

/**
 * Says who is on shift, or has whoever gives the command begin or end theirs: in a thread at that
 * desk, in private at all desks whose team they are of.
 */
export async function shift(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { by, words: { text } } = asked;
  const desks = await desksOf(delivery, asked);
  if (desks.failure) return unasked(delivery, desks.failure);
  const ids = desks.result;
  if (text.trim() === "") {
    return answerTo(delivery, asked, { text: "shifts", desks: await shiftsAt(delivery, ids) });
  }
  const isBeginning = readSwitch(text);
  if (isBeginning === undefined) return answerTo(delivery, asked, { text: "shift-how" });
  if (by.kind === "desk") return answerTo(delivery, asked, { text: "shift-needs-name" });
  const changed = (roster: Roster) =>
    withShift(roster, { userId: by.userId, name: by.name }, isBeginning);
  return answerTo(
    delivery,
    asked,
    {
      text: "shift-done",
      isOn: isBeginning,
      desks: await shiftsAt(delivery, ids, changed),
    },
    async (read) => ({
      elsewhere: await Promise.all(ids.map(async (deskId) => ({
        deskId,
        change: { roster: changed(await read.at(deskId).roster()) },
      }))),
    }),
  );
}

/** The desks that are meant, by their channels' IDs. What Telegram does not tell of is passed over. */
async function desksOf(delivery: Delivery, { by, where }: Asked): Promise<Answer<number[]>> {
  const { served, desk, read, options: { desks } } = delivery;
  if (where !== "private") return { result: [desk.channelId] };
  const found: number[] = [];
  for (const each of desks.known) {
    const { channelId } = each.watch.desk;
    const isTeam = await each.ranks.has("team", by, read.at(channelId));
    if (isTeam.failure) {
      if (each === served || isPassing(isTeam.failure)) return isTeam;
    } else if (isTeam.result) found.push(channelId);
  }
  return { result: found };
}

async function shiftsAt(
  delivery: Delivery,
  deskIds: readonly number[],
  changed: (roster: Roster) => Roster = (roster) => roster,
): Promise<ShiftOfDesk[]> {
  const { read, options: { desks: { among } } } = delivery;
  const nameOf = (deskId: number) =>
    deskIds.length > 1 ? among.find(({ channelId }) => channelId === deskId)?.name : undefined;
  return await Promise.all(deskIds.map(async (deskId) => ({
    ...await shiftAt(read.at(deskId), changed),
    ...defined({ desk: nameOf(deskId) }),
  })));
}

async function shiftAt(
  read: Reader,
  changed: (roster: Roster) => Roster,
): Promise<ShiftOfDesk> {
  const isDistributing = isOn(await read.settings(), "distribute");
  const names = changed(await read.roster()).map(({ name }) => name);
  return { names, isDistributing };
}
