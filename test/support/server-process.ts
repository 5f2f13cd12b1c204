import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.js';
import { productionSettings, testSettings } from './postern.js';
import { settingVariables } from './setting-variables.js';

const root = join(import.meta.dirname, '../..');
const start = join(root, 'bin/start.js');
const commandLine = join(root, 'bin/postern.js');

/** Where Node keeps compiled modules between processes. */
const compileCache = join(root, 'node_modules/.cache/node');

/** Processes of tests end before V8 has optimized the embedded database; with this, they take half of the CPU time. */
const UNOPTIMIZED = ['--liftoff-only'];

/** How long a process may take to be ready or to exit before a test gives up (in ms). Not part of the specification. */
const PATIENCE_MS = 60_000;

/** The output and exit of a process. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process under test with its output. */
export class TestProcess {
  stdout = '';
  stderr = '';
  /** From the spawn to the first output (in ms). */
  firstOutputMs: number | null = null;
  readonly ended: Promise<Ended>;
  readonly #spawnedAt = performance.now();
  #hasEnded = false;

  constructor(readonly child: ChildProcess) {
    running.add(this);
    child.stdout!.on('data', (chunk: Buffer) => {
      this.firstOutputMs ??= this.ageMs;
      this.stdout += chunk.toString();
    });
    child.stderr!.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        running.delete(this);
        this.#hasEnded = true;
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** The resident memory of the process (in bytes; Linux). */
  get residentBytes(): number {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8')) ?? [];
    return Number(kibibytes) * 1_024;
  }

  /** Since the spawn (in ms). */
  get ageMs(): number {
    return performance.now() - this.#spawnedAt;
  }

  /** The JSON lines of standard output, parsed. */
  get lines(): Record<string, unknown>[] {
    return this.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Resolves when the output satisfies `seen`; rejects when the process exits first. */
  async until(seen: (process: TestProcess) => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const told = (reason: string) => new Error(`the process ${reason}; it said:\n${this.stdout}\n${this.stderr}`);
      const timer = setTimeout(() => reject(told('took too long')), PATIENCE_MS);
      const look = () => {
        if (seen(this)) resolve();
        else if (this.#hasEnded) reject(told('ended'));
        else return;
        clearTimeout(timer);
        this.child.stdout!.off('data', look);
      };
      this.child.stdout!.on('data', look);
      void this.ended.then(look, reject);
      look();
    });
  }

  /** Sends a signal and resolves when the process has exited. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

const running = new Set<TestProcess>();
const folders: string[] = [];

/** Kills the remaining processes of a test file and removes its folders. */
export async function cleanUp(): Promise<void> {
  await Promise.all([...running].map((process) => process.stop('SIGKILL')));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A new temporary folder, removed by `cleanUp`. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-process-'));
  folders.push(folder);
  return folder;
}

/** A new folder with a migrated embedded database, which starts faster than an empty one. */
export function migratedFolder(): string {
  const folder = temporaryFolder();
  const template = process.env['TEST_TEMPLATE'];
  if (template && !process.env['TEST_DATABASE_URL']) cpSync(template, join(folder, 'postgres'), { recursive: true });
  return folder;
}

export type Environment = Readonly<Record<string, string>>;

/**
 * The environment of a process under test: only PATH of the test's own, compiled modules, fast password hashing and no
 * limits by address.
 */
const processEnvironment = (settings: Environment): Record<string, string> => {
  const { NODE_ENV: _, ...floor } = testSettings;
  return settingVariables({
    PATH: process.env['PATH'] ?? '',
    NODE_COMPILE_CACHE: compileCache,
    ...floor,
    ...(settings['NODE_ENV'] === 'production' ? productionSettings : {}),
    ...settings,
  });
};

/**
 * Starts a program without waiting.
 *
 * @param variables environment variables whose names stay as they are
 */
export const launch = (
  program: string,
  argv: readonly string[],
  settings: Environment,
  variables: Environment = {},
): TestProcess =>
  new TestProcess(spawn(program, argv, { cwd: root, env: { ...processEnvironment(settings), ...variables } }));

/** Starts the server as `npm start` does, without waiting. */
export const launchServer = (
  settings: Environment,
  nodeArguments: readonly string[] = UNOPTIMIZED,
  variables: Environment = {},
): TestProcess => launch(process.execPath, [...nodeArguments, start], settings, variables);

/** A server that is ready. */
export interface ServerProcess {
  readonly process: TestProcess;
  readonly pid: number;
  /** The URL that it printed. */
  readonly url: string;
  /** The fields of the line that reports it ready. */
  readonly facts: Record<string, unknown>;
  /** The one-time setup token that it printed; null when there is a ROOT. */
  readonly setupToken: string | null;
  /** From the spawn to the line that reports it ready (in ms). */
  readonly readyMs: number;
  /** A client that has not signed in. */
  client(): Client;
}

/** Starts a server and waits until it reports ready. */
export async function startServer(
  settings: Environment,
  variables: Environment = {},
  nodeArguments: readonly string[] = UNOPTIMIZED,
): Promise<ServerProcess> {
  const process = launchServer(settings, nodeArguments, variables);
  await process.until(({ lines }) => lines.some(isReadyLine));
  const readyMs = process.ageMs;
  const facts = process.lines.find(isReadyLine)!;
  const url = String(facts['graphql']).replace('/graphql (POST)', '');
  // The token is printed after that line and before the first response.
  await fetch(`${url}/livez`);
  const setupToken = (process.lines.find((line) => 'setupToken' in line)?.['setupToken'] as string | undefined) ?? null;
  return { process, pid: process.child.pid!, url, facts, setupToken, readyMs, client: () => new Client(url) };
}

const isReadyLine = (line: Record<string, unknown>) => line['msg'] === 'Postern is ready';

/** Starts a command of Postern without waiting. Its standard input stays open. */
export const launchCommand = (
  argv: readonly string[],
  settings: Environment,
  variables: Environment = {},
): TestProcess => launch(process.execPath, [...UNOPTIMIZED, commandLine, ...argv], settings, variables);

/** Runs a command of Postern to its end, with optional standard input. */
export function runCommand(
  argv: readonly string[],
  settings: Environment,
  input = '',
  variables: Environment = {},
): Promise<Ended> {
  const command = launchCommand(argv, settings, variables);
  command.child.stdin!.end(input);
  return command.ended;
}
