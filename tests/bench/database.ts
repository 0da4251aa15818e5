/**
 * A database over a network as a process of its own: it writes where it is as a line, and whenever it
 * is sent SIGUSR2 a line of JSON, with what it was asked so far.
 */
import { parseArgs } from "node:util";
import { KvConnectServer } from "../support/kv_connect.ts";

if (import.meta.main) {
  const { values } = parseArgs({ options: { "round-trip": { type: "string", default: "0" } } });
  const server = new KvConnectServer();
  server.roundTripMs = Number(values["round-trip"]);
  Deno.addSignalListener("SIGUSR2", () => console.log(JSON.stringify(server.asked)));
  console.log(server.url);
}
