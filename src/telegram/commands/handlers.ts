/** Who does which command, and what the buttons stand for: the desk's side of what is asked. */
import type { Config } from "../../config.ts";
import type { Language } from "../../words/language.ts";
import type { Later } from "../../jobs/background.ts";
import type { Replies } from "../../replies/replies.ts";
import type { Reader } from "../../jobs/reader.ts";
import { isPassing } from "../classify.ts";
import type { ServedDesk } from "../desk/served_desk.ts";
import { unasked } from "../sending/failures.ts";
import { deskCommands, type DeskCommandsOptions } from "./desks.ts";
import { adminCommands } from "./admin.ts";
import { answeringCommands } from "./answering.ts";
import { Commands, type Handled } from "./commands.ts";
import { type FailedJobs, FailedList } from "./failed.ts";
import { guardCommands } from "./guard.ts";
import { inviteCommands } from "./invite.ts";
import { Presses } from "./presses.ts";
import { privateCommands } from "./private.ts";
import { ReplyCommands } from "./replies.ts";
import { ReplyList } from "./reply_list.ts";
import type { CommandHandler } from "./request.ts";
import { route } from "./route.ts";
import { shift } from "./shift.ts";
import { laterCommand } from "./later.ts";
import { threadCommands } from "./thread.ts";

/** What commands need of the world. */
export interface CommandsOptions extends DeskCommandsOptions {
  replies: Replies;
  failed: FailedJobs;
  /** Looks at desks anew, and shows somebody their checklists. */
  showSetup: (
    userId: number,
    language: Language,
    desks: readonly ServedDesk[],
  ) => Promise<void>;
  /** What is known of a desk. */
  reader: (deskId: number) => Reader;
  /** Fetches files; its addresses hold the token and never go to the log. */
  fetch: typeof globalThis.fetch;
  config: Pick<Config, "channels" | "apiRoot" | "botToken" | "locale" | "timeZone">;
  botUsername: () => string;
  later: Later;
}

/** The commands and buttons of a bot. */
export function createCommands(options: CommandsOptions): Commands {
  const { showSetup, desks, reader, config, botUsername, later } = options;
  const failedList = new FailedList(options);
  const replyList = new ReplyList(options.replies);
  const handlers: Record<Handled, CommandHandler> = {
    ...threadCommands,
    later: laterCommand,
    ...answeringCommands(options.replies),
    ...privateCommands,
    shift,
    route,
    ...adminCommands({ failedList, replies: options.replies }),
    ...guardCommands,
    ...inviteCommands,
    ...new ReplyCommands(options).handlers,
    replies: (delivery, asked) => replyList.show(delivery, asked),
    ...deskCommands(options),
    setup: async (delivery, { by, given: { wording } }) => {
      const language = wording.language ?? config.locale;
      if (by.kind !== "person") return { kind: "sent" };
      const { userId } = by;
      const theirs: ServedDesk[] = [];
      for (const each of desks.known) {
        const read = reader(each.watch.desk.channelId);
        const isAdmin = await each.ranks.has("admin", by, read);
        if (isAdmin.failure && isPassing(isAdmin.failure)) {
          return unasked(delivery, isAdmin.failure);
        }
        if (!isAdmin.failure && isAdmin.result) theirs.push(each);
      }
      const shown = desks.all.filter((each) => theirs.includes(each) || userId === desks.ownerId);
      later(showSetup(userId, language, shown));
      return { kind: "sent" };
    },
  };
  const presses = new Presses({ failedList, replyList, replies: options.replies });
  return new Commands({ handlers, presses, botUsername });
}
