/**
 * What only several desks do in a story: conversations go from one to another, agents come on shift
 * and go, and those of one desk write and command at another, where they are nobody.
 */
import type { Pen, SimulatedDesk, Thread } from "./cast.ts";
import type { Chance } from "./chance.ts";
import type { Stage } from "./stage.ts";

/** In how many stories there are several desks, and how often anything of this is done there. */
const PROBABILITY = 0.2;
const OFTEN = 0.25;

/** What those of one desk command at another: nobody at its own gives such commands. */
const FOREIGN_COMMANDS = ["/priority 5", "/tag intruder"] as const;

/** How many desks there are besides the first. */
export function drawOthers(chance: Chance): number {
  return chance.happens(PROBABILITY) ? chance.between(1, 2) : 0;
}

/** Has conversations go from desk to desk, among the deeds of a story. */
export class Transfers {
  constructor(private readonly options: Stage) {}

  /** Somebody does something of that kind, now and then. */
  go(): void {
    const { cast, chance } = this.options;
    if (!chance.happens(OFTEN)) return;
    const thread = chance.pick(cast.livingThreads());
    if (!thread) return;
    const desk = cast.deskAt(thread.chat.id)!;
    const deed = chance.weighted({ transfer: 6, shift: 2, "speak abroad": 2, "command abroad": 2 });
    switch (deed) {
      case "transfer":
        return this.#transfers(thread, desk);
      case "shift":
        return this.#comments(thread, this.#person(desk), this.#shift());
      case "speak abroad":
        return this.#speaksAbroad(thread, this.#foreigner(desk));
      case "command abroad":
        return this.#comments(thread, this.#foreigner(desk), chance.pick(FOREIGN_COMMANDS)!);
    }
  }

  #transfers(thread: Thread, desk: SimulatedDesk): void {
    const { cast, chance } = this.options;
    const to = chance.pick(cast.desks.filter(({ channel }) => channel !== desk.channel))!;
    this.#comments(thread, chance.pick(desk.team)!, `/transfer ${to.name}`);
  }

  #shift(): string {
    return this.options.chance.happens(0.7) ? "/shift on" : "/shift off";
  }

  #comments({ chat, rootId, card: { customerId } }: Thread, pen: Pen, words: string): void {
    this.options.trace(`${pen.name}, in the thread of ${customerId} in ${chat.id}: ${words}`);
    pen.user.sends(chat, words, { as: pen.as, replyTo: rootId });
  }

  /** Says what is for nobody. */
  #speaksAbroad({ chat, rootId, card: { customerId } }: Thread, pen: Pen): void {
    const { cast, ledger, clock, trace } = this.options;
    const token = ledger.nextToken();
    const message = pen.user.sends(chat, token, { as: pen.as, replyTo: rootId });
    trace(`${pen.name} says ${token} in the thread of ${customerId}, which is another desk's`);
    ledger.add({
      token,
      by: pen.name,
      reach: "nobody",
      customerId,
      message,
      what: "text",
      heard: "yes",
      versions: [{ words: token, file: undefined, atMs: clock.now() }],
      heardVersion: 1,
      isDeleted: false,
      delete: () => cast.deletes(pen.user, message),
    });
  }

  /** One of a desk's who writes under their own name. */
  #person({ team }: SimulatedDesk): Pen {
    return this.options.chance.pick(team.filter(({ as }) => as === "self"))!;
  }

  /** One of another desk's. */
  #foreigner(desk: SimulatedDesk): Pen {
    const { cast, chance } = this.options;
    const others = cast.desks.filter(({ channel }) => channel !== desk.channel);
    return this.#person(chance.pick(others)!);
  }
}
