/** Long work in slices: whatever else waits has its turn every few milliseconds. */

/** How long a slice lasts, but for the step that ends it. */
const SLICE_MS = 5;

/** The slices of one piece of work. */
export class Slices {
  #endsMs = performance.now() + SLICE_MS;

  /** To be awaited after each step: gives way to others if the slice is over. */
  async next(): Promise<void> {
    if (performance.now() < this.#endsMs) return;
    // By a timer: after a mere turn of the event loop sockets would hardly be read at all.
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#endsMs = performance.now() + SLICE_MS;
  }
}
