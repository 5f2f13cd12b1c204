import { canonicalPassword } from '../../text/normalize.js';
import { transaction } from '../../rules/transaction.js';
import type { Tables } from '../../database/read/select.js';
import { refuse, refuseAll, userError } from '../../rules/refuse.js';
import type { RuleContext } from '../../rules/context.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { rotateSession } from '../session/rotate-session.js';
import { validatePassword } from './password-policy.js';
import { verifyOwnPassword } from './verify-password.js';

/** The input of changePassword. */
export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
}

/**
 * Changes the password after verifying the current one. Errors in the new password are reported first. All other
 * sessions, challenges and known devices are revoked; this session continues with a new token.
 */
export async function changePassword(
  context: RuleContext,
  viewer: SessionViewer,
  input: PasswordChange,
): Promise<IssuedSession> {
  const { accountId, sessionId } = viewer;
  refuseAll(await validateChange(context, viewer, input));
  const currentHash = await verifyOwnPassword(context, viewer, input.currentPassword, 'currentPassword');
  const newHash = await context.passwords.hash(input.newPassword);
  return transaction(context, viewer, async (context) => {
    const authVersion = viewer.authVersion + 1;
    if (!(await replacePassword(context, { accountId, authVersion, currentHash, newHash })))
      refuse('INCORRECT_PASSWORD', 'currentPassword');
    await recordEvent(context, { type: 'PASSWORD_CHANGED', accountId, sessionId });
    return rotateSession(context, viewer, { authVersion, steppedUp: false });
  });
}

interface Replacement {
  readonly accountId: string;
  readonly authVersion: number;
  readonly currentHash: string;
  readonly newHash: string;
}

/** @returns false if the password is no longer the one that was verified */
async function replacePassword(
  { em, now }: RuleContext,
  { accountId, authVersion, currentHash, newHash }: Replacement,
): Promise<boolean> {
  const { numUpdatedRows } = await em
    .getKysely<Tables>()
    .updateTable('accounts')
    .set({
      password_hash: newHash,
      password_note_ciphertext: null,
      password_changed_at: now,
      auth_version: authVersion,
    })
    .where('id', '=', accountId)
    .where('password_hash', '=', currentHash)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

async function validateChange(
  { config }: RuleContext,
  { username, email }: SessionViewer,
  { currentPassword, newPassword, confirmPassword }: PasswordChange,
) {
  const errors = await validatePassword(
    { password: newPassword, field: 'newPassword', confirmPassword, username, addresses: [email] },
    config,
  );
  return canonicalPassword(newPassword) === canonicalPassword(currentPassword)
    ? [...errors, userError('PASSWORD_UNCHANGED', 'newPassword')]
    : errors;
}
