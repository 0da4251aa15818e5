import { assert, assertEquals } from "@std/assert";
import {
  COMMAND_NAMES,
  type CommandName,
  commandNamed,
  namesOfCommand,
} from "../../src/commands/command.ts";
import { DAY_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import type { SimulatedChat, SimulatedUser } from "../../playground/telegram/telegram.ts";

/** Commands that are for the same people at the same places. */
const FAMILIES = {
  start: ["start"],
  customers: ["terms", "privacy", "solved"],
  help: ["help"],
  admin: [
    ...["replies", "addreply", "renamereply", "delreply", "exportreplies", "importreplies"],
    ...["settings", "set", "reset", "stats", "failed"],
  ] as const,
  setup: ["setup"],
  creator: ["allow", "disallow"],
  invite: ["invite"],
  owner: ["desks", "adddesk", "route", "renamedesk", "removedesk"],
  notify: ["notify"],
  shift: ["shift"],
  thread: [
    ...["close", "closesilent", "reply", "pix", "priority", "assign", "tag", "who"],
    "transfer",
    ...["later", "undo", "ban"],
  ] as const,
  unban: ["unban"],
} as const satisfies Record<string, readonly CommandName[]>;

type Family = keyof typeof FAMILIES;

/**
 * What becomes of a command: it is obeyed, it is answered with who may give it, or where; nothing
 * happens; or, from a customer, the team reads it as they read everything of theirs.
 */
type Fate =
  | "obeyed"
  | "admins only"
  | "creator only"
  | "owner only"
  | "elsewhere"
  | "nothing"
  | "a message";

const NOBODY: Record<Family, Fate> = {
  start: "nothing",
  customers: "nothing",
  help: "nothing",
  admin: "nothing",
  setup: "nothing",
  creator: "nothing",
  invite: "nothing",
  owner: "nothing",
  notify: "nothing",
  shift: "nothing",
  thread: "nothing",
  unban: "nothing",
};
const CUSTOMER: Record<Family, Fate> = {
  start: "obeyed",
  customers: "obeyed",
  help: "obeyed",
  admin: "a message",
  setup: "a message",
  creator: "a message",
  invite: "a message",
  owner: "a message",
  notify: "a message",
  shift: "a message",
  thread: "a message",
  unban: "a message",
};
const ADMIN_IN_THREAD: Record<Family, Fate> = {
  start: "elsewhere",
  customers: "elsewhere",
  help: "obeyed",
  admin: "obeyed",
  setup: "elsewhere",
  creator: "creator only",
  invite: "creator only",
  owner: "owner only",
  notify: "elsewhere",
  shift: "obeyed",
  thread: "obeyed",
  unban: "obeyed",
};
const ADMIN_IN_GROUP: Record<Family, Fate> = {
  ...ADMIN_IN_THREAD,
  shift: "elsewhere",
  thread: "elsewhere",
};
const ADMIN_IN_PRIVATE: Record<Family, Fate> = {
  start: "elsewhere",
  customers: "obeyed",
  help: "obeyed",
  admin: "obeyed",
  setup: "obeyed",
  creator: "creator only",
  invite: "creator only",
  owner: "owner only",
  notify: "obeyed",
  shift: "obeyed",
  thread: "elsewhere",
  unban: "elsewhere",
};
/** What an agent may not do, wherever they are. */
const AGENT = { admin: "admins only", setup: "admins only" } as const;

/** Who gives commands where, and what becomes of them. */
const TABLE: Record<string, Record<Family, Fate>> = {
  "an agent, in a thread": { ...ADMIN_IN_THREAD, ...AGENT },
  "an administrator, in a thread": ADMIN_IN_THREAD,
  "the creator, in a thread": {
    ...ADMIN_IN_THREAD,
    creator: "obeyed",
    invite: "elsewhere",
    owner: "elsewhere",
  },
  "an anonymous administrator, in a thread": ADMIN_IN_THREAD,
  "the channel itself, in a thread": ADMIN_IN_THREAD,
  "a stranger, in a thread": NOBODY,
  "a stranger's channel, in a thread": NOBODY,
  "a former member, in a thread": NOBODY,
  "a customer, in a thread": NOBODY,
  "an agent, in the group": { ...ADMIN_IN_GROUP, ...AGENT },
  "an administrator, in the group": ADMIN_IN_GROUP,
  "the creator, in the group": {
    ...ADMIN_IN_GROUP,
    creator: "obeyed",
    invite: "elsewhere",
    owner: "elsewhere",
  },
  "an anonymous administrator, in the group": ADMIN_IN_GROUP,
  "the channel itself, in the group": ADMIN_IN_GROUP,
  "a stranger, in the group": NOBODY,
  "a former member, in the group": NOBODY,
  "an agent, in private": { ...ADMIN_IN_PRIVATE, ...AGENT },
  "an administrator, in private": ADMIN_IN_PRIVATE,
  "the creator, in private": {
    ...ADMIN_IN_PRIVATE,
    creator: "obeyed",
    invite: "obeyed",
    owner: "obeyed",
  },
  "a stranger, in private": CUSTOMER,
  "a former member, in private": CUSTOMER,
  "a customer, in private": CUSTOMER,
};

/** What the bot says to whom it does not obey, in the desk's language. */
const REFUSALS: [Fate, string][] = [
  ["admins only", "Só administradores"],
  ["creator only", "Só quem criou o grupo"],
  ["owner only", "Só o dono do bot"],
  ["elsewhere", "Este comando vale"],
  ["elsewhere", "Responda aos clientes nos comentários do canal, não por aqui"],
];

/** A desk with everybody the table is about. */
async function openWithEverybody() {
  const desk = await TestDesk.open();
  const { telegram, channel, group, boss, ana } = desk;
  const person = (firstName: string) => telegram.createUser({ firstName, languageCode: "pt-br" });
  const [carla, rui, dora] = [person("Carla"), person("Rui"), person("Dora")];
  telegram.promote(channel, carla);
  telegram.addMember(channel, dora);
  telegram.removeMember(channel, dora, "left");
  boss.starts(desk.bot);
  await desk.settled();
  // To write outside of threads one has to be in the group.
  for (const { id } of [ana, carla, rui, dora]) boss.sends(desk.chatOf(boss), `/allow ${id}`);
  await desk.settled();
  const people: Record<string, { user: SimulatedUser; as?: "anonymous" | SimulatedChat }> = {
    "an agent": { user: ana },
    "an administrator": { user: carla },
    "the creator": { user: boss },
    "an anonymous administrator": { user: boss, as: "anonymous" },
    "the channel itself": { user: boss, as: channel },
    "a stranger": { user: rui },
    "a stranger's channel": {
      user: rui,
      as: telegram.createChannel({ title: "Outro", creator: rui }),
    },
    "a former member": { user: dora },
  };
  for (const { user } of Object.values(people)) {
    if (user !== boss) user.joins(group);
    user.sends(desk.chatOf(user), "/start");
  }
  await desk.settled();
  return { desk, people };
}

for (const [row, expected] of Object.entries(TABLE)) {
  Deno.test(`commands of ${row}`, async () => {
    const { desk, people } = await openWithEverybody();
    await using _ = desk;
    const [who, where] = row.split(", ") as [string, string];
    const maria = await desk.hearsFrom("Maria", "bom dia");
    // Nothing is left for a picture of numbers, which takes long to draw.
    await desk.passes(33 * DAY_MS);
    const { user, as } = people[who] ?? { user: maria };
    const chat = where === "in private" ? desk.chatOf(user) : desk.group;
    const seen: string[] = [];
    const wanted: string[] = [];
    const answers: number[] = [];
    for (const [family, names] of Object.entries(FAMILIES)) {
      for (const word of names.flatMap(namesOfCommand)) {
        const told = desk.toldTo(maria).length;
        const cards = desk.channel.messages.length;
        const before = chat.messages.at(-1)?.message_id ?? 0;
        const beforeInGroup = desk.group.messages.at(-1)!.message_id;
        const options = as ? { as } : {};
        if (where === "in a thread") user.comments(desk.cardOf(maria), `/${word}`, options);
        else user.sends(chat, `/${word}`, options);
        await desk.settled();
        const said = chat.messages.filter(({ message_id, from }) =>
          message_id > before && from?.id === desk.bot.id
        );
        const isRead = desk.group.messages.some(({ message_id, text, from }) =>
          message_id > beforeInGroup && text === `/${word}` && from?.id === desk.bot.id
        );
        const fate = isRead ? "a message" : fateOf(textsOf(said));
        seen.push(`/${word}: ${fate}`);
        wanted.push(`/${word}: ${expected[family as Family]}`);
        answers.push(said.length);
        // Whatever becomes of it: no customer reads a command, and nobody who is none gets a card.
        const toCustomer = textsOf(desk.toldTo(maria).slice(told));
        assert(!toCustomer.includes(`/${word}`), `/${word} was relayed to the customer`);
        if (!isRead) assertEquals(desk.channel.messages.length, cards, `/${word} made a card`);
      }
    }
    assertEquals(seen, wanted);
    // One command, one answer.
    assert(answers.every((count) => count <= 1), `answered ${answers} times: ${seen}`);
  });
}

function fateOf(answers: string[]): Fate {
  const refusal = REFUSALS.find(([, words]) => answers.some((text) => text.includes(words)));
  if (refusal) return refusal[0];
  return answers.length > 0 ? "obeyed" : "nothing";
}

Deno.test("the table above is about every command there is", () => {
  assertEquals(Object.values(FAMILIES).flat().toSorted(), COMMAND_NAMES.toSorted());
});

Deno.test("no two commands share a name, and names mean the same whatever case and accents", () => {
  const words = COMMAND_NAMES.flatMap(namesOfCommand);
  assertEquals(new Set(words).size, words.length);
  for (const name of COMMAND_NAMES) {
    for (const word of namesOfCommand(name)) {
      assertEquals(commandNamed(word.toUpperCase()), name);
      assert(/^[a-z0-9_]{1,32}$/.test(word), `Telegram takes no menu with ${word}`);
    }
  }
  assertEquals(commandNamed("estatísticas"), "stats");
});
