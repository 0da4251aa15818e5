/** Updates as no Telegram would send them: real ones, each changed somewhere, by a seed. */
import type { Update } from "grammy/types";

/** What may stand in the place of any value. */
const ODD: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  5,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e308,
  "",
  "5",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "x".repeat(5000),
  "\u{d800}",
  "\u0000",
  [],
  [null],
  [[]],
  {},
  { type: 5 },
  { id: {} },
  [5, "x", null],
];

/** A copy of an update, as the wire carries it, with one to three things that are not as they should be. */
export function mutated(update: Update, random: () => number): string {
  const copy = structuredClone(update) as unknown as Record<string, unknown>;
  const times = 1 + Math.floor(random() * 3);
  for (let time = 0; time < times; time++) mutate(copy, random);
  return JSON.stringify(copy).replaceAll('"__own_proto__"', '"__proto__"')
    .replaceAll('"__deep__"', deep(random() < 0.5 ? "[]" : "{}"));
}

function mutate(root: Record<string, unknown>, random: () => number): void {
  const places = placesIn(root);
  const place = places[Math.floor(random() * places.length)];
  if (!place) return;
  const [holder, key] = place;
  const inside = holder as Record<string, unknown>;
  const draw = random();
  if (draw < 0.15) delete inside[key];
  else if (draw < 0.7) inside[key] = structuredClone(ODD[Math.floor(random() * ODD.length)]);
  else if (draw < 0.8) inside[key] = [inside[key]];
  else if (draw < 0.9) inside[key] = { __own_proto__: inside[key], [key]: inside[key] };
  else if (draw < 0.95) inside[key] = "__deep__";
  else {
    const [other, from] = places[Math.floor(random() * places.length)]!;
    inside[key] = structuredClone((other as Record<string, unknown>)[from]);
  }
}

/** Every value in a value: what holds it, and under which name. The update's own ID stays. */
function placesIn(value: unknown, isTop = true): [object, string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]): [object, string][] =>
    isTop && key === "update_id" ? [] : [[value, key], ...placesIn(each, false)]
  );
}

/** Something nested more deeply than recursion can follow, as JSON. */
function deep(innermost: string): string {
  const levels = 20_000;
  return innermost === "[]"
    ? "[".repeat(levels) + "]".repeat(levels)
    : '{"a":'.repeat(levels) + "{}" + "}".repeat(levels);
}
