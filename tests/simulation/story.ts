/** What people do in one story: they write, answer, edit, react, block, and change their minds. */
import type { SimulatedUser } from "../../playground/telegram/telegram.ts";
import type { Pen } from "./cast.ts";
import type { Chance } from "./chance.ts";
import { Choices } from "./choices.ts";
import { Comments } from "./comments.ts";
import { album, anything } from "./contents.ts";
import { Customers } from "./customers.ts";
import type { Deed, Deeds } from "./deeds.ts";
import { Mishaps } from "./mishaps.ts";
import { Erasing } from "./erasing.ts";
import { Laters } from "./laters.ts";
import { HOSTILE_NAMES } from "./names.ts";
import { Reactions } from "./reactions.ts";
import type { Said } from "./said.ts";
import { Transfers } from "./transfers.ts";
import { Speech } from "./speech.ts";
import type { Stage } from "./stage.ts";

/** Plays people, one deed after another. */
export class Story {
  readonly mishaps: Mishaps;
  readonly customers: Customers;
  readonly reactions: Reactions;
  /** What customers choose where they can. */
  readonly choices: Choices | undefined;
  readonly #comments: Comments;
  readonly #laters: Laters | undefined;
  readonly #transfers: Transfers | undefined;
  readonly #speech: Speech;
  readonly #erasing: Erasing;

  constructor(
    private readonly options: Stage & {
      /** By which it is drawn what is done later; absent: nothing is. */
      laters?: Chance | undefined;
      /** By which it is drawn what only several desks do; absent: nothing is. */
      transfers?: Chance | undefined;
      /** By which it is drawn which desk customers choose; absent: they do not. */
      choices?: Chance | undefined;
      deeds: Deeds;
      /** How late automatic forwards may be. */
      forwardsMs: number[];
      /** The updates that wait in the desk's own lines. */
      parked: () => Set<number>;
    },
  ) {
    const speech = new Speech(options);
    this.#speech = speech;
    this.mishaps = new Mishaps(options);
    this.customers = new Customers({ ...options, speech });
    this.#comments = new Comments({ ...options, speech });
    this.reactions = new Reactions({ ...options, speech });
    this.#erasing = new Erasing(options);
    const { choices, laters, transfers } = options;
    const { customers } = this;
    this.choices = choices && new Choices({ ...options, chance: choices, customers, speech });
    this.#laters = laters && new Laters({ ...options, chance: laters, speech });
    this.#transfers = transfers && new Transfers({ ...options, chance: transfers });
  }

  /** Somebody does something, if it can be done now. */
  go(): void {
    const { cast, chance, deeds } = this.options;
    const deed = chance.weighted(deeds);
    this.#do(deed, chance.pick(cast.customers)!);
    this.#laters?.go();
    this.#transfers?.go();
    this.choices?.go();
  }

  /** Everybody comes back, what is broken is repaired, and what Telegram held back arrives. */
  end(): void {
    const { cast } = this.options;
    this.mishaps.repairs();
    this.#erasing.end();
    this.choices?.end();
    for (const customer of cast.customers) customer.unblocks(cast.bot);
    cast.telegram.autoForward = { mode: "after", delayMs: 5 };
    cast.telegram.releaseForwards();
  }

  #do(deed: Deed, customer: SimulatedUser): void {
    const { customers, mishaps } = this;
    const comments = this.#comments;
    const { chance } = this.options;
    switch (deed) {
      case "write":
        return customers.writes(customer, [anything(chance)]);
      case "answer in private":
        return customers.answers(customer);
      case "private album":
        return customers.writes(customer, album(chance));
      case "start":
        return customers.starts(customer);
      case "block":
        return customers.blocks(customer);
      case "comment":
        return comments.says(this.#agent(), [anything(chance)]);
      case "answer in thread":
        return comments.says(this.#agent(), ["text"], { isAnswer: true });
      case "album in thread":
        return comments.says(this.#agent(), album(chance));
      case "note": {
        const prefix = chance.pick(["# ", "/close ", "#"])!;
        return comments.says(this.#agent(), ["text"], { prefix, reach: "nobody" });
      }
      case "intrude":
        return comments.intrudes();
      case "edit":
      case "edit twice":
      case "delete":
      case "react":
        return this.#changes(deed, this.#lately());
      case "forwards":
        return this.#changesForwards();
      case "rename":
        return this.#renames(customer);
      case "delete a card":
        return mishaps.deletesCard();
      case "delete a root":
        return mishaps.deletesRoot();
      case "delete a copy":
        return mishaps.deletesCopy();
      case "break or repair":
        return mishaps.breaksOrRepairs();
      case "add elsewhere":
        return mishaps.addsElsewhere();
      case "link another group":
        return mishaps.linksAnother();
      case "press a warning":
        return customers.pressesWarning(customer);
      case "solve":
        return customers.solves(customer);
      case "erase":
        if (this.options.cast.chatOf(customer).isBlocked) customers.returns(customer);
        return this.#erasing.begins(customer);
    }
  }

  /** Something said is said otherwise, or taken back, or somebody reacts to it. */
  #changes(deed: "edit" | "edit twice" | "delete" | "react", said: Said | undefined): void {
    if (!said) return;
    const { chance, clock, trace } = this.options;
    switch (deed) {
      case "edit":
        return this.#edits(said);
      case "edit twice":
        this.#edits(said);
        return void clock.setTimeout(() => this.#edits(said), chance.between(1, 1500));
      case "delete":
        if (said.albumId !== undefined) return;
        trace(`${said.by} deletes ${said.token}`);
        said.isDeleted = true;
        return said.delete();
      case "react":
        return this.reactions.reactsTo(said);
    }
  }

  #edits(said: Said): void {
    // Who wrote in a group that is no longer the desk's has no thread there any more.
    const { cast } = this.options;
    if (said.reach !== "customer" || cast.isLinked(cast.chatAt(said.message.chat.id)!)) {
      this.#speech.edits(said);
    }
  }

  #renames({ id, info }: SimulatedUser): void {
    const { chance, trace } = this.options;
    info.first_name = chance.pick(HOSTILE_NAMES)!;
    trace(`${id} is called ${JSON.stringify(info.first_name)} now`);
  }

  #changesForwards(): void {
    const { cast: { telegram }, chance, trace } = this.options;
    const mode = chance.pick(["before", "after", "never"] as const)!;
    const delayMs = chance.pick(this.options.forwardsMs)!;
    trace(`automatic forwards come ${mode}${mode === "after" ? ` ${delayMs} ms` : ""}`);
    telegram.autoForward = { mode, delayMs };
    if (mode !== "never") telegram.releaseForwards();
  }

  #agent(): Pen {
    return this.options.chance.pick(this.options.cast.desks.flatMap(({ team }) => team))!;
  }

  /** One of the last things that somebody said to somebody. */
  #lately(): Said | undefined {
    const { ledger, chance } = this.options;
    const said = ledger.all().filter(({ reach, isDeleted }) => reach !== "nobody" && !isDeleted);
    return chance.pick(said.slice(-8));
  }
}
