import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time/duration.ts";
import { TestDesk, textsOf } from "../support/desk.ts";

/** The copies of a customer's cards in the group, oldest first. */
function rootsOf(desk: TestDesk, customerId: number) {
  return desk.group.messages.filter((message) =>
    message.is_automatic_forward && message.text?.includes(`ID ${customerId}`)
  );
}

Deno.test("a deleted root: a new card, the same message under it, and the old card says where", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const oldCard = desk.cardOf(maria);
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  maria.sends(desk.chatOf(maria), "dois");
  maria.sends(desk.chatOf(maria), "três");
  await desk.settled();

  const newCard = desk.cardOf(maria);
  assert(newCard.message_id !== oldCard.message_id);
  assertEquals(textsOf(desk.threadOf(maria)), ["dois", "três"]);
  const retired = desk.channel.message(oldCard.message_id)!;
  assertEquals(retired.text, `➡️ Maria\nID ${maria.id}\nA conversa continua aqui.`);
  const link = retired.entities?.findLast(({ type }) => type === "text_link") as { url: string };
  assert(link.url.endsWith(`/${newCard.message_id}`));

  desk.ana.comments(newCard, "quatro");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "quatro");
});

Deno.test("a card whose posting was not answered says where the conversation is, too, once its root is deleted", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const isCard = ({ payload }: { payload: Record<string, unknown> }) =>
    payload.chat_id === desk.channel.id;
  for (const text of ["dois", "três"]) {
    desk.boss.deletes(rootsOf(desk, maria.id).at(-1)!);
    desk.telegram.faults.next(isCard, { kind: "lost answer" });
    maria.sends(desk.chatOf(maria), text);
    await desk.settled();
    await desk.passes(MINUTE_MS);
    await desk.passes(HOUR_MS);
  }
  assertEquals(textsOf(desk.threadOf(maria)), ["três"]);
  assertEquals(desk.channel.messages.map(({ text }) => text?.split(" ")[0]), ["➡️", "➡️", "🟦"]);
});

Deno.test("a card that is over says so, though an edit of it was still under way", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const oldCard = desk.cardOf(maria);
  const isEdit = ({ method, payload }: { method: string; payload: Record<string, unknown> }) =>
    method === "editMessageText" && payload.message_id === oldCard.message_id;
  desk.telegram.faults.next(isEdit, { kind: "delay", ms: 200 });
  desk.ana.comments(oldCard, "/p 4");
  while (!desk.telegram.calls.some(isEdit)) await new Promise((done) => setTimeout(done, 1));
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  await desk.passes(1100);
  assertEquals(desk.threadOf(maria)[0]?.text, "dois");
  assertEquals(desk.channel.messages.map(({ text }) => text?.split(" ")[0]), ["➡️", "🟧"]);
});

Deno.test("an answer to a message of a thread that is gone goes into the new thread", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: question.message_id });
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["dois", "sobre o um"]);
});

Deno.test("an answer to a message whose thread has lost its root goes into a new thread", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  // The copy of "um" is still there to be answered, but nobody looks at it any more.
  const album = { replyTo: question.message_id, mediaGroupId: "1" };
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: question.message_id });
  for (const caption of ["a", "b"]) {
    maria.sends(desk.chatOf(maria), { photo: true, caption }, album);
  }
  await desk.settled();
  await desk.passes(2000);
  assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um", "a", "b"]);
});

Deno.test("an answer waits while the bot is not there to look for its root", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  // Only the look is refused: the bot is back when the call arrives.
  desk.telegram.faults.next("setMessageReaction", {
    kind: "error",
    errorCode: 403,
    description: "Forbidden: bot was kicked from the supergroup chat",
  });
  maria.sends(desk.chatOf(maria), "sobre o um", { replyTo: question.message_id });
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["sobre o um"]);
});

Deno.test("a deleted card whose copy lives goes on in its thread", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const [root] = rootsOf(desk, maria.id);
  desk.boss.deletes(desk.cardOf(maria));
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const thread = desk.group.thread(root!.message_id);
  assertEquals(textsOf(thread), ["um", "dois"]);
  desk.ana.sends(desk.group, "três", { replyTo: thread[1]!.message_id });
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "três");
});

Deno.test("a card that never gets a thread is posted again, more and more rarely", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.autoForward = { mode: "never", delayMs: 0 };
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const cards = () => desk.channel.messages.filter(({ text }) => text?.includes("Maria")).length;
  const countAfter = async (minutes: number) => {
    for (let each = 0; each < minutes; each++) await desk.passes(61_000);
    return cards();
  };
  assertEquals(await countAfter(8), 1);
  assertEquals(await countAfter(4), 2);
  assertEquals(await countAfter(50), 2);
  assertEquals(await countAfter(15), 3);
  desk.telegram.autoForward = { mode: "after", delayMs: 1 };
  desk.telegram.releaseForwards();
  await desk.settled();
  await desk.passes(61_000);
  assertEquals(textsOf(desk.group.messages).filter((text) => text === "um").length, 1);
});

Deno.test("a comment under a card that is over reaches its customer, though its copy was never seen", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("#Maria");
  const { handler } = desk.app;
  desk.app.handler = async (request) => {
    const { message } = await request.clone().json();
    return message?.is_automatic_forward ? new Response() : await handler(request);
  };
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const oldCard = desk.cardOf(maria);
  desk.app.handler = handler;
  for (let minute = 0; minute < 12; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um"]);
  const retired = desk.channel.message(oldCard.message_id)!;
  assert(retired.text?.startsWith("➡️"));
  assertEquals(retired.entities?.map(({ type }) => type), ["text_link", "text_link"]);

  desk.ana.comments(retired, "olá");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "olá");

  // Not even an empty database has the conversation go on there.
  await desk.loseDatabase();
  desk.ana.comments(retired, "ainda aí?");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "ainda aí?");
  maria.sends(desk.chatOf(maria), "sim");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["sim"]);
});

const TROUBLES: [what: string, breaks: (d: TestDesk) => void, repairs: (d: TestDesk) => void][] = [
  [
    "the bot loses its place in the group",
    (d) => d.telegram.removeMember(d.group, d.bot, "kicked"),
    (d) => {
      d.telegram.addMember(d.group, d.bot);
      d.telegram.promote(d.group, d.bot);
    },
  ],
  [
    "the bot may no longer post in the channel",
    (d) => d.telegram.demote(d.channel, d.bot),
    (d) => d.telegram.promote(d.channel, d.bot),
  ],
];
for (const [what, breaks, repairs] of TROUBLES) {
  Deno.test(`${what}: everything waits, is said once, and goes out when it is repaired`, async () => {
    await using desk = await TestDesk.open();
    desk.boss.starts(desk.bot);
    const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
    maria.sends(desk.chatOf(maria), "um");
    await desk.settled();
    breaks(desk);
    await desk.settled();
    maria.sends(desk.chatOf(maria), "dois");
    maria.sends(desk.chatOf(maria), "três");
    joao.sends(desk.chatOf(joao), "olá");
    await desk.settled();
    for (let minute = 0; minute < 5; minute++) await desk.passes(MINUTE_MS);

    const health = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals(health.status, 503);
    const { problems, failed } = await health.json();
    assert(problems.length > 0);
    assertEquals(failed, 0);
    const told = desk.toldTo(desk.boss).filter(({ text }) => text?.startsWith("⚠️ O atendimento"));
    assertEquals(told.length, 1);
    assertEquals(desk.logLines.filter((line) => line.includes('"event":"trouble"')).length, 1);

    repairs(desk);
    await desk.settled();
    await desk.passes(MINUTE_MS);
    assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois", "três"]);
    assertEquals(textsOf(desk.threadOf(joao)), ["olá"]);
    const repaired = await desk.app.handler(new Request("https://desk.example/health"));
    assertEquals((await repaired.json()).problems, []);
  });
}

Deno.test("trouble that Telegram puts in several ways is said once, and again when it is back", async () => {
  await using desk = await TestDesk.open();
  desk.boss.starts(desk.bot);
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const told = () => desk.toldTo(desk.boss).filter(({ text }) => text?.startsWith("⚠️ O atend"));
  for (const times of [1, 2]) {
    desk.telegram.restrict(desk.group, desk.bot, {});
    await desk.settled();
    for (const content of ["dois", { sticker: true }] as const) {
      const customer = desk.customer("João");
      customer.sends(desk.chatOf(customer), "oi");
      maria.sends(desk.chatOf(maria), content);
    }
    desk.telegram.faults.next("copyMessage", {
      kind: "error",
      errorCode: 400,
      description: "Bad Request: not enough rights to send stickers to the chat",
    });
    await desk.settled();
    for (let minute = 0; minute < 5; minute++) {
      desk.telegram.faults.next("copyMessage", {
        kind: "error",
        errorCode: 400,
        description: `Bad Request: CHAT_WRITE_FORBIDDEN, ${minute}`,
      });
      await desk.passes(61_000);
    }
    assertEquals(told().length, times);
    desk.telegram.promote(desk.group, desk.bot);
    await desk.settled();
    for (let minute = 0; minute < 2; minute++) await desk.passes(61_000);
  }
  const lines = desk.logLines.filter((line) => line.includes('"event":"trouble"'));
  assertEquals(lines.length, 2);
});

Deno.test("an old card is marked after the bot was out of the channel", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const oldCard = desk.cardOf(maria);
  desk.boss.deletes(rootsOf(desk, maria.id)[0]!);
  desk.telegram.faults.next(
    "editMessageText",
    {
      kind: "error",
      errorCode: 403,
      description: "Forbidden: bot was kicked from the channel chat",
    },
  );
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assert(!desk.channel.message(oldCard.message_id)!.text!.startsWith("➡️"));
  await desk.passes(61_000);
  assert(desk.channel.message(oldCard.message_id)!.text!.startsWith("➡️"));
});

Deno.test("a revoked token: everything waits, and health says why", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.telegram.faults.next(() => true, {
    kind: "error",
    errorCode: 401,
    description: "Unauthorized",
  }, 3);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(health.status, 503);
  assertStringIncludes((await health.json()).problems.join(), "Unauthorized");
  for (let minute = 0; minute < 4; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um", "dois"]);
});

Deno.test("a group that becomes another chat is followed, with new threads in it", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  const newGroup = desk.telegram.createSupergroup({ title: "Outro", creator: desk.boss });
  desk.telegram.promote(newGroup, desk.bot);
  await desk.settled();
  desk.telegram.unlink(desk.channel);
  desk.telegram.link(desk.channel, newGroup);
  desk.telegram.faults.next("copyMessage", {
    kind: "error",
    errorCode: 400,
    description: "Bad Request: group chat was upgraded to a supergroup chat",
    parameters: { migrate_to_chat_id: newGroup.id },
  });
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  await desk.passes(1000);
  const shown = newGroup.messages.filter(({ from }) => from?.id === desk.bot.id);
  assertEquals(textsOf(shown), ["dois"]);
  desk.ana.comments(desk.cardOf(maria), "três");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "três");
});

Deno.test("what the team wrote to a customer who stays away is given up after a week, visibly", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  maria.blocks(desk.bot);
  await desk.settled();
  const comment = desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  for (let day = 0; day < 8; day++) await desk.passes(DAY_MS);
  const said = desk.threadOf(maria).at(-1)!;
  assertEquals(
    said.text,
    "⚠️ Não foi possível entregar esta mensagem: o cliente bloqueou o bot há muitos dias.",
  );
  assertEquals(said.reply_to_message?.message_id, comment.message_id);
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals((await health.json()).failed, 1);
});

Deno.test("a deactivated account is given up at once, visibly", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  maria.deactivates();
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  assertEquals(
    desk.threadOf(maria).at(-1)!.text,
    "⚠️ Não foi possível entregar esta mensagem: a conta deste cliente não existe mais.",
  );
});

Deno.test("what fails for a day is given up, and its sender is told", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "502" }, 1, "copyMessage");
  const lost = maria.sends(desk.chatOf(maria), "um");
  for (let hour = 0; hour < 26; hour++) await desk.passes(HOUR_MS);
  desk.telegram.faults.clear();
  const told = desk.toldTo(maria).at(-1)!;
  assertStringIncludes(told.text!, "o Telegram não respondeu por tempo demais");
  assertEquals(told.reply_to_message?.message_id, lost.message_id);
  maria.sends(desk.chatOf(maria), "dois");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "dois"]);
});

Deno.test("with an empty database a comment under an old card still reaches its customer", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria", { lastName: "Silva" });
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  await desk.loseDatabase();
  desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)?.text, "olá");
  maria.sends(desk.chatOf(maria), "ainda aí?");
  await desk.settled();
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "olá", "ainda aí?"]);
  assertEquals(desk.channel.messages.filter(({ text }) => text?.includes("Maria")).length, 1);
});

Deno.test("with an empty database an edit of an old message sends nothing twice", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const comment = desk.ana.comments(desk.cardOf(maria), "olá");
  await desk.settled();
  await desk.loseDatabase();
  desk.ana.edits(comment, "olá!");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).filter((text) => text.startsWith("olá")), ["olá"]);
  assertStringIncludes(desk.threadOf(maria).at(-1)!.text!, "A edição não aparece do outro lado");
});

Deno.test("with an empty database a customer who writes again continues in a new card", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  const question = maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  const oldCard = desk.cardOf(maria);
  await desk.loseDatabase();
  maria.sends(desk.chatOf(maria), "ainda aí?", { replyTo: question.message_id });
  await desk.settled();
  assert(desk.cardOf(maria).message_id !== oldCard.message_id);
  assertEquals(textsOf(desk.threadOf(maria)), ["ainda aí?"]);
  desk.ana.comments(oldCard, "do cartão antigo");
  desk.ana.comments(desk.cardOf(maria), "do novo");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(-2), ["do cartão antigo", "do novo"]);
});

Deno.test("a new token of the same bot goes on with what waits; what only the old one could read is said", async () => {
  await using desk = await TestDesk.open({ env: { ALBUM_QUIET_MS: "1" } });
  const [maria, joao] = [desk.customer("Maria"), desk.customer("João")];
  for (const customer of [maria, joao]) customer.sends(desk.chatOf(customer), "oi");
  await desk.settled();
  const edited = maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  desk.telegram.faults.rate({ kind: "502" }, 1, ({ method }) => /^(copy|edit)/.test(method));
  maria.edits(edited, "um, corrigido");
  maria.sends(desk.chatOf(maria), "dois");
  joao.sends(desk.chatOf(joao), "também");
  await desk.settled();
  desk.telegram.faults.clear();
  desk.telegram.revokeToken(desk.bot);
  await desk.restart();
  for (let minute = 0; minute < 3; minute++) await desk.passes(MINUTE_MS);
  assertEquals(textsOf(desk.threadOf(maria)), ["oi", "um", "dois"]);
  assertEquals(textsOf(desk.threadOf(joao)), ["oi", "também"]);
  assertStringIncludes(desk.toldTo(maria).at(-1)!.text!, "o token do bot foi trocado");
});

Deno.test("a card that was given up is posted when the customer writes again", async () => {
  await using desk = await TestDesk.open();
  desk.telegram.faults.rate({ kind: "502" }, 1, "sendMessage");
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "um");
  for (let hour = 0; hour < 30; hour++) await desk.passes(HOUR_MS);
  desk.telegram.faults.clear();
  maria.sends(desk.chatOf(maria), "dois");
  for (let minute = 0; minute < 10; minute++) await desk.passes(5 * MINUTE_MS);
  assertEquals(textsOf(desk.threadOf(maria)).at(-1), "dois");
});

Deno.test("a message that waited for days is not given up at its first failure", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  maria.blocks(desk.bot);
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  await desk.passes(3 * DAY_MS);
  desk.telegram.faults.next("copyMessage", { kind: "502" });
  maria.unblocks(desk.bot);
  await desk.settled();
  await desk.passes(10_000);
  assertEquals(desk.toldTo(maria).at(-1)?.text, "um");
});

Deno.test("threads that somebody keeps removing do not become a flood of cards", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  for (let n = 0; n < 20; n++) {
    for (const root of rootsOf(desk, maria.id)) desk.boss.deletes(root);
    maria.sends(desk.chatOf(maria), `mensagem ${n}`);
    await desk.settled();
    await desk.passes(61_000);
  }
  const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  assert(cards.length <= 4, `${cards.length} cards`);
});

Deno.test("a group that is unlinked: no more cards, health says so, and all goes on when it is linked", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  desk.telegram.unlink(desk.channel);
  maria.sends(desk.chatOf(maria), "um");
  await desk.settled();
  for (let minute = 0; minute < 20; minute++) await desk.passes(61_000);
  const health = await desk.app.handler(new Request("https://desk.example/health"));
  assertEquals(health.status, 503);
  assertStringIncludes((await health.json()).problems.join(), "no discussion group");
  const cards = desk.channel.messages.filter(({ text }) => text?.includes("Maria"));
  assertEquals(cards.length, 1);
  desk.telegram.link(desk.channel, desk.group);
  for (let minute = 0; minute < 4; minute++) await desk.passes(61_000);
  assertEquals(textsOf(desk.threadOf(maria)), ["um"]);
});

Deno.test("a channel that becomes public no longer makes a team of whoever joins", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  desk.ana.comments(desk.cardOf(maria), "um");
  await desk.settled();
  desk.channel.username = "padaria";
  await desk.passes(6 * MINUTE_MS);
  const stranger = desk.telegram.createUser({ firstName: "Eve" });
  stranger.joins(desk.channel);
  await desk.settled();
  stranger.comments(desk.cardOf(maria), "mande o PIX");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["um"]);
});

Deno.test("a comment that becomes a note while its call is under way: the agent is told, nothing twice", async () => {
  await using desk = await TestDesk.open();
  const maria = desk.customer("Maria");
  maria.sends(desk.chatOf(maria), "oi");
  await desk.settled();
  desk.telegram.faults.next("copyMessage", { kind: "delay", ms: 150 });
  const comment = desk.ana.comments(desk.cardOf(maria), "um");
  await new Promise((resolve) => setTimeout(resolve, 75));
  desk.ana.edits(comment, "# um");
  await desk.settled();
  const told = textsOf(desk.threadOf(maria)).filter((text) => text.startsWith("⚠️ O cliente já"));
  const got = textsOf(desk.toldTo(maria)).slice(1);
  // Telegram copies what the message is when it executes the call.
  assertEquals(got.length, 1);
  assertEquals(told.length, 1);
  desk.ana.edits(comment, "dois");
  await desk.settled();
  assertEquals(textsOf(desk.toldTo(maria)).slice(1), ["dois"]);
});
