/** Bringing agents into the channel: the link by which they ask, and what the owner decides about each. */
import type { JoinAction } from "../../buttons/joining.ts";
import type { CommandName } from "../../commands/command.ts";
import { laneOf } from "../../conversation/lane.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { readSwitch } from "../../settings/reading.ts";
import type { Notice } from "../../texts/notice.ts";
import { say } from "../../texts/texts.ts";
import { answerOf } from "../api.ts";
import { classify, type Failure, isOfToken } from "../classify.ts";
import { fullNameOf } from "../receiving/facts/author.ts";
import type { Delivery } from "../sending/delivery.ts";
import { failed } from "../sending/failures.ts";
import { answerTo, type Asked, type AskedAt, type CommandHandler, sayingTo } from "./request.ts";

/** How the link is called among the channel's links; at most 32 characters (Bot API). */
const LINK_NAME = "Balcão";

/** What the owner may ask. */
export const inviteCommands = { invite } satisfies Partial<Record<CommandName, CommandHandler>>;

/** Tells the link, which is made if there is none; or ends it. */
async function invite(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const words = asked.words.text.trim();
  const isWanted = words === "" ? true : readSwitch(words);
  if (isWanted === undefined) return answerTo(delivery, asked, { text: "invite-how" });
  const known = await delivery.read.invite();
  if (!isWanted) return await endInvite(delivery, asked, known);
  if (known !== null) return answerTo(delivery, asked, { text: "invite", link: known });
  const { api, desk } = delivery;
  const made = await answerOf(
    api.createChatInviteLink(desk.channelId, { name: LINK_NAME, creates_join_request: true }),
  );
  if (made.failure) return await refused(delivery, asked, made.failure);
  const { invite_link: link } = made.result;
  return answerTo(delivery, asked, { text: "invite", link }, () => ({ invite: link }));
}

async function endInvite(
  delivery: Delivery,
  asked: Asked,
  known: string | null,
): Promise<Outcome> {
  if (known === null) return answerTo(delivery, asked, { text: "invite-none" });
  const { api, desk } = delivery;
  const { failure } = await answerOf(api.revokeChatInviteLink(desk.channelId, known));
  // Somebody else may have ended it.
  const isOver = failure === undefined || /invite_hash_expired/i.test(failure.description);
  if (!isOver) return await refused(delivery, asked, failure);
  return answerTo(delivery, asked, { text: "invite-off" }, () => ({ invite: null }));
}

/** What may pass is tried again; else it is said what to tap. */
async function refused(delivery: Delivery, asked: Asked, failure: Failure): Promise<Outcome> {
  if (isToBeRepeated(failure)) return await failed(delivery, failure);
  const { description } = failure;
  return answerTo(delivery, asked, { text: "invite-refused", description });
}

/** Lets somebody in who has asked to join, or does not; `told`: in an alert to who pressed. */
export async function obeyJoin(
  delivery: Delivery,
  to: AskedAt,
  { does, userId }: JoinAction,
): Promise<{ told?: string; outcome: Outcome }> {
  const { api, desk } = delivery;
  const { failure } = await answerOf(
    does === "let-in"
      ? api.approveChatJoinRequest(desk.channelId, userId)
      : api.declineChatJoinRequest(desk.channelId, userId),
  );
  if (failure && isToBeRepeated(failure)) return { outcome: await failed(delivery, failure) };
  if (failure && classify(failure).kind === "trouble") {
    const { description } = failure;
    // Once the right is there, the buttons do what they say.
    const told = say({ text: "invite-refused", description }, to.language);
    return { told, outcome: { kind: "sent" } };
  }
  const notice = decided(does, failure, await nameOf(delivery, userId));
  const task = { ...sayingTo(delivery, to, notice).task, replaces: to.at.messageId };
  const lane = laneOf(desk, userId, "to-desk");
  return { outcome: { kind: "sent", decide: () => ({ tasks: [{ lane, task }] }) } };
}

/** What became of it: others may have decided meanwhile, and who asked may have thought better of it. */
function decided(
  does: JoinAction["does"],
  failure: Failure | undefined,
  name: string,
): Notice {
  if (!failure) return { text: does === "let-in" ? "joined" : "join-declined", name };
  const { description } = failure;
  if (/user_already_participant/i.test(description)) return { text: "joined", name };
  if (/hide_requester_missing/i.test(description)) return { text: "join-over", name };
  return { text: "join-refused", name, description };
}

/** How somebody is called who has asked to join; by their ID, if Telegram does not say. */
async function nameOf({ api, desk }: Delivery, userId: number): Promise<string> {
  const member = await answerOf(api.getChatMember(desk.channelId, userId));
  return member.failure ? String(userId) : fullNameOf(member.result.user);
}

function isToBeRepeated(failure: Failure): boolean {
  const { kind } = classify(failure);
  return kind === "pause" || kind === "passing" || isOfToken(failure);
}
