import { CredentialRevokedError } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { endResets } from '../recovery/issue-password-reset.js';
import { AccountEntity, type Account } from '../account/account.entity.js';
import { isActiveRoot } from '../account/active-roots.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import { canonicalReason } from '../../text/normalize.js';
import { validateTarget, type AccountAction } from './account-actions.js';
import { validateReason } from './reason.js';

/** The account that an administrator acts on, and the reason. */
export interface AdminAction {
  /** Null if the given ID is invalid. */
  readonly userId: string | null;
  readonly reason: string;
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
 * it reads their roles, so if two administrators act on each other, one of them fails. Every action ends
 * the link to set a password, which may be older than the reason for it. Refuses with REASON_REQUIRED, ON_SELF,
 * NOT_FOUND or RANK.
 *
 * @throws {CredentialRevokedError} if the administrator was disabled, got another role or was signed out
 */
export async function actOnUser<Result>(
  context: RuleContext,
  viewer: SessionViewer,
  { userId, ...submitted }: AdminAction,
  action: AccountAction,
  change: (action: ActionContext) => Promise<Result>,
): Promise<Result> {
  const reason = canonicalReason(submitted.reason);
  refuseAll(validateReason(reason));
  const ids = userId === null ? [] : [userId];
  return transaction(
    context,
    viewer,
    async (context) => {
      const accounts = await readAccountsAndRoots(context, [viewer.accountId, ...ids]);
      const actor = findActor(accounts, viewer);
      const target = accounts.find(({ id }) => id === userId) ?? refuse('NOT_FOUND', 'userId');
      refuseAll(validateTarget(action, { actor, target }));
      const participants = { accountId: target.id, actorId: actor.id, sessionId: viewer.sessionId };
      if (action !== 'SEND_PASSWORD_RESET') await endResets(context, target.id);
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

/** Reads the given accounts and every ROOT; for an action after the transaction has locked them. */
export const readAccountsAndRoots = ({ em }: Pick<RuleContext, 'em'>, ids: readonly string[]): Promise<Account[]> =>
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
