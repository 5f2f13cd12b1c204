import ts from 'typescript';

/** The files that declare tests. Those in `*-commands.ts` run for several kinds of installation. */
export const filesWithTests = ['test/**/*.test.ts', 'test/cli/*-commands.ts'];

/** Modifiers of tests that do not run. */
const idle = new Set(['skip', 'todo', 'failing']);

/**
 * The titles of all tests in a source text that run: `test(…)`, `it(…)`, `test.each(…)(…)` and similar. Skipped and
 * planned tests are left out, and so are comments and strings.
 */
export function readTestTitles(source: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.arguments[0] !== undefined) {
      const names = calleeNames(node.expression);
      if (['describe', 'test', 'it'].includes(names[0] ?? '') && names.some((name) => idle.has(name))) return;
      if (['test', 'it'].includes(names[0] ?? '') && ts.isStringLiteralLike(node.arguments[0]))
        titles.push(node.arguments[0].text);
      if (['test', 'it'].includes(names[0] ?? '') && ts.isTemplateExpression(node.arguments[0]))
        titles.push(node.arguments[0].getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true));
  return titles;
}

/** The names in a callee, from left to right: `test`, `each` for `test.each(rows)`. */
function calleeNames(callee: ts.Expression): string[] {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee)) return [...calleeNames(callee.expression), callee.name.text];
  if (ts.isCallExpression(callee)) return calleeNames(callee.expression);
  if (ts.isTaggedTemplateExpression(callee)) return calleeNames(callee.tag);
  return [];
}
