import type { Tables } from '../../database/read/select.js';
import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';

/** Ends the caller's session, if there is one. A session that has already ended is not an error. */
export async function logout(context: RuleContext, viewer: SessionViewer | null): Promise<void> {
  if (viewer === null) return;
  const { accountId, sessionId } = viewer;
  await transaction(
    context,
    noAuthority,
    async (context) => {
      const { numDeletedRows } = await context.em
        .getKysely<Tables>()
        .deleteFrom('sessions')
        .where('id', '=', sessionId)
        .executeTakeFirst();
      if (numDeletedRows === 1n) await recordEvent(context, { type: 'LOGGED_OUT', accountId, sessionId });
    },
    { ids: [accountId] },
  );
}
