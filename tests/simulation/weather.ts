/**
 * What goes wrong in one story, and how often. Each seed has its own weather: some faults not at
 * all, others often, so that rare combinations are not drowned by the common ones.
 */
import type { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import type { Chance } from "./chance.ts";
import type { DatabaseFaults } from "./database.ts";
import type { NetworkFaults } from "./call.ts";

/** What may become of an update on its way to us. */
export interface DeliveryFaults {
  /** It never arrives, and comes again. */
  "lost update": number;
  /** It is accepted, but Telegram does not hear so, and brings it again. */
  "lost receipt": number;
  /** It is under way for a while. */
  "slow update": number;
}

/** Everything that may go wrong in one story. */
export interface Weather {
  network: NetworkFaults;
  database: DatabaseFaults;
  delivery: DeliveryFaults;
  /** How many processes there are at most, and how many at first. */
  instances: number;
  instancesAtFirst: number;
  lostBells: number;
  limits: "off" | "telegram";
  /** How often the clock of the machine is set, at each deed. */
  clock: number;
}

/** The highest probability of each fault. */
const NETWORK: NetworkFaults = {
  "429": 0.06,
  "502": 0.1,
  "502 after execution": 0.05,
  "odd answer": 0.06,
  "odd answer after execution": 0.04,
  "lost request": 0.1,
  "lost answer": 0.08,
  "hung call": 0.05,
  "hung answer": 0.04,
  "crash before send": 0.02,
  "crash after send": 0.03,
  "frozen process": 0.06,
  "frozen and lost": 0.04,
  "slow request": 0.15,
  "group send failed": 0.3,
  "no buttons": 0.5,
  "doubtful no": 0.4,
  "refused in passing": 0.2,
};
const DATABASE: DatabaseFaults = {
  "conflict": 0.1,
  "locked": 0.05,
  "unread": 0.01,
  "lost commit": 0.03,
  "crash before commit": 0.01,
  "crash after commit": 0.01,
};
const DELIVERY: DeliveryFaults = { "lost update": 0.1, "lost receipt": 0.1, "slow update": 0.3 };

/** The weather of one story. */
export function weatherOf(chance: Chance, clocks: Chance): Weather {
  const some = <Name extends string>(most: Record<Name, number>): Record<Name, number> =>
    Object.fromEntries(
      Object.entries<number>(most).map(([name, highest]) => [
        name,
        chance.happens(0.4) ? highest * chance.random() : 0,
      ]),
    ) as Record<Name, number>;
  const weather: Weather = {
    network: some({ ...NETWORK }),
    database: some({ ...DATABASE }),
    delivery: some({ ...DELIVERY }),
    instances: chance.between(1, 3),
    instancesAtFirst: 1,
    lostBells: chance.happens(0.3) ? chance.random() : 0,
    limits: chance.happens(0.25) ? "telegram" : "off",
    clock: clocks.happens(0.2) ? 0.1 * clocks.random() : 0,
  };
  // Where there are several machines, it is not all their clocks that are set.
  if (weather.clock > 0) return { ...weather, instances: 1 };
  return chance.happens(0.25) ? { ...weather, ...ice(weather) } : weather;
}

/** How far Telegram's server admits what was deleted, and for how long it tells what was. */
export function drawServer({ unproven }: SimulatedTelegram, chance: Chance): void {
  unproven.answersToDeleted = chance.pick(["not found", "invalid", "astray"] as const)!;
  unproven.deletedAreInvalid = chance.happens(0.5);
  unproven.remembersChatsS = chance.happens(0.5) ? 60 : 0;
}

/** Processes stand still, others take over, and both are slow: what leases and fences are for. */
function ice({ network }: Weather): Partial<Weather> {
  return {
    network: { ...network, "frozen process": 0.15, "frozen and lost": 0.15, "slow request": 0.6 },
    instances: 3,
    instancesAtFirst: 3,
  };
}
