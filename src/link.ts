/** Two places that show the same message, readable from both ends. */

/** One message in one chat. */
export interface Place {
  chatId: number;
  messageId: number;
}

/** A message here, and the same message there. */
export interface Link {
  here: Place;
  there: Place;
}

/** The same link, seen from the other end. */
export function reversed({ here, there }: Link): Link {
  return { here: there, there: here };
}
