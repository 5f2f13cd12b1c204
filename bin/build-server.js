// Builds the server, unless its sources are those of the last build: every suite of tests asks for a build first.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { compiler, runOrExit } from './build-tools.js';
import { root } from './installed-node.js';

const result = `${root}dist/bundle/main.js`;
const stamp = `${root}dist/.sources`;

const listFolder = (folder) => readdirSync(`${root}${folder}`, { recursive: true }).map((file) => `${folder}/${file}`);
const files = [...listFolder('src'), ...listFolder('bin')].filter((file) => /\.[jt]s$/.test(file)).sort();
const hash = createHash('sha256');
for (const file of [...files, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'])
  hash
    .update(`${file}\0`)
    .update(readFileSync(`${root}${file}`))
    .update('\0');
const sources = hash.digest('hex');

const isCurrent = existsSync(result) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
if (!isCurrent) {
  rmSync(stamp, { force: true });
  runOrExit(compiler, '-p', 'tsconfig.build.json');
  runOrExit('bin/bundle-server.js');
  writeFileSync(stamp, sources);
}
