/** Canned replies that were chosen in inline mode: whether Telegram tells of them at all. */
import { Composer, type Context } from "grammy";
import type { Later } from "../../jobs/background.ts";
import type { InlineFeedback } from "../desk/inline_feedback.ts";

/** Notes that a reply was sent, and that Telegram has told of one; the message goes its way. */
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
