/** What keeps a desk from working, and what to do about it, in English. */
import type { KindRight, Right } from "../../health/checklist.ts";
import type { Problem, Surroundings } from "../../health/problem.ts";
import { sayDuration } from "../../time/duration.ts";

const RIGHTS: Record<Right, string> = {
  can_post_messages: "Post messages",
  can_edit_messages: "Edit messages",
  can_pin_messages: "Pin messages",
  can_delete_messages: "Delete messages",
  can_restrict_members: "Ban users",
};

const KINDS: Record<KindRight, string> = {
  can_send_photos: "photos",
  can_send_videos: "videos",
  can_send_audios: "music",
  can_send_documents: "files",
  can_send_voice_notes: "voice messages",
  can_send_video_notes: "video messages",
  can_send_polls: "polls",
  can_send_other_messages: "stickers, GIFs and canned replies by inline mode",
};

const PLACE = { channel: "the channel", group: "the channel's group" };

/** What to do with the token, by where the program runs. */
const TOKEN_PLACES: Record<Surroundings, string> = {
  deploy:
    "and set its token among this app's environment variables, for the Production context only",
  container: "write its token into the .env beside compose.yaml, as BOT_TOKEN=…, and run " +
    "docker compose up --detach",
  server: "write its token into .env in the program's folder, as BOT_TOKEN=…, and restart the " +
    "program (systemctl restart balcao)",
  machine: "and paste its token on the program's page, opened here by the address in the " +
    "program's log; or write it into .env in the program's folder, as BOT_TOKEN=…, and start it again",
};

/** Says what is wrong, and what to do about it. */
export function sayProblem(problem: Problem): string {
  switch (problem.because) {
    case "unclaimed":
      return "Nobody has claimed the desk yet: open the link in the program's log or on its page, or set CHANNEL_ID.";
    case "no channel":
      return "The owner has not added the bot to a channel yet.";
    case "hidden":
      return `Telegram does not show ${
        PLACE[problem.what]
      } (“${problem.description}”): add the bot to ` +
        "it as an administrator.";
    case "no channel at all":
      return "CHANNEL_ID does not name a channel: give the ID of the channel, not of the group.";
    case "public":
      return "The channel is public: anybody can read it, and only its administrators are the team.";
    case "no administrator":
      return `The bot is not an administrator of ${PLACE[problem.where]}: make it one.`;
    case "no rights": {
      const rights = problem.rights.map((right) => `"${RIGHTS[right]}"`).join(", ");
      return `The bot lacks rights in ${PLACE[problem.where]}: give it ${rights}.`;
    }
    case "no group":
      return "The channel has no discussion group: link one in the channel's settings.";
    case "history hidden":
      return "The group hides its history from new members: show it in the group's settings.";
    case "forum":
      return "The group has topics: turn them off in its settings.";
    case "privacy mode":
      return "The bot sees only messages that are for it: make it an administrator of the group.";
    case "others":
      return problem.count === 1
        ? "Besides its creator and the bot, 1 person is in the group and can read everything: remove " +
          "them, or let them in with /allow."
        : `Besides its creator and the bot, ${problem.count} people are in the group and can read ` +
          "everything: remove them, or let them in with /allow.";
    case "joining first":
      return "The team cannot comment: the group wants everybody to join it first, and who joins is " +
        "removed. Open the group's settings → Group type, and set “Who can send messages?” to “Anyone”.";
    case "nobody may write":
      return "The team cannot comment: members may not write in the group. Open the group's settings → " +
        "Permissions, and turn “Send text messages” on.";
    case "kinds forbidden": {
      const kinds = problem.kinds.map((kind) => KINDS[kind]).join(", ");
      return `The team cannot send ${kinds}: open the group's settings → Permissions → Send media, ` +
        "and turn them on.";
    }
    case "slow mode":
      return `Everybody of the team has to wait ${
        sayDuration(problem.waitMs)
      } between two comments: ` +
        "open the group's settings → Permissions, and turn “Slow mode” off.";
    case "timer": {
      const where = problem.where.map((place) => PLACE[place]).join(" and in ");
      return `What is written in ${where} disappears after ${
        sayDuration(problem.afterMs)
      }, cards and ` +
        "conversations with it: open the menu ⋮ there → Auto-delete, and turn it off.";
    }
    case "protected":
      return "The group restricts saving content: the team can pass nothing on from there, and Telegram " +
        "may refuse to copy its answers. Open the group's settings → Group type, and turn “Restrict " +
        "saving content” off.";
    case "topics in private":
      return "Customers' chats with the bot fall into topics, and answers are not shown in the topic in " +
        "which a customer wrote: open @BotFather → the bot → Bot Settings → Threads Settings, and turn " +
        "“Threaded Mode” off.";
    case "no groups":
      return problem.isInside
        ? "The bot may not be added to groups: it stays in this one, but could not come back. Send " +
          "/setjoingroups to @BotFather, and choose “Enable”."
        : "The bot may not be added to groups: send /setjoingroups to @BotFather, and choose “Enable”.";
    case "feedback off":
      return "Telegram does not tell the bot which canned reply was chosen in inline mode: send " +
        "/setinlinefeedback to @BotFather, choose the bot, and tap “Enabled”.";
    case "inline off":
      return "Inline mode is off: send /setinline to @BotFather.";
    case "refused":
      return `No updates arrive: Telegram says "${problem.description}".`;
    case "trouble":
      return `Telegram refuses what the bot has to do: "${problem.description}". ` +
        "Check the token, and that the bot is an administrator of the channel and of its group.";
    case "not delivered":
      return `${problem.waiting} updates wait at Telegram, which cannot deliver them ` +
        `("${problem.description}"): check PUBLIC_URL.`;
    case "not accepted":
      return `${problem.waiting} updates wait that the bot could not accept; they come again within ` +
        "minutes. If this stays, the log says why.";
    case "no webhook":
      return "Another webhook is registered for the bot: is it run somewhere else as well?";
    case "in memory":
      return "The database is in memory: everything is forgotten when the program ends.";
    case "not written":
      return `The database takes nothing that is to be written (“${problem.description}”): check the ` +
        "disk, and that nobody else has the file open. Messages wait at Telegram meanwhile.";
    case "file gone":
      return "The database's file was deleted while the bot runs, and what is kept is lost when it ends: " +
        "save it now with deno task backup (as one file: balcao.js backup), then restart.";
    case "file replaced":
      return "Somebody has replaced the database's file, or written to it, while the bot runs: stop the bot, " +
        "put the right file back, and start it again.";
    case "not posted":
      return `The test message could not be posted in the channel (“${problem.description}”).`;
    case "not forwarded":
      return "The test message did not come to the group: is it the group linked to the channel?";
    case "not commented":
      return `The test message could not be commented on (“${problem.description}”).`;
    case "preview":
      return "This is a preview or a branch: only the app's production address serves the desk.";
    case "starting":
      return "The program is starting.";
    case "no database":
      return "There is no database: provision a Deno KV database under Databases in Deno Deploy, and " +
        "assign it to this app.";
    case "database not opened":
      return "The database cannot be opened: check KV_PATH, that its folder may be written, that there " +
        "is room on the disk, and that nobody else has the file open. The log says more.";
    case "database not read":
      return "The database cannot be read: check KV_PATH, and the disk or the network behind it.";
    case "not looked at":
      return "The bot has not looked at its desk yet.";
    case "nameless":
      return `Telegram does not say who the bot is (“${problem.description}”): check BOT_TOKEN and ` +
        "the network.";
    case "webhook refused":
      return `Telegram does not accept the webhook (“${problem.description}”): check PUBLIC_URL and BOT_TOKEN.`;
    case "silent":
      return "Telegram does not answer: check the network.";
    case "start failed":
      return "The start failed, and will be tried again: the log says why.";
    case "no token":
      return `BOT_TOKEN is missing: ask @BotFather for a bot, ${
        TOKEN_PLACES[problem.surroundings]
      }.`;
    case "not a token":
      return "BOT_TOKEN is not a bot's token: it has the form 123456:ABC-DEF…";
    case "not a whole number":
      return `${problem.name} must be a whole number from ${problem.least} to ${problem.most}` +
        not(problem);
    case "not a choice":
      return `${problem.name} must be one of ${problem.choices.join(", ")}${not(problem)}`;
    case "not an address":
      return `${problem.name} must be an address such as https://desk.example.com${not(problem)}`;
    case "not a channel":
      return `CHANNEL_ID must be a channel's numeric ID (-100…) or its @username${not(problem)}`;
    case "not a time zone":
      return `TIME_ZONE must be a name such as America/Sao_Paulo${not(problem)}`;
    case "not a secret":
      return "WEBHOOK_SECRET may have 1 to 256 letters, digits, _ and - only.";
    case "not https":
      return "PUBLIC_URL must start with https://: Telegram delivers to nothing else.";
    case "address with path":
      return "PUBLIC_URL must have no path: updates are received at /telegram.";
  }
}

function not({ given }: { given?: string }): string {
  return given === undefined ? "." : `, not “${given}”.`;
}
