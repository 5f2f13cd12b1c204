import type { Answer, Client } from '../../support/client.js';
import { act, type ActName } from '../administration/actions.js';
import { mutate, newTwoSessions, signInAt, type Stage, type TwoSessions } from './two-sessions.js';
import { goodPassword } from '../../support/users.js';

/** An act that ends the second session of a user, or another credential. */
export interface Ending {
  readonly name:
    | 'changePassword'
    | 'revokeEverything'
    | 'revokeSession'
    | 'setUserStatus'
    | 'setUserRole'
    | 'resetApiToken'
    | 'deleteUser';
  /** The columns that it changes itself, in rows of the user. */
  readonly columns: readonly string[];
  /** The tables whose rows of the user it deletes, besides sessions. */
  readonly deletes?: readonly string[];
  /** The events that it records. */
  readonly events: readonly string[];
  /** How many sessions of the user remain. */
  readonly sessionsLeft: number;
  /** Whether it is sent at the first session of the user, which the mutation may have ended itself. */
  readonly byUser: boolean;
  /** Prepares it. @returns what runs it */
  prepare(user: TwoSessions): Promise<() => Promise<Answer<Record<string, any>>>>;
}

/** A new password, for every test that changes one. */
export const newPassword = { newPassword: 'Louder-Lantern-72', confirmPassword: 'Louder-Lantern-72' };

const roots = new WeakMap<object, string>();

/** A fresh session of the only ROOT of the servers, on server 0. */
export async function rootOf(stage: Stage): Promise<Client> {
  const username = roots.get(stage.two) ?? (await newTwoSessions(stage, { role: 'ROOT' })).username;
  roots.set(stage.two, username);
  return signInAt(stage, 0, username);
}

/** An act of the user, at the first session. */
const byUser = (
  name: Ending['name'],
  fields: string,
  input: (user: TwoSessions) => Record<string, unknown> | undefined,
): Pick<Ending, 'name' | 'byUser' | 'prepare'> => ({
  name,
  byUser: true,
  prepare: (user) => Promise.resolve(() => mutate(user.here, name, fields, input(user))),
});

/** An act of ROOT. */
const byRoot = (
  name: Ending['name'] & ActName,
  input: (user: TwoSessions) => Record<string, unknown>,
): Pick<Ending, 'name' | 'byUser' | 'prepare'> => ({
  name,
  byUser: false,
  prepare: async (user) => {
    const root = await rootOf(user);
    return () => act(root, name, { userId: user.id, ...input(user) });
  },
});

export const endings: readonly Ending[] = [
  {
    ...byUser('changePassword', 'session { token }', () => ({ currentPassword: goodPassword, ...newPassword })),
    columns: ['auth_version', 'password_hash', 'password_changed_at', 'password_note_ciphertext'],
    events: ['PASSWORD_CHANGED'],
    sessionsLeft: 1,
  },
  {
    ...byUser('revokeEverything', 'session { token }', () => ({ callKeys: false })),
    columns: ['auth_version'],
    deletes: ['api_tokens', 'password_resets'],
    events: ['SESSION_REVOKED', 'EVERYTHING_REVOKED'],
    sessionsLeft: 1,
  },
  {
    ...byUser('revokeSession', 'revokedSessionId', ({ thereId }) => ({ sessionId: thereId })),
    columns: [],
    deletes: ['two_factor_enrolments'],
    events: ['SESSION_REVOKED'],
    sessionsLeft: 1,
  },
  {
    ...byRoot('setUserStatus', () => ({ status: 'DISABLED' })),
    columns: ['auth_version', 'status'],
    deletes: ['password_resets'],
    events: ['USER_STATUS_SET'],
    sessionsLeft: 0,
  },
  {
    ...byRoot('setUserRole', ({ role }) => ({ role: role === 'USER' ? 'ADMIN' : 'USER' })),
    columns: ['auth_version', 'role'],
    deletes: ['password_resets'],
    events: ['USER_ROLE_SET'],
    sessionsLeft: 0,
  },
  {
    ...byUser('resetApiToken', 'token', () => undefined),
    columns: ['token_hash', 'token_ciphertext', 'hint', 'created_at'],
    events: ['API_TOKEN_RESET'],
    sessionsLeft: 2,
  },
  {
    ...byRoot('deleteUser', () => ({})),
    columns: ['auth_version', 'status', 'deleted_at', 'deletion_requested_at', 'status_before_deletion'],
    deletes: ['password_resets', 'account_deletion_links'],
    events: ['USER_DELETED'],
    sessionsLeft: 0,
  },
];
