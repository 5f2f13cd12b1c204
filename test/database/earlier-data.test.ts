import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { fork, type Database } from '../../src/database/connection/database.js';
import { migrate } from '../../src/database/migrate/migrate.js';
import { checkSecrets } from '../../src/encryption/check-secrets.js';
import { openKeyRing } from '../../src/encryption/key-ring-on-disk.js';
import { verifyEvents } from '../../src/features/security-event/verify-events.js';
import { encryptedColumns } from '../../src/server/encrypted-columns.js';
import { query } from '../support/database.js';
import { startPostern, testConfig } from '../support/postern.js';
import { openChallenge, totpCode, verifySecondFactor } from '../support/two-factor.js';
import { goodPassword, Login } from '../support/users.js';
import { earlierData, openState } from './earlier-data.js';

const { states, username, totpSecret } = earlierData;

let database: Database;
afterEach(() => database.close());

/** What the user of the earlier data sees after signing in, with the second factor if it is on. */
async function signIn(hasTwoFactor: boolean): Promise<unknown> {
  const postern = await startPostern({}, () => Promise.resolve({ ...database, close: () => Promise.resolve() }));
  const client = postern.client();
  if (hasTwoFactor) {
    const challenge = await openChallenge(client, { username, password: goodPassword });
    const code = await totpCode(totpSecret, postern.clock.read());
    const { data } = await verifySecondFactor(client, challenge, { totpCode: code });
    client.token = data.verifySecondFactor?.session?.token ?? null;
  } else {
    const { data } = await client.send(Login, {
      input: { login: username, password: goodPassword, delivery: 'BEARER' },
    });
    client.token = data.login?.session?.token ?? null;
  }
  const { data } = await client.send(
    '{ me { username callKeys { totalCount } accessTokens { name } apiToken { hint } twoFactor { enabled backupCodesLeft } } }',
  );
  await postern.close();
  return data['me'];
}

const [NEW_USER, GATEWAY] = ['0194fa3c-7d1e-7abc-8def-000000000001', '0194fa3c-7d1e-7abc-8def-000000000002'];

/** Adds a session of an account for each set of factors, such as `{PASSWORD}`. */
const addSessions = (owner: string, ...factors: string[]) =>
  query(
    database,
    `insert into sessions (id, account_id, token_hash, auth_version, factors, created_at, last_seen_at, stepped_up_at,
       idle_seconds, remembered, expires_at)
     select gen_random_uuid(), accounts.id, username || used, 1, used::text[], now(), now(), now(), 60, false, now()
     from accounts, unnest(?::text[]) as used where username = ?`,
    [`{${factors.map((set) => `"${set}"`).join(',')}}`, owner],
  );

describe.each([
  {
    name: 'accounts_and_sessions',
    sees: { callKeys: 0, accessTokens: [], apiToken: null, twoFactor: { enabled: false, backupCodesLeft: 0 } },
    secrets: 0,
    sealedEvents: 0,
  },
  {
    name: 'event_seals',
    sees: {
      callKeys: 1,
      accessTokens: [],
      apiToken: { hint: 'hne2' },
      twoFactor: { enabled: true, backupCodesLeft: 0 },
    },
    secrets: 2,
    sealedEvents: 8,
  },
  {
    name: 'access_tokens',
    sees: {
      callKeys: 1,
      accessTokens: [{ name: expect.any(String) }],
      apiToken: { hint: 'hne2' },
      twoFactor: { enabled: true, backupCodesLeft: 10 },
    },
    secrets: 12,
    sealedEvents: 8,
  },
])('a database as the migration $name left it', ({ name, sees: { callKeys, ...sees }, secrets, sealedEvents }) => {
  const state = states.find(({ migration }) => migration.endsWith(`_${name}`))!;
  beforeEach(async () => {
    database = await openState(state);
  });

  test('gets the schema of today, and keeps its users, secrets and seals', async () => {
    await migrate(database);
    expect((await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).trim()).toBe('');
    const keys = openKeyRing(testConfig({}), new Date());
    expect(await checkSecrets(fork(database), keys, encryptedColumns)).toEqual({ decrypted: secrets, unreadable: 0 });
    expect(await verifyEvents(database, keys, null)).toMatchObject({ faults: [], sealedEvents });
    expect(await signIn(sees.twoFactor.enabled)).toEqual({ username, callKeys: { totalCount: callKeys }, ...sees });
  });
});

test('derives what earlier rows lack: locales, scopes of services, methods of sessions, times of resets', async () => {
  database = await openState(states.find(({ migration }) => migration.endsWith('_event_seals'))!);
  await query(
    database,
    `insert into accounts (id, username, role, status, created_at) values
       ('${NEW_USER}', 'new', 'USER', 'ACTIVE', now()), ('${GATEWAY}', 'gateway', 'SERVICE', 'ACTIVE', now())`,
  );
  await query(
    database,
    `insert into password_resets (account_id, token_hash, auth_version, created_at, expires_at)
     select id, username, case username when 'mara' then auth_version else 9 end, now(), now() from accounts`,
  );
  await addSessions(username, '{PASSWORD}', '{PASSWORD,BACKUP_CODE}');
  await database.orm.migrator.up({ to: 'Migration20261129140000_passkeys' });
  await query(
    database,
    `insert into passkeys (id, account_id, credential_id, public_key_ciphertext, rp_id, name, aaguid, transports, counter,
       backup_eligible, backed_up, signs_in, created_at)
     select id, id, id, '', 'localhost', 'key', '', '{}', 0, true, username = 'new', true, now() from accounts`,
  );
  await addSessions(username, '{PASSKEY}', '{PASSWORD,PASSKEY}');
  await addSessions('new', '{PASSKEY}');
  await migrate(database);
  expect(await query(database, 'select username, locale, service_scopes from accounts order by username')).toEqual([
    { username: 'gateway', locale: null, service_scopes: ['CALL_KEYS'] },
    { username, locale: 'EN', service_scopes: null },
    { username: 'new', locale: null, service_scopes: null },
  ]);
  expect(
    await query(
      database,
      `select username, password_resets.password_changed_at = accounts.password_changed_at as same
       from password_resets join accounts on accounts.id = account_id`,
    ),
  ).toEqual([{ username, same: true }]);
  expect(
    await query(
      database,
      'select username, factors, methods from sessions join accounts on accounts.id = account_id order by 1, 2',
    ),
  ).toEqual([
    { username, factors: ['PASSKEY'], methods: ['hwk', 'user'] },
    { username, factors: ['PASSWORD'], methods: ['pwd'] },
    { username, factors: ['PASSWORD', 'BACKUP_CODE'], methods: ['pwd', 'otp'] },
    { username, factors: ['PASSWORD', 'PASSKEY'], methods: ['pwd', 'hwk'] },
    { username, factors: ['PASSWORD', 'TOTP'], methods: ['pwd', 'otp'] },
    { username: 'new', factors: ['PASSKEY'], methods: ['swk', 'user'] },
  ]);
});
