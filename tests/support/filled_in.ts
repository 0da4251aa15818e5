/** A conversation in which what the team writes is filled in: whose, and when. */
import { Side } from "./sides.ts";

/** A Wednesday, 15:04 in São Paulo. */
const AFTERNOON_MS = Date.UTC(2031, 2, 5, 18, 4);

export async function open(env: Record<string, string> = {}): Promise<Side> {
  const side = await Side.open("the team", { env });
  side.desk.clock.aheadMs = AFTERNOON_MS - Date.now();
  await side.desk.passes(0);
  side.maria.info.last_name = "Souza";
  side.maria.sends(side.there, "oi");
  await side.desk.settled();
  side.forgets();
  return side;
}
