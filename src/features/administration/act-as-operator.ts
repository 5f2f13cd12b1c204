import { noAuthority } from '../../rules/authority.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { recordEvent, type EventContext } from '../security-event/record-event.js';
import { isActiveRoot, readHeldAccounts, type AdminAction, type ActionContext } from './act-on-user.js';
import { canonicalReason } from '../../text/normalize.js';
import { reasonFaults } from './reason.js';

/** An act of the machine itself: nobody is its actor. */
export type OperatorAction = Omit<ActionContext<EventContext>, 'actor'>;

/**
 * Carries out an act of who has the machine, whom no rank holds back: it is the way out for a ROOT who lost everything
 * . It takes a reason as that of an administrator does, notifies the user, and is an event without an actor. The
 * last ROOT who can sign in is kept here as well.
 */
export async function actAsOperator(
  context: EventContext,
  { userId, ...action }: AdminAction,
  change: (action: OperatorAction) => Promise<void>,
): Promise<void> {
  const reason = canonicalReason(action.reason);
  refuseAll(reasonFaults(reason));
  const ids = userId === null ? [] : [userId];
  await transaction(
    context,
    noAuthority,
    async (context) => {
      const accounts = await readHeldAccounts(context, ids);
      const target =
        accounts.find(({ id, status }) => id === userId && status !== 'DELETED') ?? refuse('NOT_FOUND', 'userId');
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
