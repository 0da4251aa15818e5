/** A group that is for its creator and the bot, with somebody who comes into it. */
import { textsOf } from "./desk.ts";
import { openTalk } from "./talk.ts";
import type { SendOptions, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** A desk whose creator can be told, and Rui, whom nobody knows. */
export async function open() {
  const talk = await openTalk();
  const { desk } = talk;
  desk.boss.starts(desk.bot);
  await desk.settled();
  const rui = desk.telegram.createUser({ firstName: "Rui", languageCode: "pt-br" });
  const before = desk.toldTo(desk.boss).length;
  /** What the creator was told since. */
  const told = () => textsOf(desk.toldTo(desk.boss).slice(before));
  const standing = (who: { info: SimulatedUser["info"] }) => desk.group.membership(who.info).status;
  const boss = async (words: string, options: SendOptions = {}) => {
    desk.boss.sends(desk.group, words, options);
    await desk.settled();
    return desk.group.messages.at(-1)!.text!;
  };
  /** Gives the bot the right to remove people, or takes it away; the others it has. */
  const mayRemove = async (can_restrict_members: boolean) => {
    const rights = { can_pin_messages: true, can_delete_messages: true, can_restrict_members };
    desk.telegram.promote(desk.group, desk.bot, rights);
    await desk.settled();
  };
  return { ...talk, rui, told, standing, boss, mayRemove };
}
