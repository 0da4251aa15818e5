/** Work that is done one piece after another, in the order in which it was asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves, or rejects, as the work does, which begins when all before it has ended. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    // What fails is told to who asked for it, and not to who comes next.
    this.#last = turn.catch(() => {});
    return await turn;
  }
}
