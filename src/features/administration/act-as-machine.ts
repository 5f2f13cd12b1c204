import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import { refuse, refuseAll } from '../../rules/refuse.js';
import { canRule, lockAccounts, type Act, type ActUnderWay } from './act-on-user.js';
import { canonicalReason } from '../../text/normalize.js';
import { reasonFaults } from './reason.js';

/** What an act on the machine itself works with. */
export type MachineContext = Pick<RuleContext, 'em' | 'caller' | 'now' | 'mail' | 'keys'>;

/**
 * Carries out an act of who has the machine, whom no rank holds back: it is the way out for a ROOT who lost everything
 * . It takes a reason as that of an administrator does, tells the person, and is an event without an actor. The
 * last ROOT who can sign in is kept here as well.
 */
export async function actAsMachine(
  context: MachineContext,
  { userId, ...act }: Act,
  change: (act: Omit<ActUnderWay, 'actor'>) => Promise<void>,
): Promise<void> {
  const reason = canonicalReason(act.reason);
  refuseAll(reasonFaults(reason));
  await context.em.transactional(async (em) => {
    const accounts = await lockAccounts(em, userId === null ? [] : [userId]);
    const target =
      accounts.find(({ id, status }) => id === userId && status !== 'DELETED') ?? refuse('NOT_FOUND', 'userId');
    await change({
      em,
      target,
      reason,
      roots: accounts.filter(canRule),
      record: (type, detail) =>
        recordEvent(em, context, { type, detail: detail ?? null, reason, accountId: target.id, actorId: null }),
    });
  });
}
