/** The end of a story, and what is said of one that ended badly. */

/** How a story ended. */
export interface Ending {
  seed: number;
  /** A sentence for each promise that was broken. */
  broken: string[];
  /** Everything that happened, a line each. */
  trace: string[];
}

/** How much of a story is shown with a failure. */
const TRACED = 40;

/** What broke, the last of what happened, and how to see all of it. */
export function failureOf({ seed, broken, trace }: Ending): string {
  return [
    `Seed ${seed} broke a promise:`,
    ...broken.map((line) => `  ${line}`),
    "The story ended so:",
    ...trace.slice(-TRACED).map((line) => `  ${line}`),
    `All of it: deno task simulate --seeds 1 --from ${seed} --trace`,
  ].join("\n");
}
