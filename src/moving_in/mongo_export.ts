/**
 * What `mongoexport` writes: documents of extended JSON, one a line or all in one array
 * (https://www.mongodb.com/docs/database-tools/mongoexport/).
 */
import { evaluate, parse } from "momoa";

/** A document of a file, and where it is: `line 3`, or `document 3, line 1` of an array. */
export interface ExportedDocument {
  place: string;
  fields: Record<string, unknown>;
}

/** Something wrong in a file: where, what, and what to do about it. */
export interface LineProblem {
  place: string;
  reason: string;
}

/** All that is in a file of another bot, in its order: documents, and what should be one. */
export type MongoExport = (ExportedDocument | LineProblem)[];

/** Whether what is in a file is something wrong. */
export function isProblem(found: ExportedDocument | LineProblem): found is LineProblem {
  return "reason" in found;
}

/** Reads the text of a file, with or without a byte order mark, with ends of lines of any kind. */
export function readMongoExport(text: string): MongoExport {
  const json = text.replace(/^\ufeff/, "");
  return json.trimStart().startsWith("[") ? readArray(json) : readLines(json);
}

function readLines(text: string): MongoExport {
  const found: MongoExport = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const place = `line ${index + 1}`;
    try {
      found.push(documentOf(place, JSON.parse(line)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const reason = "is not a whole JSON document: export again, without --pretty, or correct it";
      found.push({ place, reason });
    }
  }
  return found;
}

function readArray(text: string): MongoExport {
  const found: MongoExport = [];
  try {
    const { body } = parse(text);
    if (body.type !== "Array") return found;
    for (const [index, { value }] of body.elements.entries()) {
      const place = `document ${index + 1}, line ${value.loc.start.line}`;
      found.push(documentOf(place, evaluate(value)));
    }
  } catch (error) {
    const { line, column } = error as { line?: number; column?: number };
    if (line === undefined) throw error;
    const place = `line ${line}, column ${column}`;
    found.push({ place, reason: "is where the JSON breaks off: export the file again" });
  }
  return found;
}

function documentOf(place: string, value: unknown): ExportedDocument | LineProblem {
  const fields = withoutTypes(value);
  return typeof fields === "object" && fields !== null && !Array.isArray(fields)
    ? { place, fields: fields as Record<string, unknown> }
    : { place, reason: "is not a document: it has to be an object in braces" };
}

/**
 * Numbers and IDs out of their extended forms, relaxed or canonical
 * (https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/).
 */
function withoutTypes(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutTypes);
  const [entry, ...others] = Object.entries(value);
  if (entry && others.length === 0) {
    const [type, written] = entry;
    if (["$numberInt", "$numberLong", "$numberDouble"].includes(type)) return Number(written);
    if (type === "$oid" || type === "$date") return withoutTypes(written);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withoutTypes(each)]),
  );
}
