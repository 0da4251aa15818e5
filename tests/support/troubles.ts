/** What stands in the way of a whole desk, as a test brings it about. */
import type { TestDesk } from "./desk.ts";
import { refusal } from "./refusal.ts";

/** What each is, and how it begins and ends. */
export const TROUBLES: [
  what: string,
  breaks: (d: TestDesk) => void,
  repairs: (d: TestDesk) => void,
][] = [
  [
    "the bot loses its place in the group",
    (d) => d.telegram.removeMember(d.group, d.bot, "kicked"),
    (d) => {
      d.telegram.addMember(d.group, d.bot);
      d.telegram.promote(d.group, d.bot);
    },
  ],
  [
    "the bot may no longer post in the channel",
    (d) => d.telegram.demote(d.channel, d.bot),
    (d) => d.telegram.promote(d.channel, d.bot),
  ],
];

/** From now on Telegram refuses every call to a chat. */
export function refuses(
  desk: TestDesk,
  chat: { id: number },
  errorCode: number,
  description: string,
) {
  desk.telegram.faults.rate(
    refusal(description, errorCode),
    1,
    ({ method, payload }) => Number(payload.chat_id) === chat.id && !method.startsWith("get"),
  );
}
