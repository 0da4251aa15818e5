/** The numbers of a desk in words. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Stats, summarise } from "../../src/stats/stats.ts";
import { say } from "../../src/texts/texts.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, sayDuration } from "../../src/time/duration.ts";
import { answered, ask, asked, NOW_MS } from "../support/stats_week.ts";

Deno.test("durations are said as people say them", () => {
  for (
    const [ms, expected] of [
      [0, "0 s"],
      [400, "0 s"],
      [41_600, "42 s"],
      [59_499, "59 s"],
      [59_500, "1 min"],
      [4 * MINUTE_MS + 29_000, "4 min"],
      [59.5 * MINUTE_MS, "1 h"],
      [80 * MINUTE_MS, "1 h 20 min"],
      [24 * HOUR_MS - 1, "1 d"],
      [23 * HOUR_MS + 59 * MINUTE_MS, "23 h 59 min"],
      [51 * HOUR_MS, "2 d 3 h"],
      [48 * HOUR_MS + 10 * MINUTE_MS, "2 d"],
      [400 * DAY_MS, "400 d"],
    ] as const
  ) {
    assertEquals(sayDuration(ms), expected);
  }
});

const names = { 11: "Ana", 12: "Beatriz Conceição", 13: "João" };

/** Numbers that can be followed by eye. */
const SMALL: Promise<Stats> = summarise([
  { kind: "opened", atMs: NOW_MS - DAY_MS },
  { kind: "closed", atMs: NOW_MS },
  ...Array.from({ length: 1234 }, () => asked(NOW_MS)),
  asked(NOW_MS - DAY_MS - 5 * HOUR_MS),
  answered(4 * MINUTE_MS, 12),
  answered(80 * MINUTE_MS, 12),
  { kind: "from-team", atMs: NOW_MS, agentId: 0 },
  { kind: "from-team", atMs: NOW_MS, agentId: 123456789 },
  { kind: "rated", atMs: NOW_MS, stars: 5 },
  { kind: "rated", atMs: NOW_MS, stars: 4 },
], { ...ask, waiting: 2 });

Deno.test("the message says everything in Portuguese", async () => {
  assertEquals(
    say({ text: "stats", stats: await SMALL, names }, "pt-BR"),
    `📊 Últimos 7 dias · 27 de fev. – 5 de mar.

Conversas abertas: 1
Conversas fechadas: 1
Esperando agora: 2

Mensagens de clientes: 1.235
Mensagens da equipe: 4

Primeira resposta: metade em até 4 min, 9 de cada 10 em até 1 h 20 min

Avaliações: 2, nota média 4,5 de 5
5★ 1 · 4★ 1 · 3★ 0 · 2★ 0 · 1★ 0

Por atendente: mensagens · primeiras respostas · metade em até
Beatriz Conceição: 2 · 2 · 4 min
Em nome do canal: 1
Atendente 6789: 1

Mensagens de clientes por hora do dia
10h 1 · 15h 1.234`,
  );
});

Deno.test("the message is said in English and in Spanish, with their numbers", async () => {
  const stats = await SMALL;
  const english = say({ text: "stats", stats, names }, "en");
  for (
    const line of [
      "📊 Last 7 days · Feb 27 – Mar 5",
      "Messages from customers: 1,235",
      "First answer: half within 4 min, 9 in 10 within 1 h 20 min",
      "Ratings: 2, on average 4.5 of 5",
      "As the channel: 1",
      "Agent 6789: 1",
    ]
  ) {
    assertStringIncludes(english, line);
  }
  const spanish = say({ text: "stats", stats, names }, "es");
  for (
    const line of [
      "📊 Últimos 7 días · 27 feb – 5 mar",
      "Mensajes de clientes: 1235",
      "Primera respuesta: la mitad en hasta 4 min, 9 de cada 10 en hasta 1 h 20 min",
      "Valoraciones: 2, nota media 4,5 de 5",
      "En nombre del canal: 1",
      "Agente 6789: 1",
    ]
  ) {
    assertStringIncludes(spanish, line);
  }
});

Deno.test("where nothing happened, that is said kindly, and who waits all the same", async () => {
  const says = async (waiting: number) =>
    say({ text: "stats", stats: await summarise([], { ...ask, waiting }), names }, "pt-BR");
  const heading = "📊 Últimos 7 dias · 27 de fev. – 5 de mar.";
  const kind =
    "Nenhuma conversa neste período. Assim que os clientes escreverem, os números aparecem aqui.";
  assertEquals(await says(0), `${heading}\n\n${kind}`);
  assertEquals(await says(2), `${heading}\n\n${kind}\n\nEsperando agora: 2`);
});

Deno.test("what there is none of is left out of the message", async () => {
  const stats = await summarise([{ kind: "closed", atMs: NOW_MS }], ask);
  assertEquals(
    say({ text: "stats", stats, names }, "pt-BR").split("\n\n").slice(1),
    [
      "Conversas abertas: 0\nConversas fechadas: 1\nEsperando agora: 0",
      "Mensagens de clientes: 0\nMensagens da equipe: 0",
      "Primeira resposta: ninguém esperou por uma neste período",
    ],
  );
});

Deno.test("the message holds fifty agents with the longest names, and says how many it leaves out", async () => {
  const agentIds = Array.from({ length: 50 }, (_, n) => n + 1);
  const events = agentIds.flatMap((agentId) =>
    Array.from({ length: 60 - agentId }, () => answered(23.9 * HOUR_MS + 59 * MINUTE_MS, agentId))
  );
  const everyHour = Array.from({ length: 7 * 24 * 40 }, (_, n) => asked(NOW_MS - n * HOUR_MS / 40));
  const stats = await summarise([...events, ...everyHour], ask);
  for (const letter of ["W", "👩‍👩‍👧‍👦", "e\u0301".repeat(9)]) {
    const long = Object.fromEntries(agentIds.map((id) => [id, letter.repeat(64)]));
    for (
      const [language, more] of [
        ["pt-BR", "… e mais 30"],
        ["en", "… and 30 more"],
        ["es", "… y 30 más"],
      ] as const
    ) {
      const text = say({ text: "stats", stats, names: long }, language);
      assert(text.length < 4096, `${text.length}`);
      assertStringIncludes(text, `\n${more}\n`);
    }
  }
});

Deno.test("names are shown on one line, cut between characters, and never empty", async () => {
  const lineOf = async (name: string) => {
    const stats = await summarise([answered(0, 123456)], ask);
    const text = say({ text: "stats", stats, names: { 123456: name } }, "pt-BR");
    return text.split("\n").find((line) => line.endsWith(": 1 · 1 · 0 s"))!.split(": ")[0];
  };
  assertEquals(await lineOf("Ana\nMaria\u202e\t da Silva"), "Ana Maria da Silva");
  assertEquals(await lineOf("Maria Aparecida dos Santos Oliveira"), "Maria Aparecida dos San…");
  assertEquals(await lineOf("Maria Aparecida dos São 👩‍👩‍👧‍👦"), "Maria Aparecida dos São…");
  for (const nothing of ["", "  ", "\u200f\u2069", `a${"\u0301".repeat(99)}`]) {
    assertEquals(await lineOf(nothing), "Atendente 3456");
  }
});
