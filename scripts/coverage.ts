// Runs suites and prints what they cover of src, by suite and together, and the lines that none covers. Its arguments
// are names of npm scripts: npm run coverage -- test test:process test:race. As in CI, only some of them use the
// PostgreSQL server that TEST_DATABASE_URL names.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const suites = process.argv.slice(2);
const onPostgresql = ['test:postgresql', 'test:race', 'test:pooler'];
const folder = mkdtempSync(join(tmpdir(), 'postern-coverage-'));

/** The coverage of a suite, as c8 sums it up. */
interface Summary {
  readonly total: { readonly lines: { readonly pct: number }; readonly branches: { readonly pct: number } };
}

/** Runs c8 on what Node.js wrote to a folder. Processes that ran the bundle are counted by its source maps. */
function report(raw: string, ...reporters: string[]): void {
  const options = ['--temp-directory', raw, '--reports-dir', join(folder, 'report'), '--include', 'src/**'];
  const chosen = reporters.flatMap((reporter) => ['--reporter', reporter]);
  spawnSync('c8', ['report', ...options, '--exclude-after-remap', '--merge-async', ...chosen], { stdio: 'inherit' });
}

function printSummary(name: string, raw: string): void {
  report(raw, 'json-summary');
  const { total } = JSON.parse(readFileSync(join(folder, 'report/coverage-summary.json'), 'utf8')) as Summary;
  process.stdout.write(`coverage of ${name}: ${total.lines.pct} % of lines, ${total.branches.pct} % of branches\n`);
}

try {
  const all = join(folder, 'all');
  for (const suite of suites) {
    const raw = join(folder, suite.replace(':', '-'));
    const { TEST_DATABASE_URL: server, ...rest } = process.env;
    const env = { ...rest, ...(onPostgresql.includes(suite) && { TEST_DATABASE_URL: server }), NODE_V8_COVERAGE: raw };
    const { status } = spawnSync('npm', ['run', suite], { stdio: 'inherit', env });
    if (status !== 0) process.exitCode = 1;
    printSummary(suite, raw);
    cpSync(raw, all, { recursive: true });
  }
  printSummary('all of them', all);
  process.stdout.write('\nNot covered:\n');
  report(all, 'text');
} finally {
  rmSync(folder, { recursive: true });
}
