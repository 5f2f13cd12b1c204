import { days } from '../../duration.js';
import { hashToken, isToken, newToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import type { Tables } from '../../database/read/select.js';
import type { Sweep } from '../../database/sweep/sweep.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionDelivery } from '../../rules/viewer.js';
import type { Account } from '../account/account.entity.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Factor } from '../session/session.entity.js';
import { TrustedBrowserEntity } from './trusted-browser.entity.js';

/** Maximum number of trusted browsers per account; a new one replaces the one that was unused for longest. */
const MAXIMUM_TRUSTED_BROWSERS = 10;

/** A newly trusted browser with its token, which can't be read again later. */
export interface NewTrust {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What decides whether a browser can be trusted. */
interface TrustRequest {
  readonly role: Account['role'];
  readonly delivery: SessionDelivery;
}

/** Whether trust works at all: never for administrators, and only where a cookie carries it. */
export const canTrust = ({ config }: Pick<RuleContext, 'config'>, { role, delivery }: TrustRequest): boolean =>
  config.trustedBrowserDays > 0 && role === 'USER' && delivery === 'COOKIE';

/** Whether a sign-in with this second factor can make its browser trusted: not with a backup code. */
export const canGiveTrust = (context: Pick<RuleContext, 'config'>, request: TrustRequest, factor: Factor): boolean =>
  canTrust(context, request) && factor !== 'BACKUP_CODE';

/**
 * Trusts the browser of a sign-in, in the transaction that has locked the account. It replaces the trust that the
 * browser had before.
 */
export async function trustBrowser(
  context: RuleContext,
  { id: account, authVersion }: Pick<Account, 'id' | 'authVersion'>,
  previousToken: string | null,
): Promise<NewTrust> {
  const { em, now, caller, config } = context;
  const db = em.getKysely<Tables>();
  if (previousToken !== null && isToken('trustedBrowser', previousToken))
    await db
      .deleteFrom('trusted_browsers')
      .where('token_hash', '=', hashToken(previousToken))
      .where('account_id', '=', account)
      .execute();
  await db
    .deleteFrom('trusted_browsers')
    .where('id', 'in', (browsers) =>
      browsers
        .selectFrom('trusted_browsers')
        .select('id')
        .where('account_id', '=', account)
        .orderBy(({ eb }) => eb('auth_version', '=', authVersion), 'desc')
        .orderBy('last_used_at', 'desc')
        .orderBy('id', 'desc')
        .offset(MAXIMUM_TRUSTED_BROWSERS - 1),
    )
    .execute();
  const token = newToken('trustedBrowser');
  const expiresAt = new Date(now.getTime() + days(config.trustedBrowserDays));
  await em.insert(TrustedBrowserEntity, {
    id: newId(now),
    account,
    tokenHash: hashToken(token),
    authVersion,
    createdAt: now,
    lastUsedAt: now,
    expiresAt,
    ip: caller.ip,
    userAgent: caller.userAgent,
  });
  await recordEvent(context, { type: 'BROWSER_TRUSTED', accountId: account });
  return { token, expiresAt };
}

/** Deletes expired trust. */
export const expiredTrustedBrowsers: Sweep = {
  name: 'trustedBrowsers',
  table: 'trusted_browsers',
  key: 'id',
  expiry: 'expires_at',
};
