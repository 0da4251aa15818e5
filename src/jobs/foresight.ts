/**
 * Foresight: what an update most likely leads to is read while it is still being looked at, so that
 * its decision need not wait for one read after the other. It decides nothing: what is foreseen
 * wrongly is read as if nothing had been.
 */
import type { Lane } from "../conversation/lane.ts";
import type { Reader } from "./reader.ts";

/** What an update most likely leads to. */
export interface Foresight {
  /** Reads what the decision will ask for, all at once. */
  ask?: (soon: Reader) => Promise<unknown>[];
  /** The lane it will add to. */
  lane?: Lane;
}

/** What was begun to be read, as a name for whoever has begun it. */
export interface Foreseen {
  readonly deskId: number;
}
