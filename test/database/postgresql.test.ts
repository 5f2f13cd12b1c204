import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fork, type Database } from '../../src/database/connection/database.js';
import { openJobQueue } from '../../src/database/queue/job-queue.js';
import { openPostgresql } from '../../src/database/connection/postgresql.js';

/**
 * The code with which a PostgreSQL client requests TLS. Without TLS it starts with the protocol version (PostgreSQL
 * documentation, 55.7).
 */
const [SSL_REQUEST, PROTOCOL] = [80_877_103, 196_608];

let server: Server;
let port: number;
let asked: number[] = [];

/** A server without TLS that closes every connection without it. */
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      asked.push(bytes.readInt32BE(4));
      if (bytes.readInt32BE(4) === SSL_REQUEST) socket.write('N');
      else socket.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  ({ port } = server.address() as { port: number });
});
afterAll(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
    }),
);
beforeEach(() => {
  asked = [];
});

/** Opens a database, uses it in one way and returns the outcome. */
async function use(address: string, way: (database: Database) => Promise<unknown>): Promise<string> {
  const database = await openPostgresql(address);
  try {
    return await way(database).then(
      () => 'done',
      ({ message }: Error) => message,
    );
  } finally {
    await database.close();
  }
}

const ways: [name: string, way: (database: Database) => Promise<unknown>][] = [
  ['a change', (database) => fork(database).execute('select 1')],
  ['a transaction', (database) => fork(database).transactional((em) => em.execute('select 1'))],
  ['a library with its own SQL', ({ client }) => client.query({ text: 'select 1', values: [] })],
  ['a read', ({ reader }) => reader.run({ name: 'one', text: 'select 1' }, [])],
  ['a question', ({ reader }) => reader.runAdHoc('select 1', [])],
  ['the job queue', (database) => openJobQueue(database, [], () => undefined)],
];

test.each(ways)('requests TLS for %s when the URL requires it, and fails when the server has none', async (_, way) => {
  for (const mode of ['require', 'verify-full', 'no-verify']) {
    asked = [];
    expect(await use(`postgres://postern:secret@127.0.0.1:${port}/postern?sslmode=${mode}`, way)).toContain(
      'The server does not support SSL connections',
    );
    expect([...new Set(asked)]).toEqual([SSL_REQUEST]);
  }
});

test.each(ways)('requests no TLS for %s when the URL doesn’t require it', async (_, way) => {
  for (const query of ['', '?sslmode=disable']) {
    asked = [];
    await use(`postgres://postern:secret@127.0.0.1:${port}/postern${query}`, way);
    expect([...new Set(asked)]).toEqual([PROTOCOL]);
  }
});

test.each(ways)('uses the host in the query of the URL for %s', async (_, way) => {
  await use(`postgres://postern:secret@elsewhere.invalid/postern?host=127.0.0.1&port=${port}`, way);
  expect([...new Set(asked)]).toEqual([PROTOCOL]);
});

test('reports the location of the database without its password', async () => {
  for (const [address, place] of [
    ['postgres://postern:secret@db.example.org/postern', 'db.example.org:5432/postern'],
    ['postgres://postern:secret@db.example.org:5433/postern?sslmode=verify-full', 'db.example.org:5433/postern'],
    ['postgres:///postern?host=/run/postgresql&user=postern', '/run/postgresql:5432/postern'],
  ] as const) {
    const database = await openPostgresql(address);
    expect(database.location).toBe(place);
    await database.close();
  }
});
