import { sweepAttempts } from './attempt/sweep-attempts.js';
import type { Config } from './config.js';
import { fork, type Database } from './database/database.js';
import { sweepEmail } from './email/sweep-email.js';
import { sweepDeliveries } from './mail/sweep-deliveries.js';
import { sweepPasswordResets } from './recovery/sweep-password-resets.js';
import { sweepSessions } from './session/sweep-sessions.js';
import { sweepChallenges } from './sign-in/sweep-challenges.js';
import { sweepUsage } from './usage/sweep-usage.js';
import { sweepEnrolments } from './two-factor/pending-enrolment.js';
import { sweepReleasedUsernames } from './username/sweep-released-usernames.js';

/** How often what has expired is cleared away (in ms). */
export const SWEEP_INTERVAL_MS = 5 * 60_000;

/**
 * Clears away what has expired, each kind by its own feature, and makes room for the usage of the months ahead. Nothing
 * else depends on it but the size of the tables.
 */
export async function sweep(database: Database, now: Date, { usageRetentionMonths }: Pick<Config, 'usageRetentionMonths'> = { usageRetentionMonths: 0 }): Promise<void> {
  const em = fork(database);
  await sweepAttempts(em, now);
  await sweepSessions(em, now);
  await sweepChallenges(em, now);
  await sweepEnrolments(em, now);
  await sweepReleasedUsernames(em, now);
  await sweepPasswordResets(em, now);
  await sweepEmail(em, now);
  await sweepDeliveries(em, now);
  await sweepUsage(em, now, usageRetentionMonths);
}
