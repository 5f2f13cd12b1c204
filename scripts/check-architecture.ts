// Checks every import against the rules of .dependency-cruiser.cjs, and fails when a source file was not read: a tool
// that reads no TypeScript finds no violation either. It checks the current folder; its argument can name another file
// of rules.
import { existsSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const rules = process.argv[2] ?? fileURLToPath(new URL('../.dependency-cruiser.cjs', import.meta.url));
const folders = ['src', 'test', 'bench', 'scripts', 'bin', 'packages/client/src', 'web/src'].filter((folder) =>
  existsSync(folder),
);

const options = await extractDepcruiseOptions(rules);
const { output } = await cruise(folders, options, undefined, { tsConfig: extractTSConfig('tsconfig.json') });
const { modules, summary } = output as ICruiseResult;

const read = new Set(modules.map(({ source }) => source));
const unread = globSync('{src,packages/client/src,web/src}/**/*.{ts,mts,cts,tsx,js,mjs,cjs}').filter(
  (file) => !read.has(file),
);
for (const file of unread) process.stdout.write(`not read: ${file}\n`);

for (const { rule, from, to, cycle } of summary.violations) {
  process.stdout.write(`${rule.name}: ${from} → ${cycle ? cycle.map(({ name }) => name).join(' → ') : to}\n`);
}
process.stdout.write(
  `${read.size} modules read, ${summary.violations.length} violations, ${unread.length} files of the product not read\n`,
);
if (summary.violations.length + unread.length > 0) process.exitCode = 1;
