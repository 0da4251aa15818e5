/** What a bench measures: each case by its name, with how it is set up. */
import type { Mix } from "./contents.ts";

/** How updates come, and where the bot keeps what it keeps. */
export interface Setting {
  transport: "webhook" | "polling";
  /** The floor keeps nothing, whatever is said here; the durable floor does. */
  store: "file" | "memory";
  latencyMs: number;
  customers: number;
}

/** A stream of messages, each answered, between people who have met. */
export interface StreamCase extends Setting {
  kind: "stream";
  mix: Mix;
  messages: number;
  /** Open loop; absent: closed loop. */
  ratePerS?: number;
  /** Each message is the first of its customer. */
  isFirst?: boolean;
  /** The durable floor is measured as well. */
  isBesideDurable?: boolean;
}

/** A start with a desk that is known, and a first message that waits. */
export interface StartCase extends Setting {
  kind: "start";
}

/** A stream that a SIGKILL cuts off, and the start after it. */
export interface KillCase extends Setting {
  kind: "kill";
}

/** One thing that is measured. */
export type Case = StreamCase | StartCase | KillCase;

/** How many conversations go on at once in a closed loop. */
export const AT_ONCE = 50;

const BASE: StreamCase = {
  kind: "stream",
  transport: "webhook",
  store: "file",
  latencyMs: 0,
  customers: 100,
  mix: "text",
  messages: 3000,
};

/** The cases of a whole bench: one way and another of each thing that matters. */
export const CASES: Case[] = [
  { ...BASE, isBesideDurable: true },
  { ...BASE, transport: "polling", isBesideDurable: true },
  { ...BASE, store: "memory", isBesideDurable: true },
  { ...BASE, transport: "polling", store: "memory", isBesideDurable: true },
  { ...BASE, mix: "real" },
  { ...BASE, customers: 1, messages: 1000 },
  { ...BASE, customers: 1000 },
  { ...BASE, customers: 10_000 },
  { ...BASE, latencyMs: 60, messages: 3000, transport: "polling" },
  { ...BASE, latencyMs: 60, messages: 2000, ratePerS: 100, transport: "polling" },
  { ...BASE, latencyMs: 60, messages: 2000, ratePerS: 100, transport: "polling", mix: "real" },
  {
    ...BASE,
    latencyMs: 60,
    customers: 1000,
    messages: 1000,
    ratePerS: 100,
    transport: "polling",
    isFirst: true,
  },
  ...startsAndKills(),
];

/** The cases of a bench that takes no two minutes. */
export const QUICK_CASES: Case[] = [
  { ...BASE, customers: 50, messages: 1000 },
  { ...BASE, customers: 50, messages: 1000, transport: "polling" },
  { ...BASE, customers: 50, messages: 1000, transport: "polling", store: "memory" },
  {
    ...BASE,
    customers: 50,
    latencyMs: 60,
    messages: 300,
    ratePerS: 100,
    transport: "polling",
    mix: "real",
  },
  ...startsAndKills().slice(0, 3),
];

function startsAndKills(): Case[] {
  const { transport, store, latencyMs } = BASE;
  const setting = { transport, store, latencyMs, customers: 1 };
  return [
    { ...setting, kind: "start", transport: "polling", latencyMs: 60 },
    { ...setting, kind: "start", transport: "webhook", latencyMs: 60 },
    { ...setting, kind: "kill", transport: "webhook", customers: 50 },
    { ...setting, kind: "kill", transport: "polling", customers: 50 },
  ];
}

/** Every crossing of transport, database, loop, latency, number of customers and mix. */
export function allCases(): Case[] {
  const all: Case[] = [];
  for (const transport of ["webhook", "polling"] as const) {
    for (const store of ["file", "memory"] as const) {
      for (const latencyMs of [0, 60]) {
        for (const customers of [1, 100, 1000, 10_000]) {
          for (const mix of ["text", "real"] as const) {
            const messages = customers === 1 || latencyMs > 0 ? 1000 : BASE.messages;
            const closed = { ...BASE, transport, store, latencyMs, customers, mix, messages };
            all.push(closed, { ...closed, messages: 1000, ratePerS: customers === 1 ? 5 : 100 });
          }
        }
      }
    }
  }
  return [...all, ...startsAndKills()];
}

/** What a case is called, in words by which it can be chosen. */
export function nameOf(each: Case): string {
  const { kind, transport, store, latencyMs, customers } = each;
  const where = [transport, store, `${latencyMs}ms`];
  if (kind !== "stream") return [kind, ...where].join(" ");
  const loop = each.ratePerS === undefined ? "closed" : `open ${each.ratePerS}/s`;
  const first = each.isFirst ? ["first"] : [];
  return [loop, ...where, `${customers} customers`, each.mix, ...first].join(" ");
}
