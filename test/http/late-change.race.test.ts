import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork } from '../../src/database/connection/database.js';
import { createApp, type App } from '../../src/server/app.js';
import { createLogger } from '../../src/telemetry/logger.js';
import { call, newCallKey, newGateway, report, type TestCallKey } from '../features/usage/gateway.js';
import { Client } from '../support/client.js';
import { query } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { startPostern, testConfig, type TestPostern } from '../support/postern.js';
import { goodPassword, newAddress, newUser, newUsername, type TestUser } from '../support/users.js';

/** Enough for an operation on a busy machine, and less than the lock timeout. */
const LIMIT_MS = 1_500;

let postern: TestPostern;
let app: App;
let url: string;
let user: TestUser;
let gateway: Client;
let callKey: TestCallKey;
beforeAll(async () => {
  postern = await startPostern();
  user = await newUser(postern, 'BEARER');
  gateway = await newGateway(postern);
  callKey = await newCallKey(postern, user);
  const config = { ...testConfig({}), operationTimeoutMs: LIMIT_MS };
  app = await createApp(config, postern.database, createLogger('silent'), postern.clock.read);
  url = await app.listen();
});
afterAll(async () => {
  await app.close();
  await postern.close();
});

/** The same caller at the server with the short timeout. */
const at = ({ token }: Client) => Object.assign(new Client(url), { token });

const count = async (sql: string, ...values: unknown[]) =>
  Number((await query<{ n: string }>(postern.database, `select count(*) as n from ${sql}`, values))[0]!.n);

/** Runs a request while a table can't be written, and returns when everything that the request began has ended. */
async function whileLocked<Result>(table: string, request: () => Promise<Result>): Promise<Result> {
  const holder = fork(postern.database);
  await holder.begin();
  await holder.execute(`lock table ${table} in share mode`);
  const result = await request().finally(() => holder.rollback());
  await eventually(
    async () =>
      (await count(
        "pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()",
      )) === 0,
    'the end of the operation',
  );
  return result;
}

const username = newUsername();
const address = newAddress();
const mails = (kind: string) => count("pgboss.job where data->>'kind' = ?", kind);

/** Changes, the table that they write last, and how to count what they changed. */
const changes: readonly [what: string, table: string, request: () => Promise<unknown>, made: () => Promise<number>][] =
  [
    [
      'of a session',
      'accounts',
      () => at(user.client).send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }'),
      () => count("accounts where locale = 'ZH'"),
    ],
    [
      'without a session',
      'security_events',
      () =>
        at(postern.client()).send(
          'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }',
          { input: { username, password: goodPassword, confirmPassword: goodPassword } },
        ),
      () => count('accounts where username = ?', username),
    ],
    [
      'that queues an email',
      'security_events',
      () =>
        at(user.client).send(
          'mutation ($input: SendVerificationCodeInput!) { sendVerificationCode(input: $input) { userErrors { code } } }',
          { input: { email: address } },
        ),
      async () => (await count('email_verifications')) + (await mails('VERIFICATION_CODE')),
    ],
    [
      'that only queues an email',
      'pgboss.job',
      () =>
        at(postern.client()).send(
          'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
          { input: { email: address } },
        ),
      () => mails('PASSWORD_RESET'),
    ],
    [
      'of a batch of usage',
      'usage_totals',
      () => report(at(gateway), [call(callKey, new Date()), call(callKey, new Date())]),
      () => count('usage_logs'),
    ],
  ];

test.each(changes)(
  'rolls back a change %s that is made after its caller got SERVICE_UNAVAILABLE (R-87, D-11)',
  async (_, table, request, made) => {
    expect(await whileLocked(table, request)).toFailWith('SERVICE_UNAVAILABLE');
    expect(await made()).toBe(0);
    expect(await request()).toSucceed();
    expect(await made()).toBeGreaterThan(0);
  },
);
