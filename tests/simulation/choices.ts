/**
 * What customers of several desks choose themselves: they follow a desk's link, or press its button in
 * the menu, whatever their conversation is like; twice quickly, or with a message right behind it.
 */
import { readMenuAction } from "../../src/buttons/menu.ts";
import { deskOfButton } from "../../src/buttons/of_desk.ts";
import type { MenuEntry } from "../../src/settings/menu.ts";
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import type { SimulatedDesk } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { album, anything } from "./contents.ts";
import type { Customers } from "./customers.ts";
import type { Speech } from "./speech.ts";
import type { Stage } from "./stage.ts";

/** In how many stories of several desks customers choose, in how many of those there are menus, how often. */
const PROBABILITY = 0.8;
const MENU_PROBABILITY = 0.6;
const OFTEN = 0.2;

/** How soon after an agent has closed a conversation its customer chooses, and anybody once more. */
const SOON_MS = [0, 4000] as const;
const QUICKLY_MS = [1, 1500] as const;
/** How soon something is written behind a choice that is not written in the same moment. */
const BEHIND_MS = [1, 400] as const;

/** How customers can choose in a story. */
export interface WaysToChoose {
  chance: Chance;
  /** Whether each desk has a menu, with a button for every desk. */
  areMenus: boolean;
}

/** Draws how customers can choose; absent: they do not. */
export function drawWaysToChoose(chance: Chance): WaysToChoose | undefined {
  if (!chance.happens(PROBABILITY)) return undefined;
  return { chance, areMenus: chance.happens(MENU_PROBABILITY) };
}

/** The menu of a desk: each desk can be chosen. */
export function menuOf(desks: readonly SimulatedDesk[]): MenuEntry[] {
  return desks.map(({ name, channel }) => ({ label: `Falar com ${name}`, deskId: channel.id }));
}

/** A customer has chosen a desk. */
export interface Choice {
  customerId: number;
  /** By its channel's ID. */
  deskId: number;
  by: "link" | "menu";
  /** The update by which the bot was told. */
  updateId: number;
  /** They had pressed a button of this desk's before: it may be taken for a repetition. */
  isAgain: boolean;
}

/** Has customers choose, among the deeds of a story. */
export class Choices {
  readonly made: Choice[] = [];
  #isOver = false;

  constructor(
    private readonly options: Stage & { customers: Customers; speech: Speech },
  ) {}

  /** Somebody chooses, now and then: whether their conversation is open or not, or right after its end. */
  go(): void {
    const { cast, chance } = this.options;
    if (!chance.happens(OFTEN)) return;
    const customer = chance.pick(cast.customers)!;
    if (chance.happens(0.4) && this.#isClosed(customer)) return this.#soon(SOON_MS, customer);
    this.#chooses(customer);
  }

  /** Nobody goes on. */
  end(): void {
    this.#isOver = true;
  }

  /** An agent closes a conversation of theirs, if there is a thread where that can be done. */
  #isClosed({ id }: SimulatedUser): boolean {
    const { cast, chance, trace } = this.options;
    const threads = cast.livingThreads().filter(({ card }) => card.customerId === id);
    const thread = chance.pick(threads);
    if (!thread) return false;
    const { chat, rootId } = thread;
    const pen = chance.pick(cast.deskAt(chat.id)!.team)!;
    const words = chance.happens(0.5) ? "/close" : "/closesilent";
    trace(`${pen.name}, in the thread of ${id} in ${chat.id}: ${words}`);
    pen.user.sends(chat, words, { as: pen.as, replyTo: rootId });
    return true;
  }

  #soon(ms: readonly [number, number], customer: SimulatedUser): void {
    const { chance, clock } = this.options;
    clock.setTimeout(() => {
      if (!this.#isOver) this.#chooses(customer);
    }, chance.between(...ms));
  }

  #chooses(customer: SimulatedUser): void {
    const { chance } = this.options;
    const menu = this.#menuOf(customer);
    if (menu && chance.happens(0.5)) this.#presses(customer, menu);
    else this.#follows(customer);
    if (chance.happens(0.25)) this.#soon(QUICKLY_MS, customer);
    if (chance.happens(0.5)) this.#writesBehind(customer);
  }

  /** Follows a link, with a source behind the desk's name or not, in whatever case. */
  #follows(customer: SimulatedUser): void {
    const { cast, chance, customers, speech } = this.options;
    const { name, channel } = chance.pick(cast.desks)!;
    const written = chance.happens(0.2) ? name.toUpperCase() : name;
    const parameter = chance.happens(0.3) ? `${written}_site` : written;
    const { updates } = speech.heardOf(() => customers.starts(customer, parameter));
    const told = updates.find(({ message }) => message !== undefined);
    if (!told) return;
    this.made.push({
      customerId: customer.id,
      deskId: channel.id,
      by: "link",
      updateId: told.update_id,
      isAgain: false,
    });
  }

  /** Presses a button of the menu that they were shown last. */
  #presses(customer: SimulatedUser, menu: SimulatedMessage): void {
    const { cast, chance, customers, speech, trace } = this.options;
    if (cast.chatOf(customer).isBlocked) customers.returns(customer);
    const { data, deskId } = chance.pick(desksIn(menu))!;
    const { id: customerId, info: { first_name } } = customer;
    trace(`${first_name} chooses ${cast.deskAt(deskId)!.name} in the menu`);
    customers.choosesInMenu(customer);
    const { updates } = speech.heardOf(() => void customer.presses(menu, data));
    const [told] = updates;
    if (!told) return;
    const isAgain = this.made.some((each) =>
      each.by === "menu" && each.customerId === customerId && each.deskId === deskId
    );
    this.made.push({ customerId, deskId, by: "menu", updateId: told.update_id, isAgain });
  }

  /** Writes in the same moment, or right behind it. */
  #writesBehind(customer: SimulatedUser): void {
    const { cast, chance, clock, customers } = this.options;
    const whats = chance.happens(0.2) ? album(chance) : [anything(chance)];
    if (chance.happens(0.5)) return customers.writes(customer, whats);
    clock.setTimeout(() => {
      if (!cast.chatOf(customer).isBlocked) customers.writes(customer, whats);
    }, chance.between(...BEHIND_MS));
  }

  /** The last message of their chat that has a button for a desk. */
  #menuOf(customer: SimulatedUser): SimulatedMessage | undefined {
    return this.options.cast.chatOf(customer).messages
      .findLast((message) => desksIn(message).length > 0);
  }
}

/** The desks that can be chosen by the buttons under a message. */
function desksIn({ reply_markup }: SimulatedMessage): { data: string; deskId: number }[] {
  return (reply_markup?.inline_keyboard ?? []).flat().flatMap((button) => {
    const data = "callback_data" in button ? button.callback_data : "";
    const { target } = readMenuAction(deskOfButton(data).data) ?? {};
    return target && "deskId" in target ? [{ data, deskId: target.deskId }] : [];
  });
}
