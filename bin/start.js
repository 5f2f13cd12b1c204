// Starts Postern and builds it first if there is no build. Plain old JavaScript, so that an outdated Node can still
// report that it is too old.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requireNode } from './require-node.js';

requireNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const production = process.env.NODE_ENV === 'production';
const say = (text) =>
  process.stdout.write(
    process.stdout.isTTY ? `${text}\n` : `${JSON.stringify({ level: 30, time: Date.now(), msg: text })}\n`,
  );

say(`Postern is starting${production ? '' : ' in development mode'} …`);
const build = (program, ...argv) => {
  const { status } = spawnSync(process.execPath, [`${root}/node_modules/${program}`, ...argv], {
    stdio: ['ignore', 2, 2],
    cwd: root,
  });
  if (status !== 0) process.exit(1);
};
if (!existsSync(`${root}/dist/main.js`) || !existsSync(`${root}/dist/web/index.html`)) {
  say('No build found; building …');
  build('typescript/bin/tsc', '-p', 'tsconfig.build.json');
  build('vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn');
}
await import('../dist/main.js');
