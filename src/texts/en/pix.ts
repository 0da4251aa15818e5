/** What is said about payments by Pix, in English. */
import type { Texts } from "../notice.ts";
import type { PixProblem } from "../notices/pix.ts";

export const pix = {
  "pix-how": () =>
    "It is not known yet whom payments go to. An administrator says it once:\n\n" +
    "/set pix key; Name; City\n\nThe key is a CPF, a CNPJ, an e-mail address, a mobile number or a " +
    "random key. Then: /pix 49.90 Cheese bread",
  "pix-problem": ({ problem }) =>
    `⚠️ Nothing was sent: ${
      pixReason(problem)
    }\nExamples: /pix 49.90 Cheese bread; /pix R$ 1.234,50; /pix Tip`,
  "pix-details": ({ name, cents }) =>
    `💠 Pix to ${name}\nAmount: ${cents === undefined ? "you choose" : inReais(cents)}`,
  "pix-code": () => "Pix code to copy and paste:",
  "pix-copy": () => "📋 Copy the code",
} satisfies Partial<Texts>;

function inReais(cents: number): string {
  const { format } = new Intl.NumberFormat("en", { style: "currency", currency: "BRL" });
  return format(cents / 100);
}

function pixReason(problem: PixProblem): string {
  switch (problem.because) {
    case "zero":
      return "the amount is zero.";
    case "negative":
      return "the amount is negative.";
    case "decimals":
      return "the amount has more than two decimals.";
    case "too much":
      return "the amount is too much for a Pix.";
    case "no number":
      return "I do not understand the amount.";
    case "long text":
      return `the text has ${problem.excess} characters more than fit below a picture.`;
  }
}
