import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root } from './installed-node.js';

const compiler = 'typescript/bin/tsc';
const bundler = 'vite/bin/vite.js';

/** Whether the server and the web app are built. */
export const isBuilt = () => existsSync(`${root}dist/main.js`) && existsSync(`${root}dist/web/index.html`);

/** Whether the development dependencies that build them are installed. */
export const canBuild = () => [compiler, bundler].every((program) => existsSync(`${root}node_modules/${program}`));

/** Builds the server and the web app. Exits if that fails. */
export function build() {
  run(compiler, '-p', 'tsconfig.build.json');
  run(bundler, 'build', 'web', '--logLevel', 'warn');
}

function run(program, ...argv) {
  const { status } = spawnSync(process.execPath, [`${root}node_modules/${program}`, ...argv], {
    stdio: ['ignore', 2, 2],
    cwd: root,
  });
  if (status !== 0) process.exit(1);
}
