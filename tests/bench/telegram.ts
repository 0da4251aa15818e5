/**
 * The simulated Telegram of a bench as a process of its own, with the people in it. It is asked by
 * lines of JSON on its standard input and answers by lines on its standard output.
 */
import { SimulatedTelegram } from "../../playground/telegram/telegram.ts";
import { Crowd } from "./crowd.ts";
import { HookClient } from "./hook_client.ts";
import type { Began, CallCounts, Held, Opened, Opening, Question, TelegramDeeds } from "./wire.ts";

/** For how long no call is made before a bot counts as at rest. */
const REST_MS = 300;

const hooks = new HookClient();
const telegram = new SimulatedTelegram({ webhookFetch: hooks.post });
const bot = telegram.createBot({ name: "Desk" });
const boss = telegram.createUser({ firstName: "Boss" });
const agent = telegram.createUser({ firstName: "Ana" });
const channel = telegram.createChannel({ title: "Desk", creator: boss });
const group = telegram.createSupergroup({ title: "Desk log", creator: boss });
telegram.link(channel, group);
telegram.promote(channel, bot);
telegram.promote(group, bot);
telegram.addMember(channel, agent);
let crowd: Crowd;

/** The calls made since they were last taken, those for updates apart. */
function takeCalls() {
  return telegram.calls.splice(0).filter(({ method }) => method !== "getUpdates");
}

/** Takes the calls, and counts them. */
function callCounts(): CallCounts {
  const calls = takeCalls();
  const ofGroup = calls.filter(({ payload }) => payload.chat_id === group.id);
  return { calls: calls.length, groupCalls: ofGroup.length };
}

const deeds: TelegramDeeds = {
  open({ customers, latencyMs, hookPorts = [] }: Opening): Opened {
    telegram.latencyMs = latencyMs;
    hooks.ports = hookPorts;
    crowd = new Crowd(telegram, { bot, channel, group, agent }, customers);
    const { apiRoot } = telegram.serve();
    return { apiRoot, token: bot.token, channelId: channel.id };
  },
  slow(latencyMs) {
    telegram.latencyMs = latencyMs;
  },
  async load(load): Promise<Held> {
    takeCalls();
    const arrivals = await crowd.holds(load);
    return { ...arrivals, ...callCounts() };
  },
  callsSince: callCounts,
  async greet(): Promise<Began> {
    takeCalls();
    const arriving = crowd.holds({ messages: 1, mix: "text", isAnswered: false });
    const [greeting] = bot.queue.read(1);
    while (bot.queue.read(1)[0] === greeting) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const began = { acceptedMs: Date.now(), callsBefore: takeCalls().length };
    await arriving;
    return { ...began, arrivedMs: Date.now() };
  },
  hold: () => crowd.hold(),
  async rest() {
    for (let calls = -1; calls !== countCalls();) {
      calls = countCalls();
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  },
  violations: () => telegram.violations,
};

function countCalls(): number {
  return telegram.calls.filter(({ method }) => method !== "getUpdates").length;
}

async function answer({ id, deed, given }: Question): Promise<void> {
  const result = await (deeds[deed] as (given: unknown) => unknown)(given);
  console.log(JSON.stringify({ id, result: result ?? null }));
}

if (import.meta.main) {
  let rest = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) void answer(JSON.parse(line));
  }
  Deno.exit(0);
}
