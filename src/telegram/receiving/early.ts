/**
 * What comes before there is a desk. Whatever can wait does; what cannot is answered at once, and a
 * word of a desk that was says nothing yet.
 */
import { type Api, Composer, type Context } from "grammy";
import { readButton } from "../../buttons/button.ts";
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import type { ParkedUpdates } from "../../jobs/parked.ts";
import type { Log } from "../../log.ts";
import { say } from "../../texts/texts.ts";
import { spokenLanguage } from "../../words/language.ts";
import { answerOf } from "../api.ts";
import { NotReady } from "../updates.ts";
import { type InlineWays, offerNothing } from "./inline.ts";
import { lineOf } from "./parking.ts";

/** What is needed for that of the world. */
export interface EarlyOptions {
  api: Api;
  parked: Pick<ParkedUpdates, "forgetAllOf">;
  config: Pick<Config, "locale">;
  leave: InlineWays["leave"];
  later: Later;
  log: Log;
}

/** Handles everything while the desk is not known. */
export function early({ parked, leave, later, ...options }: EarlyOptions): Composer<Context> {
  const composer = new Composer<Context>();

  // Who is of the team cannot be told: everybody is offered nothing.
  composer.on(
    "inline_query",
    (ctx) => leave(ctx.update, offerNothing(ctx.inlineQuery), ctx.from.id),
  );

  composer.on("callback_query", async (ctx) => {
    const { id, from, data = "", message } = ctx.callbackQuery;
    const button = readButton(data);
    const isErasing = button?.kind === "privacy" && button.action.does === "erase" &&
      message?.chat.id === from.id;
    const language = spokenLanguage(from.language_code) ?? options.config.locale;
    const words = say({ text: isErasing ? "erase-begun" : "not-yet" }, language);
    later(tell(id, words, options));
    if (!isErasing) return;
    // What they wrote meanwhile is gone at once, the rest as soon as a desk can be asked for it.
    await parked.forgetAllOf(from.id);
    throw new NotReady("There is nothing to erase it from yet");
  });

  composer.use((ctx) => {
    if (lineOf(ctx.update) !== undefined) throw new NotReady("The desk is not known yet");
  });
  return composer;
}

async function tell(
  queryId: string,
  text: string,
  { api, log }: Pick<EarlyOptions, "api" | "log">,
): Promise<void> {
  const told = await answerOf(api.answerCallbackQuery(queryId, { text, show_alert: true }));
  if (told.failure) log.warn("press not answered", { reason: told.failure.description });
}
