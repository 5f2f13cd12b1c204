import { noAuthority } from '../../rules/authority.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { recordEvent, type EventContext } from '../security-event/record-event.js';
import { isActiveRoot } from '../account/active-roots.js';
import { endResets } from '../recovery/issue-password-reset.js';
import { readAccountsAndRoots, type AdminAction, type ActionContext } from './act-on-user.js';
import { canonicalReason } from '../../text/normalize.js';
import { validateReason } from './reason.js';

/** An action of an operator with access to the machine. It has no actor. */
export type OperatorAction = Omit<ActionContext<EventContext>, 'actor'>;

/**
 * Runs an action for an operator with access to the machine. No role restricts it, so that it can restore access for a
 * ROOT who lost every credential. It requires a reason, notifies the user, and records an event without an
 * actor.
 */
export async function actAsOperator(
  context: EventContext,
  { userId, ...action }: AdminAction,
  change: (action: OperatorAction) => Promise<void>,
): Promise<void> {
  const reason = canonicalReason(action.reason);
  refuseAll(validateReason(reason));
  const ids = userId === null ? [] : [userId];
  await transaction(
    context,
    noAuthority,
    async (context) => {
      const accounts = await readAccountsAndRoots(context, ids);
      const target =
        accounts.find(({ id, status }) => id === userId && status !== 'DELETED') ?? refuse('NOT_FOUND', 'userId');
      await endResets(context, target.id);
      await change({
        context,
        target,
        reason,
        roots: accounts.filter(isActiveRoot),
        record: (type, detail) =>
          recordEvent(context, { type, detail: detail ?? null, reason, accountId: target.id, actorId: null }),
      });
    },
    { ids, roots: true },
  );
}
