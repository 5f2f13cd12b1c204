import type { Account } from '../account/account.entity.js';
import type { EntityManager } from '../../database/connection/database.js';
import type { RuleContext } from '../../rules/context.js';
import { endSessions } from './end-sessions.js';

/** Ends the sessions used longest ago, so that with one more the person has no more than the limit. */
export async function makeRoomForSession(
  em: EntityManager,
  context: RuleContext,
  account: Pick<Account, 'id'>,
): Promise<void> {
  await endSessions(em, context, account.id, (sessions) =>
    sessions(
      'id',
      'in',
      sessions
        .selectFrom('sessions')
        .select('id')
        .where('account_id', '=', account.id)
        .orderBy('last_seen_at', 'desc')
        .orderBy('id', 'desc')
        .offset(context.config.session.perUser - 1),
    ),
  );
}
