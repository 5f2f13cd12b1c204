import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { actOnUser } from '../../../src/features/administration/act-on-user.js';
import { createUser } from '../../../src/features/administration/create-user.js';
import { setUserStatus } from '../../../src/features/administration/set-user-status.js';
import { composePasswordLink } from '../../../src/features/administration/compose-password-link.js';
import { backupCodeBucket } from '../../../src/features/attempt/buckets.js';
import { fromGlobalId } from '../../../src/rules/global-id.js';
import { CredentialRevokedError } from '../../../src/rules/authority.js';
import type { SessionViewer } from '../../../src/rules/viewer.js';
import { RefusedError } from '../../../src/rules/refuse.js';
import { accountId, eventsDuring } from '../security-event/events.js';
import { query } from '../../support/database.js';
import { newUser, newUsername, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { startBeside } from '../../support/start-beside.js';
import { markTwoFactorOn } from '../../support/two-factor.js';
import { accountOf, newUserOfRole } from './administrators.js';
import { act, goodReason, type ActName } from './actions.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

/** An administrator with the session as it was read when the request started. */
async function viewerOf(user: TestUser): Promise<SessionViewer> {
  const { id, role, auth_version: authVersion } = await accountOf(postern, user);
  const [{ id: sessionId }] = (await query(postern.database, 'select id from sessions where account_id = ?', [id])) as [
    { id: string },
  ];
  return { accountId: id, role, authVersion, sessionId, credential: 'SESSION' } as SessionViewer;
}

const change = (user: TestUser, assignments: string) =>
  query(postern.database, `update accounts set ${assignments} where username = ?`, [user.username]);
const uuidOf = ({ id }: TestUser) => fromGlobalId('User', id);

describe('authority of the administrator, re-read in the transaction', () => {
  test.each([
    ['was disabled', "status = 'DISABLED'", CredentialRevokedError],
    ['was signed out', 'auth_version = auth_version + 1', CredentialRevokedError],
    ['is no longer an administrator', "role = 'USER'", RefusedError],
  ])('rejects changes by an administrator who %s since the request began (R-71)', async (_, assignments, refusal) => {
    const [admin, target, username] = [await newUserOfRole(postern, 'ADMIN'), await newUser(postern), newUsername()];
    const viewer = await viewerOf(admin);
    await change(admin, assignments);
    await expect(
      setUserStatus(ruleContext(postern), viewer, { userId: uuidOf(target), reason: goodReason, status: 'DISABLED' }),
    ).rejects.toThrow(refusal);
    await expect(
      createUser(ruleContext(postern), viewer, {
        username,
        email: null,
        role: 'USER',
        serviceScopes: null,
        reason: goodReason,
      }),
    ).rejects.toThrow(refusal);
    expect([(await accountOf(postern, target))['status'], await accountOf(postern, { username })]).toEqual([
      'ACTIVE',
      undefined,
    ]);
  });
});

describe('ROOT accounts available to an action', () => {
  test('counts all ROOTs who can sign in, not only the actor and the target (R-72)', async () => {
    const [actor, target, third] = [
      await newUserOfRole(postern, 'ROOT'),
      await newUserOfRole(postern, 'ROOT'),
      await newUserOfRole(postern, 'ROOT'),
    ];
    const rootsSeen = (account = target) =>
      actOnUser(
        ruleContext(postern),
        viewer,
        { userId: uuidOf(account), reason: goodReason },
        'SET_STATUS',
        ({ roots }) => Promise.resolve(roots.map(({ username }) => username)),
      );
    const viewer = await viewerOf(actor);
    const all = [actor, target, third].map(({ username }) => username);
    expect((await rootsSeen()).sort()).toEqual([...all].sort());
    expect(await rootsSeen(await newUser(postern))).toHaveLength(3);
    for (const assignments of [
      "status = 'DISABLED'",
      "status = 'ACTIVE', password_hash = null",
      "password_hash = 'x', role = 'ADMIN'",
    ]) {
      await change(third, assignments);
      expect((await rootsSeen()).sort()).toEqual(all.slice(0, 2).sort());
    }
  });
});

/** Each act, on a user for whom it changes something. */
const events: readonly [name: ActName, input: Record<string, unknown>, type: string, detail: string | null][] = [
  ['setUserStatus', { status: 'DISABLED' }, 'USER_STATUS_SET', 'DISABLED'],
  ['setUserRole', { role: 'ADMIN' }, 'USER_ROLE_SET', 'ADMIN'],
  ['resetUserTwoFactor', {}, 'USER_TWO_FACTOR_RESET', null],
  ['sendUserPasswordReset', {}, 'USER_PASSWORD_RESET_SENT', 'HANDED_OVER'],
  ['revokeUserSessions', {}, 'USER_SESSIONS_REVOKED', null],
  ['deleteUser', {}, 'USER_DELETED', null],
  ['restoreUser', {}, 'USER_RESTORED', null],
  ['resetServiceToken', {}, 'SERVICE_TOKEN_RESET', null],
];

test.each(events)(
  'records one event for %s, with actor, session, target and reason (R-96)',
  async (name, input, type, detail) => {
    const [root, target] = [
      await newUserOfRole(postern, 'ROOT'),
      await newUserOfRole(postern, name === 'resetServiceToken' ? 'SERVICE' : 'USER'),
    ];
    if (name === 'resetUserTwoFactor') await markTwoFactorOn(postern.database, target.username);
    if (name === 'restoreUser') await act(root.client, 'deleteUser', { userId: target.id });
    const { sessionId: session_id, accountId: actor_id } = await viewerOf(root);
    const recorded = await eventsDuring(postern.database, async () => {
      expect(await act(root.client, name, { userId: target.id, ...input })).toSucceed();
    });
    expect(recorded.filter((event) => event.type === type)).toMatchObject([
      {
        type,
        outcome: 'SUCCESS',
        detail,
        reason: goodReason,
        account_id: await accountId(postern.database, target.username),
        actor_id,
        session_id,
      },
    ]);
  },
);

test('resetUserTwoFactor also clears failed backup code attempts (R-20)', async () => {
  const [admin, target] = [await newUserOfRole(postern, 'ADMIN'), await newUser(postern)];
  const bucket = backupCodeBucket(await accountId(postern.database, target.username));
  await markTwoFactorOn(postern.database, target.username);
  await query(
    postern.database,
    "insert into attempts (bucket, failures, forgotten_at) values (?, 9, now() + interval '1 day')",
    [bucket],
  );
  expect(await act(admin.client, 'resetUserTwoFactor', { userId: target.id })).toSucceed();
  expect(await query(postern.database, 'select * from attempts where bucket = ?', [bucket])).toEqual([]);
});

describe('password links', () => {
  test('limits password links to five per account per hour, across all senders (R-25, R-73)', async () => {
    const limited = await startBeside(postern, { LIMITS: 'on' });
    const [one, other, target] = [
      await newUserOfRole(postern, 'ADMIN'),
      await newUserOfRole(postern, 'ADMIN'),
      await newUser(postern),
    ];
    const send = ({ client }: TestUser) =>
      act(Object.assign(client.copy(), { url: limited.url }), 'sendUserPasswordReset', { userId: target.id });
    try {
      for (const sender of [one, other, one, other, one]) expect(await send(sender)).toSucceed();
      expect(await send(other)).toFailWith('RATE_LIMITED');
      expect(
        await act(Object.assign(one.client.copy(), { url: limited.url }), 'sendUserPasswordReset', {
          userId: (await newUser(postern)).id,
        }),
      ).toSucceed();
    } finally {
      await limited.close();
    }
  });

  test('leaves an account’s limit alone when the request for a password link is refused (R-25)', async () => {
    const limited = await startBeside(postern, { LIMITS: 'on' });
    const [admin, otherAdmin] = [await newUserOfRole(postern, 'ADMIN'), await newUserOfRole(postern, 'ADMIN')];
    const [root, service] = [await newUserOfRole(postern, 'ROOT'), await newUserOfRole(postern, 'SERVICE')];
    const send = ({ client }: TestUser, target: TestUser, reason = 'a ticket') =>
      act(Object.assign(client.copy(), { url: limited.url }), 'sendUserPasswordReset', { userId: target.id, reason });
    const counted = () => query(postern.database, "select key from rate_limits where key like 'passwordLink%'");
    const before = await counted();
    try {
      expect(await send(admin, root)).toBeRefusedWith(['RANK', 'userId']);
      expect(await send(admin, otherAdmin)).toBeRefusedWith(['RANK', 'userId']);
      expect(await send(admin, admin)).toBeRefusedWith(['ON_SELF', 'userId']);
      expect(await send(root, service)).toBeRefusedWith(['INVALID_VALUE', 'userId']);
      expect(await send(root, admin, '')).toBeRefusedWith(['REASON_REQUIRED', 'reason']);
      expect(await counted()).toEqual(before);
    } finally {
      await limited.close();
    }
  });

  const lifetimes = () =>
    query<{ minutes: number }>(
      postern.database,
      'select round(extract(epoch from expires_at - created_at) / 60)::int as minutes from password_resets order by created_at desc limit 1',
    );

  test('expires a reset link after 30 minutes and the link for a new account after 72 hours (R-73)', async () => {
    const admin = await newUserOfRole(postern, 'ADMIN');
    await act(admin.client, 'sendUserPasswordReset', { userId: (await newUser(postern)).id });
    expect(await lifetimes()).toEqual([{ minutes: 30 }]);
    postern.clock.advance({ seconds: 1 });
    await act(admin.client, 'createUser', { username: newUsername() });
    expect(await lifetimes()).toEqual([{ minutes: 72 * 60 }]);
  });

  test('creates a password link only when its email is written and the account hasn’t changed (R-48)', async () => {
    const target = await newUser(postern);
    await change(target, "email = 'somebody@mail.example', email_key = 'somebody@mail.example'");
    const { accountId: id, authVersion } = await viewerOf(target);
    const write = (invitedAt: string | null, version = authVersion) => {
      postern.clock.advance({ seconds: 1 });
      return composePasswordLink(ruleContext(postern), {
        kind: 'PASSWORD_LINK',
        accountId: id,
        authVersion: version,
        invitedAt,
        reason: goodReason,
      });
    };
    expect([(await write(null))?.to, await lifetimes()]).toEqual(['somebody@mail.example', [{ minutes: 30 }]]);
    expect([(await write('invited@mail.example'))?.to, await lifetimes()]).toEqual([
      'invited@mail.example',
      [{ minutes: 72 * 60 }],
    ]);
    expect(await write(null, authVersion - 1)).toBeNull();
    await change(target, "status = 'DISABLED'");
    expect(await write(null)).toBeNull();
  });
});
