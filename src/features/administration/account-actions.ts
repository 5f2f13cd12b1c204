import { invalidValue, userError, type UserError } from '../../rules/refuse.js';
import { outranks, roles, type Role } from '../../rules/role.js';
import { isDeletedByOwner, RESTORE_PERIOD_MS } from '../account/account-deletion.js';
import type { Account } from '../account/account.entity.js';
import { accountIsDisabled, cannotBecomeServiceAccount, serviceHasNoPassword, serviceRoleIsFixed } from './messages.js';

/** What an administrator can do to an account. */
export type AccountAction =
  | 'SET_STATUS'
  | 'SET_ROLE'
  | 'RESET_TWO_FACTOR'
  | 'SEND_PASSWORD_RESET'
  | 'REVOKE_SESSIONS'
  | 'RESET_SERVICE_TOKEN'
  | 'DELETE'
  | 'RESTORE';

/** The administrator and the account, as far as the rules of actions depend on them. */
export interface ActionParticipants {
  readonly actor: Pick<Account, 'id' | 'role'>;
  readonly target: Pick<Account, 'id' | 'role' | 'status' | 'deletedAt' | 'deletionRequestedAt'>;
  /** All accounts with the role ROOT that can sign in. */
  readonly roots: readonly Pick<Account, 'id'>[];
}

/** Which accounts an action may target, besides those with a lower role. */
interface ActionScope {
  /** Whether ROOT may target another ROOT. */
  readonly allowRootOnRoot?: boolean;
  /** Whether the action targets deleted accounts, and only those. */
  readonly targetsDeleted?: boolean;
  /** Whether the action targets accounts that their owner deleted, too. */
  readonly acceptsDeletedByOwner?: boolean;
}

const scopes: Readonly<Record<AccountAction, ActionScope>> = {
  SET_STATUS: { allowRootOnRoot: true },
  SET_ROLE: { allowRootOnRoot: true },
  RESET_TWO_FACTOR: { allowRootOnRoot: true },
  SEND_PASSWORD_RESET: { allowRootOnRoot: true },
  REVOKE_SESSIONS: {},
  RESET_SERVICE_TOKEN: {},
  DELETE: { acceptsDeletedByOwner: true },
  RESTORE: { targetsDeleted: true },
};

// Each function returns the errors with which its mutation refuses. `findAllowedActions` asks the same functions.

/** Validates that an administrator may act on this account: by rank, and by whether it is deleted. */
export function validateTarget(
  action: AccountAction,
  { actor, target }: Pick<ActionParticipants, 'actor' | 'target'>,
): UserError[] {
  const { allowRootOnRoot = false, targetsDeleted = false, acceptsDeletedByOwner = false } = scopes[action];
  if (actor.id === target.id) return [userError('ON_SELF', 'userId')];
  const isPeer = allowRootOnRoot && actor.role === 'ROOT' && target.role === 'ROOT';
  if (!isPeer && !outranks(actor.role, target.role)) return [userError('RANK', 'userId')];
  if (acceptsDeletedByOwner && isDeletedByOwner(target)) return [];
  return (target.status === 'DELETED') === targetsDeleted ? [] : [userError('NOT_FOUND', 'userId')];
}

/** Validates that a ROOT who can sign in remains: the last ROOT keeps role and status. */
const validateRootRemains = ({ target, roots }: Pick<ActionParticipants, 'target' | 'roots'>): UserError[] =>
  target.role === 'ROOT' && !roots.some(({ id }) => id !== target.id) ? [userError('LAST_ROOT', 'userId')] : [];

/** Validates a change of the status. */
export const validateStatusChange = (
  participants: Pick<ActionParticipants, 'target' | 'roots'>,
  status: 'ACTIVE' | 'DISABLED',
): UserError[] => (status === 'DISABLED' ? validateRootRemains(participants) : []);

/** Validates a new role, whatever the account. */
export const validateNewRole = (role: Role): UserError[] =>
  role === 'SERVICE' ? [invalidValue(cannotBecomeServiceAccount, 'role')] : [];

/** Validates a change of the role to another one. */
export function validateRoleChange(participants: ActionParticipants, role: Role): UserError[] {
  const { actor, target } = participants;
  if (target.role === 'SERVICE') return [invalidValue(serviceRoleIsFixed, 'userId')];
  return outranks(actor.role, role) ? validateRootRemains(participants) : [userError('RANK', 'role')];
}

/** Validates a reset of two-factor authentication. */
export const validateTwoFactorReset = ({ hasTwoFactor }: { readonly hasTwoFactor: boolean }): UserError[] =>
  hasTwoFactor ? [] : [userError('TWO_FACTOR_NOT_ENABLED', 'userId')];

/** Validates a password link. */
export function validatePasswordLink({ target }: Pick<ActionParticipants, 'target'>): UserError[] {
  if (target.role === 'SERVICE') return [invalidValue(serviceHasNoPassword, 'userId')];
  return target.status === 'DISABLED' ? [invalidValue(accountIsDisabled, 'userId')] : [];
}

/** Validates a reset of a service account's token. */
export function validateServiceTokenReset({ target }: Pick<ActionParticipants, 'target'>): UserError[] {
  if (target.role !== 'SERVICE') return [userError('NOT_FOUND', 'userId')];
  return target.status === 'ACTIVE' ? [] : [invalidValue(accountIsDisabled, 'userId')];
}

/** Validates a restoration: only for 30 days after the deletion. */
export const validateRestoration = ({ target }: Pick<ActionParticipants, 'target'>, now: Date): UserError[] =>
  target.deletedAt && target.deletedAt.getTime() > now.getTime() - RESTORE_PERIOD_MS
    ? []
    : [userError('NOT_FOUND', 'userId')];

/** The participants, and what else the rules depend on. */
export interface ActionFacts extends ActionParticipants {
  readonly hasTwoFactor: boolean;
  readonly now: Date;
}

const isValid = (errors: readonly UserError[]) => errors.length === 0;

/** Whether an action can make a change, for an account that it may target. */
const isPossible: Readonly<Record<AccountAction, (facts: ActionFacts) => boolean>> = {
  SET_STATUS: (facts) => isValid(validateStatusChange(facts, facts.target.status === 'ACTIVE' ? 'DISABLED' : 'ACTIVE')),
  SET_ROLE: (facts) =>
    roles.some(
      (role) => role !== facts.target.role && isValid([...validateNewRole(role), ...validateRoleChange(facts, role)]),
    ),
  RESET_TWO_FACTOR: (facts) => isValid(validateTwoFactorReset(facts)),
  SEND_PASSWORD_RESET: (facts) => isValid(validatePasswordLink(facts)),
  REVOKE_SESSIONS: () => true,
  RESET_SERVICE_TOKEN: (facts) => isValid(validateServiceTokenReset(facts)),
  DELETE: () => true,
  RESTORE: (facts) => isValid(validateRestoration(facts, facts.now)),
};

/** The actions that the administrator's mutations accept for this account now, apart from rate limits. */
export const findAllowedActions = (facts: ActionFacts): AccountAction[] =>
  (Object.keys(scopes) as AccountAction[]).filter(
    (action) => isValid(validateTarget(action, facts)) && isPossible[action](facts),
  );
