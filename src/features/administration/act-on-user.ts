import { CredentialEnded } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { outranks } from '../../rules/role.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { AccountEntity, type Account } from '../account/account.entity.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SecurityEventType } from '../security-event/security-event.entity.js';
import { canonicalReason } from '../../text/normalize.js';
import { reasonFaults } from './reason.js';

/** Whom an administrator acts on, and why. */
export interface AdminAction {
  /** Null for an id that is none. */
  readonly userId: string | null;
  readonly reason: string;
}

/** What an act may be done to, beside users of a lower rank. */
export interface ActionScope {
  /** Whether ROOT does it to another ROOT as well. */
  readonly rootOnRoot?: boolean;
  /** Whether it is done to deleted accounts, and to no others. */
  readonly onDeleted?: boolean;
}

/** An act in its transaction, which holds both accounts as they are. */
export interface ActionContext<Context = RuleContext> {
  readonly context: Context;
  readonly actor: Account;
  readonly target: Account;
  /** Everybody of the role ROOT who can sign in. */
  readonly roots: readonly Account[];
  readonly reason: string;
  /** Records what was done, with who did it and why, and notifies the user. */
  record(type: SecurityEventType, detail?: string): Promise<void>;
}

/**
 * Carries out an act of an administrator on another user. One transaction holds both, and every ROOT, in the order of
 * their ids, and reads their ranks there: of two who act on each other at the same time one comes too late (R-71,
 *
 *
 * Refused: without a reason (REASON_REQUIRED), on oneself (ON_SELF), on who is not there (NOT_FOUND), and on who does
 * not stand below the administrator (RANK).
 *
 * @throws {CredentialEnded} where the administrator was disabled, got another role or was signed out meanwhile
 */
export async function actOnUser<Result>(
  context: RuleContext,
  viewer: Viewer,
  { userId, ...action }: AdminAction,
  scope: ActionScope,
  change: (action: ActionContext) => Promise<Result>,
): Promise<Result> {
  const reason = canonicalReason(action.reason);
  refuseAll(reasonFaults(reason));
  if (userId === viewer.accountId) refuse('ON_SELF', 'userId');
  const ids = userId === null ? [] : [userId];
  return transaction(
    context,
    viewer,
    async (context) => {
      const accounts = await readHeldAccounts(context, [viewer.accountId, ...ids]);
      const actor = findActor(accounts, viewer);
      const target = accounts.find(({ id }) => id === userId) ?? refuse('NOT_FOUND', 'userId');
      const isPeer = scope.rootOnRoot && actor.role === 'ROOT' && target.role === 'ROOT';
      if (!isPeer && !outranks(actor.role, target.role)) refuse('RANK', 'userId');
      if ((target.status === 'DELETED') !== (scope.onDeleted ?? false)) refuse('NOT_FOUND', 'userId');
      const parties = { accountId: target.id, actorId: actor.id, sessionId: viewer.sessionId };
      return change({
        context,
        actor,
        target,
        reason,
        roots: accounts.filter(isActiveRoot),
        record: (type, detail) => recordEvent(context, { type, detail: detail ?? null, reason, ...parties }),
      });
    },
    { ids, roots: true },
  );
}

/** Accounts, and all of the role ROOT, as the transaction holds them. */
export const readHeldAccounts = ({ em }: Pick<RuleContext, 'em'>, ids: readonly string[]): Promise<Account[]> =>
  em.find(
    AccountEntity,
    { erasedAt: null, $or: [{ id: { $in: [...ids] } }, { role: 'ROOT' }] },
    { orderBy: { id: 'asc' }, disableIdentityMap: true },
  );

/** The administrator as they are now; the transaction has compared their session already. */
export function findActor(accounts: readonly Account[], { accountId }: Viewer): Account {
  const actor = accounts.find(({ id }) => id === accountId);
  if (!actor) throw new CredentialEnded();
  return actor;
}

/** Whether an account is a ROOT's who can sign in. */
export const isActiveRoot = ({ role, status, passwordHash }: Account): boolean =>
  role === 'ROOT' && status === 'ACTIVE' && passwordHash !== null;

/** Refuses to take its power from the last ROOT who can sign in. */
export function ensureRootRemains({ target, roots }: Pick<ActionContext, 'target' | 'roots'>): void {
  if (target.role === 'ROOT' && !roots.some(({ id }) => id !== target.id)) refuse('LAST_ROOT', 'userId');
}
