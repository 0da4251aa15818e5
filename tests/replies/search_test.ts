import { assert, assertEquals } from "@std/assert";
import { ReplySearch } from "../../src/replies/search.ts";
import { HALF_LIFE_MS, type ReplyUse, usageRankOf, usedAgain } from "../../src/replies/use.ts";
import { PORTUGUESE_REPLIES } from "../support/portuguese_replies.ts";
import { TestDesk } from "../support/desk.ts";
import { randomInteger, seededRandom } from "../../playground/telegram/random.ts";

/** What somebody types, and the titles that come first, in this order. */
const EXPECTED: [query: string, ...first: string[]][] = [
  // Accents and case.
  ["acao", "Ação solidária"],
  ["AÇÃO", "Ação solidária"],
  ["saudacao", "Saudação inicial"],
  ["devolucao", "Devolução", "Etiqueta de devolução"],
  ["endereço", "Endereço da loja", "Mudança de endereço"],
  ["area", "Área de entrega"],
  ["ORÇAMENTO", "Orçamento", "Orçamento enviado"],
  ["cardapio", "Cardápio", "Cardápio vegano"],
  // Beginnings of words.
  ["pra", "Prazo de entrega"],
  ["reemb", "Reembolso"],
  ["gar", "Garantia", "Garantia estendida"],
  ["bole", "Boleto vencido", "Segunda via do boleto"],
  ["estac", "Estacionamento"],
  ["aniv", "Festa de aniversário"],
  // Typos.
  ["entrga expresa", "Entrega expressa"],
  ["reenbolso", "Reembolso"],
  ["garntia", "Garantia", "Garantia estendida"],
  ["orcamneto", "Orçamento", "Orçamento enviado"],
  ["endereso", "Endereço da loja", "Mudança de endereço"],
  ["parcelamemto", "Parcelamento"],
  ["devulução", "Devolução", "Etiqueta de devolução"],
  // Several words, in any order, in title or text.
  ["entrega prazo", "Prazo de entrega"],
  ["nota empresa", "Nota fiscal para empresa"],
  ["pedido cancel", "Cancelar pedido"],
  ["boleto venc", "Boleto vencido", "Segunda via do boleto"],
  ["troca tamanho", "Troca de tamanho"],
  ["entrega motoboy", "Entrega expressa"],
  ["pão queijo", "Opções sem glúten"],
  ["sem custo", "Devolução", "Item faltando"],
  // Words that say nothing.
  ["prazo da entrega", "Prazo de entrega"],
  ["troca do produto", "Troca de produto"],
  ["como é a segunda via de um boleto", "Segunda via do boleto"],
  ["horário de", "Horário de funcionamento", "Fora do horário"],
  // Titles before texts; only texts.
  ["pix", "Pagamento por pix", "Formas de pagamento"],
  ["estoque", "Aviso de chegada"],
  ["feijoada", "Cardápio"],
  ["lgpd", "Excluir meus dados"],
  ["correios", "Código de rastreio", "Etiqueta de devolução"],
  ["wi-fi", "Configurar Wi-Fi"],
];

Deno.test("at least a hundred Portuguese replies: each query finds what people mean first", () => {
  assert(PORTUGUESE_REPLIES.length >= 100);
  const search = new ReplySearch();
  for (const [title, text] of PORTUGUESE_REPLIES) search.put({ id: title, title, text, rank: 0 });
  const found = EXPECTED.map(([query, ...first]) => {
    const { ids } = search.find(query, { offset: 0, limit: 50 });
    // Of equals any may come first.
    return [query, ...ids.slice(0, first.length).sort()];
  });
  assertEquals(found, EXPECTED.map(([query, ...first]) => [query, ...first.sort()]));
  for (const nothing of ["xilofone", "entrega xilofone", "qwertyuiop", "🎈"]) {
    const { total } = search.find(nothing, { offset: 0, limit: 50 });
    assertEquals(total, nothing === "🎈" ? PORTUGUESE_REPLIES.length : 0, nothing);
  }
});

Deno.test("of words of up to three letters none may be wrong, of four to seven one, of longer ones two", () => {
  const search = new ReplySearch();
  for (const title of ["Pix", "Café", "Boletos", "Endereço"]) {
    search.put({ id: title, title, text: "", rank: 0 });
  }
  const find = (words: string) => search.find(words, { offset: 0, limit: 9 }).ids;
  assertEquals(["pix", "pax"].map(find), [["Pix"], []]);
  assertEquals(["cafi", "cufi"].map(find), [["Café"], []]);
  assertEquals(["buletos", "bulitos"].map(find), [["Boletos"], []]);
  assertEquals(["enderiso", "inderiso"].map(find), [["Endereço"], []]);
});

Deno.test("what is changed or removed is found as it is now", () => {
  const search = new ReplySearch();
  search.put({ id: "1", title: "Um", text: "primeiro", rank: 0 });
  search.put({ id: "2", title: "Dois", text: "segundo", rank: 0 });
  search.put({ id: "1", title: "Uno", text: "outro", rank: 0 });
  search.remove("2");
  const find = (words: string) => search.find(words, { offset: 0, limit: 9 }).ids;
  assertEquals([find("um"), find("primeiro"), find("dois"), find("segundo")], [[], [], [], []]);
  assertEquals([find("uno"), find("outro"), find("")], [["1"], ["1"], ["1"]]);
});

Deno.test("of equals the higher rank comes first, then the title, whatever was changed before", () => {
  const random = seededRandom(3);
  const search = new ReplySearch();
  const now = new Map<string, { title: string; rank: number; word: string }>();
  const put = (id: string, title: string, rank: number) => {
    const word = `palavra${randomInteger(random, 1, 9)}`;
    search.put({ id, title, text: `igual, ${word} e ${word}`, rank });
    now.set(id, { title, rank, word });
  };
  for (let change = 0; change < 2000; change++) {
    const id = String(randomInteger(random, 0, 60));
    const rank = randomInteger(random, 0, 5) - 1 || -Infinity;
    const known = now.get(id);
    if (known && change % 3 === 0) {
      search.remove(id);
      now.delete(id);
    } else if (known && change % 3 === 1) {
      search.rank(id, rank);
      now.set(id, { ...known, rank });
    } else put(id, `Título ${randomInteger(random, 100, 999)} de ${id}`, rank);
  }
  const { compare } = new Intl.Collator();
  const expected = [...now].sort(([, a], [, b]) =>
    a.rank === b.rank ? compare(a.title, b.title) : b.rank - a.rank
  ).map(([id]) => id);
  assert(expected.length > 20);
  for (const word of ["palavra1", "palavra5"]) {
    const { ids } = search.find(word, { offset: 0, limit: 100 });
    assertEquals(ids, expected.filter((id) => now.get(id)!.word === word));
  }
  for (const words of ["", "igual"]) {
    const whole = search.find(words, { offset: 0, limit: 100 });
    assertEquals(whole, { ids: expected, total: expected.length });
    const page = search.find(words, { offset: 7, limit: 5 });
    assertEquals(page.ids, expected.slice(7, 12));
  }
});

Deno.test("old uses fade: a few new ones count for more than many old ones", () => {
  const used = (times: number, nowMs: number, before: ReplyUse | null = null) => {
    let use = before;
    for (let time = 0; time < times; time++) use = usedAgain(use, nowMs);
    return use!;
  };
  const nowMs = 4 * HALF_LIFE_MS;
  const once = used(1, nowMs, used(16, 0));
  assertEquals([once.count, once.score], [17, 2]);
  assert(usageRankOf(once) < usageRankOf(used(3, nowMs)));
  assert(usageRankOf(used(16, 0)) < usageRankOf(used(2, nowMs)));
});

Deno.test("replies are exported and imported again as they were, on another desk too", async () => {
  const file = await exported(async (desk) => {
    const replies = PORTUGUESE_REPLIES.map(([title, text]) => ({ title, text }));
    await imports(
      desk,
      JSON.stringify({ replies }),
      `✅ Novas: ${replies.length}. Atualizadas: 0.`,
    );
    for (const kind of ["photo", "voice", "sticker", "location", "venue", "contact"] as const) {
      const model = desk.boss.sends(desk.group, { [kind]: true, caption: "c" } as never);
      desk.boss.sends(desk.group, `/addreply Um ${kind}`, { replyTo: model.message_id });
    }
    desk.boss.sends(desk.group, {
      text: "/addreply Negrito\nmuito bom",
      entities: [{ type: "bold", offset: 18, length: 5 }],
      link_preview_options: { is_disabled: true },
    });
    await desk.settled();
  });
  const { replies } = JSON.parse(file);
  assertEquals(replies.length, PORTUGUESE_REPLIES.length + 7);
  /** Telegram has the same files for another desk of the bot. */
  const sendSameFiles = (desk: TestDesk) => {
    for (const kind of ["document", "photo", "voice", "sticker"]) {
      desk.boss.sends(desk.group, { [kind]: true } as never);
    }
  };
  const again = await exported((desk) => {
    sendSameFiles(desk);
    return imports(desk, file, `✅ Novas: ${replies.length}. Atualizadas: 0.`);
  });
  assertEquals(again, file);
  await using desk = await TestDesk.open();
  sendSameFiles(desk);
  await imports(desk, file, `✅ Novas: ${replies.length}. Atualizadas: 0.`);
  const changed = file.replace("muito bom", "muito mau");
  await imports(desk, changed, "✅ Novas: 0. Atualizadas: 1.");
});

Deno.test("a file that is not right is refused whole, with each place and reason", async () => {
  await using desk = await TestDesk.open();
  const good = '{ "title": "Bom", "text": "bom" }';
  for (
    const [json, ...reasons] of [
      ["", "linha 1, coluna 1: daqui em diante não é JSON"],
      [`{"replies": [\n  ${good},\n]}`, "linha 3, coluna 1: daqui em diante não é JSON"],
      ["[]", "linha 1, coluna 1: deveria ser um objeto"],
      ["{}", "linha 1, coluna 1: falta “replies”"],
      ['{"version": 2, "replies": []}', "linha 1, coluna 13 (version): o arquivo é de uma versão"],
      ['{"replies": 3}', "linha 1, coluna 13 (replies): deveria ser uma lista"],
      [`{"replies": [\n${good},\n7]}`, "linha 3, coluna 1 (replies[1]): deveria ser um objeto"],
      [
        `{"replies": [\n${good},\n{ "title": 1, "text": [] },\n{"text": "x"}]}`,
        "linha 3, coluna 12 (replies[1].title): deveria ser um texto",
        "linha 3, coluna 23 (replies[1].text): deveria ser um texto",
        "linha 4, coluna 1 (replies[2]): falta “title”",
      ],
      [
        `{"replies": [\n${good},\n{ "title": "BÓM", "text": "x" }]}`,
        "linha 3, coluna 1 (replies[1].title): este título já está na linha 2",
      ],
      [
        `{"replies": [${good}, {"title": "${"t".repeat(65)}", "text": "x"}]}`,
        "(replies[1].title): o título tem 65 caracteres",
      ],
      [
        `{"replies": [${good}, {"title": "t", "text": "${"x".repeat(4097)}"}]}`,
        "(replies[1].text): o texto tem 4097 caracteres",
      ],
      [
        `{"replies": [{"title": "t", "kind": "dança"}]}`,
        "coluna 37 (replies[0].kind): o tipo deveria ser um destes: text, photo",
      ],
      [
        `{"replies": [${Array.from({ length: 5001 }, (_, n) => `{"title": "${n}"}`).join()}]}`,
        "(replies[5000]): são no máximo 5000 respostas",
      ],
      [`{"replies": [{"title": "t", "kind": "photo"}]}`, "falta “file_id”"],
      [
        `{"replies": [{"title": "t", "text": "abc", "entities": [{"type": "bold", "offset": 2, "length": 2}]}]}`,
        "(replies[0].entities[0]): a formatação vai além do texto",
      ],
    ] as const
  ) {
    const answer = await imports(desk, json);
    for (const reason of ["Nada foi importado", ...reasons]) {
      assert(answer.includes(reason), `${json.slice(0, 90)}\n→ ${answer}\nnot: ${reason}`);
    }
  }
  desk.boss.sends(desk.group, "/importreplies");
  desk.boss.sends(desk.group, "/replies");
  await desk.settled();
  const texts = desk.group.messages.slice(-2).map(({ text }) => text);
  assertEquals(texts.filter((text) => text?.startsWith("Ainda não há")).length, 1);
});

/** Imports a file; what the bot says. */
async function imports(desk: TestDesk, json: string, expected?: string): Promise<string> {
  const bytes = new TextEncoder().encode(json);
  const file = desk.boss.sends(desk.group, { document: { bytes, fileName: "replies.json" } });
  desk.boss.sends(desk.group, "/importreplies", { replyTo: file.message_id });
  await desk.settled();
  const said = desk.group.messages.findLast(({ from }) => from?.id === desk.bot.id)!.text!;
  if (expected !== undefined) assertEquals(said, expected);
  return said;
}

/** What a desk's replies are as a file. */
async function exported(prepare: (desk: TestDesk) => Promise<unknown>): Promise<string> {
  await using desk = await TestDesk.open();
  await prepare(desk);
  desk.boss.sends(desk.group, "/exportreplies");
  await desk.settled();
  const { document } = desk.group.messages.at(-1)!;
  const { token } = desk.bot;
  const file = await (await desk.telegram.fetch(`https://x/bot${token}/getFile`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ file_id: fileIdFor(desk, document!.file_unique_id) }),
  })).json();
  const response = await desk.telegram.fetch(
    `https://x/file/bot${token}/${file.result.file_path}`,
  );
  return await response.text();
}

/** The bot's own ID of the file it sent last. */
function fileIdFor(desk: TestDesk, uniqueId: string): string {
  const call = desk.telegram.calls.findLast(({ method }) => method === "sendDocument")!;
  const { result } = call.response as unknown as {
    result: { document: { file_id: string; file_unique_id: string } };
  };
  const { document } = result;
  assertEquals(document.file_unique_id, uniqueId);
  return document.file_id;
}
