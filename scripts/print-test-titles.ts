import { globSync, readFileSync } from 'node:fs';
import { filesWithTests, readTestTitles } from '../test/documentation/read-test-titles.js';

/** Prints the titles of all tests, file by file: the specification (`npm run test:titles`). */
for (const file of globSync(filesWithTests).sort()) {
  const titles = readTestTitles(readFileSync(file, 'utf8'));
  if (titles.length === 0) continue;
  process.stdout.write(`\n${file.replace(/^test\/|(?:\.test)?\.ts$/g, '')}\n`);
  for (const title of titles) process.stdout.write(`  ${title}\n`);
}
