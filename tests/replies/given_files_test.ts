import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ContentSpec } from "../../playground/telegram/telegram.ts";
import { type DeskOptions, TestDesk, textsOf } from "../support/desk.ts";

/** A desk, and what the bot last said in the group. */
async function open(options: DeskOptions = {}) {
  const desk = await TestDesk.open(options);
  const said = () => {
    const message = desk.group.messages.findLast(({ from }) => from?.id === desk.bot.id)!;
    return message.text ?? message.caption ?? "";
  };
  const offered = async (query = "") => {
    const asking = desk.ana.queries(desk.bot, query);
    await desk.settled();
    return await asking;
  };
  return { desk, said, offered };
}

/** Files that may have a caption, each with the command as its caption. */
const CAPTIONED: [kind: string, content: (caption: string) => ContentSpec][] = [
  ["photo", (caption) => ({ photo: true, caption, show_caption_above_media: true })],
  ["video", (caption) => ({ video: true, caption })],
  ["animation", (caption) => ({ animation: true, caption })],
  ["audio", (caption) => ({ audio: true, caption })],
  ["voice", (caption) => ({ voice: true, caption })],
  ["document", (caption) => ({ document: true, caption })],
];

for (const [kind, content] of CAPTIONED) {
  Deno.test(`a ${kind} with /addreply as its caption is kept, with what follows the title`, async () => {
    const { desk, said, offered } = await open();
    await using _ = desk;
    desk.boss.sends(desk.group, content("/addreply Menu"));
    await desk.settled();
    assertEquals(said(), "✅ Resposta guardada: Menu");
    desk.boss.sends(desk.group, content("/resposta Preços\nDe hoje, {nome}: 5 reais"));
    await desk.settled();
    assertEquals(said(), "✅ Resposta guardada: Preços");
    const captions: (string | undefined)[] = [];
    for (const query of ["menu", "preços"]) {
      const [result] = await offered(query);
      const sent = desk.boss.choosesResult(desk.group, result!);
      assertEquals(sent[kind as "photo"] !== undefined, true, query);
      captions.push(sent.caption);
    }
    assertEquals(captions, [undefined, "De hoje, {nome}: 5 reais"]);
  });
}

Deno.test("the command is the caption in a thread and in private, too, and no customer sees it", async () => {
  const { desk, offered } = await open();
  await using _ = desk;
  const maria = await desk.hearsFrom("Maria");
  const told = desk.toldTo(maria).length;
  desk.boss.comments(desk.cardOf(maria), { photo: true, caption: "/addreply Um" });
  await desk.settled();
  desk.boss.starts(desk.bot);
  desk.boss.sends(desk.chatOf(desk.boss), { video: true, caption: "/addreply Dois\nFilme" });
  await desk.settled();
  assertEquals(desk.toldTo(desk.boss).at(-1)!.text, "✅ Resposta guardada: Dois");
  assertEquals((await offered()).length, 2);
  assertEquals(desk.toldTo(maria).length, told);
  // Of a customer it is a photo like any other.
  for (const caption of ["/addreply Golpe", "/help", "/start", "/set welcome x"]) {
    maria.sends(desk.chatOf(maria), { photo: true, caption });
    await desk.settled();
    assertEquals(textsOf(desk.threadOf(maria)).at(-1), caption);
  }
  assertEquals((await offered()).length, 2);
});

Deno.test("one piece of an album is not kept for the whole: who gave the command is told", async () => {
  const { desk, said, offered } = await open();
  await using _ = desk;
  await desk.boss.sendsAlbum(desk.group, [
    { photo: true, caption: "/addreply Vitrine" },
    { photo: true },
    { photo: true },
  ]);
  await desk.settled();
  assertStringIncludes(said(), "um álbum não pode ser uma resposta pronta");
  assertEquals(await offered(), []);
  desk.boss.sends(desk.group, { photo: true, caption: "/addreply" });
  await desk.settled();
  assertStringIncludes(said(), "/resposta Prazo de entrega");
});

Deno.test("a title is found with quotation marks or a full stop around it; another is not guessed", async () => {
  const { desk, said, offered } = await open();
  await using _ = desk;
  const asks = async (text: string) => {
    desk.boss.sends(desk.group, text);
    await desk.settled();
    return said();
  };
  for (const written of ["“Menu”", "menu.", '"MENU"', "Menu 🙂"]) {
    await asks("/addreply Menu\nPão");
    assertEquals(await asks(`/delreply ${written}`), "🗑 Resposta apagada: Menu", written);
  }
  await asks("/addreply Menu\nPão");
  await asks("/addreply “Menu”\nBolo");
  assertEquals(await asks("/delreply “Menu”"), "🗑 Resposta apagada: “Menu”");
  assertStringIncludes(await asks("/delreply Men"), "Não há resposta");
  assertEquals(await asks("/renamereply 'menu'\nCardápio"), "✅ Agora se chama: Cardápio");
  assertEquals(await asks("/renamereply Cardápio -> Menu"), "✅ Agora se chama: Menu");
  assertEquals(await asks("/renamereply Menu\nA → B"), "✅ Agora se chama: A → B");
  assertStringIncludes(await asks("/renamereply A → B"), "Para renomear “A → B”");
  assertEquals((await offered()).length, 1);
});

/** A file of one reply. */
const FILE: ContentSpec = {
  document: {
    bytes: new TextEncoder().encode('{"replies":[{"title":"Um","text":"um"}]}'),
    fileName: "r.json",
  },
};
const OWN_SERVER = { env: { TELEGRAM_API_ROOT: "http://127.0.0.1:8081" } };

Deno.test("a file of replies is imported by the command as its caption, or as an answer", async () => {
  const { desk, said } = await open();
  await using _ = desk;
  desk.boss.sends(desk.group, { ...FILE, caption: "/importreplies" } as ContentSpec);
  await desk.settled();
  assertEquals(said(), "✅ Novas: 1. Atualizadas: 0.");
  desk.boss.starts(desk.bot);
  desk.boss.sends(desk.chatOf(desk.boss), { ...FILE, caption: "/importar" } as ContentSpec);
  await desk.settled();
  assertEquals(desk.toldTo(desk.boss).at(-1)!.text, "✅ Novas: 0. Atualizadas: 0.");
});

/** Where a Bot API server has its files, and what becomes of the import. */
const SERVERS: [
  name: string,
  options: DeskOptions,
  serving: "folder" | "not at all",
  said: string,
][] = [
  ["a local server's is read from the disk", OWN_SERVER, "folder", "✅ Novas: 1. Atualizadas: 0."],
  [
    "a server's that hands out no files is said to be there",
    OWN_SERVER,
    "not at all",
    "servidor da Bot API",
  ],
  [
    "Telegram's own is never looked for on the disk",
    {},
    "folder",
    "Não foi possível ler o arquivo",
  ],
];

for (const [name, options, serving, expected] of SERVERS) {
  Deno.test(`of files to be imported, ${name}`, async () => {
    const folder = await Deno.makeTempDir();
    const { desk, said } = await open(options);
    await using _ = desk;
    desk.telegram.fileServing = serving === "folder" ? { folder } : serving;
    desk.boss.sends(desk.group, { ...FILE, caption: "/importreplies" } as ContentSpec);
    await desk.settled();
    assertStringIncludes(said(), expected);
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("where a local server's folder cannot be read that is said, and neither path nor token", async () => {
  const { desk, said } = await open(OWN_SERVER);
  await using _ = desk;
  desk.telegram.fileServing = { folder: "/var/lib/telegram-bot-api", isElsewhere: true };
  desk.boss.sends(desk.group, { ...FILE, caption: "/importreplies" } as ContentSpec);
  await desk.settled();
  const words = said();
  assertStringIncludes(words, "servidor da Bot API");
  for (const line of [words, ...desk.logLines]) {
    assertEquals([line.includes("/var/lib"), line.includes(desk.bot.token)], [false, false]);
  }
});
