/**
 * Turns the comments `// => value` and `// throws Name` behind a statement into calls of the globals `expectValue` and
 * `expectThrow`, and the TypeScript into JavaScript. Lines stay where they are.
 */
import ts from 'typescript';

const expectation = /^\/\/ (=>|throws) (.*)$/;

/**
 * @param {import('./extract-examples.mjs').Example} example
 * @returns {{ code: string, expectations: number }}
 */
export function instrumentExample({ source, code }) {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const lineOf = (position) => file.getLineAndCharacterOfPosition(position).line + 1;
  const edits = [];
  const visit = (node) => {
    if (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) {
      const found = expectationBehind(code, node.end);
      if (found) edits.push(...editsFor(node, found, `${source}:${lineOf(node.getStart(file))}`));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);

  const written = [...code.matchAll(/\/\/ (=>|throws) /g)].length;
  const attached = new Set(edits.map((edit) => edit.comment)).size;
  if (attached !== written) {
    throw new Error(`${source}: ${written - attached} expectations stand behind no expression or declaration`);
  }
  return { code: transpile(applyEdits(code, edits)), expectations: attached };
}

function expectationBehind(code, position) {
  for (const { pos, end } of ts.getTrailingCommentRanges(code, position) ?? []) {
    const match = expectation.exec(code.slice(pos, end));
    if (match) return { comment: pos, kind: match[1], expected: match[2].trim() };
  }
  return undefined;
}

function editsFor(statement, { comment, kind, expected }, place) {
  const wrap = (node, before, after) => [
    { at: node.getStart(), text: before, comment },
    { at: node.end, text: after, comment },
  ];
  const where = JSON.stringify(place);
  if (kind === 'throws') {
    return wrap(statement, 'await expectThrow(async () => { ', ` }, ${JSON.stringify(expected)}, ${where});`);
  }
  return wrap(shownBy(statement), 'expectValue(', `, () => (${withoutArrayName(expected)}), ${where})`);
}

/** The expression whose value the comment tells: that of the statement, of the declared variable, or of the printed argument. */
function shownBy(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.at(-1).initializer;
  const { expression } = statement;
  return isConsoleLog(expression) ? expression.arguments[0] : expression;
}

/** Node prints a typed array as `Float64Array(2) [1, 2]`; its entries are what is compared. */
function withoutArrayName(text) {
  return text.replace(/^\w+Array(\(\d+\))? ?(?=\[)/, '');
}

function isConsoleLog(node) {
  return ts.isCallExpression(node) && node.expression.getText() === 'console.log' && node.arguments.length === 1;
}

function applyEdits(code, edits) {
  return edits
    .toSorted((p, q) => q.at - p.at)
    .reduce((text, { at, text: inserted }) => text.slice(0, at) + inserted + text.slice(at), code);
}

function transpile(code) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, inlineSourceMap: true };
  return ts.transpileModule(code, { compilerOptions, fileName: 'example.ts' }).outputText;
}
