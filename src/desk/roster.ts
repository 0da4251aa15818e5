/** Who of the team is on shift, and whose turn it is: new conversations go to them one after another. */
import type { Agent } from "./team.ts";

/** Who is on shift, in the order of their turns: whoever comes first gets the next conversation. */
export type Roster = readonly Agent[];

/** The roster once an agent has begun their shift, or ended it. Who begins comes last. */
export function withShift(roster: Roster, agent: Agent, isOn: boolean): Roster {
  const isThere = roster.some(({ userId }) => userId === agent.userId);
  if (!isOn) return withoutAgents(roster, [agent.userId]);
  return isThere
    ? roster.map((each) => each.userId === agent.userId ? agent : each)
    : [...roster, agent];
}

/** The roster without these agents. */
export function withoutAgents(roster: Roster, userIds: readonly number[]): Roster {
  return roster.filter(({ userId }) => !userIds.includes(userId));
}

/** The roster once an agent has had their turn: everybody else comes before them. */
export function afterTurn(roster: Roster, userId: number): Roster {
  const had = roster.filter((each) => each.userId === userId);
  return [...withoutAgents(roster, [userId]), ...had];
}
