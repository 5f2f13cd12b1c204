import type { TypedDocumentNode } from 'urql';
import { graphql } from '../api/graphql.js';
import type { Refusal } from '../api/use-action.js';
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

/** Something that an administrator does to an account. */
export type ActName =
  'disable' | 'enable' | 'role' | 'resetTwoFactor' | 'sendReset' | 'revoke' | 'serviceToken' | 'remove' | 'restore';

interface ActInput {
  readonly userId: string;
  readonly reason: string;
  readonly status?: 'ACTIVE' | 'DISABLED';
  readonly role?: Role;
}

/** The payload of any of them; a link or a token is there this once. */
interface ActPayload {
  readonly userErrors: readonly Refusal[];
  readonly resetLink?: string | null;
  readonly token?: string | null;
}

/** How an act is carried out. */
export interface Act {
  readonly mutation: TypedDocumentNode<Record<string, ActPayload>, { input: ActInput }>;
  readonly tone: 'main' | 'danger';
  /** What the state is set to, where the act sets it. */
  readonly status?: 'ACTIVE' | 'DISABLED';
}

/** Every act. */
export const acts: Readonly<Record<ActName, Act>> = {
  disable: { mutation: SetUserStatus as Act['mutation'], tone: 'danger', status: 'DISABLED' },
  enable: { mutation: SetUserStatus as Act['mutation'], tone: 'main', status: 'ACTIVE' },
  role: { mutation: SetUserRole as Act['mutation'], tone: 'main' },
  resetTwoFactor: { mutation: ResetUserTwoFactor as Act['mutation'], tone: 'danger' },
  sendReset: { mutation: SendUserPasswordReset as Act['mutation'], tone: 'main' },
  revoke: { mutation: RevokeUserSessions as Act['mutation'], tone: 'danger' },
  serviceToken: { mutation: ResetServiceToken as Act['mutation'], tone: 'danger' },
  remove: { mutation: DeleteUser as Act['mutation'], tone: 'danger' },
  restore: { mutation: RestoreUser as Act['mutation'], tone: 'main' },
};

/** How high a role stands; the server has the last word. */
const rank: Readonly<Record<Role, number>> = { USER: 1, ADMIN: 2, SERVICE: 2, ROOT: 3 };

/** Whether somebody of one role acts on somebody of another. */
export const outranks = (actor: Role, target: Role): boolean => rank[actor] > rank[target];

/** The roles that somebody can give to people: those below their own. */
export const rolesBelow = (actor: Role): Role[] => (['USER', 'ADMIN'] as const).filter((role) => outranks(actor, role));

interface ActedOn {
  readonly role: Role;
  readonly status: UserStatus;
  readonly twoFactor: { readonly enabled: boolean } | null;
}

/** What can be done to an account as it is. */
export function actsOn({ role, status, twoFactor }: ActedOn): ActName[] {
  if (status === 'DELETED') return ['restore'];
  const state = status === 'DISABLED' ? 'enable' : 'disable';
  if (role === 'SERVICE') return ['serviceToken', state, 'remove'];
  return ['sendReset', 'revoke', ...(twoFactor?.enabled ? ['resetTwoFactor' as const] : []), 'role', state, 'remove'];
}
