/**
 * How fast canned replies are found while somebody types, letter by letter, among 100, 1,000 and
 * 10,000, and how long the first answer waits for the index. Run: `deno task bench:replies`.
 */
import { ReplySearch } from "../../src/reply_search.ts";

const SUBJECTS =
  "entrega pedido troca devolução pagamento boleto cartão pix cupom frete endereço horário loja garantia nota fiscal cadastro senha conta cancelamento reembolso estoque tamanho promoção assinatura suporte técnico instalação orçamento contrato agendamento atraso rastreio parcela desconto produto defeito retirada"
    .split(" ");
const VERBS =
  "confirmar enviar receber trocar devolver pagar cancelar alterar agendar acompanhar consultar solicitar informar aguardar conferir verificar resolver abrir fechar baixar"
    .split(" ");

/** Chance on a seed, so that every run types the same. */
function chance(seed: number): () => number {
  return () => {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32;
    return seed / 2 ** 32;
  };
}

const random = chance(7);
const pick = (words: string[]) => words[Math.floor(random() * words.length)]!;
const sentence = (length: number) =>
  Array.from({ length }, (_, at) => pick(at % 3 === 1 ? VERBS : SUBJECTS)).join(" ");

function percentile(sorted: number[], share: number): string {
  return sorted[Math.floor(sorted.length * share)]!.toFixed(3).padStart(8);
}

console.log("replies  index ms  queries   p50 ms   p95 ms   p99 ms   most ms");
for (const count of [100, 1000, 10_000]) {
  const search = new ReplySearch();
  const beganMs = performance.now();
  for (let number = 0; number < count; number++) {
    const title = `${pick(VERBS)} ${pick(SUBJECTS)} ${pick(SUBJECTS)} ${number}`;
    search.put({ id: String(number), title, text: sentence(30), rank: 0 });
  }
  const indexMs = performance.now() - beganMs;
  const timesMs: number[] = [];
  for (let round = 0; round < 100; round++) {
    const typed = sentence(1 + round % 3);
    for (let length = 1; length <= typed.length; length++) {
      // The middle one of three: what else the machine does is not the bot's own time.
      const triesMs = Array.from({ length: 3 }, () => {
        const askedMs = performance.now();
        search.find(typed.slice(0, length), { offset: 0, limit: 50 });
        return performance.now() - askedMs;
      });
      timesMs.push(triesMs.sort((a, b) => a - b)[1]!);
    }
  }
  timesMs.sort((a, b) => a - b);
  console.log(
    String(count).padStart(7),
    indexMs.toFixed(0).padStart(9),
    String(timesMs.length).padStart(8),
    percentile(timesMs, 0.5),
    percentile(timesMs, 0.95),
    percentile(timesMs, 0.99),
    timesMs.at(-1)!.toFixed(3).padStart(9),
  );
}
