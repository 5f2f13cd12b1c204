import { hashToken, isToken } from '../../crypto/token.js';
import { select, type Reader } from '../../database/read/select.js';
import { noAuthority } from '../../rules/authority.js';
import { transaction } from '../../rules/transaction.js';
import { recordEvent, type EventContext } from '../security-event/record-event.js';
import { hasToken } from './find-access-tokens.js';
import { revoke } from './revoke-access-tokens.js';

/** What the revocation of a presented token needs. There is no session and no other credential. */
type RevocationContext = EventContext & { readonly reader: Reader; readonly deadline: number };

interface Presented {
  readonly tokenHash: string;
  readonly now: Date;
}

const presentedToken = select('presented_access_token', (db, { tokenHash, now }: Presented) =>
  db
    .selectFrom('access_tokens')
    .where(hasToken({ tokenHash, now }))
    .where('revoked_at', 'is', null)
    .select(['id', 'account_id as accountId', 'hint']),
);

/**
 * Revokes an access token for whoever holds it, e.g. whoever found a leaked one (RFC 7009). An old token in its grace
 * period ends the new one too. Everything else is left alone, without telling so.
 */
export async function revokePresentedToken(context: RevocationContext, token: string): Promise<void> {
  if (!isToken('accessToken', token)) return;
  const { now, caller } = context;
  const [presented] = await presentedToken(context.reader, { tokenHash: hashToken(token), now });
  if (!presented) return;
  const { id, accountId, hint } = presented;
  await transaction(
    { ...context, caller: { ...caller, accessTokenId: id } },
    noAuthority,
    async (context) => {
      const revoked = await revoke(context, accountId).where('id', '=', id).execute();
      const event = { type: 'ACCESS_TOKENS_REVOKED', accountId, actorId: null, detail: hint } as const;
      if (revoked.length === 1) await recordEvent(context, event);
    },
    { ids: [accountId] },
  );
}
