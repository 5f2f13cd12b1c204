import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MAXIMUM_SESSION_IDS } from '../../../src/features/administration/revoke-user-sessions.js';
import { sessionsRevokedNotice } from '../../../src/features/mail/content/administration-notices.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { loginAs } from '../sign-in/login-as.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import type { MailServer } from '../../support/mail-server.js';
import { newTwoFactorUser, verifySecondFactor } from '../../support/two-factor.js';
import { bindAddress, newAddress, newUser, signIn, type TestUser } from '../../support/users.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { newUserOfRole } from './administrators.js';
import { act, goodReason } from './actions.js';

let mail: MailServer;
let postern: TestPostern;
let admin: TestUser;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  admin = await newUserOfRole(postern, 'ADMIN');
});
afterAll(() => postern.close());

const isIn = async (client: Client) => (await client.send('{ me { id } }')).data['me'] !== null;

/** The ID of a client's own session. */
async function sessionOf(client: Client): Promise<string> {
  const { data } = await client.send('{ me { sessions { id current } } }');
  return (data['me'].sessions as { id: string; current: boolean }[]).find(({ current }) => current)!.id;
}

/** A user with three sessions. */
async function userWithSessions() {
  const user = await newUser(postern);
  const clients = [user.client, await signIn(postern, user), await signIn(postern, user)] as const;
  const [first, second, third] = [
    await sessionOf(clients[0]),
    await sessionOf(clients[1]),
    await sessionOf(clients[2]),
  ];
  return { user, clients, ids: [first, second, third] as const };
}

const revoke = ({ id: userId }: TestUser, sessionIds: string[] | null, { client } = admin) =>
  act(client, 'revokeUserSessions', { userId, sessionIds });

const signedIn = (clients: readonly Client[]) => Promise.all(clients.map(isIn));

test('revokes only the given sessions, with an event for each and one for the action (R-57, R-96)', async () => {
  const { user, clients, ids } = await userWithSessions();
  const events = await eventsDuring(postern.database, async () => {
    expect((await revoke(user, [ids[0], ids[2], ids[0]])).data['revokeUserSessions']).toEqual({
      revokedCount: 2,
      userErrors: [],
    });
  });
  const actor = { actor_id: await accountId(postern.database, admin.username) };
  expect(events).toMatchObject([
    { type: 'SESSION_REVOKED', ...actor },
    { type: 'SESSION_REVOKED', ...actor },
    { type: 'USER_SESSIONS_REVOKED', ...actor, detail: 'SELECTED', reason: goodReason },
  ]);
  expect(await signedIn(clients)).toEqual([false, true, false]);
});

test('revokes all sessions when sessionIds is null (R-57)', async () => {
  const { user, clients } = await userWithSessions();
  expect((await revoke(user, null)).data['revokeUserSessions'].revokedCount).toBe(3);
  expect(await signedIn(clients)).toEqual([false, false, false]);
});

test('revokes nothing when one of the IDs is not an active session of the user (R-57, R-67)', async () => {
  const [{ user, clients, ids }, other] = [await userWithSessions(), await userWithSessions()];
  await query(postern.database, 'update sessions set expires_at = ? where account_id = ?', [
    postern.clock.read(),
    await accountId(postern.database, other.user.username),
  ]);
  const foreign = await sessionOf(admin.client);
  const events = await eventsDuring(postern.database, async () => {
    for (const unknown of [foreign, 'session_0000000000000000000000', 'session_', '', user.id])
      expect(await revoke(user, [ids[0], unknown])).toBeRefusedWith(['NOT_FOUND', 'sessionIds']);
    expect(await revoke(user, [])).toBeRefusedWith(['NOT_FOUND', 'sessionIds']);
    expect(await revoke(other.user, [other.ids[0]])).toBeRefusedWith(['NOT_FOUND', 'sessionIds']);
  });
  expect(events).toEqual([]);
  expect([...(await signedIn(clients)), await isIn(admin.client)]).toEqual([true, true, true, true]);
});

test('refuses the same session IDs the second time, with no further event', async () => {
  const { user, ids } = await userWithSessions();
  expect(await revoke(user, [ids[1]])).toSucceed();
  const events = await eventsDuring(postern.database, async () => {
    expect(await revoke(user, [ids[1]])).toBeRefusedWith(['NOT_FOUND', 'sessionIds']);
  });
  expect(events).toEqual([]);
});

test('revokes a session once when two administrators revoke it at the same time', async () => {
  const [{ user, ids }, other] = [await userWithSessions(), await newUserOfRole(postern, 'ADMIN')];
  const events = await eventsDuring(postern.database, async () => {
    const answers = await Promise.all([revoke(user, [ids[1]]), revoke(user, [ids[1]], other)]);
    expect(answers.map(({ data }) => data['revokeUserSessions'].revokedCount).toSorted()).toEqual([1, null]);
  });
  expect(events.map(({ type }) => type)).toEqual(['SESSION_REVOKED', 'USER_SESSIONS_REVOKED']);
});

test('refuses more than 100 session IDs, and accepts 100', async () => {
  const { user, clients, ids } = await userWithSessions();
  const inDocument = (count: number) =>
    admin.client.send(`mutation { revokeUserSessions(input: {
      userId: "${user.id}" reason: "${goodReason}" sessionIds: ${JSON.stringify(Array.from({ length: count }, () => ids[0]))}
    }) { revokedCount userErrors { code field details { limit } } } }`);
  expect((await inDocument(MAXIMUM_SESSION_IDS + 1)).data['revokeUserSessions'].userErrors).toEqual([
    { code: 'INVALID_VALUE', field: ['sessionIds'], details: { limit: MAXIMUM_SESSION_IDS } },
  ]);
  expect(await signedIn(clients)).toEqual([true, true, true]);
  expect(await inDocument(MAXIMUM_SESSION_IDS)).toSucceed();
  expect(await signedIn(clients)).toEqual([false, true, true]);
});

test('refuses the sessions of an administrator to another administrator and to users (R-71)', async () => {
  const { user, clients, ids } = await userWithSessions();
  await query(postern.database, "update accounts set role = 'ADMIN' where username = ?", [user.username]);
  expect(await revoke(user, [ids[0]])).toBeRefusedWith(['RANK', 'userId']);
  expect(await revoke(user, [ids[0]], await newUser(postern))).toFailWith('FORBIDDEN');
  expect(await signedIn(clients)).toEqual([true, true, true]);
});

test('keeps an unfinished sign-in when only some sessions are revoked, and ends it with all of them (R-57)', async () => {
  for (const isSelected of [true, false]) {
    const user = await newTwoFactorUser(postern);
    const { data } = await loginAs(postern.client(), { login: user.username, password: user.password });
    expect(await revoke(user, isSelected ? [await sessionOf(user.client)] : null)).toSucceed();
    const totpCode = await user.app.nextCode();
    const answer = await verifySecondFactor(postern.client(), data.login!.secondFactor!.challenge, { totpCode });
    expect(answer.data.verifySecondFactor!.userErrors).toHaveLength(isSelected ? 0 : 1);
  }
});

test('notifies the user that an administrator signed them out on some devices (R-99)', async () => {
  const { user, ids } = await userWithSessions();
  const address = newAddress();
  await bindAddress(postern, mail, user, address);
  const before = mail.to(address).length;
  expect(await revoke(user, [ids[1]])).toSucceed();
  const { subject, text } = await mail.mailTo(address, before + 1);
  expect([subject, text]).toEqual([
    expect.stringContaining(sessionsRevokedNotice.subject.EN),
    expect.stringContaining(goodReason),
  ]);
});
