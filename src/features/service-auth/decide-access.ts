import { seconds } from '../../duration.js';
import type { RuleContext } from '../../rules/context.js';
import { satisfiesRole, type Role } from '../../rules/role.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { skippedSecondFactor } from '../session/session-lifetime.js';
import { effectiveRole } from './effective-role.js';

/** What a service demands of a session. */
export interface AccessDemand {
  /** The lowest role; null if any will do. */
  readonly role: Role | null;
  /** How long ago the user signed in or confirmed their identity, at most. Null if it doesn't matter. */
  readonly maxAgeSeconds: number | null;
  /** The audience of the identity token that it gets; null if it wants none. */
  readonly audience: string | null;
}

/** Whether a session opens a service, and with which role. */
export type AccessDecision =
  | { readonly outcome: 'ALLOWED'; readonly role: Role }
  | { readonly outcome: 'ROLE_TOO_LOW' }
  | { readonly outcome: 'STEP_UP_REQUIRED' };

/**
 * Decides whether a session opens a service. The role is the effective one (D-10). The age counts from the last time
 * that the user verified every factor, so a session of a trusted browser has none, and gets no identity token
 * (R-111, R-121).
 */
export function decideAccess(
  { config, now }: Pick<RuleContext, 'config' | 'now'>,
  viewer: Pick<SessionViewer, 'role' | 'twoFactorEnabledAt' | 'steppedUpAt' | 'trustedBrowserId'>,
  demand: AccessDemand,
): AccessDecision {
  const role = effectiveRole(viewer, config);
  if (demand.role !== null && !satisfiesRole(role, demand.role)) return { outcome: 'ROLE_TOO_LOW' };
  const ageMs = now.getTime() - viewer.steppedUpAt.getTime();
  if (demand.maxAgeSeconds !== null && ageMs > seconds(demand.maxAgeSeconds)) return { outcome: 'STEP_UP_REQUIRED' };
  if (demand.audience !== null && skippedSecondFactor(viewer)) return { outcome: 'STEP_UP_REQUIRED' };
  return { outcome: 'ALLOWED', role };
}
