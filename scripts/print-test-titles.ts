import { globSync, readFileSync } from 'node:fs';
import { readTestTitles } from '../test/documentation/read-test-titles.js';

/** Prints the titles of all tests, file by file: the specification (`npm run test:titles`). */
for (const file of globSync('test/**/*.test.ts').sort()) {
  process.stdout.write(`\n${file.replace(/^test\/|\.test\.ts$/g, '')}\n`);
  for (const title of readTestTitles(readFileSync(file, 'utf8'))) process.stdout.write(`  ${title}\n`);
}
