import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root } from './installed-node.js';

/** The program that compiles TypeScript. */
export const compiler = 'node_modules/typescript/bin/tsc';
const serverBundler = 'node_modules/rolldown/package.json';
const webBundler = 'node_modules/vite/bin/vite.js';

/** Whether the server and the web app are built; the web app contains the client. */
export const isBuilt = () => existsSync(`${root}dist/bundle/main.js`) && existsSync(`${root}dist/web/index.html`);

/** Whether the development dependencies that build them are installed. */
export const canBuild = () => [compiler, serverBundler, webBundler].every((file) => existsSync(`${root}${file}`));

/** Builds the server, the client and the web app. Exits if that fails. */
export function build() {
  runOrExit('bin/build-server.js');
  runOrExit(compiler, '-p', 'packages/client');
  runOrExit(webBundler, 'build', 'web', '--logLevel', 'warn');
}

/** Runs a program of this installation, and exits if it fails. */
export function runOrExit(program, ...argv) {
  const { status } = spawnSync(process.execPath, [`${root}${program}`, ...argv], {
    stdio: ['ignore', 2, 2],
    cwd: root,
  });
  if (status !== 0) process.exit(1);
}
