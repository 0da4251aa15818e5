/**
 * One seed, one story of two desks: customers write, the team of either answers, conversations go back
 * and forth, calls fail, programs die; and then what is left of the promises.
 */
import type { Message } from "grammy/types";
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import { MINUTE_MS } from "../../src/time/duration.ts";
import { Chance } from "../simulation/chance.ts";
import { type DeskChats, type DeskOptions, TestDesk } from "../support/desk.ts";

const DEEDS = 50;
/** So long it takes, at most, until what is owed has gone once nothing fails any more. */
const REST_MINUTES = 20;

/** Something that somebody said, by the token it begins with. */
interface Said {
  token: string;
  customer: SimulatedUser;
  /** At which desk; absent: by the customer. */
  at?: DeskChats;
  /** It is for nobody: who wrote it is of the other desk's team. */
  isForeign: boolean;
  messageId: number;
}

/** Tells the story of a seed; with a sentence for each promise that is broken. */
export async function tellTransfers(
  seed: number,
  wrapKv?: DeskOptions["wrapKv"],
): Promise<string[]> {
  const chance = new Chance(seed, "transfers");
  const desk = await TestDesk.open({
    others: ["Vendas"],
    settings: { panel: false, distribute: chance.happens(0.5) },
    ...(wrapKv ? { wrapKv } : {}),
  });
  await using _ = desk;
  const sales = desk.others[0]!;
  const caio = desk.telegram.createUser({ firstName: "Caio", languageCode: "pt-br" });
  desk.telegram.addMember(sales.channel, caio);
  const people = [
    { user: desk.ana, of: desk as DeskChats },
    { user: desk.bia, of: desk as DeskChats },
    { user: caio, of: sales },
  ];
  const customers = ["Maria", "João"].map((name) => desk.customer(name));
  const all: Said[] = [];
  const next = () => `[${all.length}]`;
  for (const customer of customers) {
    const { message_id: messageId } = customer.sends(desk.chatOf(customer), next());
    all.push({ token: next(), customer, isForeign: false, messageId });
  }
  await desk.settled();
  if (chance.happens(0.6)) {
    const fault = chance.pick(
      [{ kind: "429", retryAfterS: 3 }, { kind: "502" }, { kind: "lost request" }] as const,
    )!;
    desk.telegram.faults.rate(fault, chance.pick([0.1, 0.3])!);
  }
  for (const { user } of people) {
    if (chance.happens(0.5)) user.sends(desk.chatOf(user), "/turno on");
  }

  for (let done = 0; done < DEEDS; done++) {
    const customer = chance.pick(customers)!;
    const chat = desk.chatOf(customer);
    const deed = chance.weighted({
      write: 10,
      comment: 12,
      transfer: 6,
      block: 4,
      wait: 5,
      restart: 1,
    });
    const token = next();
    switch (deed) {
      case "write": {
        if (chat.isBlocked) customer.unblocks(desk.bot);
        const { message_id: messageId } = customer.sends(chat, token);
        all.push({ token, customer, isForeign: false, messageId });
        break;
      }
      case "comment":
      case "transfer": {
        const at = chance.pick(
          [desk as DeskChats, sales].filter(({ channel }) =>
            channel.messages.some(({ text }) => text?.split("\n")[1] === `ID ${customer.id}`)
          ),
        )!;
        const isForeign = chance.happens(0.2);
        const { user } = chance.pick(people.filter(({ of }) => (of !== at) === isForeign))!;
        const words = deed === "comment"
          ? token
          : `/transfer ${at === sales ? "atendimento" : "vendas"}`;
        const { message_id: messageId } = user.comments(desk.cardOf(customer, at), words);
        if (deed === "comment") all.push({ token, customer, at, isForeign, messageId });
        break;
      }
      case "block":
        if (chat.isBlocked) customer.unblocks(desk.bot);
        else customer.blocks(desk.bot);
        break;
      case "wait":
        await desk.passes(chance.between(500, 10_000));
        break;
      case "restart":
        await desk.restart();
        break;
    }
    // In which order things were said in two chats only their acceptance tells.
    await desk.telegram.settled();
    if (chance.happens(0.3)) desk.clock.aheadMs += chance.between(100, 20_000);
  }
  desk.telegram.faults.clear();
  for (const customer of customers) {
    if (desk.chatOf(customer).isBlocked) customer.unblocks(desk.bot);
  }
  for (let minutes = 0; minutes < REST_MINUTES; minutes++) await desk.passes(MINUTE_MS);
  return await brokenIn(desk, { customers, all, sales });
}

async function brokenIn(
  desk: TestDesk,
  { customers, all, sales }: { customers: SimulatedUser[]; all: Said[]; sales: DeskChats },
): Promise<string[]> {
  const broken: string[] = [];
  const fromBot = ({ from }: Message) => from?.id === desk.bot.id;
  const tokensIn = (messages: Message[]) =>
    messages.filter(fromBot).flatMap(({ text }) => /\[\d+\]$/.exec(text ?? "")?.[0] ?? []);
  for (const customer of customers) {
    const own = all.filter((said) => said.customer === customer);
    const written = own.filter(({ at }) => !at).map(({ token }) => token);
    const threads = [desk as DeskChats, sales].map((at) => threadsAt(customer, at));
    const shown = threads.map(tokensIn);
    for (const token of written) {
      const count = shown.flat().filter((each) => each === token).length;
      if (count !== 1) broken.push(`${token} of a customer is shown ${count} times`);
    }
    for (const tokens of shown) {
      if (!isSorted(tokens)) broken.push(`a thread reads ${tokens.join()}`);
      for (const token of tokens) {
        if (!written.includes(token)) broken.push(`${token} is in a thread of another's`);
      }
    }
    const got = tokensIn(desk.chatOf(customer).messages);
    if (!isSorted(got)) broken.push(`a customer reads ${got.join()}`);
    for (const { token, at, isForeign, messageId } of own) {
      if (!at) continue;
      const count = got.filter((each) => each === token).length;
      const isTold = at.group.messages.some((message) =>
        fromBot(message) && message.reply_to_message?.message_id === messageId &&
        message.text?.startsWith("➡️")
      );
      if (isForeign ? count > 0 : count + (isTold ? 1 : 0) !== 1) {
        broken.push(`${token} of the ${isForeign ? "other team" : "team"} came ${count} times`);
      }
    }
    for (const token of got) {
      if (!own.some((said) => said.token === token && said.at)) {
        broken.push(`${token} reached another customer`);
      }
    }
    const cards = [desk as DeskChats, sales].map(({ channel }) =>
      channel.messages.filter(({ text }) => text?.split("\n")[1] === `ID ${customer.id}`)
    );
    const alive = cards.flat().filter(({ text }) => !text!.startsWith("➡️")).length;
    if (alive !== 1) broken.push(`a customer has ${alive} cards that are not over`);
    if (cards.some(({ length }) => length > 1)) broken.push("a customer has two cards at a desk");
  }
  for await (const { key } of desk.kv.list({ prefix: [desk.bot.id, "job"] })) {
    broken.push(`a job is left: ${key.join("/")}`);
  }
  return broken;
}

/** All comments under a customer's cards at a desk. */
function threadsAt(customer: SimulatedUser, { channel, group }: DeskChats): Message[] {
  const cards = channel.messages.filter(({ text }) => text?.split("\n")[1] === `ID ${customer.id}`);
  const roots = group.messages.filter((message) =>
    message.is_automatic_forward && message.forward_origin?.type === "channel" &&
    cards.some(({ message_id }) =>
      message.forward_origin?.type === "channel" && message.forward_origin.message_id === message_id
    )
  );
  return roots.flatMap(({ message_id }) => group.thread(message_id));
}

function isSorted(tokens: string[]): boolean {
  const numbers = tokens.map((token) => Number(token.slice(1, -1)));
  return numbers.every((number, at) => at === 0 || numbers[at - 1]! < number);
}
