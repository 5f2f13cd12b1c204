import { sweepAttempts } from '../features/attempt/sweep-attempts.js';
import type { Config } from '../config/config.js';
import { fork, type Database } from '../database/connection/database.js';
import { eachInTurn } from '../rules/run-all.js';
import { sweepEmail } from '../features/email-address/sweep-email.js';
import { sweepDeliveries } from '../features/mail/sweep-deliveries.js';
import { sweepPasswordResets } from '../features/recovery/sweep-password-resets.js';
import { sweepSessions } from '../features/session/sweep-sessions.js';
import { sweepChallenges } from '../features/sign-in/sweep-challenges.js';
import { sweepUsage } from '../features/usage/sweep-usage.js';
import { sweepEnrolments } from '../features/two-factor/enrolment.js';
import { sweepReleasedUsernames } from '../features/username/sweep-released-usernames.js';

/** How often what has expired is cleared away (in ms). */
export const SWEEP_INTERVAL_MS = 5 * 60_000;

/**
 * Makes room for the usage of the months ahead, and clears away what has expired, each kind by its own feature. Nothing
 * else depends on that but the size of the tables.
 *
 * @throws {AggregateError} with every kind that could not be cleared away, after all of them had their turn
 */
export async function sweep(
  database: Database,
  now: Date,
  { usageRetentionMonths }: Pick<Config, 'usageRetentionMonths'> = { usageRetentionMonths: 0 },
): Promise<void> {
  const em = fork(database);
  await eachInTurn('sweep', {
    usage: () => sweepUsage(em, now, usageRetentionMonths),
    attempts: () => sweepAttempts(em, now),
    sessions: () => sweepSessions(em, now),
    challenges: () => sweepChallenges(em, now),
    enrolments: () => sweepEnrolments(em, now),
    usernames: () => sweepReleasedUsernames(em, now),
    passwordResets: () => sweepPasswordResets(em, now),
    email: () => sweepEmail(em, now),
    mails: () => sweepDeliveries(em, now),
  });
}
