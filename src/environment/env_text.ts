/** The text of a `.env`: variables as lines, among whatever else its owner has written there. */
import { parse } from "dotenv";

/** The variables of a text, the last of a name; those that are set to nothing too. */
export function variablesIn(text: string): Record<string, string> {
  return parse(text);
}

/**
 * The text with a variable set to a value that needs no quotes: its line is changed, or one is added
 * at the end. Everything else stays as it is, comments as well. `undefined` if the text is such that
 * the variable cannot be set without changing others: a quote is left open, say.
 */
export function withVariable(text: string, name: string, value: string): string | undefined {
  const { [name]: _before, ...others } = variablesIn(text);
  const wanted = inOrder({ ...others, [name]: value });
  return [changed(text, name, value), appended(text, name, value)]
    .find((candidate) => inOrder(variablesIn(candidate)) === wanted);
}

/** The text with all lines of the variable changed; a comment behind a value is kept. */
function changed(text: string, name: string, value: string): string {
  const line = new RegExp(
    `^(\\s*(?:export\\s+)?${name}\\s*=)[ \\t]*("[^"\\r\\n]*"|'[^'\\r\\n]*'|[^#\\r\\n]*?)[ \\t]*(#.*?)?(\\r?)$`,
    "gm",
  );
  return text.replace(
    line,
    (_, head, _value, comment, end) =>
      `${head}${value}${comment === undefined ? "" : ` ${comment}`}${end}`,
  );
}

function appended(text: string, name: string, value: string): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const gap = text === "" || text.endsWith("\n") ? "" : end;
  return `${text}${gap}${name}=${value}${end}`;
}

function inOrder(variables: Record<string, string>): string {
  return JSON.stringify(Object.entries(variables).toSorted(([a], [b]) => a < b ? -1 : 1));
}
