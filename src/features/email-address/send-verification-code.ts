import { inSeconds, minutes } from '../../duration.js';
import { sql } from 'kysely';
import { parseEmailAddress } from '../account/email-address.js';
import { RateLimitedError } from '../attempt/rate-limits.js';
import { newId } from '../../database/connection/id.js';
import { select, type Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import { CODE_LIFETIME_MS } from './email-verification.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';

/** How long until another code can be requested. */
const RESEND_AFTER_MS = minutes(1);

/** What a client needs while the user waits for the code. */
export interface SentCode {
  readonly expiresAt: Date;
  readonly resendAfter: Date;
}

/**
 * Requests a code for a new address. Result and timing don't depend on the address: if it belongs to another account,
 * only its owner is emailed, without a code. Older codes of the user stop working.
 *
 * @throws {RateLimitedError} within a minute of the last request, and above the hourly limits per IP address and user
 */
export async function sendVerificationCode(
  context: RuleContext,
  viewer: SessionViewer,
  email: string,
): Promise<SentCode> {
  const { now, mail, caller, rateLimits } = context;
  const { accountId, authVersion, sessionId } = viewer;
  if (!mail.isEnabled) refuse('MAIL_OFF');
  const parsed = parseEmailAddress(email) ?? refuse('EMAIL_INVALID', 'email');
  await rejectEarlyResend(context, accountId);
  await rateLimits.take('verification', caller.ip);
  await rateLimits.takeQuota('verificationPerAccount', accountId);
  const id = newId(now);
  const expiresAt = new Date(now.getTime() + CODE_LIFETIME_MS);
  const request = {
    id,
    auth_version: authVersion,
    email: parsed.address,
    email_key: parsed.key,
    code_hash: null,
    attempts: 0,
    created_at: now,
    expires_at: expiresAt,
  };
  await transaction(context, viewer, async (context) => {
    const created = await context.em
      .getKysely<Tables>()
      .insertInto('email_verifications')
      .values({ account_id: accountId, ...request })
      .onConflict((conflict) =>
        conflict
          .column('account_id')
          .doUpdateSet(request)
          .where('email_verifications.created_at', '<=', new Date(now.getTime() - RESEND_AFTER_MS)),
      )
      .returning(sql`1`.as('made'))
      .executeTakeFirst();
    if (!created) throw new RateLimitedError(inSeconds(RESEND_AFTER_MS));
    await mail.post(context.em, { kind: 'VERIFICATION_CODE', verificationId: id, expiresAt: expiresAt.toISOString() });
    await recordEvent(context, { type: 'EMAIL_CODE_SENT', accountId, sessionId });
  });
  return { expiresAt, resendAfter: new Date(now.getTime() + RESEND_AFTER_MS) };
}

const lastRequest = select('last_email_verification', (db, { accountId }: { accountId: string }) =>
  db.selectFrom('email_verifications').where('account_id', '=', accountId).select('created_at as createdAt'),
);

/** Rejects a request that comes too early before it counts against a limit. */
async function rejectEarlyResend({ reader, now }: RuleContext, accountId: string): Promise<void> {
  const [last] = await lastRequest(reader, { accountId });
  const waitMs = last ? last.createdAt.getTime() + RESEND_AFTER_MS - now.getTime() : 0;
  if (waitMs > 0) throw new RateLimitedError(Math.ceil(inSeconds(waitMs)));
}
