import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createApp, type App } from '../../src/server/app.js';
import type { Reader } from '../../src/database/read/select.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { Client } from '../support/client.js';
import { newUser } from '../support/users.js';
import { startPostern, testConfig, type TestPostern } from '../support/postern.js';

/** Enough for an operation on a busy machine, and less than a test's timeout. */
const LIMIT_MS = 1_000;

/** A statement that does not return until it is released. */
interface Stuck {
  readonly name: string;
  readonly until: Promise<void>;
}

let postern: TestPostern;
let app: App;
let url: string;
let stuck: Stuck | null = null;
const log: { msg: string; err?: { message: string }; requestId?: string }[] = [];
/** The log without the lines that every request and every statement has. */
const faults = () => log.filter(({ msg }) => msg !== 'request' && msg !== 'statement');

beforeAll(async () => {
  postern = await startPostern();
  const { reader } = postern.database;
  const stumbling: Reader = {
    ...reader,
    run: async (statement, values) => {
      if (statement.name === stuck?.name) await stuck.until;
      return reader.run(statement, values);
    },
  };
  const logger = createLogger(
    'trace',
    new Writable({
      write: (line: Buffer, _encoding, done) => {
        log.push(JSON.parse(line.toString()) as (typeof log)[0]);
        done();
      },
    }),
  );
  app = await createApp(
    { ...testConfig({}), operationTimeoutMs: LIMIT_MS },
    { ...postern.database, reader: stumbling },
    logger,
    postern.clock.read,
  );
  url = await app.listen();
});
afterAll(async () => {
  await app.close();
  await postern.close();
});

/** Blocks the statement with a given name during some work. */
async function whileStuck<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const { promise: until, resolve: letGo } = Promise.withResolvers<void>();
  stuck = { name, until };
  try {
    return await work();
  } finally {
    stuck = null;
    letGo();
  }
}

test('limits an operation to ten seconds (R-87)', () => {
  expect(testConfig({}).operationTimeoutMs).toBe(10_000);
});

test.each([
  ['whose viewer is not found in time', 'viewer_by_session'],
  ['that is not executed in time', 'sessions_of_accounts'],
])(
  'answers and logs that an operation %s was not served, and keeps serving others (R-87, D-11)',
  async (_what, statement) => {
    const user = await newUser(postern);
    const client = Object.assign(new Client(url), { cookies: user.client.cookies });
    const list = () => client.send('{ me { id sessions { current } } }');
    log.length = 0;
    await whileStuck(statement, async () => {
      const startedAt = performance.now();
      const answer = await list();
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(LIMIT_MS);
      const requestId = answer.headers.get('x-request-id');
      expect([answer.status, answer.data]).toEqual([503, null]);
      expect(JSON.parse(answer.text)).toEqual({
        errors: [{ message: expect.any(String), extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 } }],
      });
      expect(answer.text).not.toContain(`${LIMIT_MS} ms`);
      expect(faults()).toMatchObject([
        { msg: 'a request was not served', requestId, err: { message: `no answer within ${LIMIT_MS} ms` } },
      ]);
      expect((await new Client(url).send('{ __typename }')).data).toEqual({ __typename: 'Query' });
    });
    expect((await list()).data).toEqual({ me: { id: user.id, sessions: [{ current: true }] } });
    expect(faults()).toHaveLength(1);
  },
);
