import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { days } from '../../../src/duration.js';
import { AccountEntity } from '../../../src/features/account/account.entity.js';
import { newId } from '../../../src/database/connection/id.js';
import { roles, type Role } from '../../../src/rules/role.js';
import { toGlobalId } from '../../../src/rules/global-id.js';
import { newApiToken, program } from '../api-token/own-token.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { markTwoFactorOn } from '../../support/two-factor.js';
import { newUser, newUsername, type TestUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newUserOfRole } from './administrators.js';
import { act, type ActName } from './actions.js';

let postern: TestPostern;
let callers: Readonly<Record<'ADMIN' | 'ROOT', TestUser>>;
beforeAll(async () => {
  postern = await startPostern();
  callers = { ADMIN: await newUserOfRole(postern, 'ADMIN'), ROOT: await newUserOfRole(postern, 'ROOT') };
});
afterAll(() => postern.close());

/** The mutation of each action, with each change that it could make. */
const mutations: Readonly<Record<string, readonly [ActName, ...Record<string, string>[]]>> = {
  SET_STATUS: ['setUserStatus', { status: 'ACTIVE' }, { status: 'DISABLED' }],
  SET_ROLE: ['setUserRole', ...roles.map((role) => ({ role }))],
  RESET_TWO_FACTOR: ['resetUserTwoFactor', {}],
  SEND_PASSWORD_RESET: ['sendUserPasswordReset', {}],
  REVOKE_SESSIONS: ['revokeUserSessions', {}],
  RESET_SERVICE_TOKEN: ['resetServiceToken', {}],
  DELETE: ['deleteUser', {}],
  RESTORE: ['restoreUser', {}],
};

interface State {
  readonly role: Role;
  readonly status: 'ACTIVE' | 'DISABLED' | 'DELETED';
  /** Days since the deletion. */
  readonly deletedFor: number;
  readonly hasTwoFactor: boolean;
  /** Whether the owner deleted it. */
  readonly byOwner?: boolean;
}

const statuses = [
  { status: 'ACTIVE', deletedFor: 0 },
  { status: 'DISABLED', deletedFor: 0 },
  { status: 'DELETED', deletedFor: 29 },
  { status: 'DELETED', deletedFor: 30 },
  { status: 'DELETED', deletedFor: 29, byOwner: true },
] as const;
const states: readonly State[] = roles.flatMap((role) => [
  { role, status: 'ACTIVE', deletedFor: 0, hasTwoFactor: false } as const,
  ...statuses.map((status) => ({ role, ...status, hasTwoFactor: true })),
]);

/** Runs a check with a new account in a state, and removes it, so that it is no ROOT for the next one. */
async function withAccount<Result>(state: State, check: (id: string) => Promise<Result>): Promise<Result> {
  const { em, now } = ruleContext(postern);
  const [id, username, isDeleted] = [newId(now), newUsername(), state.status === 'DELETED'];
  const deletedAt = isDeleted ? new Date(now.getTime() - days(state.deletedFor)) : null;
  await em.insert(AccountEntity, {
    id,
    username,
    role: state.role,
    serviceScopes: state.role === 'SERVICE' ? ['CALL_KEYS'] : null,
    status: state.status,
    passwordHash: 'nothing',
    authVersion: 1,
    createdAt: now,
    deletedAt,
    deletionRequestedAt: state.byOwner ? deletedAt : null,
    statusBeforeDeletion: isDeleted ? ('ACTIVE' as const) : null,
  });
  if (state.hasTwoFactor) await markTwoFactorOn(postern.database, username);
  try {
    return await check(toGlobalId('User', id));
  } finally {
    await query(postern.database, 'delete from accounts where id = ?', [id]);
  }
}

const allowedActionsOf = async (client: Client, userId: string): Promise<string[]> => {
  const { data, errors } = await client.send('query ($id: ID!) { user(id: $id) { allowedActions } }', { id: userId });
  expect(errors).toEqual([]);
  return data['user'].allowedActions as string[];
};

/** Whether the mutation of an action accepts any change of an account in this state. */
async function accepts(client: Client, action: string, state: State, userId?: string): Promise<boolean> {
  const [name, ...changes] = mutations[action]!;
  for (const change of changes.filter((fields) => fields['role'] !== state.role && fields['status'] !== state.status)) {
    const run = async (id: string) => act(client, name, { userId: id, ...change });
    const { data, errors } = userId === undefined ? await withAccount(state, run) : await run(userId);
    expect(errors).toEqual([]);
    if (data[name].userErrors.length === 0) return true;
  }
  return false;
}

/** Compares the listed actions of every state with those that the mutations accept. */
async function compareEveryState(role: 'ADMIN' | 'ROOT'): Promise<void> {
  const { client } = callers[role];
  for (const state of states) {
    const listed = await withAccount(state, (id) => allowedActionsOf(client, id));
    const accepted: string[] = [];
    for (const action of Object.keys(mutations)) if (await accepts(client, action, state)) accepted.push(action);
    expect({ state, actions: listed.toSorted() }).toEqual({ state, actions: accepted.toSorted() });
  }
}

test.each(['ADMIN', 'ROOT'] as const)('lists for %s what the mutations accept, for every role and status', (role) =>
  compareEveryState(role),
);

test('lists what the mutations accept when the other ROOT is the last who can sign in (R-72)', async () => {
  await query(postern.database, "update accounts set password_hash = null where role = 'ROOT'");
  await compareEveryState('ROOT');
  const lastRoot = { role: 'ROOT', status: 'ACTIVE', deletedFor: 0, hasTwoFactor: false } as const;
  expect(await withAccount(lastRoot, (id) => allowedActionsOf(callers.ROOT.client, id))).toEqual([
    'SEND_PASSWORD_RESET',
  ]);
});

test.each(['ADMIN', 'ROOT'] as const)(
  'lists nothing for the own account of %s, as the mutations refuse',
  async (role) => {
    const { client, id } = callers[role];
    expect(await allowedActionsOf(client, id)).toEqual([]);
    for (const action of Object.keys(mutations))
      expect(await accepts(client, action, { role, status: 'ACTIVE', deletedFor: 0, hasTwoFactor: false }, id)).toBe(
        false,
      );
  },
);

test('shows allowed actions only to administrators with a session (R-71)', async () => {
  const { client, id } = await newUser(postern);
  expect(await client.send('{ me { allowedActions } }')).toFailWith('FORBIDDEN');
  const token = program(postern, await newApiToken(callers.ADMIN.client));
  const answer = await token.send('{ me { allowedActions } }');
  expect(answer.data['me']).toEqual({ allowedActions: null });
  expect(answer).toFailWith('FORBIDDEN');
  expect(await allowedActionsOf(callers.ADMIN.client, id)).toContain('DELETE');
});

test('reads the allowed actions of any number of users with two statements', async () => {
  const users = [await newUser(postern), await newUser(postern), await newUserOfRole(postern, 'ROOT')];
  const statementsOf = async (fields: string, first: number) => {
    postern.statements.forget();
    const answer = await callers.ROOT.client.send(`{ users(first: ${first}) { edges { node { id ${fields} } } } }`);
    expect(answer.errors).toEqual([]);
    return postern.statements.texts.length;
  };
  const without = await statementsOf('', 3);
  expect(await statementsOf('allowedActions', 1)).toBe(without + 2);
  expect(await statementsOf('allowedActions', users.length)).toBe(without + 2);
  expect(await statementsOf('allowedActions twoFactor { enabled }', users.length)).toBe(without + 2);
});
