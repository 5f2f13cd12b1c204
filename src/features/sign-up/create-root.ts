import { newId } from '../../database/connection/id.js';
import { noAuthority } from '../../rules/authority.js';
import type { RuleContext } from '../../rules/context.js';
import { RefusedError } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import { disabledMailbox } from '../mail/mailbox.js';
import { recordEvent } from '../security-event/record-event.js';
import { createAccount } from './create-account.js';
import { validateCredentials } from './credentials-policy.js';

type RootContext = Pick<RuleContext, 'em' | 'passwords' | 'keys' | 'config' | 'now'>;

/**
 * Creates a ROOT for an operator with access to the machine, from the command line or the settings.
 *
 * @returns the error message for an invalid name or password; null on success
 */
export async function createRoot(
  context: RootContext,
  requestedUsername: string,
  password: string,
): Promise<string | null> {
  const { em, passwords, keys, config, now } = context;
  const caller = { ip: null, userAgent: null, requestId: newId(now) };
  try {
    const input = { username: requestedUsername, password, confirmPassword: password };
    const username = await validateCredentials(context, input, 'ROOT');
    const passwordHash = await passwords.hash(password);
    await transaction({ em, caller, now, keys, config, mail: disabledMailbox }, noAuthority, async (context) => {
      const root = { username, passwordHash, role: 'ROOT', locale: null, signsIn: false } as const;
      const { id: accountId } = await createAccount(context, root);
      await recordEvent(context, { type: 'SETUP_COMPLETED', accountId, actorId: null });
    });
    return null;
  } catch (error) {
    if (error instanceof RefusedError) return error.messageIn('EN');
    throw error;
  }
}
