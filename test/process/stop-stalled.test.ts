import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { cleanUp, migratedFolder, startServer, type ServerProcess } from '../support/server-process.js';

let directory: string;
beforeAll(() => {
  directory = migratedFolder();
});
afterEach(cleanUp);

/** How long a stop may take when no request runs (in ms). */
const STOP_MS = 5_000;

/** Where `global/pg_control` has the state of a cluster, and the state of one that was shut down (pg_control.h). */
const STATE_OFFSET = 16;
const SHUT_DOWN = 1;

const databaseState = (folder: string) =>
  readFileSync(join(folder, 'postgres/global/pg_control')).readInt32LE(STATE_OFFSET);

/** Opens a connection and sends the beginning of a request over it. */
async function open(url: string, text: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** Stops a server, which has to exit in order and in time. */
async function expectStop({ process }: ServerProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const startedAt = performance.now();
  expect(await process.stop(signal)).toMatchObject({ code: 0, signal: null, stderr: '' });
  expect(performance.now() - startedAt).toBeLessThan(STOP_MS);
  expect(databaseState(directory)).toBe(SHUT_DOWN);
}

/** Requests without one of their parts, or with a response that is not read. */
const stalled = {
  nothing: '',
  'a part of the request line': 'POST /gra',
  'a part of the headers': 'POST /graphql HTTP/1.1\r\nhost: localhost\r\n',
  'a part of the body':
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"query"',
  'requests whose responses it does not read': 'GET /keys HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(20_000),
};

test('stops in order while clients have sent only parts of requests, or read no responses', async () => {
  const server = await startServer({ DATA_DIR: directory, METRICS_PORT: '0' });
  const listeners = [server.url, String(server.facts['metrics'])];
  await Promise.all(listeners.flatMap((url) => Object.values(stalled).map((text) => open(url, text))));
  await expectStop(server);
});

test('lets a request finish whose rest arrives after the signal', async () => {
  const server = await startServer({ DATA_DIR: directory });
  const body = JSON.stringify({ query: '{ __typename }' });
  const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  const socket = await open(server.url, `${head}\r\n\r\n${body.slice(0, 5)}`);
  let response = '';
  socket.on('data', (chunk) => {
    response += chunk.toString();
  });
  const stopped = expectStop(server);
  await server.process.until(({ stdout }) => stdout.includes('finishing requests'));
  socket.write(body.slice(5));
  await stopped;
  expect(response).toContain('"__typename":"Query"');
});

test('stops in order when the same signal comes twice', async () => {
  const server = await startServer({ DATA_DIR: directory });
  await open(server.url, stalled['a part of the headers']);
  server.process.child.kill('SIGINT');
  await expectStop(server, 'SIGINT');
});
