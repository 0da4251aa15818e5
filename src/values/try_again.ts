/**
 * Thrown where something cannot be done yet and nobody's input is to blame: whoever asked, asks
 * again. Everything else that is thrown in deciding is our own fault.
 */
export class TryAgain extends Error {
  override name = "TryAgain";

  /** Whether whoever throws it has said in the log what is the matter, or nothing is. */
  readonly isSaid: boolean = false;
}

/** Whether an error needs no line in the log: something that passes by itself, and is known. */
export function isSaid(error: unknown): boolean {
  return error instanceof TryAgain && error.isSaid;
}
