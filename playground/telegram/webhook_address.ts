/**
 * Where a webhook may be: behind HTTPS, at certain ports, at a public IPv4 address. Loopback stands
 * for a Bot API server of one's own, which does not mind (WebhookActor.cpp of
 * tdlib/telegram-bot-api).
 */
import { badRequest, type BotApiError } from "./error.ts";

const PORTS = ["", "80", "88", "443", "8443"];
const LOOPBACK = "127.0.0.1";
/** Networks that the Internet does not reach, by how their addresses begin. */
const RESERVED =
  /^(0|10|127|22[4-9]|2[3-5]\d|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|192\.0\.[02]|198\.1[89]|198\.51\.100|203\.0\.113|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** The IP address at which a webhook is reached: the one given, or its host's. Refuses bad ones. */
export function webhookAddress(address: string, given = ""): string {
  if (!URL.canParse(address)) throw badRequest("invalid webhook URL specified");
  const url = new URL(address);
  if (url.hostname === "localhost" || url.hostname === LOOPBACK) return given || LOOPBACK;
  if (url.protocol !== "https:") throw badWebhook("An HTTPS URL must be provided for webhook");
  if (!PORTS.includes(url.port)) {
    throw badWebhook("Webhook can be set up only on ports 80, 88, 443 or 8443");
  }
  if (given !== "") return checked(given);
  return isIpV4(url.hostname) ? checked(url.hostname) : resolve(url.hostname);
}

function checked(ip: string): string {
  if (ip.includes(":")) throw badWebhook("IPv6-only addresses are not allowed");
  if (!isIpV4(ip)) throw badWebhook("Invalid IP address specified");
  if (RESERVED.test(ip)) throw badWebhook(`IP address ${ip} is reserved`);
  return ip;
}

function isIpV4(text: string): boolean {
  return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) &&
    text.split(".").every((part) => Number(part) < 256);
}

/** Every name has an address, always the same, of those that are set aside for examples. */
function resolve(hostname: string): string {
  const sum = [...hostname].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return `203.0.113.${1 + sum % 254}`;
}

function badWebhook(words: string): BotApiError {
  return badRequest(`bad webhook: ${words}`);
}
