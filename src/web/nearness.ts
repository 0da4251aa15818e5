/** Where a request comes from: this machine, a network beside it, or anywhere; and whose page sent it. */

/** Whether an address is of this machine or of a private network (RFC 1918; RFC 4193; RFC 4291, 2.5.6). */
export function isNear(address: string): boolean {
  const ipv4 = address.replace(/^::ffff:/i, "");
  return isLoopback(address) || /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(ipv4) ||
    /^\[?(f[cd]|fe[89ab])[0-9a-f]{0,2}:/i.test(address);
}

/** Whether an address is this machine's own (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3 and 2.5.5.2). */
function isLoopback(address: string): boolean {
  return /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address) || /^\[?::1\]?$/.test(address);
}

/** A `Host` that no name server can have led elsewhere: with any other name a foreign site may be meant. */
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Headers that say that a request was passed on, or for whom: of the standard (RFC 7239; RFC 9110,
 * 7.6.3; RFC 8586), by custom, and of those who pass on. Browsers send none of them.
 */
const PASSING_ON = [
  /^(forwarded|via|cdn-loop|max-forwards|front-end-https|traceparent)$/,
  /forwarded|proxy|client-?ip|user-?ip|real-?ip|connecting-?ip|(remote|peer|source)-?(ip|addr)/,
  /^x-(original|envoy|azure|amzn?|appengine|arr|cloud|cluster|edge|external|ngrok|rewrite|request-id)/,
  /^x-(url-)?(scheme|host|port|proto|https|ssl)/,
  /^(cf|fastly|fly|tailscale|ngrok|akamai|true-client|x-vercel|x-nf|cloudfront)-/,
];

/**
 * Whether a request comes from a browser on this machine straight to us: by its connection, by the
 * name it asks for, and by saying nothing of somebody who has passed it on.
 */
export function isFromHere(request: Request, from: Deno.Addr | undefined): boolean {
  if (from === undefined || !("hostname" in from) || !isLoopback(from.hostname)) return false;
  if (!LOOPBACK_HOST.test(request.headers.get("Host") ?? "")) return false;
  return ![...request.headers.keys()].some((name) => PASSING_ON.some((kind) => kind.test(name)));
}

/** Whether a page of ours has sent a request: `Origin` is the page's own (RFC 6454, 7). */
export function isFromOwnPage(request: Request): boolean {
  const host = request.headers.get("Host")?.toLowerCase();
  return host !== undefined && request.headers.get("Origin")?.toLowerCase() === `http://${host}`;
}
