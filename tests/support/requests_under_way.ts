/** The requests that a bot is answering, so that a test can wait for them before it ends. */

/** How long a request is waited for that may never be answered. */
const PATIENCE_MS = 1000;

/** Notes what goes through a handler until it is answered. */
export class RequestsUnderWay {
  readonly #underWay = new Set<Promise<Response>>();

  /** Answers by a handler, and notes it while it does. */
  async through(handled: Promise<Response>): Promise<Response> {
    this.#underWay.add(handled);
    try {
      return await handled;
    } finally {
      this.#underWay.delete(handled);
    }
  }

  /** Resolves when all are answered, or have had time enough. */
  async answered(): Promise<void> {
    const beganMs = Date.now();
    while (this.#underWay.size > 0 && Date.now() - beganMs < PATIENCE_MS) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}
