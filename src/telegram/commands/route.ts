/** Which desk newcomers come to: decided by the owner, for all desks. */
import type { DeskAmong } from "../../desk/among.ts";
import { deskMeantBy } from "../../desk/meant.ts";
import { deskOfChannel } from "../../desk/names.ts";
import type { Route } from "../../desk/route.ts";
import type { Outcome } from "../../jobs/outcome.ts";
import { readSwitch } from "../../settings/reading.ts";
import type { RoutedTo } from "../../texts/notices/transfer.ts";
import { excerpt } from "../../words/excerpt.ts";
import { meaningIn, meaningsOf } from "../../words/typed.ts";
import type { Delivery } from "../sending/delivery.ts";
import { answerTo, type Asked } from "./request.ts";

const EVEN = meaningsOf(({ evenly }) => [[evenly, true]]);

/** Says how newcomers are routed, or decides it. */
export async function route(delivery: Delivery, asked: Asked): Promise<Outcome> {
  const { read, options: { desks: { among } } } = delivery;
  const names = among.map(({ name }) => name);
  const words = asked.words.text.trim();
  if (words === "") {
    const to = sayable(await read.route(), among);
    return answerTo(delivery, asked, { text: "route", to, first: names[0] ?? "", names });
  }
  const meant = routeMeant(words, among);
  if (meant === undefined) {
    return answerTo(delivery, asked, { text: "desk-unknown", words: excerpt(words), names });
  }
  const to = sayable(meant, among);
  const notice = { text: "route-done", to, first: names[0] ?? "" } as const;
  return answerTo(delivery, asked, notice, () => ({ route: meant }));
}

/** A desk comes before words that may be its name; `undefined`: neither. */
function routeMeant(words: string, desks: readonly DeskAmong[]): Route | null | undefined {
  const named = deskMeantBy(desks, words);
  if (named) return { deskId: named.channelId };
  if (meaningIn(words, EVEN)) return "even";
  return readSwitch(words) === false ? null : undefined;
}

/** As it is said: a desk that is gone counts as none. */
function sayable(
  route: Route | null,
  desks: readonly DeskAmong[],
): RoutedTo {
  if (route === "even") return { by: "even" };
  const name = route && deskOfChannel(desks, route.deskId)?.name;
  return name ? { by: "desk", name } : { by: "first" };
}
