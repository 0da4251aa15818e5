/** Updates that are brought to the bot by hand, as Telegram brings them to a webhook. */

/** A request with an update, or with anything else, and with a secret if there is one. */
export function post(body: BodyInit, secret?: string): Request {
  return new Request("https://desk.example/telegram", {
    method: "POST",
    body,
    headers: secret === undefined ? {} : { "X-Telegram-Bot-Api-Secret-Token": secret },
  });
}
