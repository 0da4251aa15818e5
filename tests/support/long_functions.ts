/**
 * Functions that are too long to be read at once, found in the syntax tree that `deno lint` shows its
 * plugins (https://docs.deno.com/runtime/reference/lint_plugins/).
 */

/** How many lines a function may have, its first and its last among them. */
export const MOST_LINES = 70;
/** How many lines may stand around a table: its function's head, names its entries share. */
const MOST_AROUND_TABLE = 10;

type Function =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

/**
 * Names every function of a file that is longer than it may be: the line it begins in, what it is
 * called, its number of lines. A table is no longer than what stands around it.
 */
export function longFunctions(fileName: string, source: string): string[] {
  const linesOf = ({ range: [start, end] }: { range: [number, number] }) =>
    source.slice(start, end).split("\n").length;
  const around: { hasSteps: boolean }[] = [];
  const isLong = (node: Function) => {
    if (linesOf(node) <= MOST_LINES) return false;
    const table = around.at(-1)!.hasSteps ? null : tableOf(node);
    return !table || linesOf(node) - linesOf(table) > MOST_AROUND_TABLE;
  };
  const plugin: Deno.lint.Plugin = {
    name: "balcao",
    rules: {
      long: {
        create(context) {
          const enter = () => void around.push({ hasSteps: false });
          const leave = (node: Function) => {
            if (isLong(node)) {
              context.report({ node, message: `${nameOf(node)}: ${linesOf(node)} lines` });
            }
            around.pop();
            const outer = around.at(-1);
            if (outer && node.body?.type === "BlockStatement") outer.hasSteps = true;
          };
          return {
            FunctionDeclaration: enter,
            FunctionExpression: enter,
            ArrowFunctionExpression: enter,
            "FunctionDeclaration:exit": leave,
            "FunctionExpression:exit": leave,
            "ArrowFunctionExpression:exit": leave,
          };
        },
      },
    },
  };
  return Deno.lint.runPlugin(plugin, fileName, source).map(({ message, range: [start] }) =>
    `${source.slice(0, start).split("\n").length} ${message}`
  );
}

/**
 * What a function consists of if it is a table: one object that it returns, or one `switch` without
 * a default, each case of which only says what is returned.
 */
function tableOf({ body }: Function): { range: [number, number] } | null {
  if (body?.type !== "BlockStatement") return body && isObject(body) ? body : null;
  const last = body.body.at(-1);
  if (!last || !body.body.slice(0, -1).every(isNaming)) return null;
  if (last.type === "ReturnStatement") {
    return last.argument && isObject(last.argument) ? last : null;
  }
  return last.type === "SwitchStatement" && last.cases.every(isEntry) ? last : null;
}

function isObject(node: Deno.lint.Node): boolean {
  if (node.type === "TSSatisfiesExpression" || node.type === "TSAsExpression") {
    return isObject(node.expression);
  }
  return node.type === "ObjectExpression";
}

function isNaming(node: Deno.lint.Statement): boolean {
  return node.type === "VariableDeclaration" && node.kind === "const";
}

function isEntry({ test, consequent }: Deno.lint.SwitchCase): boolean {
  const isReturning = (node: Deno.lint.Statement): boolean =>
    isNaming(node) || node.type === "ReturnStatement" ||
    (node.type === "BlockStatement" && node.body.every(isReturning));
  return test !== null && consequent.every(isReturning);
}

/** What a function is called, as far as it is. */
function nameOf(node: Function): string {
  if (node.type !== "ArrowFunctionExpression" && node.id) return node.id.name;
  const { parent } = node;
  const name = parent.type === "VariableDeclarator" ? parent.id : "key" in parent && parent.key;
  return name && (name.type === "Identifier" || name.type === "PrivateIdentifier")
    ? name.name
    : "a function without a name";
}
