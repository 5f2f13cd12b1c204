import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newUserOfRole } from '../features/administration/administrators.js';
import { eventsDuring } from '../features/security-event/events.js';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import type { Reader } from '../../src/database/read/select.js';
import { startExportStream } from '../../src/http/routes/export-stream.js';
import { createApp, type App } from '../../src/server/app.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { newAccessToken, programWith, revokeAccessTokens } from '../support/access-tokens.js';
import { Client } from '../support/client.js';
import { query } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { errorOf, exportAs, openExport } from '../support/exports.js';
import { startPostern, testConfig, type TestPostern } from '../support/postern.js';
import { newUser, type TestUser } from '../support/users.js';

/** Enough for three pages. */
const CALLS = 1_100;

/** What a read of a page waits for. */
type Hold = (page: number) => Promise<void>;

const letPass: Hold = () => Promise.resolve();

let postern: TestPostern;
let app: App;
let url: string;
let hold = letPass;
/** The pages of usage that were read. */
let pages = 0;
/** How many connections to it were closed. */
let closed = 0;
let user: TestUser;
let admin: TestUser;
const log: string[] = [];

beforeAll(async () => {
  postern = await startPostern();
  const { reader } = postern.database;
  const holding: Reader = {
    ...reader,
    runAdHoc: async (text, values) => {
      if (text.includes('from "usage_logs"')) await hold((pages += 1));
      return reader.runAdHoc(text, values);
    },
  };
  const logger = createLogger('trace', { write: (line: string) => void log.push(line) });
  app = await createApp(testConfig({}), { ...postern.database, reader: holding }, logger, postern.clock.read);
  app.server.addHook('onRequest', (request, _reply, done) => {
    request.raw.socket.once('close', () => {
      closed += 1;
    });
    done();
  });
  url = await app.listen();
  const gateway = await newGateway(postern);
  user = await newUser(postern);
  admin = await newUserOfRole(postern, 'ADMIN');
  const key = await newCallKey(postern, user);
  const at = new Date(postern.clock.read().getTime() - 60_000);
  for (let reported = 0; reported < CALLS; reported += 550)
    await report(
      gateway,
      Array.from({ length: 550 }, () => call(key, at)),
    );
});
afterAll(async () => {
  await app.close();
  await postern.close();
});
beforeEach(async () => {
  await query(postern.database, 'delete from rate_limits');
  [pages, hold] = [0, letPass];
  log.length = 0;
});
afterEach(() => {
  hold = letPass;
});

/** A client of the server that holds reads. */
const at = (client: Client): Client => Object.assign(new Client(url), { cookies: client.cookies, token: client.token });

/** Holds the read of a page until it is released, and says when it is reached. */
function holdPage(held: number) {
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  hold = async (page) => {
    if (page !== held) return;
    reached.resolve();
    await released.promise;
  };
  return { reached: reached.promise, release: released.resolve };
}

/** Runs something while the second page of an export is being read. @returns whether the export arrived completely */
async function whileExporting(
  client: Client,
  path: string,
  work: () => Promise<unknown>,
): Promise<{ isComplete: boolean; status: number }> {
  const page = holdPage(2);
  const response = await openExport(client, path);
  await page.reached;
  await work();
  page.release();
  const isComplete = await response.text().then(
    () => true,
    () => false,
  );
  return { isComplete, status: response.status };
}

const exports = () => log.filter((line) => line.includes('an export ended early'));

test('sends everything when nothing happens meanwhile', async () => {
  const { isComplete, status } = await whileExporting(at(user.client), 'usage?format=csv', () => Promise.resolve());
  expect([isComplete, status, pages, exports()]).toEqual([true, 200, 3, []]);
});

test('cuts an export off at the next page when its session has ended (R-138)', async () => {
  const client = postern.client();
  await client.send('mutation ($input: LoginInput!) { login(input: $input) { user { id } } }', {
    input: { login: user.username, password: user.password },
  });
  const { isComplete, status } = await whileExporting(at(client.copy()), 'usage?format=csv', () =>
    client.send('mutation { logout { userErrors { code } } }'),
  );
  expect([isComplete, status, pages]).toEqual([false, 200, 2]);
  expect(exports()).toHaveLength(1);
});

test('cuts an export off when its access token was revoked', async () => {
  const { token, id } = await newAccessToken(user.client, { scopes: ['USAGE_READ'] });
  const { isComplete } = await whileExporting(at(programWith(postern, token)), 'usage?format=jsonl', () =>
    revokeAccessTokens(user.client, [id]),
  );
  expect([isComplete, pages]).toEqual([false, 2]);
  expect(log.join('')).not.toContain(token);
});

test('cuts an export of all accounts off when the administrator lost the role', async () => {
  const change = (role: string) =>
    query(postern.database, 'update accounts set role = ? where username = ?', [role, admin.username]);
  const { isComplete } = await whileExporting(at(admin.client), 'usage?format=jsonl&all=true', () => change('USER'));
  await change('ADMIN');
  expect([isComplete, pages]).toEqual([false, 2]);
});

test('continues when the session gets a new token', async () => {
  const client = at(user.client).copy();
  const { isComplete } = await whileExporting(client, 'usage?format=csv', () =>
    user.client.send(
      'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { stepUpExpiresAt } }',
      {
        input: { password: user.password },
      },
    ),
  );
  expect(isComplete).toBe(true);
});

test('cuts the connection off when a read fails in the middle, and logs it without values (R-98)', async () => {
  hold = (page) => (page === 2 ? Promise.reject(new Error('out of disk')) : Promise.resolve());
  const response = await openExport(at(user.client), `usage?format=csv&model=model-a`);
  await expect(response.text()).rejects.toThrow();
  expect(response.status).toBe(200);
  expect(exports()).toEqual([expect.stringContaining('out of disk')]);
  expect(log.join('')).not.toMatch(/model-a|postern_session/);
});

test('answers an error and records nothing when the first page can’t be read', async () => {
  hold = () => Promise.reject(new Error('out of disk'));
  const events = await eventsDuring(postern.database, async () => {
    const answer = await exportAs(at(admin.client), 'usage?format=csv&all=true');
    expect(errorOf(answer)).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' });
    expect(answer.headers.get('content-disposition')).toBeNull();
  });
  expect(events).toEqual([]);
});

test('stops reading when the client goes away, and frees its place', async () => {
  for (let round = 0; round < 3; round += 1) {
    [pages, closed] = [0, 0];
    const page = holdPage(2);
    const controller = new AbortController();
    const response = await openExport(at(user.client), 'usage?format=csv', {}, controller.signal);
    await page.reached;
    controller.abort();
    await expect(response.text()).rejects.toThrow();
    await eventually(() => closed > 0, 'the server noticed');
    page.release();
  }
  expect((await exportAs(at(user.client), 'events?format=csv')).status).toBe(200);
  expect(pages).toBe(2);
  expect(exports()).toEqual([]);
});

test('answers 503 beyond two exports of an account and counts none (D-11)', async () => {
  const page = Promise.withResolvers<void>();
  hold = () => page.promise;
  const start = () => exportAs(at(user.client), 'usage?format=csv');
  const running = [start(), start()];
  await eventually(() => pages === 2, 'both are reading');
  const rejected = await start();
  expect(errorOf(rejected)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  expect(rejected.headers.get('retry-after')).toBe('5');
  // Other reads of the account are answered meanwhile.
  expect((await at(user.client).send('{ me { securityEvents { edges { cursor } } } }')).errors).toEqual([]);
  page.resolve();
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
  const counts = await query<{ points: number }>(
    postern.database,
    "select points from rate_limits where key like 'usageExports:%'",
  );
  expect(counts.map(({ points }) => Number(points))).toEqual([2]);
});

test('answers 503 beyond 32 exports of users and serves administrators meanwhile (D-11)', async () => {
  const page = Promise.withResolvers<void>();
  const others = await Promise.all(Array.from({ length: 17 }, () => newUser(postern)));
  const last = others.pop()!;
  hold = () => page.promise;
  const start = ({ client }: TestUser, all = '') => exportAs(at(client), `usage?format=csv${all}`);
  const running = others.flatMap((other) => [start(other), start(other)]);
  await eventually(() => pages === 32, 'the places of users are taken');
  expect(errorOf(await start(last))).toMatchObject({ status: 503 });
  const byAdmin = start(admin, '&all=true');
  await eventually(() => pages === 33, 'the administrator has a place');
  page.resolve();
  expect((await byAdmin).status).toBe(200);
  expect(new Set((await Promise.all(running)).map(({ status }) => status))).toEqual(new Set([200]));
  expect((await start(last)).status).toBe(200);
});

test('reads no page ahead of a client that does not read (R-138)', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<string> {
    for (;;) yield await Promise.resolve(`page ${(read += 1)}\n`);
  }
  let closings = 0;
  const stream = await startExportStream(endless(), {
    isAllowed: () => Promise.resolve(true),
    onClose: () => void (closings += 1),
    onFailure: () => undefined,
  });
  await new Promise((resolve) => stream.once('readable', resolve));
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(read).toBeLessThanOrEqual(3);
  stream.destroy();
  await eventually(() => closings === 1, 'it is closed');
});
