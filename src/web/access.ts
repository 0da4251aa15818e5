/**
 * Who asks for the page, as far as it matters: the claim code opens what is not for everybody. Where
 * somebody comes from proves nothing: whoever a proxy on the machine itself asks for seems to be there.
 */
import { MOST_WRONG_CODES, WRONG_CODES_MS } from "../desk/claim.ts";
import { isSameSecret } from "../secret.ts";
import { isNear } from "./nearness.ts";

/** Who asks: `mistaken` with a wrong code, `too often` after too many of them. */
export type Viewer = "anybody" | "operator" | "mistaken" | "too often";

/** From how many addresses wrong codes are counted; then the oldest are forgotten. */
const MOST_ADDRESSES = 10_000;
/** An IPv6 address with an IPv4 one in it (RFC 4291, 2.2), in characters. */
const LONGEST_ADDRESS = 45;

/** Tells viewers of one page. */
export class Access {
  readonly #attempts = new Map<string, { count: number; untilMs: number }>();

  constructor(private readonly options: { code: string; now: () => number }) {}

  /**
   * Tells who asks with this code, `null` for none. `from` is where the connection comes from
   * (Deno.ServeHandlerInfo).
   */
  viewerOf(given: string | null, request: Request, from: Deno.Addr | undefined): Viewer {
    if (given === null) return "anybody";
    if (isSameSecret(given, this.options.code)) return "operator";
    const asker = askerOf(request, from);
    const attempts = this.#attempts.get(asker);
    const nowMs = this.options.now();
    const isCounting = attempts !== undefined && attempts.untilMs > nowMs;
    if (isCounting && attempts.count >= MOST_WRONG_CODES) return "too often";
    const counted = isCounting ? attempts : { count: 0, untilMs: nowMs + WRONG_CODES_MS };
    this.#attempts.delete(asker);
    this.#attempts.set(asker, { ...counted, count: counted.count + 1 });
    if (this.#attempts.size > MOST_ADDRESSES) {
      this.#attempts.delete(this.#attempts.keys().next().value!);
    }
    return "mistaken";
  }
}

/**
 * Against whom a wrong code counts. Behind a proxy everybody comes from its address: there it is the
 * address that the proxy itself has added, the last. A proxy is near; who comes from afar may say
 * anything of whom they ask for.
 */
function askerOf(request: Request, from: Deno.Addr | undefined): string {
  const address = from && "hostname" in from ? from.hostname : "";
  const client = request.headers.get("X-Forwarded-For")?.split(",").at(-1)?.trim()
    .slice(0, LONGEST_ADDRESS);
  return client !== undefined && isNear(address) ? `${address} for ${client}` : address;
}
