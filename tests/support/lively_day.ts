/**
 * A day at a desk on which everything happens: every kind of message, edits, albums, quotes, parked
 * and failed messages, commands, canned replies, reactions, somebody who intrudes. Whatever people
 * type, and whatever is secret about them, is told by `SECRETS`.
 */
import type { Message } from "grammy/types";
import type { TestDesk } from "./desk.ts";
import { refusal } from "./refusal.ts";
import type { ContentSpec } from "../../playground/telegram/content.ts";
import type {
  SendOptions,
  SimulatedMessage,
  SimulatedUser,
} from "../../playground/telegram/telegram.ts";

/** In 13 digits with a 5 in front no time in milliseconds can be, nor any ID. */
const PHONE = "5511991234567";

/**
 * What may lie nowhere unsealed: words, also those of a canned reply once they are filled in,
 * usernames, phones, languages, files, what people react with.
 */
export const SECRETS = new RegExp(
  `segredo|Segredo|usuario_|${PHONE}|"e[ns]"|language|José|Lima|para Maria|👍|🔥`,
  "u",
);

/** Everything that can be sent, each with words of its own. */
const CONTENTS: ContentSpec[] = [
  "segredo",
  { text: "segredo com *jeito*", entities: [{ type: "bold", offset: 0, length: 7 }] },
  `${"segredo ".repeat(700)}fim`,
  { photo: true, caption: "segredo", has_media_spoiler: true },
  { live_photo: true, caption: "segredo" },
  { video: { fileName: "segredo.mp4" }, caption: "segredo" },
  { animation: { fileName: "segredo.gif" } },
  { audio: { title: "segredo", fileName: "segredo.mp3" } },
  { document: { fileName: "segredo.pdf" }, caption: "{greeting}, segredo" },
  { voice: true, caption: "segredo" },
  { video_note: true },
  { sticker: true },
  { contact: { phone_number: `+${PHONE}`, first_name: "segredo" } },
  { location: true },
  { location: { live_period: 900 } },
  { venue: { title: "segredo", address: "segredo" } },
  { poll: { question: "segredo?", options: ["segredo um", "segredo dois"] } },
  { poll: { question: "segredo?", options: ["a", "b"], type: "quiz", correct_option_ids: [1] } },
  { dice: true },
  { rich_message: "segredo" },
  { checklist: { title: "segredo", tasks: ["segredo"] } },
  { game: true },
  { story: true },
  { paid_media: true },
  { invoice: { title: "segredo", description: "segredo" } },
  { giveaway: true },
  { service: { users_shared: { request_id: 1, users: [{ user_id: 1, username: "usuario_x" }] } } },
  { service: { web_app_data: { data: "segredo", button_text: "segredo" } } },
  { service: { hologram: "segredo" } as Partial<Message> },
];

/** What commands are typed with: each is a command that is obeyed, or refused with its own words. */
const COMMANDS = [
  "/segredo",
  "/assign segredo",
  "/assign -",
  "/who",
  "/priority segredo",
  "/p 3",
  "/set segredo segredo",
  "/set hours segredo",
  "/set holidays segredo",
  "/reset segredo",
  "/delreply segredo",
  "/renamereply segredo\nsegredo",
  "/replies segredo",
  "/addreply",
  "/failed",
  "/stats",
  "/settings",
  "/notify on",
  "/undo",
  "/close segredo",
  "/ban",
];

const REFUSED = refusal("Bad Request: wrong file identifier/HTTP URL specified");

/** Who took part. */
export interface Day {
  maria: SimulatedUser;
  joao: SimulatedUser;
}

/** One of the two who write to each other: Maria, or Ana under her card. */
interface Side {
  says(content: ContentSpec, options?: SendOptions): SimulatedMessage;
  edits(message: SimulatedMessage, content: ContentSpec): void;
}

/** Plays the day. */
export async function livelyDay(desk: TestDesk): Promise<Day> {
  const day = peopleOf(desk);
  await everythingIsSent(desk, day);
  await changesWaitAndArrive(desk, day);
  await deliveriesFail(desk, day);
  await commandsAreTyped(desk, day);
  await repliesAndReactions(desk, day);
  await somebodyAsksToJoin(desk);
  await closingAndLosing(desk, day);
  return day;
}

/** Gives the team names, and makes the customers. */
function peopleOf({ telegram, ana, bia, boss, bot }: TestDesk): Day {
  for (const [index, agent] of [ana, bia, boss].entries()) {
    Object.assign(agent.info, {
      username: `usuario_${index}`,
      language_code: index === 0 ? "en" : "es",
      is_premium: true,
    });
  }
  const customer = (firstName: string, username: string, languageCode: string) =>
    telegram.createUser({ firstName, lastName: "Silva", username, languageCode, isPremium: true });
  const maria = customer("Maria", "usuario_maria", "es");
  const joao = customer("João", "usuario_joao", "en");
  bot.known.add(77);
  return { maria, joao };
}

function sidesOf(desk: TestDesk, { maria }: Day): [maria: Side, ana: Side] {
  const { ana } = desk;
  return [
    {
      says: (content, options) => maria.sends(desk.chatOf(maria), content, options),
      edits: (message, content) => maria.edits(message, content),
    },
    {
      says: (content, options) => ana.comments(desk.cardOf(maria), content, options),
      edits: (message, content) => ana.edits(message, content),
    },
  ];
}

/** Every kind of message from either side, and what a customer may ask the bot for. */
async function everythingIsSent(desk: TestDesk, day: Day): Promise<void> {
  const { maria, joao } = day;
  const sides = sidesOf(desk, day);
  maria.starts(desk.bot, "instagram");
  joao.sends(desk.chatOf(joao), "segredo");
  await desk.settled();
  for (const content of CONTENTS) {
    for (const { says } of sides) {
      const isService = typeof content === "object" && "service" in content;
      if (!isService || says === sides[0].says) says(content);
      await desk.settled();
    }
  }
  for (const command of ["/help", "/terms", "/privacy", "/segredo", "/start inline"]) {
    joao.sends(desk.chatOf(joao), command);
    await desk.settled();
  }
}

/** Answers, quotes, origins, edits, albums: those that wait, and those that have arrived. */
async function changesWaitAndArrive(desk: TestDesk, day: Day): Promise<void> {
  const { telegram } = desk;
  for (const wait of [false, true]) {
    for (const { says, edits } of sidesOf(desk, day)) {
      const known = says("segredo");
      await desk.settled();
      const isAnyCall = ({ method }: { method: string }) => /^(copy|send|edit)/.test(method);
      if (wait) telegram.faults.next(isAnyCall, { kind: "429", retryAfterS: 20 });
      const sender_user = { id: 77, is_bot: false, first_name: "José", last_name: "Lima" };
      says("segredo", { forwardedFrom: { type: "user", date: 1, sender_user } });
      says("segredo", { replyTo: known.message_id, quote: "segredo" });
      edits(known, "segredo corrigido");
      const [picture, ..._rest] = ["um", "dois", "três"].map((word) =>
        says({ photo: true, caption: `segredo ${word}` }, { mediaGroupId: `album ${wait}` })
      );
      await desk.settled();
      edits(picture!, { video: true, caption: "segredo em vídeo" });
      await desk.passes(30_000);
      await desk.passes(30_000);
    }
  }
}

/** Given up, parked, tried again and again; the same of what waits with words of its own. */
async function deliveriesFail(desk: TestDesk, day: Day): Promise<void> {
  const { telegram, ana, boss, bot } = desk;
  const { maria, joao } = day;
  const sides = sidesOf(desk, day);
  telegram.faults.next("copyMessage", REFUSED, 2);
  for (const { says } of sides) says("segredo");
  await desk.settled();
  telegram.faults.next("copyMessage", { kind: "502" }, 3);
  for (const { says } of sides) says("segredo");
  await desk.passes(60_000);
  for (const fault of [REFUSED, { kind: "502" }] as const) {
    for (const { says, edits } of sides) {
      const known = says("segredo");
      await desk.settled();
      telegram.faults.rate(fault, 1, ({ method }) => /^(copy|send|edit)/.test(method));
      says("segredo", {
        forwardedFrom: { type: "hidden_user", date: 1, sender_user_name: "José" },
      });
      edits(known, "segredo corrigido");
      for (const caption of ["segredo um", "segredo dois"]) {
        says({ photo: true, caption }, { mediaGroupId: `album ${fault.kind}` });
      }
      for (const command of ["/assign", "/who"]) {
        boss.comments(desk.cardOf(maria), `${command} segredo`);
      }
      await desk.passes(30_000);
      await desk.passes(30_000);
      telegram.faults.clear();
      await desk.passes(60_000);
    }
  }
  joao.blocks(bot);
  ana.comments(desk.cardOf(joao), "segredo");
  await desk.settled();
}

/** Commands, as comments, in the group and in private, answered late. */
async function commandsAreTyped(desk: TestDesk, { maria }: Day): Promise<void> {
  const { telegram, ana, boss, bot } = desk;
  boss.sends(desk.group, "/set notify on");
  boss.sends(desk.group, "/set welcome Olá!");
  boss.sends(desk.group, "/addreply Título\nTexto para {nome}");
  await desk.settled();
  boss.starts(bot);
  ana.starts(bot);
  await desk.settled();
  for (const command of COMMANDS) {
    if (command.startsWith("/s") || command === "/who") {
      telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 5 });
    }
    boss.comments(desk.cardOf(maria), command);
    boss.sends(desk.group, command);
    boss.sends(desk.chatOf(boss), command);
    ana.sends(desk.chatOf(ana), command);
    await desk.passes(6000);
  }
  await desk.passes(60_000);
}

/** Canned replies, reactions, notes, somebody who joins, a forged claim. */
async function repliesAndReactions(desk: TestDesk, { maria }: Day): Promise<void> {
  const { telegram, ana, bot } = desk;
  for (const query of ["segredo", "titulo"]) {
    const asking = ana.queries(bot, query);
    await desk.settled();
    const [reply] = await asking;
    if ((reply === undefined) !== (query === "segredo")) throw new Error(`Found for ${query}`);
    if (reply) ana.choosesResult(desk.group, reply, { replyTo: rootOf(desk, maria).message_id });
  }
  await desk.settled();
  if (desk.toldTo(maria).at(-1)!.text !== "Texto para Maria") throw new Error("The reply is lost");
  ana.comments(desk.cardOf(maria), "# segredo");
  maria.reacts(desk.toldTo(maria).at(-1) as SimulatedMessage, "👍");
  ana.reacts(desk.threadOf(maria)[3] as SimulatedMessage, "🔥");
  const eva = telegram.createUser({ firstName: "Eva", username: "usuario_eva" });
  eva.joins(desk.group);
  await desk.settled();
  eva.comments(desk.cardOf(maria), "segredo de estranha");
  eva.sends(desk.chatOf(eva), "/start claim_segredo");
  await desk.settled();
}

/** The owner invites, and somebody asks to join, of which the owner hears late. */
async function somebodyAsksToJoin(desk: TestDesk): Promise<void> {
  const { telegram, boss } = desk;
  const said = () => desk.toldTo(boss).at(-1)!;
  boss.sends(desk.chatOf(boss), "/invite");
  await desk.settled();
  const [link] = /https:\/\/t\.me\/\+\S+/.exec(said().text!)!;
  const names = { firstName: "José", lastName: "Lima", username: "usuario_jose" };
  const jose = telegram.createUser(names);
  telegram.faults.next("sendMessage", { kind: "429", retryAfterS: 5 });
  jose.opens(link);
  await desk.passes(6000);
  await desk.passes(6000);
  if (!said().text!.includes("José Lima")) throw new Error(`The request is lost: ${said().text}`);
  void boss.presses(said() as SimulatedMessage, `join decline ${jose.id}`);
  await desk.settled();
}

/** Closed, said how it was, and written to at night; the thread is lost, and goes on elsewhere. */
async function closingAndLosing(desk: TestDesk, { maria }: Day): Promise<void> {
  const { ana, boss } = desk;
  boss.sends(desk.group, "/set hours seg 3:00-3:01");
  boss.sends(desk.group, "/set rating on");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "segredo");
  await desk.settled();
  ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  void maria.presses(desk.toldTo(maria).at(-1) as SimulatedMessage, "rate 4");
  await desk.settled();
  boss.deletes(rootOf(desk, maria));
  maria.sends(desk.chatOf(maria), "segredo");
  await desk.settled();
}

/** The copy of Maria's card in the group. */
function rootOf({ group }: TestDesk, maria: SimulatedUser): SimulatedMessage {
  return group.messages.find(({ is_automatic_forward, text }) =>
    is_automatic_forward && text?.includes(`ID ${maria.id}`)
  )!;
}
