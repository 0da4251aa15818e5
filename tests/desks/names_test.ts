import { assertEquals } from "@std/assert";
import {
  deskInLink,
  deskNamed,
  type NamedDesk,
  withDeskMoved,
  withDeskNamed,
  withDeskRenamed,
} from "../../src/desk/names.ts";

function named(...titles: string[]): readonly NamedDesk[] {
  return titles.reduce<readonly NamedDesk[]>(
    (names, title, at) => withDeskNamed(names, { channelId: -1001 - at, title }),
    [],
  );
}

const namesOf = (desks: readonly NamedDesk[]) => desks.map(({ name }) => name);

Deno.test("a desk's name is made from its channel's title", () => {
  const long = "Atendimento ao cliente da Padaria Central";
  for (
    const [title, name] of [
      ["Vendas SP", "vendas_sp"],
      ["  Pós-venda & Trocas! ", "pos_venda_trocas"],
      ["Ação", "acao"],
      ["Поддержка", "поддержка"],
      ["🛒🛒", "desk"],
      ["", "desk"],
      ["__a__b__", "a_b"],
      ["Loja Nº 5²", "loja_no_52"],
      ["Ｖｅｎｄａｓ ＳＰ", "vendas_sp"],
      ["Vendas™ ½", "vendas_1_2"],
      ["1️⃣ Straße Łódź", "1_strasse_lodz"],
      ["\u200f\u202eA\u0301gua\u200f", "agua"],
      ["مبيعات", "مبيعات"],
      [long, "atendimento_ao_cliente_da_padari"],
    ]
  ) assertEquals(namesOf(named(title!)), [name], title);
});

Deno.test("a name that is taken gets a number, however long it is", () => {
  assertEquals(namesOf(named("Vendas", "vendas", "VENDAS!")), ["vendas", "vendas_2", "vendas_3"]);
  const [, second] = namesOf(named("a".repeat(40), "a".repeat(40)));
  assertEquals(second, `${"a".repeat(30)}_2`);
  assertEquals(namesOf(named("🛒", "🎁")), ["desk", "desk_2"]);
});

Deno.test("a name is made once: a channel that is renamed keeps its desk's", () => {
  const names = named("Vendas");
  assertEquals(withDeskNamed(names, { channelId: -1001, title: "Sales" }), names);
});

Deno.test("a renamed desk is still found by its old name, until another takes it", () => {
  const names = withDeskRenamed(named("Vendas", "Suporte"), -1001, "Loja Nova");
  if (typeof names === "string") throw new Error(names);
  assertEquals(namesOf(names), ["loja_nova", "suporte"]);
  assertEquals(deskNamed(names, "VENDAS")?.channelId, -1001);
  assertEquals(deskInLink(names, "vendas_site"), { desk: names[0]!, source: "site" });
  const taken = withDeskRenamed(names, -1002, "vendas");
  if (typeof taken === "string") throw new Error(taken);
  assertEquals(deskNamed(taken, "vendas")?.channelId, -1002);
  assertEquals(deskNamed(taken, "suporte")?.channelId, -1002);
  assertEquals(withDeskRenamed(taken, -1001, "vendas"), "taken");
  assertEquals(withDeskRenamed(taken, -1001, "!!"), "empty");
});

Deno.test("in a link the longest name wins, an exact one first, and case is ignored", () => {
  const names = named("Vendas", "Vendas SP", "Vendas SP Site");
  const found = (parameter: string) => {
    const to = deskInLink(names, parameter);
    return to && [to.desk.name, to.source];
  };
  assertEquals(found("vendas"), ["vendas", undefined]);
  assertEquals(found("Vendas_Insta"), ["vendas", "Insta"]);
  assertEquals(found("vendas_sp_qr"), ["vendas_sp", "qr"]);
  assertEquals(found("VENDAS_SP_SITE"), ["vendas_sp_site", undefined]);
  assertEquals(found("vendas_sp_"), ["vendas_sp", undefined]);
  assertEquals(found("vendas-x"), null);
  assertEquals(found("vendasx"), null);
  assertEquals(found("site"), null);
});

Deno.test("a desk that moves to another channel keeps its name", () => {
  const names = withDeskMoved(named("Vendas", "Suporte"), { from: -1001, to: -1009 });
  assertEquals(names[0], { channelId: -1009, name: "vendas", formerChannelIds: [-1001] });
});
