/** What is said about payments by Pix, in Spanish. */
import type { Texts } from "../notice.ts";
import type { PixProblem } from "../notices/pix.ts";

export const pix = {
  "pix-how": () =>
    "Aún no se sabe a quién va el pago. Un administrador lo define una vez:\n\n" +
    "/set pix clave; Nombre; Ciudad\n\nLa clave es un CPF, un CNPJ, un correo electrónico, un celular o " +
    "una clave aleatoria. Después: /pix 49,90 Pan de queso",
  "pix-problem": ({ problem }) =>
    `⚠️ No se envió nada: ${
      pixReason(problem)
    }\nEjemplos: /pix 49,90 Pan de queso; /pix R$ 1.234,50; /pix Propina`,
  "pix-details": ({ name, cents }) =>
    `💠 Pix para ${name}\nMonto: ${cents === undefined ? "usted elige" : inReais(cents)}`,
  "pix-code": () => "Código Pix para copiar y pegar:",
  "pix-copy": () => "📋 Copiar código",
} satisfies Partial<Texts>;

function inReais(cents: number): string {
  const { format } = new Intl.NumberFormat("es", { style: "currency", currency: "BRL" });
  return format(cents / 100);
}

function pixReason(problem: PixProblem): string {
  switch (problem.because) {
    case "zero":
      return "el monto es cero.";
    case "negative":
      return "el monto es negativo.";
    case "decimals":
      return "el monto tiene más de dos decimales.";
    case "too much":
      return "el monto es demasiado alto para un Pix.";
    case "no number":
      return "no entiendo el monto.";
    case "long text":
      return `el texto tiene ${problem.excess} caracteres más de los que caben bajo una imagen.`;
  }
}
