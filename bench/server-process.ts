import { fork } from 'node:child_process';
import { on, once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own. */
export interface Server {
  readonly url: string;
  /** The processor time that the process has used since it started, its own and the system's for it (in ms). */
  cpuTime(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `servers/NAME.ts` in a process of its own and waits until it listens. */
export async function startServer(name: string, environment: Readonly<Record<string, string>>): Promise<Server> {
  const file = fileURLToPath(new URL(`servers/${name}.ts`, import.meta.url));
  const child = fork(file, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const messages = on(child, 'message', { close: ['exit'] });
  const nextMessage = async (): Promise<unknown> => {
    const { value, done } = await messages.next();
    if (done) throw new Error(`the server ${name} has ended`);
    return (value as unknown[])[0];
  };
  return {
    url: (await nextMessage()) as string,
    cpuTime: async () => {
      child.send('cpu time');
      const { user, system } = (await nextMessage()) as NodeJS.CpuUsage;
      return (user + system) / 1_000;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
