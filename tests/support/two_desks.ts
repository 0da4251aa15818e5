/** Two desks of one bot: the first serves, the second sells; each has its own people. */
import type {
  ContentSpec,
  SimulatedMessage,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";
import { type DeskChats, type DeskOptions, TestDesk, textsOf } from "./desk.ts";
import { dataOf } from "./talk.ts";

/** How comments are answered under a card whose conversation the second desk has been given. */
export const WENT_TO_SALES =
  "➡️ Este atendimento continua em vendas: o que se escreve aqui não chega a ninguém.";

/** What a thread is told of an answer that was to be sent later, and is not. */
export const CALLED_OFF = "Uma resposta que seria enviada depois foi cancelada";

/** Opens both, with a customer who has written to the first and was answered by Ana. */
export async function openTwoDesks(options: DeskOptions = {}) {
  const desk = await TestDesk.open({ others: ["Vendas"], ...options });
  const service: DeskChats = desk;
  const sales = desk.others[0]!;
  const caio = desk.telegram.createUser({ firstName: "Caio", languageCode: "pt-br" });
  desk.telegram.addMember(sales.channel, caio);
  const maria = desk.customer("Maria", { lastName: "Silva" });
  /** Comments under Maria's card, and waits until everything that follows has happened. */
  const comments = async (
    who: SimulatedUser,
    at: DeskChats,
    content: ContentSpec,
    options: Parameters<SimulatedUser["comments"]>[2] = {},
  ) => {
    const comment = who.comments(desk.cardOf(maria, at), content, options);
    await desk.settled();
    return comment;
  };
  /** Maria writes. */
  const writes = async (content: ContentSpec, options: { replyTo?: number } = {}) => {
    const message = maria.sends(desk.chatOf(maria), content, options);
    await desk.settled();
    return message;
  };
  const thread = (at: DeskChats) => textsOf(desk.threadOf(maria, at));
  const card = (at: DeskChats) => desk.cardOf(maria, at).text!;
  const told = () => textsOf(desk.toldTo(maria));
  const isPinned = (at: DeskChats) => at.channel.pinned.includes(desk.cardOf(maria, at).message_id);
  const first = await writes("bom dia");
  const answer = await comments(desk.ana, service, "bom dia, Maria!");
  const last = (at: DeskChats) => desk.threadOf(maria, at).at(-1) as SimulatedMessage;
  /** The boss bans Maria. */
  const bans = async (at: DeskChats) => {
    await comments(desk.boss, at, "/ban");
    const question = last(at);
    desk.boss.presses(question, dataOf(question, "Banir"));
    await desk.settled();
  };
  /** Maria's first thread at a desk is gone: somebody deletes the copy of her card. */
  const losesThread = ({ group }: DeskChats) => {
    const root = group.messages.find(({ is_automatic_forward }) => is_automatic_forward)!;
    desk.boss.deletes(root as SimulatedMessage);
  };
  return {
    ...{ desk, service, sales, caio, maria, comments, writes, thread, card, told, isPinned },
    ...{ first, answer, last, bans, losesThread },
  };
}
