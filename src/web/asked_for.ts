/** What a request asks for, whatever it calls the machine it asks. */

/**
 * The path and the parameters of a request. Its `Host` header is the sender's own choice and may hold
 * anything; Deno puts it into the request's address as it is, which then may be none.
 */
export function askedFor(request: Request): URL {
  const afterScheme = request.url.replace(/^\w+:\/\//, "");
  const host = request.headers.get("Host") ?? "";
  const afterHost = afterScheme.startsWith(host) ? afterScheme.slice(host.length) : "";
  const target = host !== "" && afterHost.startsWith("/")
    ? afterHost
    : afterScheme.replace(/^[^/?#]*/, "");
  return new URL(`http://localhost${target}`);
}
