import type { TypedDocumentNode } from 'urql';
import { graphql } from '../api/graphql.js';
import type { UserError } from '../api/use-action.js';
import type { Role, UserStatus } from '../generated/graphql.js';

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
  'disable' | 'enable' | 'role' | 'resetTwoFactor' | 'sendReset' | 'revoke' | 'serviceToken' | 'remove' | 'restore';

interface AdminActionInput {
  readonly userId: string;
  readonly reason: string;
  readonly status?: 'ACTIVE' | 'DISABLED';
  readonly role?: Role;
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
  serviceToken: { mutation: ResetServiceToken as AdminAction['mutation'], tone: 'danger' },
  remove: { mutation: DeleteUser as AdminAction['mutation'], tone: 'danger' },
  restore: { mutation: RestoreUser as AdminAction['mutation'], tone: 'main' },
};

/** The rank of each role, as on the server, which checks it too. */
const rank: Readonly<Record<Role, number>> = { USER: 1, ADMIN: 2, SERVICE: 2, ROOT: 3 };

/** Whether a user of one role can manage a user of another. */
export const outranks = (actor: Role, target: Role): boolean => rank[actor] > rank[target];

/** The roles that a user can assign: those below their own. */
export const getAssignableRoles = (actor: Role): Role[] =>
  (['USER', 'ADMIN'] as const).filter((role) => outranks(actor, role));

interface Target {
  readonly role: Role;
  readonly status: UserStatus;
  readonly twoFactor: { readonly enabled: boolean } | null;
}

/** The actions that are available for an account in its current state. */
export function getActions({ role, status, twoFactor }: Target): AdminActionName[] {
  if (status === 'DELETED') return ['restore'];
  const toggle = status === 'DISABLED' ? 'enable' : 'disable';
  if (role === 'SERVICE') return ['serviceToken', toggle, 'remove'];
  return ['sendReset', 'revoke', ...(twoFactor?.enabled ? ['resetTwoFactor' as const] : []), 'role', toggle, 'remove'];
}
