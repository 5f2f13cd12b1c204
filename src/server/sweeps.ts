import { minutes } from '../duration.js';
import { fork, type Database } from '../database/connection/database.js';
import { deleteExpired, type Sweep, type SweepSettings } from '../database/sweep/sweep.js';
import { expiredAttempts } from '../features/attempt/attempt-policy.js';
import { expiredVerifications } from '../features/email-address/email-verification.js';
import { expiredEmailChanges } from '../features/email-address/revert-email-change.js';
import { staleDeliveries } from '../features/mail/delivery/deliver-mail.js';
import { expiredPasskeyChallenges } from '../features/passkey/challenges.js';
import { expiredPasswordResets } from '../features/recovery/issue-password-reset.js';
import { endedSigningKeys } from '../features/service-auth/signing-keys.js';
import { expiredNetworks } from '../features/session/known-network.js';
import { expiredSessions } from '../features/session/session-lifetime.js';
import { expiredChallenges } from '../features/sign-in/open-challenge.js';
import { expiredTrustedBrowsers } from '../features/trusted-browser/trust-browser.js';
import { expiredEnrolments } from '../features/two-factor/enrolment.js';
import { usageMonths } from '../features/usage/sweep-usage.js';
import { expiredReservations } from '../features/username/released-username.js';
import { oldWebhookDeliveries } from '../features/webhook/find-webhook-deliveries.js';
import { expiredWebhookSecrets } from '../features/webhook/stored-webhook-secret.js';
import { runAll } from '../rules/run-all.js';

/** How often a process sweeps. */
export const SWEEP_INTERVAL_MS = minutes(5);

/**
 * All sweeps, in this order. The months of usage come first, since recording calls needs them. Deleted accounts are
 * erased on their own schedule (docs/decisions/028-sweeps.md).
 */
export const sweeps: readonly Sweep[] = [
  usageMonths,
  expiredAttempts,
  expiredSessions,
  expiredNetworks,
  expiredChallenges,
  expiredPasskeyChallenges,
  expiredTrustedBrowsers,
  expiredEnrolments,
  expiredReservations,
  expiredPasswordResets,
  expiredVerifications,
  expiredEmailChanges,
  endedSigningKeys,
  expiredWebhookSecrets,
  oldWebhookDeliveries,
  staleDeliveries,
];

/**
 * Deletes expired rows to limit the size of tables. Rules don't depend on it: they never accept an expired row.
 *
 * @throws {AggregateError} that names every failed sweep, after all of them have run
 */
export async function sweep(
  database: Database,
  now: Date,
  settings: SweepSettings = { usageRetentionMonths: 0 },
): Promise<void> {
  const em = fork(database);
  const run = (item: Sweep) => ('run' in item ? item.run(em, now, settings) : deleteExpired(em, item, now));
  await runAll('sweep', Object.fromEntries(sweeps.map((item) => [item.name, () => run(item)])));
}
