import { readFileSync } from 'node:fs';

/** Where codegen writes the types of operations that Postern ships. */
const sources = ['web/src/generated/graphql.ts', 'packages/client/src/generated/operations.ts'];

const FILE = 'src/graphql/operations/known-operations.ts';

/** The list of the operations of the web app and the client, by which the server names them in logs and metrics. */
export function knownOperationsFile(): { readonly file: string; readonly content: string } {
  const names = sources.flatMap((source) =>
    [...readFileSync(source, 'utf8').matchAll(/^export type (\w+)(?:Query|Mutation) =/gm)].map(([, name]) => name),
  );
  const lines = [...new Set(names)].sort().map((name) => `  '${name}',`);
  const content = [
    '/** The operations of the web app and the client. `npm run docs` writes this file. */',
    'export const knownOperations = [',
    ...lines,
    '] as const;',
    '',
  ].join('\n');
  return { file: FILE, content };
}
