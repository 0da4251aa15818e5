/** The end of a story, and what is said of one that ended badly. */

/** How a story ended. */
export interface Ending {
  seed: number;
  /** A sentence for each promise that was broken. */
  broken: string[];
  /** Everything that happened, a line each; put into words whenever it is asked for. */
  readonly trace: string[];
}

/** What happened at one moment; what takes long to say is said when somebody wants to know. */
export interface Happening {
  atMs: number;
  line: Line;
}

/** A line of what happened, or how it reads. */
export type Line = string | (() => string);

/** A line each, with its time. */
export function told(happenings: readonly Happening[]): string[] {
  return happenings.map(({ atMs, line }) => {
    const time = new Date(atMs).toISOString().slice(11, 23);
    return `${time} ${typeof line === "string" ? line : line()}`;
  });
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
