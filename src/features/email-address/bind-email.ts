import { hours } from '../../duration.js';
import { newId } from '../../database/connection/id.js';
import { isUniqueViolation } from '../../database/connection/unique-violation.js';
import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { refuse } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { Viewer } from '../../rules/viewer.js';
import { changeAccount } from '../account/change-account.js';
import { parseEmailAddress } from '../account/email-address.js';
import { withAttempt } from '../attempt/with-attempt.js';
import { recordEvent } from '../security-event/record-event.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { consumeVerification, verificationLimit, type PendingVerification } from './email-verification.js';
import { isVerificationCode } from './verification-code-hash.js';

/** How long the previous address can undo a change, and stays reserved for the account (R-51; in ms). */
const CHANGE_REVERTIBLE_MS = hours(72);

/** What a user types. */
export interface Binding {
  readonly email: string;
  readonly code: string;
}

/**
 * Binds the address that a code was mailed to. What is bound is the address of the request that the code belongs to
 * . The previous address holds until then, and is notified.
 *
 * @returns the address as it is bound
 */
export async function bindEmail(context: RuleContext, viewer: Viewer, input: Binding): Promise<string> {
  const { accountId, sessionId } = viewer;
  const verified = await withAttempt(context, verificationLimit(viewer), (pending) =>
    Promise.resolve(isCorrect(context, viewer, pending, input) ? pending : 'WRONG'),
  );
  if (typeof verified === 'string') return refuse('INVALID_CODE', 'code');
  await transaction(context, viewer, async (context) => {
    if (!(await consumeVerification(context, verified))) refuse('INVALID_CODE', 'code');
    await replaceAddress(context, accountId, verified);
    await recordEvent(context, { type: 'EMAIL_BOUND', accountId, sessionId });
  });
  return verified.email;
}

function isCorrect(
  { keys }: RuleContext,
  { accountId }: Viewer,
  { emailKey, codeHash }: PendingVerification,
  { email, code }: Binding,
): boolean {
  const matches = isVerificationCode(keys, { accountId, emailKey }, codeHash ?? '', code);
  return matches && parseEmailAddress(email)?.key === emailKey;
}

async function replaceAddress(
  context: RuleContext,
  accountId: string,
  { email, emailKey }: PendingVerification,
): Promise<void> {
  const { em, now, mail, caller } = context;
  const previous = await em
    .getKysely<Tables>()
    .selectFrom('accounts')
    .select(['email', 'email_key as emailKey'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  // Of two users who verify one address at the same time, one has it.
  await changeAccount(context, accountId, { email, email_key: emailKey }).catch((error: unknown) => {
    if (isUniqueViolation(error)) refuse('INVALID_CODE', 'code');
    throw error;
  });
  // Read after the index has let the address through: whoever gave it up a moment ago has reserved it by now.
  const reserved = await em.count(EmailChangeEntity, {
    formerEmailKey: emailKey,
    account: { $ne: accountId },
    expiresAt: { $gt: now },
  });
  if (reserved > 0) refuse('INVALID_CODE', 'code');
  if (!previous.email || !previous.emailKey || previous.emailKey === emailKey) return;
  if (await isRevertOf(context, accountId, emailKey)) return;
  const changeId = newId(now);
  await em.insert(EmailChangeEntity, {
    id: changeId,
    account: accountId,
    formerEmail: previous.email,
    formerEmailKey: previous.emailKey,
    newEmail: email,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CHANGE_REVERTIBLE_MS),
  });
  await mail.post(em, { kind: 'EMAIL_CHANGED', changeId, caller });
}

/**
 * Whether the account goes back to an address whose own change can still be undone. Then what came in between gets no
 * way back, and loses those that it had: it may be the mailbox of an intruder whom the user has just locked out.
 */
async function isRevertOf({ em, now }: RuleContext, account: string, previousEmailKey: string): Promise<boolean> {
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
