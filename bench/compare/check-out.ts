import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** A built revision of Postern. */
export interface Build {
  readonly name: string;
  readonly root: string;
}

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
/**
 * Runs a program to its end, in its own process group, because npm does not forward signals to its children.
 *
 * @returns what it wrote to standard output
 * @throws with all its output, when it fails or is aborted
 */
async function run(
  program: string,
  argv: readonly string[],
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn(program, argv, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const abort = () => {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  };
  signal.addEventListener('abort', abort);
  try {
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    if (status !== 0) throw new Error(`${program} ${argv.join(' ')} failed:\n${stdout}${stderr}`);
    return stdout;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Builds the server of the working tree in place. */
export async function buildWorkingTree(signal: AbortSignal): Promise<Build> {
  await run('npm', ['run', '-s', 'build:server'], { cwd: projectRoot, signal });
  return { name: 'this tree', root: projectRoot };
}

/** Builds the server of another revision in a subfolder of `folder`. */
export async function buildRevision(revision: string, folder: string, signal: AbortSignal): Promise<Build> {
  const git = (...argv: string[]) => run('git', argv, { cwd: projectRoot, signal });
  const commit = (await git('rev-parse', '--short', '--verify', `${revision}^{commit}`)).trim();
  const root = join(folder, 'revision');
  await mkdir(root);
  const archive = join(root, 'revision.tar');
  await git('archive', '--format=tar', '-o', archive, commit);
  await run('tar', ['-xf', archive], { cwd: root, signal });
  if (
    (await readFile(join(root, 'package-lock.json'), 'utf8')) ===
    (await readFile(join(projectRoot, 'package-lock.json'), 'utf8'))
  ) {
    await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  } else {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, signal });
  }
  await run('npm', ['run', '-s', 'build:server'], { cwd: root, signal });
  return { name: commit, root };
}
