/** The desks of the playground: each a channel, and the group of its comments once there is one. */
import { toDeskName } from "../../src/desk/names.ts";
import type { SimulatedChat } from "../telegram/chat.ts";
import { isInside } from "../telegram/member.ts";
import type { SimulatedTelegram } from "../telegram/telegram.ts";
import type { SimulatedUser } from "../telegram/user.ts";
import type { Participant } from "./people.ts";

/** The chats of one desk. */
export interface DeskChats {
  /** By which stories call it: made of its channel's title, as the bot makes its own names. */
  name: string;
  channel: SimulatedChat;
  /** Absent until somebody has linked one. */
  group: SimulatedChat | undefined;
}

/** A desk with a group. */
export type LinkedDesk = DeskChats & { group: SimulatedChat };

/** All desks of one playground, in the order in which their channels were created. */
export class Desks {
  readonly #all: DeskChats[] = [];

  constructor(private readonly telegram: SimulatedTelegram) {}

  /** All of them. */
  get all(): readonly DeskChats[] {
    return this.#all;
  }

  /** The one that is called so, by default the first; throws if there is none. */
  named(name?: string): DeskChats {
    const found = name === undefined ? this.#all[0] : this.#all.find((desk) => desk.name === name);
    if (!found) throw new Error(name === undefined ? "There is no channel yet." : noneSuch(name));
    return found;
  }

  /** The same, once it has a group. */
  linked(name?: string): LinkedDesk {
    const desk = this.named(name);
    if (!hasGroup(desk)) throw new Error(`The channel ${desk.channel.title} has no group yet.`);
    return desk;
  }

  /** Somebody creates a private channel for one more. */
  create(creator: SimulatedUser, title: string): DeskChats {
    const base = toDeskName(title) || "desk";
    let name = base;
    for (let number = 2; this.#all.some((desk) => desk.name === name); number++) {
      name = `${base}_${number}`;
    }
    const channel = this.telegram.createChannel({ title, creator });
    const desk = { name, channel, group: undefined };
    this.#all.push(desk);
    return desk;
  }

  /** Somebody creates a group for the comments of a channel, and links it. */
  link(creator: SimulatedUser, name?: string): void {
    const desk = this.named(name);
    const { channel } = desk;
    if (hasGroup(desk)) throw new Error(`The channel ${channel.title} has a group already.`);
    const group = this.telegram.createSupergroup({ title: `${channel.title} log`, creator });
    desk.group = this.telegram.link(channel, group);
  }

  /** Somebody comes into the channel of a desk: they are of its team. */
  hire(person: SimulatedUser, name?: string): void {
    this.telegram.addMember(this.named(name).channel, person);
  }

  /** The desks of which somebody is of the team. */
  servedBy({ user }: Participant): DeskChats[] {
    return this.#all.filter(({ channel }) => isInside(channel.membership(user)));
  }
}

/** Whether a desk has a group. */
export function hasGroup(desk: DeskChats): desk is LinkedDesk {
  return desk.group !== undefined;
}

function noneSuch(name: string): string {
  return `There is no desk ${name} yet.`;
}
