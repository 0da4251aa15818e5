import { assert, assertEquals } from "@std/assert";
import jsQR from "jsqr";
import { decode } from "fast-png";
import { pictureQrCode } from "../../src/chart/qr_code.ts";
import { writePixCode } from "../../src/pix/code.ts";
import { readPixReceiver } from "../../src/pix/receiver.ts";

/** The receiver and the code of the example in the Banco Central's Manual do BR Code. */
const EXAMPLE = {
  receiver: "123e4567-e12b-12d1-a456-426655440000; Fulano de Tal; BRASILIA",
  code: "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000" +
    "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D",
};

function receiverOf(words: string) {
  const { receiver } = readPixReceiver(words);
  assert(receiver, words);
  return receiver;
}

Deno.test("a code is that of the Banco Central's example, byte for byte, its check included", () => {
  assertEquals(writePixCode(receiverOf(EXAMPLE.receiver), { text: "" }), EXAMPLE.code);
});

Deno.test("a code carries amount and text: the text whole and without accents, or not at all", () => {
  const padaria = receiverOf("pix@padaria.com.br; Padaria São João; São Paulo");
  const code = writePixCode(padaria, { cents: 4990, text: "Pão  de\nqueijo" });
  for (
    const field of ["540549.90", "5916Padaria Sao Joao", "6009Sao Paulo", "0213Pao de queijo"]
  ) assert(code.includes(field), `${field} in ${code}`);
  const longest = "x".repeat(99 - 18 - 22 - 4);
  assert(writePixCode(padaria, { text: longest }).includes(longest));
  const bare = writePixCode(padaria, { text: "" });
  for (const text of [`${longest}x`, "x".repeat(4000), "🥐", "面包", " \n"]) {
    assertEquals(writePixCode(padaria, { text }), bare, text);
  }
  const longKey = receiverOf(
    `${"a".repeat(60)}@padaria.com.br; ${"n".repeat(25)}; ${"c".repeat(15)}`,
  );
  const longestCode = writePixCode(longKey, { cents: 999_999_999_999, text: "bolo" });
  assert(longestCode.length <= 256 && longestCode.includes("5413"));
});

/** Keys as people write them, and as the Banco Central does. */
const KEYS: [written: string, key: string][] = [
  ["123.456.789-09", "12345678909"],
  ["12345678909", "12345678909"],
  ["11.222.333/0001-81", "11222333000181"],
  [" Pix@Padaria.COM.br ", "pix@padaria.com.br"],
  ["(11) 98765-4321", "+5511987654321"],
  ["+55 11 98765-4321", "+5511987654321"],
  ["123E4567-E12B-12D1-A456-426655440000", "123e4567-e12b-12d1-a456-426655440000"],
];

Deno.test("every kind of key is understood, and kept as banks write it", () => {
  for (const [written, key] of KEYS) {
    assertEquals(receiverOf(`${written};Padaria; Recife `), {
      key,
      name: "Padaria",
      city: "Recife",
    });
  }
});

Deno.test("a picture shows the code to whoever scans it", async () => {
  const padaria = receiverOf("pix@padaria.com.br; Padaria Central; São Paulo");
  for (const code of [EXAMPLE.code, writePixCode(padaria, { cents: 123456, text: "Bolo" })]) {
    const { width, height, channels, data } = decode(await pictureQrCode(code));
    assertEquals([channels, width], [4, height]);
    const pixels = new Uint8ClampedArray(data);
    assertEquals(jsQR.default(pixels, width, height)?.data, code);
  }
});
