/** What is kept of the desks of one bot, and of each, from start to start. */
import type { ChannelName } from "../../config.ts";
import type { Claim, Desk } from "../../desk/desk.ts";
import type { NamedDesk } from "../../desk/names.ts";
import type { ServedDeskMemory } from "./served_desk.ts";

/** What is kept of a bot's desks from start to start. */
export interface DesksMemory {
  recall(name: "claim"): Promise<Claim | null>;
  deskNames(): Promise<readonly NamedDesk[]>;
  nameDesks<Named extends readonly NamedDesk[] | string>(
    decide: (names: readonly NamedDesk[]) => Named,
  ): Promise<Named>;
  recallOf<T>(name: DeskFactName, channel?: ChannelName): Promise<T | null>;
  rememberOf(
    name: DeskFactName,
    channel: ChannelName | undefined,
    value: unknown,
  ): Promise<void>;
  changeOf<T>(
    name: DeskFactName,
    channel: ChannelName | undefined,
    decide: (known: T | null) => T,
  ): Promise<void>;
  keepDesk(channel: ChannelName, kept: { desk: Desk }): Promise<void>;
  /** How many the creator lets into the group. */
  countLetIn(channelId: number): Promise<number>;
}

/** A small fact about one desk. */
export type DeskFactName = "desk" | "look" | "checklist" | "walk" | "trouble";

/** What is kept of one desk. A bot that had one alone has kept it under no channel's name. */
export function memoryOfDesk(
  memory: DesksMemory,
  { channel, isFirst, onKept }: {
    channel: ChannelName | undefined;
    isFirst: boolean;
    /** The desk was written down: what is held of the desks is to be read anew. */
    onKept: () => Promise<void>;
  },
): ServedDeskMemory {
  return {
    recall: async <T>(name: DeskFactName): Promise<T | null> => {
      const own = await memory.recallOf<T>(name, channel);
      if (own || channel === undefined || !(isFirst || name === "desk")) return own;
      return await memory.recallOf<T>(name);
    },
    remember: (name: DeskFactName, value: unknown) => memory.rememberOf(name, channel, value),
    change: <T>(name: DeskFactName, decide: (known: T | null) => T) =>
      memory.changeOf(name, channel, decide),
    keepDesk: async (kept: { channel: ChannelName; desk: Desk }) => {
      await memory.keepDesk(kept.channel, kept);
      await onKept();
    },
    countLetIn: (channelId: number) => memory.countLetIn(channelId),
  } as ServedDeskMemory;
}
