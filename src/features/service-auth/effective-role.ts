import type { Config } from '../../config/config.js';
import { isAdministrator, type Role } from '../../rules/role.js';

/**
 * The role that Postern tells other services (D-10): USER while the account's role requires a second factor that the
 * account lacks.
 */
export function effectiveRole(
  { role, twoFactorEnabledAt }: { readonly role: Role; readonly twoFactorEnabledAt: Date | null },
  { twoFactorRequiredFor }: Pick<Config, 'twoFactorRequiredFor'>,
): Role {
  const lacksFactor = isAdministrator(role) && twoFactorEnabledAt === null && twoFactorRequiredFor.includes(role);
  return lacksFactor ? 'USER' : role;
}
