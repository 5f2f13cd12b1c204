import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { changeAccount } from '../../src/features/account/change-account.js';
import { findViewerByApiToken } from '../../src/features/api-token/find-viewer-by-api-token.js';
import { findViewerBySession } from '../../src/features/session/find-viewer-by-session.js';
import { CredentialRevokedError, noAuthority, verifiedAccount, type Authority } from '../../src/rules/authority.js';
import { refuse, RefusedError } from '../../src/rules/refuse.js';
import { transaction } from '../../src/rules/transaction.js';
import type { Viewer, SessionViewer } from '../../src/rules/viewer.js';
import { newApiToken } from '../features/api-token/own-token.js';
import { query } from '../support/database.js';
import { newUser, type TestUser } from '../support/users.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { ruleContext } from '../support/rule-context.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

const run = (sql: string, ...values: unknown[]) => query(postern.database, sql, values);

const sessionOf = async ({ client }: TestUser): Promise<SessionViewer> =>
  (await findViewerBySession(postern.database.reader, client.token!, 'BEARER', postern.clock.read()))!;

async function tokenOf({ client }: TestUser): Promise<Viewer> {
  const { keys } = postern.app.dependencies;
  return (await findViewerByApiToken(postern.database.reader, keys, await newApiToken(client)))!;
}

const localeOf = async (accountId: string) =>
  (await run('select locale from accounts where id = ?', accountId))[0]!['locale'];

/** Changes the locale of an account with an authority, as a rule does. */
const change = (authority: Authority, accountId: string) =>
  transaction(ruleContext(postern), authority, (context) => changeAccount(context, accountId, { locale: 'ZH' }));

const ends: readonly [what: string, of: 'session' | 'token', sql: string][] = [
  ['the session was revoked', 'session', 'delete from sessions where account_id = ?'],
  ['authVersion was raised', 'session', 'update accounts set auth_version = auth_version + 1 where id = ?'],
  ['the account was disabled', 'session', "update accounts set status = 'DISABLED' where id = ?"],
  ['the session is older than authVersion', 'session', 'update sessions set auth_version = 0 where account_id = ?'],
  ['the token was reset', 'token', "update api_tokens set token_hash = 'another ' || account_id where account_id = ?"],
  ['the token was removed', 'token', 'delete from api_tokens where account_id = ?'],
  ['the account of the token was disabled', 'token', "update accounts set status = 'DISABLED' where id = ?"],
];

test.each(ends)(
  'rejects a change and leaves the account unchanged when %s since the request began (D-1)',
  async (_, of, sql) => {
    const user = await newUser(postern, 'BEARER');
    const viewer = of === 'session' ? await sessionOf(user) : await tokenOf(user);
    await run(sql, viewer.accountId);
    await expect(change(viewer, viewer.accountId)).rejects.toThrow(CredentialRevokedError);
    expect(await localeOf(viewer.accountId)).toBe('EN');
  },
);

test('commits a change if the caller’s session or token is still valid (D-1)', async () => {
  for (const viewerOf of [sessionOf, tokenOf]) {
    const viewer = await viewerOf(await newUser(postern, 'BEARER'));
    await change(viewer, viewer.accountId);
    expect(await localeOf(viewer.accountId)).toBe('ZH');
  }
});

test('rejects a change by a gateway whose token was reset, without locking its account (D-1)', async () => {
  const user = await newUser(postern, 'BEARER');
  const viewer = { ...(await tokenOf(user)), role: 'SERVICE' as const };
  postern.statements.forget();
  await change(viewer, viewer.accountId);
  expect(postern.statements.texts.filter((sql) => /for (no key )?update/i.test(sql))).toEqual([]);
  await run("update api_tokens set token_hash = 'another ' || account_id where account_id = ?", viewer.accountId);
  await expect(change(viewer, viewer.accountId)).rejects.toThrow(CredentialRevokedError);
});

test('rejects a change if the account has changed since its password or token was verified', async () => {
  const { accountId: id, authVersion } = await sessionOf(await newUser(postern, 'BEARER'));
  const proof = verifiedAccount({ id, authVersion }, () => refuse('INVALID_TOKEN', 'token'));
  await run('update accounts set auth_version = auth_version + 1 where id = ?', id);
  await expect(change(proof, id)).rejects.toMatchObject({ userErrors: [{ code: 'INVALID_TOKEN' }] });
  await expect(change(proof, id)).rejects.toThrow(RefusedError);
  expect(await localeOf(id)).toBe('EN');
  await change(
    verifiedAccount({ id, authVersion: null }, () => refuse('INVALID_TOKEN')),
    id,
  );
  expect(await localeOf(id)).toBe('ZH');
});

test('throws when a rule opens a transaction inside another transaction', async () => {
  const context = ruleContext(postern);
  await expect(
    transaction(context, noAuthority, (inner) => transaction(inner, noAuthority, () => Promise.resolve())),
  ).rejects.toThrow('a rule in a transaction');
});

test('passes on the same context, except that its statements run in the transaction', async () => {
  const context = ruleContext(postern);
  await transaction(context, noAuthority, (inner) => {
    expect(inner.em.isInTransaction()).toBe(true);
    expect(inner.em).not.toBe(context.em);
    expect(inner.now).toBe(context.now);
    return Promise.resolve();
  });
});
