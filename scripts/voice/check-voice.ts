import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findDialect } from './find-dialect.js';

/** Refuses the old dialect in every text file of the repository (`npm run voice`). */
const binary = /\.(?:png|jpe?g|ico|woff2?)$/;
const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
const findings = files
  .filter((file) => !binary.test(file))
  .flatMap((file) => findDialect(file, readFileSync(file, 'utf8')));

for (const { file, line, found, instead } of findings)
  process.stderr.write(`${file}:${line}: "${found}". Write: ${instead}.\n`);
if (findings.length > 0) {
  process.stderr.write(`${findings.length} lines speak the old dialect.\n`);
  process.exitCode = 1;
}
