/** Who does which command, and what the buttons stand for: the desk's side of what is asked. */
import type { Config } from "../../config.ts";
import type { Later } from "../../jobs/background.ts";
import type { Replies } from "../../replies/replies.ts";
import type { Checklists } from "../desk/checklists.ts";
import { adminCommands } from "./admin.ts";
import { answeringCommands } from "./answering.ts";
import { Commands, type Handled } from "./commands.ts";
import { type FailedJobs, FailedList } from "./failed.ts";
import { guardCommands } from "./guard.ts";
import { Presses } from "./presses.ts";
import { privateCommands } from "./private.ts";
import { ReplyDesk } from "./replies.ts";
import type { CommandHandler } from "./request.ts";
import { shift } from "./shift.ts";
import { laterCommand } from "./later.ts";
import { threadCommands } from "./thread.ts";

/** What commands need of the world. */
export interface CommandsOptions {
  replies: Replies;
  failed: FailedJobs;
  checklists: Checklists;
  /** Fetches files; its addresses hold the token and never go to the log. */
  fetch: typeof globalThis.fetch;
  config: Pick<Config, "apiRoot" | "botToken" | "locale" | "timeZone">;
  botUsername: () => string;
  later: Later;
}

/** The commands and buttons of a bot. */
export function createCommands(options: CommandsOptions): Commands {
  const { checklists, config, botUsername, later } = options;
  const failedList = new FailedList(options);
  const replyDesk = new ReplyDesk(options);
  const handlers: Record<Handled, CommandHandler> = {
    ...threadCommands,
    later: laterCommand,
    ...answeringCommands(options.replies),
    ...privateCommands,
    shift,
    ...adminCommands({ failedList, replies: options.replies }),
    ...guardCommands,
    ...replyDesk.handlers,
    setup: (_delivery, { by, given: { wording } }) => {
      const language = wording.language ?? config.locale;
      if (by.kind === "person") later(checklists.showAll(by.userId, language));
      return Promise.resolve({ kind: "sent" });
    },
  };
  const presses = new Presses({ failedList, replyDesk, replies: options.replies });
  return new Commands({ handlers, presses, botUsername });
}
