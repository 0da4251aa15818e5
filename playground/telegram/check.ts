/** Whether a call's parameters fit the tables: names, types, and nothing missing. */
import { type MethodName, NOT_SIMULATED, parametersOf } from "./methods.ts";
import { OBJECTS, UNIONS } from "./objects.ts";
import type { Fields } from "./parameters.ts";

/** Fields that a parse mode beside them would apply to. */
const TEXTS = [
  "text",
  "caption",
  "message_text",
  "quote",
  "question",
  "explanation",
  "description",
];

/** Everything that is wrong with a call's parameters, one readable clause each. */
export function problemsOf(method: MethodName, payload: Record<string, unknown>): string[] {
  const problems = problemsOfFields(payload, parametersOf(method), "");
  for (const name of Object.keys(payload)) {
    if (NOT_SIMULATED.includes(name)) problems.push(`${name} is not simulated`);
  }
  return problems;
}

/** The parameters of a form, each with its type; JSON inside a form is parsed. */
export function typed(
  method: MethodName,
  payload: Record<string, unknown>,
): Record<string, unknown> {
  const fields = parametersOf(method);
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => {
      const type = fields[name];
      return [
        name,
        typeof value === "string" && type !== undefined ? fromText(value, type) : value,
      ];
    }),
  );
}

function fromText(text: string, type: string): unknown {
  const types = type.replace("?", "").split("|");
  if (
    types.some((name) => name === "Integer" || name === "Float") && /^-?\d+(\.\d+)?$/.test(text)
  ) {
    return Number(text);
  }
  if (types.includes("String") || types.includes("InputFile")) return text;
  if (types.includes("Boolean")) return /^(true|1|yes)$/i.test(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function problemsOfFields(
  object: Record<string, unknown>,
  fields: Fields,
  path: string,
): string[] {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(object)) {
    const type = fields[name];
    if (type === undefined) problems.push(`${path}${name} is unknown`);
    else if (!isPlainly(value, type)) {
      problems.push(...problemsOfValue(value, type.replace("?", ""), `${path}${name}`));
    }
  }
  const markup = markupIn(object);
  if (markup !== undefined) {
    problems.push(`${path}parse_mode on ${JSON.stringify(markup)} is not simulated`);
  }
  for (const [name, type] of Object.entries(fields)) {
    if (!type?.endsWith("?") && object[name] === undefined) {
      problems.push(`${path}${name} is missing`);
    }
  }
  return problems;
}

/** A text to be parsed in which there is something to parse: only entities are simulated. */
function markupIn(object: Record<string, unknown>): string | undefined {
  if (!Object.keys(object).some((name) => name.endsWith("parse_mode"))) return undefined;
  const texts = TEXTS.map((name) => object[name]).filter((text) => typeof text === "string");
  return texts.find((text) => /[*_[\]()~`>#+\-=|{}.!<&\\]/.test(text));
}

/** Whether a value is of the one type that there is, of those that JSON tells apart. */
function isPlainly(value: unknown, type: string): boolean {
  switch (type) {
    case "Integer":
    case "Integer?":
      return Number.isSafeInteger(value);
    case "String":
    case "String?":
      return typeof value === "string";
    case "Boolean":
    case "Boolean?":
      return typeof value === "boolean";
  }
  return false;
}

function problemsOfValue(value: unknown, type: string, path: string): string[] {
  const alternatives = type.split("|");
  if (alternatives.length > 1) {
    const all = alternatives.map((name) => problemsOfValue(value, name, path));
    const best = all.reduce((a, b) => b.length < a.length ? b : a);
    // A mixed array fits none of the types, but each of its items fits one of them.
    if (best.length === 0 || !Array.isArray(value)) return best;
    const itemTypes = alternatives.map((name) => name.replace("Array of ", "")).join("|");
    return value.flatMap((item, index) => problemsOfValue(item, itemTypes, `${path}[${index}]`));
  }
  if (type.startsWith("Array of ")) {
    if (!Array.isArray(value)) return [`${path} is no array`];
    const itemType = type.slice("Array of ".length);
    return value.flatMap((item, index) => problemsOfValue(item, itemType, `${path}[${index}]`));
  }
  switch (type) {
    case "Integer":
      return Number.isSafeInteger(value) ? [] : [`${path} is no integer`];
    case "Float":
      return typeof value === "number" ? [] : [`${path} is no number`];
    case "String":
    case "InputFile":
      return typeof value === "string" ? [] : [`${path} is no string`];
    case "Boolean":
      return typeof value === "boolean" ? [] : [`${path} is no boolean`];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path} is no ${type}`];
  }
  if (type === "User") return [];
  const object = { ...value } as Record<string, unknown>;
  const fields = OBJECTS[type] ?? shapeOf(object, type);
  if (fields === undefined) return [`${path} is a ${type} that is not simulated`];
  const isOfType = !type.startsWith("InputMedia") || shapeOf(object, "InputMedia") === fields;
  return isOfType || type === "InputMedia"
    ? problemsOfFields(object, fields, `${path}.`)
    : [`${path} is no ${type}`, `${path}.type is "${object.type}"`];
}

function shapeOf(object: Record<string, unknown>, union: string): Fields | undefined {
  const shapes = UNIONS[union] ?? {};
  const name = typeof object.type === "string" && object.type in shapes
    ? object.type
    : Object.keys(shapes).find((field) => field in object);
  return name === undefined ? undefined : OBJECTS[shapes[name] ?? ""];
}
