import type { TypedDocumentNode } from 'urql';
import { graphql } from '../api/graphql.js';
import type { UserError } from '../api/use-action.js';
import type { AccountAction, Role } from '../generated/graphql.js';
import type { ViewedUser } from './user-query.js';

const SetUserStatus = graphql(
  `mutation SetUserStatus($input: SetUserStatusInput!) { setUserStatus(input: $input) { user { id } userErrors { code field message } } }`,
);
const SetUserRole = graphql(
  `mutation SetUserRole($input: SetUserRoleInput!) { setUserRole(input: $input) { user { id } userErrors { code field message } } }`,
);
const ResetUserTwoFactor = graphql(
  `mutation ResetUserTwoFactor($input: ResetUserTwoFactorInput!) { resetUserTwoFactor(input: $input) { user { id } userErrors { code field message } } }`,
);
const SendUserPasswordReset = graphql(
  `mutation SendUserPasswordReset($input: SendUserPasswordResetInput!) { sendUserPasswordReset(input: $input) { resetLink userErrors { code field message } } }`,
);
const RevokeUserSessions = graphql(
  `mutation RevokeUserSessions($input: RevokeUserSessionsInput!) { revokeUserSessions(input: $input) { revokedCount userErrors { code field message } } }`,
);
const ResetServiceToken = graphql(
  `mutation ResetServiceToken($input: ResetServiceTokenInput!) { resetServiceToken(input: $input) { token userErrors { code field message } } }`,
);
const DeleteUser = graphql(
  `mutation DeleteUser($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code field message } } }`,
);
const RestoreUser = graphql(
  `mutation RestoreUser($input: RestoreUserInput!) { restoreUser(input: $input) { user { id } userErrors { code field message } } }`,
);

/** The actions of administrators on an account. */
export type AdminActionName =
  | 'disable'
  | 'enable'
  | 'role'
  | 'resetTwoFactor'
  | 'sendReset'
  | 'revoke'
  | 'revokeOne'
  | 'serviceToken'
  | 'remove'
  | 'restore';

interface AdminActionInput {
  readonly userId: string;
  readonly reason: string;
  readonly status?: 'ACTIVE' | 'DISABLED';
  readonly role?: Role;
  readonly sessionIds?: string[];
  readonly tokens?: boolean;
}

/** The payload of any of the mutations. A link or token is returned only once. */
interface AdminActionPayload {
  readonly userErrors: readonly UserError[];
  readonly resetLink?: string | null;
  readonly token?: string | null;
}

/** The mutation of an action, and how its button looks. */
export interface AdminAction {
  readonly mutation: TypedDocumentNode<Record<string, AdminActionPayload>, { input: AdminActionInput }>;
  readonly tone: 'main' | 'danger';
  /** The new status, if the action sets one. */
  readonly status?: 'ACTIVE' | 'DISABLED';
}

/** All actions by name. */
export const adminActions: Readonly<Record<AdminActionName, AdminAction>> = {
  disable: { mutation: SetUserStatus as AdminAction['mutation'], tone: 'danger', status: 'DISABLED' },
  enable: { mutation: SetUserStatus as AdminAction['mutation'], tone: 'main', status: 'ACTIVE' },
  role: { mutation: SetUserRole as AdminAction['mutation'], tone: 'main' },
  resetTwoFactor: { mutation: ResetUserTwoFactor as AdminAction['mutation'], tone: 'danger' },
  sendReset: { mutation: SendUserPasswordReset as AdminAction['mutation'], tone: 'main' },
  revoke: { mutation: RevokeUserSessions as AdminAction['mutation'], tone: 'danger' },
  revokeOne: { mutation: RevokeUserSessions as AdminAction['mutation'], tone: 'danger' },
  serviceToken: { mutation: ResetServiceToken as AdminAction['mutation'], tone: 'danger' },
  remove: { mutation: DeleteUser as AdminAction['mutation'], tone: 'danger' },
  restore: { mutation: RestoreUser as AdminAction['mutation'], tone: 'main' },
};

/** The actions of an account that the server allows, in the order of their buttons. */
export function getActions({ role, status, allowedActions }: ViewedUser): AdminActionName[] {
  const names: Readonly<Record<AccountAction, AdminActionName | null>> = {
    RESET_SERVICE_TOKEN: 'serviceToken',
    SEND_PASSWORD_RESET: 'sendReset',
    // A service account never has sessions.
    REVOKE_SESSIONS: role === 'SERVICE' ? null : 'revoke',
    RESET_TWO_FACTOR: 'resetTwoFactor',
    SET_ROLE: 'role',
    SET_STATUS: status === 'DISABLED' ? 'enable' : 'disable',
    DELETE: 'remove',
    RESTORE: 'restore',
  };
  return (Object.keys(names) as AccountAction[]).flatMap((action) =>
    allowedActions?.includes(action) ? (names[action] ?? []) : [],
  );
}
