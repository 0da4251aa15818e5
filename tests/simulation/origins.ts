/** Where messages were first written that people forward, and what is to be said of that. */
import type { MessageOrigin } from "grammy/types";
import type { Cast } from "./cast.ts";
import type { Chance } from "./chance.ts";
import type { Reach } from "./said.ts";

/** An origin, and how its copy begins; empty: without a word of it. */
export interface Origin {
  origin: MessageOrigin;
  shownOrigin: string;
}

/** Customers learn only of strangers, never who of the team it was or may have been. */
export function anyOrigin({ strangers, team }: Cast, chance: Chance, reach: Reach): Origin {
  const date = 1;
  const [stranger, agent] = [strangers[0]!.user.info, team[0]!.user.info];
  const from = chance.pick(["stranger", "agent", "hidden"] as const)!;
  const isSaid = reach === "team" || from === "stranger";
  const name = from === "agent" ? agent.first_name : stranger.first_name;
  const origin: MessageOrigin = from === "hidden"
    ? { type: "hidden_user", date, sender_user_name: name }
    : { type: "user", date, sender_user: from === "agent" ? agent : stranger };
  return { origin, shownOrigin: isSaid ? `↪ ${name}` : "" };
}
