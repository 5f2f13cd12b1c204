import { DecryptionError } from '../../crypto/secret-box.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { findStoredApiToken, type ApiTokenRow } from './find-api-tokens.js';
import { decryptApiToken } from './stored-api-token.js';

/** A viewed token; null if tokens are not viewable here. */
export interface ViewedApiToken {
  readonly token: string | null;
  readonly apiToken: ApiTokenRow;
}

/**
 * Decrypts the viewer's API token to show it again. If that fails, an event is recorded and the error is thrown, so
 * that the token never looks missing.
 *
 * @throws {DecryptionError} if the row was tampered with or its key is missing
 */
export async function viewApiToken(context: RuleContext, viewer: SessionViewer): Promise<ViewedApiToken> {
  const { accountId, sessionId } = viewer;
  const storedToken = await findStoredApiToken(context.reader, accountId);
  if (storedToken === null) refuse('API_TOKEN_NOT_SET');
  const { ciphertext, ...apiToken } = storedToken;
  if (ciphertext === null || !context.config.apiTokenViewable) return { token: null, apiToken };
  const token = await openOwnToken(context, viewer, ciphertext);
  await transaction(context, viewer, (context) =>
    recordEvent(context, { type: 'API_TOKEN_VIEWED', accountId, sessionId }),
  );
  return { token, apiToken };
}

async function openOwnToken(
  context: RuleContext,
  { accountId, sessionId }: SessionViewer,
  ciphertext: string,
): Promise<string> {
  try {
    return decryptApiToken(context.keys, accountId, ciphertext);
  } catch (error) {
    if (error instanceof DecryptionError)
      await recordEvent(context, { type: 'DECRYPTION_FAILED', outcome: 'REFUSED', accountId, sessionId });
    throw error;
  }
}
