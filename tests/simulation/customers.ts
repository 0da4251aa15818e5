/** What customers do: they write, start and block the bot, come back, and say that all is well. */
import type { SimulatedMessage, SimulatedUser } from "../../playground/telegram/telegram.ts";
import { pressesWarning } from "./clockwork.ts";
import { answerable } from "./comments.ts";
import type { What } from "./contents.ts";
import { anyContext } from "./origins.ts";
import type { Speech } from "./speech.ts";
import type { Stage } from "./stage.ts";

/** How often each customer did what the bot answers or tells of. */
export interface Acts {
  start: Map<number, number>;
  block: Map<number, number>;
  /** They chose a desk in the menu. */
  press: Map<number, number>;
}

/** Plays customers. */
export class Customers {
  /** What each customer was called when they last wrote, and whenever they have pressed since. */
  readonly names = new Map<number, string[]>();
  readonly acts: Acts = { start: new Map(), block: new Map(), press: new Map() };

  constructor(private readonly options: Stage & { speech: Speech }) {}

  /** One of them writes one thing, or an album, in answer to something or not. */
  writes(customer: SimulatedUser, whats: What[], target?: SimulatedMessage): void {
    const { cast, chance, speech } = this.options;
    const chat = cast.chatOf(customer);
    if (chat.isBlocked) this.returns(customer);
    const isContextual = !target && chance.happens(0.1);
    this.#isCalled(customer);
    speech.says({
      by: String(customer.id),
      user: customer,
      chat,
      reach: "team",
      customerId: customer.id,
      whats,
      ...(target ? { target, isQuoting: chance.happens(0.3) } : {}),
      ...(isContextual ? anyContext(cast, chance, "team", whats) : {}),
    });
  }

  /** One of them answers one of the last messages of their chat. */
  answers(customer: SimulatedUser): void {
    const { messages } = this.options.cast.chatOf(customer);
    this.writes(customer, ["text"], answerable(messages, this.options));
  }

  /** One of them starts the bot, blocked or not; with a link's parameter, by a link. */
  starts(customer: SimulatedUser, parameter?: string): void {
    const { cast, trace } = this.options;
    const by = parameter === undefined ? "" : ` by the link ${parameter}`;
    trace(`${customer.info.first_name} starts the bot${by}`);
    this.#isCalled(customer);
    this.counts("start", customer);
    customer.starts(cast.bot, parameter);
  }

  /** One of them blocks the bot; who has, comes back. */
  blocks(customer: SimulatedUser): void {
    const { cast, trace } = this.options;
    const chat = cast.chatOf(customer);
    if (chat.isBlocked) return this.returns(customer);
    if (!chat.isOpened) return;
    trace(`${customer.info.first_name} blocks the bot`);
    this.counts("block", customer);
    customer.blocks(cast.bot);
  }

  /** Who has blocked the bot comes back. */
  returns(customer: SimulatedUser): void {
    const { cast, trace } = this.options;
    trace(`${customer.info.first_name} unblocks the bot`);
    customer.unblocks(cast.bot);
  }

  /** One of them presses a button under the last warning. */
  pressesWarning(customer: SimulatedUser): void {
    const { cast, chance, trace } = this.options;
    const data = pressesWarning(cast, chance, customer.id);
    if (data !== undefined) trace(`${customer.info.first_name} presses "${data}"`);
  }

  /** One of them says that nothing is needed any more. */
  solves(customer: SimulatedUser): void {
    const { cast, trace } = this.options;
    const chat = cast.chatOf(customer);
    if (chat.isBlocked || !chat.isOpened) return;
    trace(`${customer.info.first_name} says that it is solved`);
    this.#isCalled(customer);
    customer.sends(chat, "/solved");
  }

  /** One of them does once more what the bot answers or tells of. */
  counts(act: keyof Acts, { id }: SimulatedUser): void {
    this.acts[act].set(id, (this.acts[act].get(id) ?? 0) + 1);
  }

  /** One of them chooses a desk in the menu, by which the bot may learn what they are called. */
  choosesInMenu(customer: SimulatedUser): void {
    this.counts("press", customer);
    this.names.get(customer.id)?.push(customer.info.first_name);
  }

  #isCalled({ id, info: { first_name } }: SimulatedUser): void {
    this.names.set(id, [first_name]);
  }
}
