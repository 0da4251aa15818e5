import { assertEquals, assertStringIncludes } from "@std/assert";
import { open } from "../support/commanded_desk.ts";
import { textsOf } from "../support/desk.ts";

Deno.test("/settings shows everything with its value, in private and in the group", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const { text } = await asks("/settings");
  for (
    const line of [
      "boasvindas: padrão",
      "painel: desligado",
      "colisao: ligado",
      "avaliacao: desligado",
      "idioma: pt-BR",
      "horario: —",
    ]
  ) assertStringIncludes(text!, line);
  desk.boss.sends(desk.group, "/ajustes", { as: "anonymous" });
  await desk.settled();
  assertEquals(desk.group.messages.at(-1)!.text, text);
});

Deno.test("bad values say what is wrong, with an example, and change nothing", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const before = (await asks("/settings")).text;
  for (
    const [command, words] of [
      ["/set panel talvez", "on (ligado) ou off"],
      ["/set language klingon", "pt-BR, en ou es"],
      ["/set welcome", "falta o valor"],
      ["/set painle off", "Não há ajuste “painle”"],
      ["/set", "/definir horario"],
      ["/reset", "Falta o nome do ajuste"],
      ["/set boasvidas oi", "Você quis dizer boasvindas?"],
    ] as const
  ) assertStringIncludes((await asks(command)).text!, words, command);
  assertStringIncludes((await asks("/set panel talvez")).text!, "Exemplo: /definir painel off");
  assertEquals((await asks("/settings")).text, before);
});

Deno.test("settings are for administrators: agents are told so, customers write a text", async () => {
  const { desk, customerWrites } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await customerWrites(maria, "/settings");
  assertEquals(textsOf(desk.threadOf(maria)), ["/settings"]);
  desk.ana.comments(desk.cardOf(maria), "/set panel on");
  await desk.settled();
  assertStringIncludes(desk.threadOf(maria).at(-1)!.text!, "Só administradores");
  desk.ana.sends(desk.chatOf(desk.ana), "/settings");
  await desk.settled();
  assertStringIncludes(desk.toldTo(desk.ana).at(-1)!.text!, "Só administradores");
});

Deno.test("the team is spoken to in the desk's language", async () => {
  const { desk, asks, customerWrites } = await open();
  await using _ = desk;
  await asks("/set language en");
  const maria = desk.telegram.createUser({ firstName: "Maria", languageCode: "fr" });
  await customerWrites(maria, "salut");
  assertStringIncludes(desk.toldTo(maria)[0]!.text!, "Hello!");
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  assertEquals(desk.threadOf(maria).at(-1)!.text, "⬜️ Ana closed this.");
});

/** What is typed for a setting, and how it is said back; `null`: it is refused. */
const VALUES: [words: string, said: string | null][] = [
  ["hours seg a sex das 9h às 18h, sábado 9h-12h", "horario: seg-sex 09:00-18:00; sáb 09:00-12:00"],
  ["horario mon-fri 09:00-12:00, 13:00-18:00", "horario: seg-sex 09:00-12:00, 13:00-18:00"],
  ["Horário todo dia 0-24h", "horario: seg-dom 00:00-24:00"],
  ["hours seg 9h", null],
  ["hours 25:00-26:00", null],
  ["feriados 25/12 Natal, 1/1", "feriados: 01/01; 25/12 Natal"],
  ["holidays 2031-11-20", "feriados: 20/11/2031"],
  ["holidays 31/02", null],
  ["holidays amanhã", null],
  ["painel não", "painel: desligado"],
  ["panel SIM", "painel: ligado"],
  ["collision off", "colisao: desligado"],
  ["colisão on", "colisao: ligado"],
  ["rating 1", "avaliacao: ligado"],
  ["rating 5", null],
  ["avaliação desligar", "avaliacao: desligado"],
  ["notify activado", "avisos: ligado"],
  ["idioma portugues", "idioma: pt-BR"],
  ["language PT-br", "idioma: pt-BR"],
  ["language fr", null],
  ["welcome   ", null],
  ["boas-vindas Oi!", "boasvindas: definido"],
];

Deno.test("values are read as people write them, and said back as they were understood", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  for (const [words, said] of VALUES) {
    const { text } = await asks(`/set ${words}`);
    if (said === null) {
      assertStringIncludes(text!, "⚠️ Nada mudou", words);
      assertStringIncludes(text!, "Exemplo: /definir", words);
    } else assertEquals(text, `✅ ${said}`, words);
  }
});

Deno.test("eighty holidays and the longest hours fit into what /settings shows", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const dates = Array.from({ length: 80 }, (_, n) => {
    return `${1 + n % 28}/${1 + Math.floor(n / 28)} feriado muito comprido de verdade ${n}`;
  });
  assertStringIncludes(
    (await asks(`/set holidays ${dates.join("; ")}`)).text!,
    "✅ feriados: 01/01",
  );
  const days = ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"];
  const shifts = days.map((day, n) => {
    const hours = Array.from({ length: 20 }, (_, hour) => String(hour).padStart(2, "0"));
    return `${day} ${hours.map((hour) => `${hour}:0${n}-${hour}:3${n}`).join(", ")}`;
  });
  assertStringIncludes((await asks(`/set hours ${shifts.join("; ")}`)).text!, "✅ horario: seg");
  for (const name of ["welcome", "restart", "end", "terms", "away"]) {
    await asks(`/set ${name} ${"palavra ".repeat(400)}`);
  }
  const { text } = await asks("/settings");
  assertStringIncludes(text!, "horario: seg 00:00-00:30");
  assertStringIncludes(text!, "Fuso horário: America/Sao_Paulo");
  for (const languageCode of ["en", "es"]) {
    desk.boss.info.language_code = languageCode;
    assertStringIncludes(
      (await asks("/settings")).text!,
      languageCode === "en" ? "⚙️ Settings" : "⚙️ Ajustes",
    );
  }
});

Deno.test("what is decided in a thread or under a photo is decided, and no customer reads it", async () => {
  const { desk, customerWrites } = await open();
  await using _ = desk;
  const maria = desk.customer("Maria");
  await customerWrites(maria, "oi");
  const told = desk.toldTo(maria).length;
  const photo = desk.boss.comments(desk.cardOf(maria), {
    photo: true,
    caption: "# Até mais, {nome}!",
  });
  await desk.settled();
  desk.boss.comments(desk.cardOf(maria), "/set end", { replyTo: photo.message_id });
  await desk.settled();
  desk.boss.comments(desk.cardOf(maria), { photo: true, caption: "/set terms Só pão." });
  await desk.settled();
  assertEquals(desk.toldTo(maria).length, told);
  desk.ana.comments(desk.cardOf(maria), "/close");
  await desk.settled();
  assertEquals(desk.toldTo(maria).at(-1)!.text, "# Até mais, Maria!");
  await customerWrites(maria, "/termos");
  assertEquals(desk.toldTo(maria).at(-1)!.text, "Só pão.");
});

Deno.test("two who decide at once both have decided", async () => {
  const { desk, asks } = await open();
  await using _ = desk;
  const carla = desk.customer("Carla");
  desk.telegram.promote(desk.channel, carla);
  await desk.settled();
  desk.boss.sends(desk.chatOf(desk.boss), "/set rating on");
  carla.sends(desk.chatOf(carla), "/set collision off");
  desk.boss.sends(desk.chatOf(desk.boss), "/set notify on");
  await desk.settled();
  const { text } = await asks("/settings");
  for (const line of ["avaliacao: ligado", "colisao: desligado", "avisos: ligado"]) {
    assertStringIncludes(text!, line);
  }
});
