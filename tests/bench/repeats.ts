/**
 * How often Deno's own `fetch` sends a call twice when a kept-alive connection dies without an
 * answer, by the ways to prevent it, and what each costs. Run: `deno task bench:repeats`.
 */
import { unrepeated } from "../../src/telegram/api.ts";
import { DEADLY, serveDying } from "../support/dying_server.ts";

const DEATHS = 100;
const CALLS = 1000;

const WAYS: Record<string, typeof fetch> = {
  "fetch as it is": fetch,
  "body read once (ours)": unrepeated(fetch),
  "header Connection: close": (input, init) =>
    fetch(input, { ...init, headers: { ...init?.headers, connection: "close" } }),
  "client without idle connections": withClient({ poolMaxIdlePerHost: 0 }),
  "client, idle time-out 0": withClient({ poolIdleTimeout: 0 }),
};

function withClient(options: Deno.CreateHttpClientOptions): typeof fetch {
  const client = Deno.createHttpClient(options);
  return (input, init) => fetch(input, Object.assign({ client }, init));
}

console.log("way                              repeated   ms/call  connections/call  ratio");
let baseMs = 0;
for (const [name, way] of Object.entries(WAYS)) {
  const server = serveDying();
  const call = async (text: string) => {
    const response = await way(`${server.apiRoot}/bot1:x/sendMessage`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    });
    await response.text();
  };
  for (let death = 0; death < DEATHS; death++) {
    await call("answered");
    await call(`${DEADLY} ${death}`).catch((error) => {
      if (!(error instanceof TypeError)) throw error;
    });
  }
  const repeated = server.received.filter((body) => body.includes(DEADLY)).length - DEATHS;
  const before = server.connections();
  const beganMs = performance.now();
  for (let each = 0; each < CALLS; each++) await call("answered");
  const msPerCall = (performance.now() - beganMs) / CALLS;
  baseMs ||= msPerCall;
  console.log(
    name.padEnd(32),
    `${repeated}/${DEATHS}`.padStart(8),
    msPerCall.toFixed(3).padStart(9),
    ((server.connections() - before) / CALLS).toFixed(2).padStart(17),
    (msPerCall / baseMs).toFixed(2).padStart(6),
  );
  await server.close();
}
Deno.exit(0);
