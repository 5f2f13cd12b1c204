import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client.js';
import { MailServer } from '../../support/mail-server.js';
import { startTwoServers, type TwoServers } from '../../support/two-servers.js';
import { goodPassword, newAddress } from '../../support/users.js';
import { newApiToken, programInUse } from '../api-token/own-token.js';
import { statusOf } from '../revoke-everything/revoke.js';
import { change, mutate, newTwoSessions, requestCode, type Stage, type TwoSessions } from '../session/two-sessions.js';
import { cancelDeletion, deleteMyAccount, linkTo } from './closure.js';

let mail: MailServer;
let two: TwoServers;
let stage: Stage;
beforeAll(async () => {
  mail = await MailServer.start();
  two = await startTwoServers({ SMTP_URL: mail.url, IDENTITY_AUDIENCES: 'console' });
  stage = { mail, two };
});
afterAll(async () => {
  await two.stop();
  await mail.close();
});

/** Binds an address to a user. @returns it */
async function bind(user: Awaited<ReturnType<typeof newTwoSessions>>): Promise<string> {
  const input = await requestCode(user, newAddress());
  await change(user.here, 'bindEmail', 'user { id }', input);
  return input.email;
}

const codes = (answers: Awaited<ReturnType<typeof cancelDeletion>>[]) =>
  answers.map(({ data }) => data.cancelAccountDeletion!.userErrors[0]?.code ?? 'DONE').sort();

const eventsOf = (accountId: string, type: string) =>
  two.database.query('select 1 from security_events where account_id = $1 and type = $2', [accountId, type]);

test('restores an account once when its link is used 20 times concurrently (R-137)', async () => {
  const user = await newTwoSessions(stage);
  const address = await bind(user);
  expect(await deleteMyAccount(user.here)).toSucceed();
  const link = await linkTo(mail, address);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => cancelDeletion(two.client(n), link)));
  expect(codes(answers)).toEqual(['DONE', ...Array.from({ length: 19 }, () => 'INVALID_TOKEN')]);
  expect(await eventsOf(user.accountId, 'DELETION_CANCELED')).toHaveLength(1);
});

test('restores an account once when the links to two addresses are used concurrently (R-137)', async () => {
  const user = await newTwoSessions(stage);
  const [previous, bound] = [await bind(user), await bind(user)];
  expect(await deleteMyAccount(user.here)).toSucceed();
  const links = [await linkTo(mail, previous), await linkTo(mail, bound)];
  const answers = await Promise.all(links.map((link, n) => cancelDeletion(two.client(n), link)));
  expect(codes(answers)).toEqual(['DONE', 'INVALID_TOKEN']);
});

test('deletes an account once when it is asked for in two sessions concurrently (R-137)', async () => {
  const user = await newTwoSessions(stage);
  await Promise.all([deleteMyAccount(user.here), deleteMyAccount(user.there)]);
  expect(await eventsOf(user.accountId, 'DELETION_REQUESTED')).toHaveLength(1);
});

test('keeps one of two ROOTs who delete themselves concurrently (R-72)', async () => {
  const roots = [await newTwoSessions(stage, { role: 'ROOT' }), await newTwoSessions(stage, { role: 'ROOT' })];
  const answers = await Promise.all([
    deleteMyAccount(roots[0]!.here, { password: goodPassword }),
    deleteMyAccount(roots[1]!.there, { password: goodPassword }),
  ]);
  const refusals = answers.map(({ data }) => data.deleteMyAccount!.userErrors[0]?.code ?? 'DONE').sort();
  expect(refusals).toEqual(['DONE', 'LAST_ROOT']);
  expect(await two.database.query("select 1 from accounts where role = 'ROOT' and status = 'ACTIVE'")).toHaveLength(1);
});

/** Whether a credential works at a server. */
const isAccepted = async (number: number, token: string | null) =>
  token !== null && (await two.client(number, token).send('{ me { id } }')).status === 200;

/** Revokes everything, call keys too, at the first session. @returns its new token; null if the session had ended */
async function revokeAll({ here }: TwoSessions): Promise<string | null> {
  const { data } = await mutate(here, 'revokeEverything', 'session { token }', { callKeys: true });
  return data?.['revokeEverything']?.session?.token ?? null;
}

/** Issues what outlives a session, with the second session and with the API token. @returns the payloads */
async function issueAll({ there }: TwoSessions, program: Client): Promise<readonly Record<string, any>[]> {
  const answers = await Promise.all([
    mutate(there, 'createCallKey', 'callKey { id }', { name: 'key' }),
    mutate(program, 'createCallKey', 'callKey { id }', { name: 'key' }),
    mutate(there, 'createAccessToken', 'token', { name: 'token', scopes: ['ACCOUNT_READ'] }),
  ]);
  return answers.flatMap(({ data }) => Object.values(data ?? {})).filter(Boolean);
}

/** Issues and revokes concurrently. By turns, one or the other gets the row of the account first. */
async function race(round: number, user: TwoSessions, program: Client) {
  const [issue, revoke] = [() => issueAll(user, program), () => revokeAll(user)] as const;
  if (round % 2 === 0) return two.oneBeforeTheOther(user.accountId, issue, revoke);
  const [token, payloads] = await two.oneBeforeTheOther(user.accountId, revoke, issue);
  return [payloads, token] as const;
}

test('leaves nothing that was issued before or while everything is revoked, in 8 rounds (R-136)', async () => {
  let issued = 0;
  for (let round = 0; round < 8; round += 1) {
    const user = await newTwoSessions(stage);
    const program = await programInUse(two, 1, await newApiToken(user.here));
    const [payloads, token] = await race(round, user, program);
    expect(await isAccepted(round, token)).toBe(true);
    for (const { callKey, token: accessToken = null } of payloads) {
      if (callKey) expect(await statusOf(two.client(round, token!), callKey.id)).toBe('DISABLED');
      expect(await isAccepted(round, accessToken)).toBe(false);
    }
    for (const ended of [user.here, user.there, program]) expect(await isAccepted(round, ended.token)).toBe(false);
    issued += payloads.length;
  }
  expect(issued).toBeGreaterThan(0);
}, 120_000);
