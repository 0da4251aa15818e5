/** A conversation in which canned replies are sent by command. */
import { type DeskOptions, textsOf } from "./desk.ts";
import { openTalk } from "./talk.ts";
import type {
  ContentSpec,
  SimulatedMessage,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";

/** A conversation of a desk with some canned replies. */
export async function open(options: DeskOptions = {}) {
  const talk = await openTalk(options);
  const { desk, maria, press, line } = talk;
  const adds = async (title: string, content: ContentSpec) => {
    const model = desk.boss.sends(desk.group, content);
    desk.boss.sends(desk.group, `/addreply ${title}`, { replyTo: model.message_id });
    await desk.settled();
  };
  await adds("Prazo", "Entregamos em 3 dias, {nome}.");
  await adds("Prazo de troca", "Você tem 7 dias. Fale com {agente}.");
  await adds("Cardápio", { photo: true, caption: "Pães e bolos" });
  const before = desk.toldTo(maria).length;
  /** What the customer has of what was sent since. */
  const got = () => desk.toldTo(maria).slice(before);
  /** The newest copy in the thread of what the customer got. */
  const copy = () =>
    desk.threadOf(maria).findLast((message) => textsOf([message])[0] === textsOf(got()).at(-1))!;
  const chooses = (who: SimulatedUser, title: string) =>
    press(who, line() as SimulatedMessage, title);
  const labels = () => line().reply_markup?.inline_keyboard.map(([button]) => button!.text);
  return { ...talk, adds, got, copy, chooses, labels };
}
