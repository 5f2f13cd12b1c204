import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { hours } from '../../duration.js';
import { AccountEntity } from '../account/account.entity.js';
import { parseEmailAddress } from '../account/email-address.js';
import type { EntityManager } from '../../database/connection/database.js';
import { newId } from '../../database/connection/id.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse } from '../../rules/refuse.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { EmailVerificationEntity } from './email-verification.entity.js';
import { spendCodeAttempt, type TriedVerification } from './spend-code-attempt.js';
import { isVerificationCode } from './verification-code.js';

/** How long the former address can undo a change, and stays reserved for the account (R-51; in ms). */
const CHANGE_REVERTIBLE_MS = hours(72);

/** What a person types. */
export interface Binding {
  readonly email: string;
  readonly code: string;
}

/**
 * Binds the address that a code was mailed to. A try is paid before the code is looked at, and what is bound is the
 * address of the request that the code belongs to. The former address holds until then, and is told.
 *
 * @returns the address as it is bound
 */
export async function bindEmail(context: RuleContext, viewer: Viewer, { email, code }: Binding): Promise<string> {
  const tried = await spendCodeAttempt(context, viewer);
  if (!tried || !isProven(context, viewer, tried, { email, code })) refuse('INVALID_CODE', 'code');
  await context.em.transactional(async (em) => {
    const used = await em.nativeDelete(EmailVerificationEntity, { id: tried.id, codeHash: tried.codeHash });
    if (used === 0) refuse('INVALID_CODE', 'code');
    await replaceAddress(em, context, viewer, tried);
    await recordEvent(em, context, { type: 'EMAIL_BOUND', accountId: viewer.accountId, sessionId: viewer.sessionId });
  });
  return tried.email;
}

function isProven(
  { keys }: RuleContext,
  { accountId }: Viewer,
  { emailKey, codeHash }: TriedVerification,
  { email, code }: Binding,
): boolean {
  const isRight = isVerificationCode(keys, { accountId, emailKey }, codeHash ?? '', code);
  return isRight && parseEmailAddress(email)?.key === emailKey;
}

async function replaceAddress(
  em: EntityManager,
  context: RuleContext,
  { accountId: id, authVersion }: Viewer,
  { email, emailKey }: TriedVerification,
): Promise<void> {
  const { now, mail, caller } = context;
  const former = await em.findOneOrFail(
    AccountEntity,
    { id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, disableIdentityMap: true },
  );
  // Of two people who prove one address at once, one has it.
  const replaced = await em
    .nativeUpdate(AccountEntity, { id, authVersion }, { email, emailKey })
    .catch((error: unknown) => {
      if (error instanceof UniqueConstraintViolationException) refuse('INVALID_CODE', 'code');
      throw error;
    });
  // A change of the password, or of the address from its former mailbox, may have come in since the request began
  //
  if (replaced === 0) refuse('INVALID_CODE', 'code');
  // Looked at after the index has let the address through: whoever gave it up a moment ago has reserved it by now.
  const reserved = await em.count(EmailChangeEntity, {
    formerEmailKey: emailKey,
    account: { $ne: id },
    expiresAt: { $gt: now },
  });
  if (reserved > 0) refuse('INVALID_CODE', 'code');
  if (!former.email || !former.emailKey || former.emailKey === emailKey) return;
  if (await isGoingBack(em, context, id, emailKey)) return;
  const changeId = newId(now);
  await em.insert(EmailChangeEntity, {
    id: changeId,
    account: id,
    formerEmail: former.email,
    formerEmailKey: former.emailKey,
    newEmail: email,
    createdAt: now,
    expiresAt: new Date(now.getTime() + CHANGE_REVERTIBLE_MS),
  });
  await mail.post(em, { kind: 'EMAIL_CHANGED', changeId, caller });
}

/**
 * Whether the account goes back to an address whose own change can still be undone. Then what came in between gets no
 * way back, and loses the ways that it had: it may be the mailbox of somebody whom the person has just thrown out.
 */
async function isGoingBack(
  em: EntityManager,
  { now }: RuleContext,
  account: string,
  formerEmailKey: string,
): Promise<boolean> {
  const [earliest] = await em.find(
    EmailChangeEntity,
    { account, formerEmailKey, expiresAt: { $gt: now } },
    { fields: ['id'], orderBy: { id: 'asc' }, limit: 1, disableIdentityMap: true },
  );
  if (!earliest) return false;
  await em.nativeDelete(EmailChangeEntity, { account, id: { $gt: earliest.id } });
  return true;
}
