/** Updates that are brought to the bot by hand, as Telegram brings them to a webhook. */
import type { TestDesk } from "./desk.ts";

/** A request with an update, or with anything else, and with a secret if there is one. */
export function post(body: BodyInit, secret?: string): Request {
  return new Request("https://desk.example/telegram", {
    method: "POST",
    body,
    headers: secret === undefined ? {} : { "X-Telegram-Bot-Api-Secret-Token": secret },
  });
}

/** The secret of a desk to which updates are brought by hand. */
export const SECRET = "the-secret";

/** Brings an update to that desk; the status of the answer. */
export async function bring(desk: TestDesk, body: string): Promise<number> {
  const response = await desk.app.handler(post(body, SECRET));
  await response.body?.cancel();
  return response.status;
}
