// Regenerates every committed file that is generated from source, without writing it, and fails when a committed file
// differs. `npm run fresh` builds first.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize, resolve } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import codegen from '../codegen.js';
import { withTables } from './readme-tables.js';

interface Made {
  readonly file: string;
  readonly content: string;
  readonly command: string;
}

const generatedFolders = Object.keys(codegen.generates);
const directory = mkdtempSync(join(tmpdir(), 'postern-fresh-'));
const schemaFile = join(directory, 'schema.graphql');
try {
  execFileSync(process.execPath, [resolve('dist/graphql/emit-schema.js')], { cwd: directory });
  const documents = (await generate({ ...codegen, schema: schemaFile, silent: true }, false)) as {
    filename: string;
    content: string;
  }[];
  const made: Made[] = [
    { file: 'schema.graphql', content: readFileSync(schemaFile, 'utf8'), command: 'npm run schema' },
    { file: 'README.md', content: withTables(readFileSync('README.md', 'utf8')), command: 'npm run readme' },
    ...documents.map(({ filename, content }) => ({ file: normalize(filename), content, command: 'npm run codegen' })),
  ];
  const stale = made.filter(
    ({ file, content }) => !existsSync(file) || readFileSync(file, 'utf8').trim() !== content.trim(),
  );
  const leftOver = globSync(generatedFolders.map((folder) => `${folder}**/*.ts`)).filter(
    (file) => !made.some((one) => one.file === file),
  );
  for (const { file, command } of stale)
    process.stdout.write(`${file} is not what its source makes: run "${command}" and commit it\n`);
  for (const file of leftOver) process.stdout.write(`${file} is made by nothing any more: remove it\n`);
  process.stdout.write(`${made.length} files made anew, ${stale.length + leftOver.length} of them out of date\n`);
  if (documents.length === 0 || stale.length + leftOver.length > 0) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true });
}
