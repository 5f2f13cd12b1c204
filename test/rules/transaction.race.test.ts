import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork, type Database } from '../../src/database/connection/database.js';
import { changeAccount } from '../../src/features/account/change-account.js';
import { CredentialRevokedError, noAuthority } from '../../src/rules/authority.js';
import { transaction } from '../../src/rules/transaction.js';
import type { SessionViewer } from '../../src/rules/viewer.js';
import { eventually } from '../support/eventually.js';
import { openRaceDatabase, type RaceDatabase } from '../support/race-database.js';

let race: RaceDatabase;
let database: Database;
beforeAll(async () => {
  race = await openRaceDatabase();
  database = await race.open();
});
afterAll(() => race.drop());

const unitOfWork = () => ({ em: fork(database) });

let made = 0;
async function newViewer(): Promise<SessionViewer> {
  const username = `racer${(made += 1)}`;
  const [row] = await race.query<{ accountId: string; sessionId: string }>(
    `with account as (
       insert into accounts (id, username, role, status, created_at) values (gen_random_uuid(), $1, 'USER', 'ACTIVE', now()) returning id
     ), session as (
       insert into sessions (id, account_id, token_hash, auth_version, factors, methods, idle_seconds, remembered, created_at, last_seen_at, stepped_up_at, expires_at)
       select gen_random_uuid(), id, $1, 1, '{PASSWORD}', '{pwd}', 3600, false, now(), now(), now(), now() + interval '1 day' from account returning id, account_id
     )
     select id as "sessionId", account_id as "accountId" from session`,
    [username],
  );
  return { ...row!, authVersion: 1, credential: 'SESSION', tokenHash: username } as SessionViewer;
}

const waiting = async () =>
  Number(
    (
      await race.query<{ n: string }>(
        "select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
    )[0]!.n,
  );

const ended: readonly [what: string, sql: string][] = [
  ['revokes the session', 'delete from sessions where id = $1'],
  [
    'raises authVersion',
    'update accounts set auth_version = auth_version + 1 where id = (select account_id from sessions where id = $1)',
  ],
];

test.each(ended)('rejects a change that was waiting for a transaction that %s (D-1)', async (_, sql) => {
  const viewer = await newViewer();
  let late: Promise<unknown> = Promise.resolve();
  await transaction(
    unitOfWork(),
    noAuthority,
    async ({ em }) => {
      late = transaction(unitOfWork(), viewer, (context) =>
        changeAccount(context, viewer.accountId, { locale: 'ZH' }),
      ).catch((error: unknown) => error);
      await eventually(async () => (await waiting()) === 1, 'a change that waits');
      await em.execute(sql.replace('$1', '?'), [viewer.sessionId]);
    },
    { ids: [viewer.accountId] },
  );
  expect(await late).toBeInstanceOf(CredentialRevokedError);
  const [account] = await race.query<{ locale: string }>('select locale from accounts where id = $1', [
    viewer.accountId,
  ]);
  expect(account).toEqual({ locale: null });
});

test('completes concurrent changes that lock the same accounts in different orders', async () => {
  const [one, other] = [await newViewer(), await newViewer()];
  const hold = (viewer: SessionViewer, ids: string[]) =>
    transaction(unitOfWork(), viewer, () => Promise.resolve('done'), { ids, roots: true });
  for (let round = 0; round < 20; round += 1) {
    expect(await Promise.all([hold(one, [other.accountId]), hold(other, [one.accountId])])).toEqual(['done', 'done']);
  }
});
