import { assertEquals, assertStringIncludes } from "@std/assert";
import { TestDesk } from "../support/desk.ts";

/** A desk, and what the bot answers to its creator in the group. */
async function open() {
  const desk = await TestDesk.open();
  const asks = async (text: string) => {
    desk.boss.sends(desk.group, text);
    await desk.settled();
    return desk.group.messages.at(-1)!.text!;
  };
  return { desk, asks };
}

/** What is typed behind /set, and how it is said back. */
const UNDERSTOOD: [said: string, ...written: string[]][] = [
  [
    "avaliacao: ligado",
    ...["rating on", "rating: on", "rating=on", "rating = on", "rating -> on", "“rating” on"],
    ...[
      "avaliação ligado",
      "Avaliação: Ligada",
      "AVALIACAO SIM!",
      "rating ✅",
      "rating yes please",
    ],
    ...["valoración activada", "rating sí", "rating Ｏｎ", "rating 1", "rating １", "rating ligar"],
    ...["rating enabled", "rating   true", "rating 🟢 ligado", "rating turn on", "rating\non"],
  ],
  [
    "avaliacao: desligado",
    ...["rating off", "rating: não", "rating = nao", "rating desativado", "rating desactivado"],
    ...["rating ❌", "rating disable", "rating no", "rating No.", "rating 0", "rating “off”"],
  ],
  ["apagarcopias: ligado", "erase copies on", "apagar cópias: sim", "erase-copies on"],
  [
    "guardar: 180 dias",
    ...["keep 6 months", "keep 6 meses", "guardar: 6 meses", "keep half a year", "keep = 180"],
    ...["keep １８０", "keep seis meses", "keep 180 days", "conservar medio año", "keep meio ano"],
  ],
  ["guardar: 365 dias", "keep 1 year", "keep um ano", "keep 1 ano", "keep 12 meses", "keep a year"],
  ["guardar: 90 dias", "keep 90d", "keep 3 months", "keep trimestre", "keep 90 Dias."],
  [
    "guardar: desligado",
    ...[
      "keep off",
      "keep não",
      "keep forever",
      "keep para sempre",
      "keep siempre",
      "keep for good",
    ],
    ...["keep ilimitado", "keep sin límite"],
  ],
  [
    "idioma: en",
    ...["language en", "language: English", "idioma inglês", "idioma = inglés", "language en-US"],
    ...["language 🇺🇸", "idioma “english”", "language EN."],
  ],
  [
    "idioma: es",
    ...["language es", "idioma español", "language spanish", "idioma castellano", "language es-MX"],
    "language es_419",
  ],
  [
    "idioma: pt-BR",
    ...["language pt", "idioma português", "language portuguese", "idioma português do Brasil"],
    ...["language pt_BR", "language Português (Brasil)", "idioma 🇧🇷", "language brasileiro"],
  ],
  [
    "horario: seg-sex 09:00-18:00",
    ...["hours mon-fri 9-18", "horário: seg a sex 9h-18h", "hours = seg–sex ９-１８ 🕘"],
    "horário de atendimento: seg-sex 9-18",
  ],
  ["feriados: 24/12 - 26/12", "holidays 24 a 26/12", "feriados: 24–26 dez", "festivos 24-26 dic"],
  [
    "boasvindas: definido",
    "boas vindas Olá",
    "boas-vindas: Olá",
    "bienvenida Hola",
    "welcome Off!",
  ],
];

Deno.test("settings and their values are understood as people type them, in three languages", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  for (const [said, ...written] of UNDERSTOOD) {
    for (const words of written) assertEquals(await asks(`/set ${words}`), `✅ ${said}`, words);
  }
});

/** What might mean two things, or means nothing. */
const ASKED_BACK = [
  ...["rating talvez", "rating not on", "rating on off", "rating 2", "rating"],
  ...[
    "keep never",
    "keep nunca",
    "keep 0",
    "keep sim",
    "keep 6",
    "keep 20 years",
    "keep -6 months",
  ],
  ...["keep 6 horas", "keep 1 week", "keep 6 a 12 meses", "language", "language fr"],
  ...["language português ou inglês", "hours off", "hours nunca", "hours 9 to 5", "holidays off"],
  ...["holidays nenhum", "holidays 24 a 26", "holidays 12/25", "welcome off", "welcome", "end não"],
  ...["terms desligado", "away : on"],
];

Deno.test("what is not understood, or might mean two things, changes nothing and shows an example", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const before = await asks("/settings");
  for (const words of ASKED_BACK) {
    const said = await asks(`/set ${words}`);
    assertStringIncludes(said, "⚠️ Nada mudou", words);
    assertStringIncludes(said, "Exemplo: /definir", words);
  }
  assertEquals(await asks("/settings"), before);
});

Deno.test("/reset knows a setting with what stands around its name", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  for (const words of ["rating", "“Avaliação”", "avaliação.", ": rating", "rating!"]) {
    await asks("/set rating on");
    assertStringIncludes(await asks(`/reset ${words}`), "avaliacao: de volta ao padrão", words);
  }
  assertStringIncludes(await asks("/reset boas vindas"), "boasvindas: de volta");
  assertStringIncludes(await asks("/reset tudo"), "Não há ajuste “tudo”");
});

Deno.test("a desk's own text keeps all its signs, but for what parts it from its name", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const welcomed = async (words: string) => {
    await asks(`/set ${words}`);
    const maria = await desk.hearsFrom("Maria");
    return desk.toldTo(maria)[0]!.text;
  };
  assertEquals(await welcomed("welcome: “Olá”, {nome}!"), "“Olá”, Maria!");
  assertEquals(await welcomed("welcome = 9 = nove"), "9 = nove");
  assertEquals(await welcomed("welcome\n:) oi"), ":) oi");
  assertEquals(await welcomed("boas vindas vindas"), "vindas");
  assertEquals(await welcomed("welcome Não temos pão"), "Não temos pão");
});
