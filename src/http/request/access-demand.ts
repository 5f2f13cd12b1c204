import type { Config } from '../../config/config.js';
import type { AccessDemand } from '../../features/service-auth/decide-access.js';
import type { Role } from '../../rules/role.js';

/** What a proxy asks of forward auth. */
export interface ForwardAuthQuery extends AccessDemand {
  /** Whether a browser is sent to the sign-in, by a proxy that passes the response on. */
  readonly redirects: boolean;
}

/** SERVICE accounts can't sign in. */
const demandableRoles: readonly Role[] = ['USER', 'ADMIN', 'ROOT'];

type Settings = Pick<Config, 'identityAudiences'>;

/** The parameters and how each is read; null for a malformed or unknown value. */
const parameters: Readonly<Record<string, (text: string, settings: Settings) => Partial<ForwardAuthQuery> | null>> = {
  role: (text) => {
    const role = demandableRoles.find((known) => known === text);
    return role ? { role } : null;
  },
  max_age: (text) => (/^\d{1,15}$/.test(text) ? { maxAgeSeconds: Number(text) } : null),
  audience: (text, { identityAudiences }) => (identityAudiences.has(text) ? { audience: text } : null),
  redirect: (text) => (text === '1' ? { redirects: true } : null),
};

/**
 * Reads the parameters of forward auth. Null for one that is unknown, repeated or malformed: a mistyped demand must not
 * count as none.
 */
export function readForwardAuthQuery(query: unknown, settings: Settings): ForwardAuthQuery | null {
  let demand: ForwardAuthQuery = { role: null, maxAgeSeconds: null, audience: null, redirects: false };
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    const read = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const part = typeof value === 'string' ? (read?.(value, settings) ?? null) : null;
    if (part === null) return null;
    demand = { ...demand, ...part };
  }
  return demand;
}
