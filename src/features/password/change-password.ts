import { AccountEntity } from '../account/account.entity.js';
import { passwordBuckets } from '../attempt/buckets.js';
import { clearAttempts } from '../attempt/clear-attempts.js';
import type { RuleContext } from '../../rules/context.js';
import { recordEvent } from '../security-event/record-event.js';
import type { IssuedSession } from '../session/issue-session.js';
import { proveOwnPassword } from './verify-own-password.js';
import { rotateSession } from '../session/rotate-session.js';
import type { Viewer } from '../../rules/viewer.js';
import { refuse, refuseAll, userError } from '../../rules/refuse.js';
import { canonicalPassword } from '../../text/normalize.js';
import { passwordFaults } from './password-policy.js';

/** What a person fills in, in this order. */
export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly confirmPassword: string;
}

/**
 * Changes the password of who knows the current one. What is wrong with the new one is said before the current one is
 * looked at. Every other session, challenge and known device of the account ends with the change; this session
 * goes on with a new token.
 */
export async function changePassword(
  context: RuleContext,
  viewer: Viewer,
  input: PasswordChange,
): Promise<IssuedSession> {
  const { accountId: id, authVersion } = viewer;
  refuseAll(await faultsOf(context, viewer, input));
  const passwordHash = await proveOwnPassword(context, viewer, input.currentPassword, 'currentPassword');
  const next = await context.passwords.hash(input.newPassword);
  return context.em.transactional(async (em) => {
    const changed = await em.nativeUpdate(
      AccountEntity,
      { id, passwordHash, authVersion },
      {
        passwordHash: next,
        passwordNoteCiphertext: null,
        authVersion: authVersion + 1,
        passwordChangedAt: context.now,
      },
    );
    if (changed === 0) refuse('INCORRECT_PASSWORD', 'currentPassword');
    const session = await rotateSession(em, context, viewer, { authVersion: authVersion + 1, steppedUp: false });
    await clearAttempts(em, passwordBuckets.session(id));
    await recordEvent(em, context, { type: 'PASSWORD_CHANGED', accountId: id, sessionId: session.id });
    return session;
  });
}

async function faultsOf(
  { config }: RuleContext,
  { username, email }: Viewer,
  { currentPassword, newPassword, confirmPassword }: PasswordChange,
) {
  const faults = await passwordFaults(
    { password: newPassword, field: 'newPassword', confirmPassword, username, addresses: [email] },
    config,
  );
  return canonicalPassword(newPassword) === canonicalPassword(currentPassword)
    ? [...faults, userError('PASSWORD_UNCHANGED', 'newPassword')]
    : faults;
}
