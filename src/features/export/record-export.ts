import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';

/** What was exported: all of the own account, or the usage or the events of all accounts. */
export type ExportedData = 'ACCOUNT' | 'ALL_USAGE' | 'ALL_EVENTS';

/**
 * Records an export before its first byte is sent, while the credential is still valid.
 *
 * @throws {CredentialRevokedError} if it was revoked during the request
 */
export const recordExport = (context: RuleContext, viewer: Viewer, detail: ExportedData): Promise<void> =>
  transaction(context, viewer, (context) =>
    recordEvent(context, {
      type: 'DATA_EXPORTED',
      accountId: viewer.accountId,
      sessionId: viewer.credential === 'SESSION' ? viewer.sessionId : null,
      detail,
    }),
  );
