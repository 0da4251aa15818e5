/** Three desks of one bot, and what people do there. */
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import { type DeskChats, type DeskOptions, TestDesk, textsOf } from "./desk.ts";
import { dataOf } from "./talk.ts";

/** Opens them, called atendimento, vendas and vendas_sp. */
export async function open(options: DeskOptions = {}) {
  const desk = await TestDesk.open({ others: ["Vendas", "Vendas SP"], ...options });
  const [sales, salesSp] = desk.others as [DeskChats, DeskChats];
  const says = async (who: SimulatedUser, text: string) => {
    who.sends(desk.chatOf(who), text);
    await desk.settled();
    return textsOf(desk.toldTo(who)).at(-1)!;
  };
  const at = (who: SimulatedUser) =>
    ([["atendimento", desk], ["vendas", sales], ["vendas_sp", salesSp]] as [string, DeskChats][])
      .filter(([, { channel }]) =>
        channel.messages.some(({ text }) => text?.split("\n")[1] === `ID ${who.id}`)
      ).map(([name]) => name);
  const tagOf = (who: SimulatedUser, chats: DeskChats) =>
    desk.cardOf(who, chats).text!.split("\n")[2];
  const customer = (name = "Maria") => desk.customer(name);
  const closes = async (who: SimulatedUser, chats: DeskChats) => {
    desk.boss.comments(desk.cardOf(who, chats), "/closesilent");
    await desk.settled();
  };
  return { desk, sales, salesSp, says, at, tagOf, customer, closes };
}

/** The same, where the first desk has a menu with a reply and another desk. */
export async function openWithMenu() {
  const opened = await open();
  const { desk, says } = opened;
  const decides = async (text: string, at: DeskChats = desk) => {
    desk.boss.comments(at.channel.messages.find(({ text }) => text?.includes("\nID "))!, text);
    await desk.settled();
  };
  const first = desk.customer("Primeira");
  await says(first, "oi");
  await decides("/addreply Preços\nPão: R$ 1");
  await decides("/set menu Preços; Comprar > vendas; SP > Vendas_SP");
  const welcome = (who: SimulatedUser) =>
    desk.toldTo(who).findLast(({ reply_markup }) => reply_markup) as SimulatedMessage;
  const press = async (who: SimulatedUser, words: string) => {
    const answer = who.presses(welcome(who), dataOf(welcome(who), words));
    await desk.settled();
    return (await answer)!;
  };
  return { ...opened, decides, welcome, press };
}
