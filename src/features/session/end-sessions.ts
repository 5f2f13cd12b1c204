import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';

type SessionSelection = (sessions: ExpressionBuilder<Tables, 'sessions'>) => Expression<SqlBool>;

/**
 * Ends those sessions of an account that the choice names, in one statement, with an event for each. Sessions that
 * are over anyway are cleared away first: they are neither counted nor recorded.
 *
 * @param actorId who ends them: the person, or an administrator
 * @returns how many were ended
 */
export async function endSessions(
  context: RuleContext,
  accountId: string,
  selected: SessionSelection,
  actorId = accountId,
): Promise<number> {
  await deleteEndedSessions(context, accountId);
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
 * What `findViewerBySession` would not find any more: past its end, too long unused, or older than the account's
 * `authVersion`.
 */
async function deleteEndedSessions({ em, now }: RuleContext, accountId: string): Promise<void> {
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
