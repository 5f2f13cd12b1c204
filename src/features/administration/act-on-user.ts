import { CredentialRevokedError } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { outranks } from '../../rules/role.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { AccountEntity, type Account } from '../account/account.entity.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import { canonicalReason } from '../../text/normalize.js';
import { validateReason } from './reason.js';

/** The account that an administrator acts on, and the reason. */
export interface AdminAction {
  /** Null if the given ID is invalid. */
  readonly userId: string | null;
  readonly reason: string;
}

/** Which accounts an action may target, besides those with a lower role. */
export interface ActionScope {
  /** Whether ROOT may target another ROOT. */
  readonly allowRootOnRoot?: boolean;
  /** Whether the action targets deleted accounts, and only those. */
  readonly targetsDeleted?: boolean;
}

/** An action inside its transaction, with both accounts locked. */
export interface ActionContext<Context = RuleContext> {
  readonly context: Context;
  readonly actor: Account;
  readonly target: Account;
  /** All accounts with the role ROOT that can sign in. */
  readonly roots: readonly Account[];
  readonly reason: string;
  /** Records the action with its actor and reason, and notifies the user. */
  record(type: SecurityEventType, detail?: string): Promise<void>;
}

/**
 * Runs an administrator's action on another user. The transaction locks both accounts and every ROOT in ID order before
 * it reads their roles, so if two administrators act on each other, one of them fails. Refuses with
 * REASON_REQUIRED, ON_SELF, NOT_FOUND or RANK.
 *
 * @throws {CredentialRevokedError} if the administrator was disabled, got another role or was signed out
 */
export async function actOnUser<Result>(
  context: RuleContext,
  viewer: SessionViewer,
  { userId, ...action }: AdminAction,
  scope: ActionScope,
  change: (action: ActionContext) => Promise<Result>,
): Promise<Result> {
  const reason = canonicalReason(action.reason);
  refuseAll(validateReason(reason));
  if (userId === viewer.accountId) refuse('ON_SELF', 'userId');
  const ids = userId === null ? [] : [userId];
  return transaction(
    context,
    viewer,
    async (context) => {
      const accounts = await readLockedAccounts(context, [viewer.accountId, ...ids]);
      const actor = findActor(accounts, viewer);
      const target = accounts.find(({ id }) => id === userId) ?? refuse('NOT_FOUND', 'userId');
      const isPeer = scope.allowRootOnRoot && actor.role === 'ROOT' && target.role === 'ROOT';
      if (!isPeer && !outranks(actor.role, target.role)) refuse('RANK', 'userId');
      if ((target.status === 'DELETED') !== (scope.targetsDeleted ?? false)) refuse('NOT_FOUND', 'userId');
      const participants = { accountId: target.id, actorId: actor.id, sessionId: viewer.sessionId };
      return change({
        context,
        actor,
        target,
        reason,
        roots: accounts.filter(isActiveRoot),
        record: (type, detail) => recordEvent(context, { type, detail: detail ?? null, reason, ...participants }),
      });
    },
    { ids, roots: true },
  );
}

/** Reads the given accounts and every ROOT, as locked by the transaction. */
export const readLockedAccounts = ({ em }: Pick<RuleContext, 'em'>, ids: readonly string[]): Promise<Account[]> =>
  em.find(
    AccountEntity,
    { erasedAt: null, $or: [{ id: { $in: [...ids] } }, { role: 'ROOT' }] },
    { orderBy: { id: 'asc' }, disableIdentityMap: true },
  );

/** The administrator's current account. The transaction has already checked the session. */
export function findActor(accounts: readonly Account[], { accountId }: SessionViewer): Account {
  const actor = accounts.find(({ id }) => id === accountId);
  if (!actor) throw new CredentialRevokedError();
  return actor;
}

/** Whether an account is a ROOT that can sign in. */
export const isActiveRoot = ({ role, status, passwordHash }: Account): boolean =>
  role === 'ROOT' && status === 'ACTIVE' && passwordHash !== null;

/** Refuses an action that would leave no ROOT who can sign in. */
export function ensureRootRemains({ target, roots }: Pick<ActionContext, 'target' | 'roots'>): void {
  if (target.role === 'ROOT' && !roots.some(({ id }) => id !== target.id)) refuse('LAST_ROOT', 'userId');
}
