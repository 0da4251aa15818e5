/** What a number of customers a day costs, computed from measured figures. */

/** Deno Deploy counts what is read by 4 KiB and what is written by 1 KiB, begun ones whole. */
export const READ_UNIT_BYTES = 4096;
export const WRITE_UNIT_BYTES = 1024;

/** What one message costs. */
export interface Cost {
  calls: number;
  groupCalls: number;
  commits: number;
  /** Round trips to the database. */
  reads: number;
  readUnits: number;
  writeUnits: number;
  /** What stays in the database until it expires. */
  records: number;
  bytes: number;
}

/** What each kind of message costs. */
export interface Costs {
  /** A customer's first: card, welcome, panel. */
  first: Cost;
  /** Any other of a customer's. */
  message: Cost;
  /** One of the team's. */
  answer: Cost;
  /** The program's memory when it has little to do. */
  restMiB: number;
}

/** What is measured of the program at work. */
export interface Work {
  processorMsPer1000: number;
  peakMiB: number;
}

/** How a customer of a day writes: new, so many messages, as many answers. */
export const A_DAY = {
  messages: 3,
  answers: 3,
  /** The part of a day's messages that comes in its busiest hour. */
  busiestHour: 0.15,
  retentionDays: 90,
};

/** What Telegram allows, a minute into a group and a second altogether (https://core.telegram.org/bots/faq). */
const GROUP_PER_MINUTE = 20;
const PER_SECOND = 30;

/** The numbers of customers a day that the table shows. */
export const CUSTOMERS_A_DAY = [100, 1000, 10_000, 100_000, 1_000_000];

/** What a day with so many customers costs. */
export interface Day {
  customers: number;
  messages: number;
  calls: number;
  /** In the busiest hour. */
  callsPerSecond: number;
  desks: number;
  bots: number;
  readUnits: number;
  writeUnits: number;
  /** Of the database when as much expires as comes. */
  keptBytes: number;
  processorS: number;
  memoryMiB: number;
}

/** Computes it. */
export function dayOf(customers: number, costs: Costs, work: Work): Day {
  const of = (name: keyof Cost) =>
    customers *
    (costs.first[name] + (A_DAY.messages - 1) * costs.message[name] +
      A_DAY.answers * costs.answer[name]);
  const messages = customers * (A_DAY.messages + A_DAY.answers);
  const callsPerSecond = of("calls") * A_DAY.busiestHour / 3600;
  const groupCallsPerMinute = of("groupCalls") * A_DAY.busiestHour / 60;
  return {
    customers,
    messages,
    calls: of("calls"),
    callsPerSecond,
    desks: Math.max(1, Math.ceil(groupCallsPerMinute / GROUP_PER_MINUTE)),
    bots: Math.max(1, Math.ceil(callsPerSecond / PER_SECOND)),
    readUnits: of("readUnits"),
    writeUnits: of("writeUnits"),
    keptBytes: of("bytes") * A_DAY.retentionDays,
    processorS: messages * work.processorMsPer1000 / 1_000_000,
    memoryMiB: callsPerSecond < 1 ? costs.restMiB : work.peakMiB,
  };
}
