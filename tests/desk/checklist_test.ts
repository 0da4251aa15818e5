/** What makes a desk look open while it is not, and where that is said: message, page and doctor. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ChatPermissions } from "grammy/types";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../../src/time/duration.ts";
import { PERMISSIONS } from "../../playground/telegram/member.ts";
import { itemsOf, pageOf, shownTo } from "../support/checklist.ts";
import { TestDesk, textsOf } from "../support/desk.ts";
import { LOCAL_URL, look } from "../support/page.ts";

/** Members may do everything but this. */
function allBut(...forbidden: (keyof ChatPermissions)[]): ChatPermissions {
  return Object.fromEntries(PERMISSIONS.map((name) => [name, !forbidden.includes(name)]));
}

interface Flaw {
  what: string;
  state: "bad" | "warning";
  breaks: (desk: TestDesk) => void;
  mends: (desk: TestDesk) => void;
  /** What is to be tapped, in English, Portuguese and Spanish. */
  says: [string, string, string];
}

const FLAWS: Flaw[] = [
  {
    what: "who comments has to join the group",
    state: "bad",
    breaks: ({ group }) => group.joinToSendMessages = true,
    mends: ({ group }) => group.joinToSendMessages = false,
    says: ["“Who can send messages?”", "“Quem pode enviar mensagens?”", "“¿Quién puede enviar"],
  },
  {
    what: "members may not write",
    state: "bad",
    breaks: ({ group }) => group.permissions = allBut("can_send_messages"),
    mends: ({ group }) => group.permissions = undefined,
    says: ["“Send text messages”", "“Enviar mensagens de texto”", "“Enviar mensajes de texto”"],
  },
  {
    what: "members may not send photos and stickers",
    state: "warning",
    breaks: ({ group }) => {
      group.permissions = allBut("can_send_photos", "can_send_other_messages");
    },
    mends: ({ group }) => group.permissions = allBut(),
    says: ["photos, stickers, GIFs", "fotos, figurinhas, GIFs", "fotos, stickers, GIF"],
  },
  {
    what: "members have to wait between messages",
    state: "warning",
    breaks: ({ group }) => group.slowModeS = 30,
    mends: ({ group }) => group.slowModeS = 0,
    says: ["30 s between", "30 s entre", "30 s entre"],
  },
  {
    what: "what is written in the group disappears",
    state: "warning",
    breaks: ({ group }) => group.autoDeleteS = 7 * DAY_MS / SECOND_MS,
    mends: ({ group }) => group.autoDeleteS = 0,
    says: [
      "the channel's group disappears after 7 d",
      "no grupo do canal some",
      "grupo del canal desap",
    ],
  },
  {
    what: "cards disappear",
    state: "warning",
    breaks: ({ channel }) => channel.autoDeleteS = DAY_MS / SECOND_MS,
    mends: ({ channel }) => channel.autoDeleteS = 0,
    says: [
      "in the channel disappears after 1 d",
      "no canal some depois de 1 d",
      "el canal desaparece",
    ],
  },
  {
    what: "the group's content is protected",
    state: "warning",
    breaks: ({ group }) => group.hasProtectedContent = true,
    mends: ({ group }) => group.hasProtectedContent = false,
    says: ["“Restrict saving content”", "“Restringir salvamento", "“Restringir guardar"],
  },
  {
    what: "private chats have topics",
    state: "bad",
    breaks: ({ bot }) => bot.configure({ hasTopics: true }),
    mends: ({ bot }) => bot.configure({ hasTopics: false }),
    says: ["“Threaded Mode” off", "desligue “Threaded Mode”", "desactive “Threaded Mode”"],
  },
  {
    what: "the bot may not be added to groups",
    state: "warning",
    breaks: ({ bot }) => bot.configure({ canJoinGroups: false }),
    mends: ({ bot }) => bot.configure({ canJoinGroups: true }),
    says: [
      "/setjoingroups to @BotFather",
      "/setjoingroups ao @BotFather",
      "/setjoingroups a @BotFather",
    ],
  },
  {
    what: "inline mode is off",
    state: "warning",
    breaks: ({ bot }) => bot.configure({ supportsInline: false }),
    mends: ({ bot }) => bot.configure({ supportsInline: true }),
    says: ["/setinline to @BotFather", "/setinline ao @BotFather", "/setinline a @BotFather"],
  },
];

const LANGUAGES = ["en", "pt-br", "es"] as const;

for (const { what, state, breaks, mends, says } of FLAWS) {
  Deno.test(`the checklist names what to tap where ${what}`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    await desk.settled();
    breaks(desk);
    const items = await itemsOf(desk);
    const amiss = items.filter((item) => item.says !== undefined && item.says.includes(says[0]));
    assertEquals(amiss.map((item) => item.state), [state], JSON.stringify(items));
    for (const [index, language] of LANGUAGES.entries()) {
      const page = await pageOf(desk, { "Accept-Language": language });
      assertStringIncludes(page.replace(/<[^>]*>/g, "").replaceAll("&#39;", "'"), says[index]!);
      const shown = await shownTo(desk, language);
      assertStringIncludes(shown, says[index]!);
      assertStringIncludes(shown, state === "bad" ? "❌" : "⚠️");
    }
    const { status } = await look(desk, { url: `${LOCAL_URL}health` });
    assertEquals(status, state === "bad" ? 503 : 200);

    mends(desk);
    assertEquals((await itemsOf(desk)).filter((item) => item.says?.includes(says[0])), []);
    assertEquals((await look(desk, { url: `${LOCAL_URL}health` })).status, 200);
  });

  Deno.test(`customers are heard where ${what}`, async () => {
    await using desk = await TestDesk.open();
    breaks(desk);
    await itemsOf(desk);
    const maria = await desk.hearsFrom("Maria");
    assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
  });
}

Deno.test("a look right after a change may be told what was before: there is another soon", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.unproven.remembersChatsS = 60;
  await itemsOf(desk);
  desk.group.joinToSendMessages = true;
  desk.group.slowModeS = 30;
  const states = async () => {
    const { text } = await look(desk, { url: `${LOCAL_URL}health` });
    return JSON.parse(text).problems.length;
  };
  // Somebody looks again, and is told of what was; nobody asks again, but the bot does.
  await itemsOf(desk);
  assertEquals(await states(), 0);
  await desk.passes(66 * SECOND_MS);
  assertEquals(await states(), 1);
  desk.group.joinToSendMessages = false;
  await desk.passes(66 * SECOND_MS);
  await desk.passes(66 * SECOND_MS);
  assertEquals(await states(), 0);
});

Deno.test("a change just before a start is seen soon after it", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.unproven.remembersChatsS = 60;
  await itemsOf(desk);
  desk.group.joinToSendMessages = true;
  await desk.restart();
  await desk.passes(66 * SECOND_MS);
  const { text } = await look(desk, { url: `${LOCAL_URL}health` });
  assertStringIncludes(text, "Who can send messages?");
});

Deno.test("a group that was linked a moment ago is found when the bot comes into it", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.unproven.remembersChatsS = 60;
  const maria = await desk.hearsFrom("Maria", "um");
  await itemsOf(desk);
  const group = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.link(desk.channel, group);
  desk.telegram.promote(group, desk.bot);
  await desk.settled();
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const shown = group.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertEquals(textsOf(shown), ["dois"]);
});

Deno.test("where posts carry their authors' profiles, threads and comments find their customers", async () => {
  await using desk = await TestDesk.open();
  desk.channel.authorProfile = desk.telegram.createChannel({ title: "Beto", creator: desk.boss });
  const maria = await desk.hearsFrom("Maria");
  assertEquals(textsOf(desk.threadOf(maria)), ["oi"]);
  desk.ana.comments(desk.cardOf(maria), "bom dia");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "bom dia");
  // Its root was never seen: the comment brings it along.
  await desk.loseDatabase();
  desk.ana.comments(desk.cardOf(maria), "ainda aí?");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).at(-1), "ainda aí?");
});

Deno.test("a card that a timer has taken away is posted anew with the next message", async () => {
  await using desk = await TestDesk.open();
  for (const chat of [desk.channel, desk.group]) chat.autoDeleteS = DAY_MS / SECOND_MS;
  const maria = await desk.hearsFrom("Maria", "um");
  await desk.passes(DAY_MS + MINUTE_MS);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["dois"]);
  assert(desk.channel.messages.length === 1);
});

Deno.test("/setup looks anew: what has changed without an update is in the list", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  await desk.settled();
  desk.group.slowModeS = 30;
  assertStringIncludes(await shownTo(desk, "en"), "30 s between");
});
