import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where a revision of Postern was built. */
export interface Build {
  readonly name: string;
  readonly root: string;
}

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);
/** The largest output that is read: a lock file. */
const OUTPUT_BYTES = 64 * 1_024 * 1_024;

/** Runs a program to its end. @returns what it wrote. @throws with its output when it fails */
async function run(program: string, argv: readonly string[], { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal }): Promise<string> {
  try {
    return (await execute(program, [...argv], { cwd, signal, maxBuffer: OUTPUT_BYTES })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${argv.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Builds the server of the working tree, where it is. */
export async function buildWorkingTree(signal: AbortSignal): Promise<Build> {
  await run('npm', ['run', '-s', 'build:server'], { cwd: projectRoot, signal });
  return { name: 'this tree', root: projectRoot };
}

/** Builds the server of another revision, in a folder inside another. */
export async function buildRevision(revision: string, folder: string, signal: AbortSignal): Promise<Build> {
  const git = (...argv: string[]) => run('git', argv, { cwd: projectRoot, signal });
  const commit = (await git('rev-parse', '--short', '--verify', `${revision}^{commit}`)).trim();
  const root = join(folder, 'revision');
  await mkdir(root);
  const archive = join(root, 'revision.tar');
  await git('archive', '--format=tar', '-o', archive, commit);
  await run('tar', ['-xf', archive], { cwd: root, signal });
  if (await readFile(join(root, 'package-lock.json'), 'utf8') === await readFile(join(projectRoot, 'package-lock.json'), 'utf8')) {
    await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
  } else {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, signal });
  }
  await run('npm', ['run', '-s', 'build:server'], { cwd: root, signal });
  return { name: commit, root };
}
