/**
 * A table as a database writes it: CSV with the names of the columns in its first line
 * (https://www.postgresql.org/docs/current/sql-copy.html), or JSON, a row a document.
 */
import { type CsvError, type Info, parse } from "csv-parse/sync";
import { type LineProblem, type MongoExport, readMongoExport } from "./mongo_export.ts";

/** What may part the fields of a line: databases write commas, spreadsheets others too. */
const DELIMITERS = [",", ";", "\t"];

/** Reads the text of a file. Without a column of that name it is not the table that was meant. */
export function readTable(text: string, column: string): MongoExport {
  const table = text.replace(/^\ufeff/, "");
  return /^\s*[[{]/.test(table) ? readMongoExport(table) : readCsv(table, column);
}

/** What is found on which line. */
type Placed = { line: number; found: MongoExport[number] };

function readCsv(text: string, column: string): MongoExport {
  const problems: Placed[] = [];
  const problemAt = (line: number, reason: string): Placed => {
    const found: LineProblem = { place: `line ${line}`, reason };
    return { line, found };
  };
  const [header, ...rows] = parse(text, {
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error?: CsvError) => {
      const reason = "has a quote that is not as it should be: correct it, or export again";
      problems.push(problemAt(Number(error?.lines), reason));
      return undefined;
    },
  }) as unknown as { record: string[]; info: Info }[];
  if (!header) return problems.map(({ found }) => found);
  const names = header.record.map((name) => name.trim());
  if (!names.includes(column)) {
    const reason = `names no column ${column}: export the table again, with a header`;
    return [{ place: "line 1", reason }];
  }
  const placed = rows.map(({ record, info }): Placed => {
    if (record.length !== names.length) {
      const reason = `has ${record.length} fields, and the first line ${names.length}: correct it`;
      return problemAt(info.lines, reason);
    }
    const fields = Object.fromEntries(names.map((name, at) => [name, record[at]!.trim()]));
    return { line: info.lines, found: { place: `line ${info.lines}`, fields } };
  });
  return [...placed, ...problems].sort((one, other) => one.line - other.line)
    .map(({ found }) => found);
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const [first = ""] = text.trimStart().split(/\r?\n/, 1);
  const count = (delimiter: string) => first.split(delimiter).length;
  return DELIMITERS.toSorted((one, other) => count(other) - count(one))[0]!;
}
