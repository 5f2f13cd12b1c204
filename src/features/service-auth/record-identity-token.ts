import { select, type Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';

/** Records the first identity token of a session and audience, in a transaction. Further ones are not recorded. */
export async function recordIdentityToken(
  context: RuleContext,
  { accountId, sessionId }: SessionViewer,
  audience: string,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await context.em
    .getKysely<Tables>()
    .insertInto('identity_token_uses')
    .values({ session_id: sessionId, audience })
    .onConflict((conflict) => conflict.columns(['session_id', 'audience']).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n)
    await recordEvent(context, { type: 'IDENTITY_TOKEN_ISSUED', accountId, sessionId, detail: audience });
}

const identityTokenUse = select('identity_token_use', (db, values: { sessionId: string; audience: string }) =>
  db
    .selectFrom('identity_token_uses')
    .select('audience')
    .where('session_id', '=', values.sessionId)
    .where('audience', '=', values.audience),
);

/** The same where nothing else is changed: it opens a transaction for the first token only. */
export async function ensureIdentityTokenRecorded(
  context: RuleContext,
  viewer: SessionViewer,
  audience: string,
): Promise<void> {
  const { sessionId } = viewer;
  if ((await identityTokenUse(context.reader, { sessionId, audience })).length > 0) return;
  await transaction(context, viewer, (context) => recordIdentityToken(context, viewer, audience));
}
