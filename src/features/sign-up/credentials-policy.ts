import type { Role } from '../../rules/role.js';
import { validatePassword } from '../password/password-policy.js';
import type { RuleContext } from '../../rules/context.js';
import { refuseAll } from '../../rules/refuse.js';
import { canonicalUsername } from '../../text/normalize.js';
import { validateUsername } from '../username/username.js';

/** The username and password of a new account, as typed. */
export interface NewCredentials {
  readonly username: string;
  readonly password: string;
  readonly confirmPassword: string;
}

/**
 * Validates username and password of a new account, and refuses with all errors.
 *
 * @returns the canonical username
 */
export async function validateCredentials(
  { config }: Pick<RuleContext, 'config'>,
  { username, password, confirmPassword }: NewCredentials,
  chooserRole: Role = 'USER',
): Promise<string> {
  const canonical = canonicalUsername(username);
  refuseAll([
    ...validateUsername(canonical, chooserRole),
    ...(await validatePassword(
      { password, confirmPassword, field: 'password', username: canonical, addresses: [] },
      config,
    )),
  ]);
  return canonical;
}
