/** What was chosen in inline mode, in so far as it tells whether Telegram says so. */
import { Composer, type Context } from "grammy";
import type { Later } from "../../jobs/background.ts";
import type { InlineFeedback } from "../desk/inline_feedback.ts";

/** Takes note; what was sent goes on to whoever it is for. */
export function chosen(
  { feedback, later }: { feedback: InlineFeedback; later: Later },
): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on("chosen_inline_result", () => later(feedback.heard()));
  composer.on("message", async (ctx, next) => {
    if (ctx.message.via_bot?.id === ctx.me.id) later(feedback.came());
    await next();
  });
  return composer;
}
