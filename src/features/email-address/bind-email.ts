import { newId } from '../../database/connection/id.js';
import { isUniqueViolation } from '../../database/connection/unique-violation.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { changeAccount } from '../account/change-account.js';
import { parseEmailAddress } from '../account/email-address.js';
import { withAttempt } from '../attempt/with-attempt.js';
import { recordEvent } from '../security-event/record-event.js';
import { endEmailedResets } from '../recovery/issue-password-reset.js';
import { endTrust } from '../trusted-browser/use-trusted-browser.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { CHANGE_REVERTIBLE_MS } from './revert-email-change.js';
import { consumeVerification, verificationLimit, type PendingVerification } from './email-verification.js';
import { isVerificationCode } from './verification-code-hash.js';

/** The input of bindEmail, as typed. */
export interface EmailBinding {
  readonly email: string;
  readonly code: string;
}

/**
 * Binds the address that a code was sent to; the address is taken from the request that the code belongs to (R-41,
 * The previous address stays bound until then and gets a notice.
 *
 * @returns the bound address
 */
export async function bindEmail(context: RuleContext, viewer: SessionViewer, input: EmailBinding): Promise<string> {
  const { accountId, sessionId } = viewer;
  const verified = await withAttempt(context, verificationLimit(viewer), (pending) =>
    Promise.resolve(isCorrect(context, viewer, pending, input) ? pending : 'WRONG'),
  );
  if (typeof verified === 'string') return refuse('INVALID_CODE', 'code');
  await transaction(context, viewer, async (context) => {
    if (!(await consumeVerification(context, verified))) refuse('INVALID_CODE', 'code');
    await replaceAddress(context, viewer, verified);
    await recordEvent(context, { type: 'EMAIL_BOUND', accountId, sessionId });
  });
  return verified.email;
}

function isCorrect(
  { keys }: RuleContext,
  { accountId }: SessionViewer,
  { emailKey, codeHash }: PendingVerification,
  { email, code }: EmailBinding,
): boolean {
  const matches = isVerificationCode(keys, { accountId, emailKey }, codeHash ?? '', code);
  return matches && parseEmailAddress(email)?.key === emailKey;
}

async function replaceAddress(
  context: RuleContext,
  { accountId, sessionId }: SessionViewer,
  { email, emailKey }: PendingVerification,
): Promise<void> {
  const { em, now, mail, caller } = context;
  const previous = await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .select(['email', 'email_key as emailKey'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  // If two users verify the same address concurrently, one gets it.
  await changeAccount(context, accountId, { email, email_key: emailKey }).catch((error: unknown) => {
    if (isUniqueViolation(error)) refuse('INVALID_CODE', 'code');
    throw error;
  });
  // Check this after the unique index accepted the address: if another account gave it up concurrently, its reservation
  // is visible by now.
  const reserved = await em.count(EmailChangeEntity, {
    formerEmailKey: emailKey,
    account: { $ne: accountId },
    expiresAt: { $gt: now },
  });
  if (reserved > 0) refuse('INVALID_CODE', 'code');
  if (previous.emailKey === emailKey) return;
  await endEmailedResets(context, accountId);
  await endTrust(context, accountId, sessionId);
  if (!previous.email || !previous.emailKey) return;
  if (await isRevert(context, accountId, emailKey)) return;
  const changeId = newId(now);
  const expiresAt = new Date(now.getTime() + CHANGE_REVERTIBLE_MS);
  await em.insert(EmailChangeEntity, {
    id: changeId,
    account: accountId,
    formerEmail: previous.email,
    formerEmailKey: previous.emailKey,
    newEmail: email,
    createdAt: now,
    expiresAt,
  });
  await mail.post(em, { kind: 'EMAIL_CHANGED', changeId, caller, expiresAt: expiresAt.toISOString() });
}

/**
 * Whether the account returns to a previous address whose change can still be undone. If so, the links of the changes
 * in between become invalid, since those addresses may belong to an intruder.
 */
async function isRevert({ em, now }: RuleContext, account: string, previousEmailKey: string): Promise<boolean> {
  const [earliest] = await em.find(
    EmailChangeEntity,
    { account, formerEmailKey: previousEmailKey, expiresAt: { $gt: now } },
    { fields: ['id'], orderBy: { id: 'asc' }, limit: 1, disableIdentityMap: true },
  );
  if (!earliest) return false;
  await em
    .getKysely<Tables>()
    .deleteFrom('email_changes')
    .where('account_id', '=', account)
    .where('id', '>', earliest.id)
    .execute();
  return true;
}
