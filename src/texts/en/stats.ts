/** What is said about statistics, in the message and in the picture, in English. */
import type { Texts } from "../notice.ts";
import { writeStats } from "../stats_message.ts";
import type { StatsNotice } from "../notices/stats.ts";

export const stats: Pick<Texts, StatsNotice["text"]> = {
  "stats": (said) => writeStats(said.stats, { language: "en", texts: stats, names: said.names }),
  "stats-label": ({ label }) =>
    ({
      "opened": "Conversations opened",
      "closed": "Conversations closed",
      "waiting": "Waiting now",
      "late": "Late",
      "autoclosed": "Closed by themselves",
      "from-customers": "Messages from customers",
      "from-team": "Messages from the team",
      "half-wait": "Half wait up to",
      "most-wait": "9 in 10 wait up to",
      "rating": "Average rating",
      "ratings": "Ratings",
      "customers": "Customers",
      "team": "Team",
      "messages-by-day": "Messages by day",
      "wait-by-day": "Wait for the first answer (median of the day)",
      "messages-by-hour": "Messages by hour of the day",
      "customers-by-hour": "Messages from customers by hour of the day",
      "agents": "By agent: messages · wait",
      "agent-columns": "By agent: messages · first answers · half within",
      "today": "today",
    })[label],
  "stats-period": ({ days }) => `Last ${days} days`,
  "stats-how": () => "Write /stats for the last 7 days, or /stats 30d for the last 30.",
  "stats-none": () =>
    "No conversations in this period. As soon as customers write, the numbers appear here.",
  "stats-waits": ({ median, p90 }) => `First answer: half within ${median}, 9 in 10 within ${p90}`,
  "stats-no-waits": () => "First answer: nobody waited for one in this period",
  "stats-ratings": ({ mean, count }) => `Ratings: ${count}, on average ${mean} of 5`,
  "stats-nameless": ({ agentId }) =>
    agentId === 0 ? "As the channel" : `Agent ${String(agentId).slice(-4)}`,
  "stats-more": ({ count }) => `… and ${count} more`,
};
