import type { Message } from "grammy/types";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type FileKind, withFileIdsOf } from "../../playground/telegram/files.ts";
import { idOf } from "../../src/replies/reply.ts";
import { type DeskOptions, TestDesk } from "../support/desk.ts";
import { refusal } from "../support/refusal.ts";
import { post } from "../support/webhook.ts";

/** The ID of another bot, whose file IDs mean nothing to ours. */
const OTHER_BOT = 4_242;

const KINDS = ["photo", "video", "animation", "audio", "voice", "document", "sticker"] as const;

/** A desk with what a test of replies needs, and file IDs of all sorts. */
async function open(options: DeskOptions = {}) {
  const desk = await TestDesk.open(options);
  const said = () => {
    const message = desk.group.messages.findLast(({ from }) => from?.id === desk.bot.id);
    return message?.text ?? message?.caption ?? "";
  };
  const commands = async (text: string, replyTo?: number) => {
    desk.boss.sends(desk.group, text, replyTo === undefined ? {} : { replyTo });
    await desk.settled();
    return said();
  };
  const offered = async (query = "") => {
    const asking = desk.ana.queries(desk.bot, query);
    await desk.settled();
    return (await asking).map((result) => "title" in result ? result.title : result.type);
  };
  /** A reply as an export has it, with a file of this bot's or of another's. */
  const written = (title: string, kind: FileKind = "photo", botId: number = desk.bot.id) => {
    const message = desk.boss.sends(desk.group, { [kind]: true } as { photo: true }) as Message;
    const shown = withFileIdsOf(message, botId)[kind as "photo"]!;
    const { file_id, file_unique_id } = [shown].flat().at(-1)!;
    return { title, kind, file_id, file_unique_id };
  };
  const imports = async (replies: object[]) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ version: 1, replies }));
    const document = { bytes, fileName: "replies.json" };
    const file = desk.boss.sends(desk.group, { document });
    return await commands("/importreplies", file.message_id);
  };
  const callsOf = (method: string) =>
    desk.telegram.calls.filter((call) => call.method === method).length;
  return { desk, said, commands, offered, written, imports, callsOf };
}

/** Puts replies on the shelf as they were before a file was tried. */
async function shelve(desk: TestDesk, replies: { title: string; kind: string; file_id: string }[]) {
  for (const { title, kind, file_id } of replies) {
    const content = { kind: kind as "photo", file: { fileId: file_id, uniqueId: `u${title}` } };
    const how = { replaces: false };
    await desk.anotherStore().replies.add(desk.channel.id, { title, content }, how);
  }
}

for (const areRead of [true, false]) {
  const how = areRead ? "that Telegram's servers refuse" : "that cannot be read";
  Deno.test(`an import tells which files are another bot's, and offers the rest: IDs ${how}`, async () => {
    const { desk, commands, offered, written, imports } = await open();
    await using _ = desk;
    desk.telegram.foreignFileIdsAreRead = areRead;
    const answer = await imports([
      { title: "Oi", text: "oi" },
      ...KINDS.map((kind) => written(`Alheio ${kind}`, kind, OTHER_BOT)),
      written("Nosso"),
      { ...written("Torto"), file_id: "lixo" },
    ]);
    assertStringIncludes(answer, "✅ Novas: 10. Atualizadas: 0.\n⚠️ O Telegram recusa os arquivos");
    for (const kind of KINDS) assertStringIncludes(answer, `Alheio ${kind}`);
    assertStringIncludes(answer, "Torto");
    assert(!answer.includes("Nosso"), answer);
    assertEquals((await offered()).sort(), ["Nosso", "Oi"]);
    assertEquals(await offered("alheio"), []);

    assertStringIncludes(
      await commands("/replies torto"),
      "⚠️ O Telegram a recusa: ela não é oferecida. Para consertá-la, envie o arquivo (ou o texto) de novo com /resposta Torto",
    );
    desk.boss.sends(desk.group, { photo: true, caption: "/addreply Torto" });
    await desk.settled();
    assertEquals((await offered()).sort(), ["Nosso", "Oi", "Torto"]);
    assert(!(await commands("/replies torto")).includes("recusa"));
    const again = await imports([written("Torto", "photo", OTHER_BOT)]);
    assertStringIncludes(again, "Ficam como estão, porque o Telegram recusa o arquivo");
    assertStringIncludes(again, "Torto");
    assertEquals(await offered("torto"), ["Torto"]);
  });
}

Deno.test("a file that is too big to be fetched is the bot's own all the same", async () => {
  const { desk, said, offered } = await open();
  await using _ = desk;
  desk.boss.sends(desk.group, { video: { fileSize: 900_000_000 }, caption: "/addreply Filme" });
  await desk.settled();
  assertEquals(said(), "✅ Resposta guardada: Filme");
  assertEquals(await offered(), ["Filme"]);
});

Deno.test("/addreply keeps no file that Telegram refuses; what cannot be told is kept", async () => {
  const { desk, commands, offered } = await open();
  await using _ = desk;
  const photo = desk.boss.sends(desk.group, { photo: true });
  const description = "Bad Request: wrong file_id or the file is temporarily unavailable";
  desk.telegram.faults.next("getFile", refusal(description));
  assertEquals(
    await commands("/addreply Menu", photo.message_id),
    "⚠️ A resposta não foi guardada: o Telegram recusa o arquivo. Envie o arquivo de novo, com o comando como legenda.",
  );
  assertEquals(await offered(), []);
  desk.telegram.faults.next("getFile", refusal("x", 502));
  assertEquals(await commands("/addreply Menu", photo.message_id), "✅ Resposta guardada: Menu");
  assertEquals(await offered(), ["Menu"]);
});

Deno.test("an import does not ask again of what is kept, nor of a Telegram that does not answer", async () => {
  const { desk, offered, written, imports, callsOf } = await open();
  await using _ = desk;
  const replies = Array.from({ length: 30 }, (_, n) => written(`Foto ${n}`));
  await imports(replies);
  const asked = callsOf("getFile");
  assert(asked >= 30);
  await imports(replies);
  assertEquals(callsOf("getFile"), asked + 1, "the file of the import itself");

  const more = Array.from({ length: 30 }, (_, n) => written(`Mais ${n}`));
  const document = {
    bytes: new TextEncoder().encode(JSON.stringify({ replies: more })),
    fileName: "r.json",
  };
  const file = desk.boss.sends(desk.group, { document });
  desk.telegram.faults.next("getFile", { kind: "delay", ms: 0 });
  desk.telegram.faults.next("getFile", refusal("x", 500), 30);
  desk.boss.sends(desk.group, "/importreplies", { replyTo: file.message_id });
  await desk.settled();
  assert(callsOf("getFile") < asked + 12);
  assertEquals((await offered("mais")).length, 30);
});

for (const transport of ["direct", "webhook", "polling"] as const) {
  Deno.test(`one bad file darkens no answer, is told once, and is mended by /addreply: ${transport}`, async () => {
    const { desk, commands, offered, written, callsOf } = await open({ transport });
    await using _ = desk;
    desk.boss.starts(desk.bot);
    await commands("/addreply Oi\noi");
    const good = [written("Foto"), written("Vídeo", "video"), written("Áudio", "audio")];
    const bad = [
      written("Alheio", "document", OTHER_BOT),
      written("Adesivo alheio", "sticker", OTHER_BOT),
    ];
    await shelve(desk, [...good, ...bad]);
    const whole = ["Foto", "Oi", "Vídeo", "audio"];
    for (let asked = 0; asked < 2; asked++) assertEquals((await offered()).sort(), whole);
    await desk.settled();
    const told = () => desk.toldTo(desk.boss).filter(({ text }) => text?.includes("recusa estas"));
    assertEquals(told().length, 1);
    assertStringIncludes(told()[0]!.text!, "Adesivo alheio");
    const calls = callsOf("answerInlineQuery");
    for (const query of ["", "alheio", "foto"]) await offered(query);
    assert(callsOf("answerInlineQuery") <= calls + 3, "nothing bad is tried again");
    assertEquals(told().length, 1);

    assertStringIncludes(await commands("/replies alheio"), "1–2 de 2");
    assertStringIncludes(await commands("/replies alheio"), "⚠️ O Telegram a recusa");
    desk.boss.sends(desk.group, { document: true, caption: "/addreply Alheio" });
    await desk.settled();
    assertEquals(await offered("alheio"), ["Alheio"]);
  });
}

const REFUSED_WORDS: Record<string, object> = {
  "a link that leads nowhere": { type: "text_link", url: "http://exemplo.com:99999/" },
  "somebody the bot never met": {
    type: "text_mention",
    user: { id: 5, is_bot: false, first_name: "Rui" },
  },
  "an emoji that there is not": { type: "custom_emoji", custom_emoji_id: "5" },
  "a format that there is not": { type: "hologram" },
};
for (const transport of ["direct", "polling"] as const) {
  for (const [what, entity] of Object.entries(REFUSED_WORDS)) {
    Deno.test(`words with ${what} darken no answer, and are told once: ${transport}`, async () => {
      const { desk, imports, offered } = await open({ transport });
      await using _ = desk;
      desk.boss.starts(desk.bot);
      await imports([
        { title: "Oi", text: "oi" },
        { title: "Site", text: "veja aqui", entities: [{ ...entity, offset: 5, length: 4 }] },
        { title: "Forte", text: "oi", entities: [{ type: "bold", offset: 0, length: 2 }] },
      ]);
      desk.telegram.faults.rate(
        refusal("Bad Request: entity is invalid"),
        1,
        ({ method, payload }) =>
          method === "answerInlineQuery" && JSON.stringify(payload.results).includes("veja aqui"),
      );
      for (let asked = 0; asked < 3; asked++) {
        const shown = await offered();
        assert(shown.length > 0 && !shown.includes("Site"), `${shown}`);
      }
      assertEquals((await offered()).sort(), ["Forte", "Oi"]);
      const told = desk.toldTo(desk.boss).filter(({ text }) => text?.includes("Site"));
      assertEquals(told.length, 1);
    });
  }
}

Deno.test("what getFile does not tell is found by leaving out, within few calls", async () => {
  const { desk, offered, written, callsOf } = await open();
  await using _ = desk;
  const good = Array.from({ length: 40 }, (_, n) => written(`Foto ${n}`));
  const { file_id, file_unique_id } = written("", "document");
  const liar = { title: "Foto errada", kind: "photo", file_id, file_unique_id };
  await shelve(desk, [...good.slice(0, 17), liar, ...good.slice(17)]);
  for (let asked = 0; asked < 7; asked++) {
    const calls = callsOf("answerInlineQuery");
    const shown = await offered();
    assert(callsOf("answerInlineQuery") - calls <= 10);
    assert(shown.length > 0 && !shown.includes("Foto errada"), `${shown}`);
  }
  assertEquals((await offered()).length, 40);
  const kept = await desk.anotherStore().replies.get(desk.channel.id, idOf("Foto errada"));
  assertEquals(kept?.isBroken, true);
});

Deno.test("an import of thousands of another bot's files leaves the others offered, page by page", async () => {
  const { desk, offered, written, imports, callsOf } = await open();
  await using _ = desk;
  const model = written("", "photo", OTHER_BOT);
  const foreign = Array.from({ length: 2000 }, (_, n) => ({
    ...model,
    title: `A ${n}`,
    file_id: model.file_id.slice(0, 12) + btoa(`${OTHER_BOT}:${n}`).replaceAll("=", ""),
  }));
  const answer = await imports([...foreign, { title: "Z", text: "z" }, written("Y")]);
  assertStringIncludes(answer, "✅ Novas: 2002.");
  assertStringIncludes(answer, "A 9 …");
  assert(callsOf("getFile") <= 2010);
  assertEquals(await offered(), ["Y", "Z"]);
});

Deno.test("the preview of a bad file says so, and marks it", async () => {
  const { desk, commands, offered, written } = await open();
  await using _ = desk;
  await commands("/addreply Oi\noi");
  await shelve(desk, [written("Alheio", "photo", OTHER_BOT)]);
  await commands("/replies alheio");
  const list = desk.group.messages.findLast(({ from }) => from?.id === desk.bot.id) as Message;
  const [show] = list.reply_markup!.inline_keyboard.flat() as { callback_data: string }[];
  for (let times = 0; times < 2; times++) {
    const answer = desk.boss.presses(list, show!.callback_data);
    await desk.settled();
    assertStringIncludes((await answer)!.text!, "O Telegram a recusa");
  }
  await offered();
  assertEquals(await offered(), ["Oi"]);
});

Deno.test("a refusal of the query itself blames no reply", async () => {
  const { desk, offered, written, callsOf } = await open();
  await using _ = desk;
  await shelve(desk, [written("Foto")]);
  await offered();
  const calls = callsOf("answerInlineQuery");
  const description =
    "Bad Request: query is too old and response timeout expired or query ID is invalid";
  desk.telegram.faults.next("answerInlineQuery", refusal(description));
  const asking = desk.ana.queries(desk.bot, "");
  await desk.settled();
  assertEquals(callsOf("answerInlineQuery"), calls + 1);
  void asking;
  assertEquals(await offered(), ["Foto"]);
});

Deno.test("a page of words alone is answered by the webhook's response, one with files by a call", async () => {
  const { desk, commands, written, callsOf } = await open({ env: { WEBHOOK_SECRET: "s" } });
  await using _ = desk;
  await commands("/addreply Oi\noi");
  await shelve(desk, [written("Foto")]);
  let updateId = 1;
  const asks = async (query: string) => {
    const calls = callsOf("answerInlineQuery");
    const response = await desk.app.handler(
      post(
        JSON.stringify({
          update_id: updateId++,
          inline_query: { id: `q${updateId}`, from: desk.ana.info, query, offset: "" },
        }),
        "s",
      ),
    );
    const text = await response.text();
    await desk.settled();
    return [text.includes("answerInlineQuery"), callsOf("answerInlineQuery") - calls];
  };
  await asks("oi");
  assertEquals(await asks("oi"), [true, 0]);
  assertEquals(await asks("foto"), [false, 1]);
});
