/** What is said about payments by Pix, in Brazilian Portuguese. */
import type { Texts } from "../notice.ts";
import type { PixProblem } from "../notices/pix.ts";

export const pix = {
  "pix-how": () =>
    "Ainda não se sabe para quem vai o pagamento. Um administrador define uma vez:\n\n" +
    "/definir pix chave; Nome; Cidade\n\nA chave é um CPF, CNPJ, e-mail, celular ou chave aleatória. " +
    "Depois: /pix 49,90 Pão de queijo",
  "pix-problem": ({ problem }) =>
    `⚠️ Nada foi enviado: ${
      pixReason(problem)
    }\nExemplos: /pix 49,90 Pão de queijo; /pix R$ 1.234,50; /pix Gorjeta`,
  "pix-details": ({ name, cents }) =>
    `💠 Pix para ${name}\nValor: ${cents === undefined ? "você escolhe" : inReais(cents)}`,
  "pix-code": () => "Pix copia e cola:",
  "pix-copy": () => "📋 Copiar código",
} satisfies Partial<Texts>;

function inReais(cents: number): string {
  const { format } = new Intl.NumberFormat("pt-BR", { style: "currency", currency: "BRL" });
  return format(cents / 100);
}

function pixReason(problem: PixProblem): string {
  switch (problem.because) {
    case "zero":
      return "o valor é zero.";
    case "negative":
      return "o valor é negativo.";
    case "decimals":
      return "o valor tem mais de duas casas decimais.";
    case "too much":
      return "o valor é alto demais para um Pix.";
    case "no number":
      return "não entendo o valor.";
    case "long text":
      return `o texto tem ${problem.excess} caracteres a mais do que cabe na legenda.`;
  }
}
