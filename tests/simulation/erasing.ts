/** Customers who want their data erased: they ask what is kept, and press until it is being erased. */
import { type PrivacyAction, readPrivacyAction } from "../../src/buttons/privacy.ts";
import type {
  SimulatedChat,
  SimulatedMessage,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";
import type { Stage } from "./stage.ts";

/** After this many steps a customer who has not come to the end gives up. */
const MOST_STEPS = 8;

/** A button, and where it is. */
interface Button {
  message: SimulatedMessage;
  data: string;
  does: PrivacyAction["does"];
}

/** Plays customers who want to be forgotten. */
export class Erasing {
  #isOver = false;

  constructor(
    private readonly options: Omit<Stage, "ledger">,
  ) {}

  /** A customer begins; the next steps follow, whatever else happens meanwhile. */
  begins(customer: SimulatedUser): void {
    this.#goesOn(customer, MOST_STEPS);
  }

  /** Nobody goes on. */
  end(): void {
    this.#isOver = true;
  }

  #goesOn(customer: SimulatedUser, stepsLeft: number): void {
    const { cast, chance, clock } = this.options;
    const chat = cast.chatOf(customer);
    if (this.#isOver || stepsLeft === 0 || chat.isBlocked) return;
    if (this.#isThrough(customer, chat)) return;
    clock.setTimeout(() => this.#goesOn(customer, stepsLeft - 1), chance.between(300, 6000));
  }

  /** Does whatever comes next; whether it was the last. */
  #isThrough(customer: SimulatedUser, chat: SimulatedChat): boolean {
    const { cast, chance, clock, trace } = this.options;
    const button = this.#nextButton(chat);
    if (!button) {
      trace(`${customer.info.first_name} asks what is kept`);
      customer.sends(chat, "/privacy");
      return false;
    }
    trace(`${customer.info.first_name} presses "${button.data}"`);
    void customer.presses(button.message, button.data);
    if (button.does !== "ask-erase" && chance.happens(0.3)) {
      // Who is impatient presses again.
      clock.setTimeout(() => {
        const isThere = chat.message(button.message.message_id)?.reply_markup !== undefined;
        if (isThere && !cast.chatOf(customer).isBlocked) {
          void customer.presses(button.message, button.data);
        }
      }, chance.between(1, 2000));
    }
    return button.does !== "ask-erase";
  }

  /** Of the newest question: mostly yes; else to be asked it. */
  #nextButton(chat: SimulatedChat): Button | undefined {
    const { chance } = this.options;
    const buttons = chat.messages.flatMap((message) =>
      (message.reply_markup?.inline_keyboard ?? []).flat().flatMap((button): Button[] => {
        const data = "callback_data" in button ? button.callback_data : "";
        const action = readPrivacyAction(data);
        return action ? [{ message, data, does: action.does }] : [];
      })
    );
    const answer = chance.happens(0.9) ? "erase" : "cancel";
    return buttons.findLast(({ does }) => does === answer) ??
      buttons.findLast(({ does }) => does === "ask-erase");
  }
}
