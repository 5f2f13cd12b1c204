import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CleanUp } from './clean-up.ts';
import { launch, type Launched, type Server } from '../server-process.ts';

const answerCpuTime = new URL('../servers/answer-cpu-time.ts', import.meta.url).href;

/** How long a server may take until it responds (in ms). */
const START_TIMEOUT_MS = 60_000;

/**
 * The built file that `npm start` runs. It is started directly, because `npm start` would build the missing web app.
 * Older revisions name it in another file, or have no such file.
 */
async function entryOf(root: string): Promise<string> {
  const read = (file: string) => readFile(join(root, file), 'utf8').catch(() => '');
  const start = (await read('bin/start-server.js')) + (await read('bin/start.js'));
  const [, entry = 'dist/main.js'] = /import\(['"]\.\.\/(dist\/[^'"]+)['"]\)/.exec(start) ?? [];
  return join(root, entry);
}

/** Starts the Postern that was built in a folder, and waits until it responds. */
export async function startPostern(
  root: string,
  settings: Readonly<Record<string, string>>,
  cleanUp: CleanUp,
): Promise<Server & Pick<Launched, 'pid'>> {
  const port = String(await freePort());
  const entry = await entryOf(root);
  const environment = withOldNames({
    ...settings,
    POSTERN_HOST: '127.0.0.1',
    PORT: port,
    POSTERN_PUBLIC_URL: `http://localhost:${port}`,
  });
  const server = await cleanUp.keep(
    () => Promise.resolve(launch(entry, environment, ['--import', answerCpuTime])),
    ({ stop }) => stop(),
  );
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(server, url);
  return { url, pid: server.pid, cpuTime: server.cpuTime, stop: server.stop };
}

/** Older revisions read settings without the prefix. */
const withOldNames = (environment: Readonly<Record<string, string>>): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(environment).map(([name, text]) => [name.replace(/^POSTERN_/, ''), text])),
  ...environment,
});

async function untilItAnswers(server: Launched, url: string): Promise<void> {
  const body = JSON.stringify({ query: '{ __typename }' });
  for (const start = performance.now(); performance.now() - start < START_TIMEOUT_MS; await setTimeout(100)) {
    if (server.hasEnded) throw new Error('a server ended before it answered');
    const answered = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
  }
  throw new Error(`a server did not answer within ${START_TIMEOUT_MS / 1_000} s`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
