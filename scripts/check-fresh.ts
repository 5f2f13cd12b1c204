// Generates every committed file that is generated from source, in memory, and fails if a committed one differs.
// `npm run fresh` builds first.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize, resolve } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import codegen from '../codegen.js';
import { generatedDocs } from './docs-tables.js';

interface GeneratedFile {
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
  const generated: GeneratedFile[] = [
    { file: 'schema.graphql', content: readFileSync(schemaFile, 'utf8'), command: 'npm run schema' },
    ...generatedDocs().map((document) => ({ ...document, command: 'npm run docs' })),
    ...documents.map(({ filename, content }) => ({ file: normalize(filename), content, command: 'npm run codegen' })),
  ];
  const stale = generated.filter(
    ({ file, content }) => !existsSync(file) || readFileSync(file, 'utf8').trim() !== content.trim(),
  );
  const leftOver = globSync(generatedFolders.map((folder) => `${folder}**/*.ts`)).filter(
    (file) => !generated.some((one) => one.file === file),
  );
  for (const { file, command } of stale)
    process.stdout.write(`${file} is out of date: run "${command}" and commit it\n`);
  for (const file of leftOver) process.stdout.write(`${file} is no longer generated: remove it\n`);
  process.stdout.write(`${generated.length} files generated, ${stale.length + leftOver.length} out of date\n`);
  if (documents.length === 0 || stale.length + leftOver.length > 0) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true });
}
