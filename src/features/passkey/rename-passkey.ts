import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import { passkeyColumns, type PasskeyRow } from './find-passkeys.js';
import { parsePasskeyName } from './passkey-name.js';
import { providerName } from './provider.js';

/** Renames a passkey of the viewer. Returns it with the new name. */
export async function renamePasskey(
  context: RuleContext,
  viewer: SessionViewer,
  { id, name }: { readonly id: string | null; readonly name: string },
): Promise<PasskeyRow> {
  const newName = parsePasskeyName(name);
  if (id === null) refuse('NOT_FOUND', 'id');
  const { accountId, sessionId } = viewer;
  return transaction(context, viewer, async (context) => {
    const renamed = await context.em
      .getKysely<Tables>()
      .updateTable('passkeys')
      .set({ name: newName })
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .returning(passkeyColumns)
      .executeTakeFirst();
    if (!renamed) refuse('NOT_FOUND', 'id');
    await recordEvent(context, {
      type: 'PASSKEY_RENAMED',
      accountId,
      sessionId,
      detail: providerName(renamed.aaguid),
    });
    return renamed;
  });
}
