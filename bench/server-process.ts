import { randomBytes } from 'node:crypto';
import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in its own process. */
export interface Server {
  readonly url: string;
  /** The user and system CPU time of the process since its start (in ms). */
  cpuTime(): Promise<number>;
  stop(): Promise<void>;
}

/** A process that responds as `servers/answer-cpu-time.ts` does. */
export interface Launched extends Omit<Server, 'url'> {
  readonly pid: number;
  readonly hasEnded: boolean;
  nextMessage(): Promise<unknown>;
}

/** Starts a file in its own process, without waiting. */
export function launch(
  file: string,
  environment: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
): Launched {
  const child = fork(file, {
    env: { ...process.env, ...environment },
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const messages = on(child, 'message', { close: ['exit'] });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const nextMessage = async (): Promise<unknown> => {
    const { value, done } = await messages.next();
    if (done) throw new Error(`the server ${file} has ended`);
    return (value as unknown[])[0];
  };
  return {
    pid: child.pid!,
    get hasEnded() {
      return hasEnded();
    },
    nextMessage,
    cpuTime: async () => {
      child.send('cpu time');
      const { user, system } = (await nextMessage()) as NodeJS.CpuUsage;
      return (user + system) / 1_000;
    },
    stop: async () => {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The settings of a Postern in production without mail, on a free port, with its data in a database. */
export const productionSettings = (databaseUrl: string) => ({
  NODE_ENV: 'production',
  POSTERN_MAIL: 'off',
  POSTERN_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  POSTERN_PUBLIC_URL: 'http://localhost:4000',
  POSTERN_HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: databaseUrl,
});

/** Starts `servers/NAME.ts` in its own process and waits until it listens. */
export async function startServer(name: string, environment: Readonly<Record<string, string>>): Promise<Server> {
  const { nextMessage, cpuTime, stop } = launch(
    fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url)),
    environment,
  );
  return { url: (await nextMessage()) as string, cpuTime, stop };
}
