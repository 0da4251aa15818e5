/** The people of the playground: whoever created the desk, its agents, its customers, strangers. */
import type { SimulatedTelegram } from "../telegram/telegram.ts";
import type { SimulatedUser } from "../telegram/user.ts";

/** What somebody is to the desk. */
export type Role = "owner" | "agent" | "customer";

/** Somebody who takes part. */
export interface Participant {
  /** By which stories call them: lower case, letters and digits. */
  name: string;
  role: Role;
  user: SimulatedUser;
}

/** The first of the IDs given to them. */
const FIRST_ID = 700_000_001;

/** Everybody, by name. Customers and agents may have the same name: they are two people then. */
export class People {
  readonly #all: Participant[] = [];

  constructor(private readonly telegram: SimulatedTelegram) {}

  /** Everybody, in the order in which they appeared. */
  get all(): readonly Participant[] {
    return this.#all;
  }

  /** Somebody by name: a customer before others, since that is who writes to bots. */
  find(name: string, ...roles: Role[]): Participant | undefined {
    const called = this.#all.filter((one) => one.name === name.toLowerCase());
    if (roles.length > 0) return called.find(({ role }) => roles.includes(role));
    return called.find(({ role }) => role === "customer") ?? called[0];
  }

  /** Somebody new. */
  add(name: string, role: Role, languageCode: string): Participant {
    const firstName = name[0]!.toUpperCase() + name.slice(1);
    const id = FIRST_ID + this.#all.length;
    const user = this.telegram.createUser({ firstName, languageCode, id });
    const participant = { name: name.toLowerCase(), role, user };
    this.#all.push(participant);
    return participant;
  }
}
