/** What happens when its time has come: such tasks, and those that change what waits for its time. */

/** The lane's customer is late, if they still wait: for the first time, or for twice the time. */
export interface AlarmTask {
  kind: "alarm";
  stage: 1 | 2;
  /** The message with which they began to wait. */
  waitingMessageId: number;
}

/** The lane's customer has been silent for long: they are warned, or it is closed. */
export interface AutocloseTask {
  kind: "autoclose";
  does: "warn" | "end";
  /** Since when they are silent. */
  sinceMs: number;
}

/** Have what waits for its time wait for another, as was decided, one conversation after another. */
export interface TimersTask {
  kind: "timers";
  /** The last customer whose conversation was looked at. */
  after?: number;
}

/** Bring a conversation back that was put off until now. */
export interface BackTask {
  kind: "back";
}

/** Have none of the answers sent any more that wait for their time. */
export interface CallOffTask {
  kind: "call-off";
}
