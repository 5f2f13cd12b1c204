import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';

/** Selects sessions of an account. */
export type SessionSelection = (sessions: ExpressionBuilder<Tables, 'sessions'>) => Expression<SqlBool>;

/**
 * Revokes the selected sessions of an account in one statement, with an event for each. Sessions that are no longer
 * valid are deleted first, without being counted or recorded.
 *
 * @param actorId who revokes them: the owner or an administrator
 * @returns the number of revoked sessions
 */
export async function revokeSessions(
  context: RuleContext,
  accountId: string,
  selected: SessionSelection,
  actorId = accountId,
): Promise<number> {
  await deleteInvalidSessions(context, accountId);
  const ended = await context.em
    .getKysely<Tables>()
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where(selected)
    .returning('id')
    .execute();
  for (const { id } of ended)
    await recordEvent(context, { type: 'SESSION_REVOKED', accountId, actorId, sessionId: id });
  return ended.length;
}

/**
 * Deletes sessions that `findViewerBySession` no longer accepts: expired, idle too long, or of an older `authVersion`.
 */
async function deleteInvalidSessions({ em, now }: RuleContext, accountId: string): Promise<void> {
  await em
    .getKysely<Tables>()
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where((sessions) =>
      sessions.or([
        sessions('expires_at', '<=', now),
        sessions(sql<Date>`last_seen_at + make_interval(secs => idle_seconds)`, '<=', now),
        sessions(
          'auth_version',
          '!=',
          sessions.selectFrom('accounts').select('accounts.auth_version').where('accounts.id', '=', accountId),
        ),
      ]),
    )
    .execute();
}
