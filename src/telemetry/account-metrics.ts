import { Counter } from 'prom-client';

/** Security events, by type and outcome. A registry must add it. */
export const securityEvents = new Counter({
  name: 'postern_security_events_total',
  help: 'Security events that this process recorded, by type and outcome.',
  labelNames: ['type', 'outcome'],
  registers: [],
});

/** Steps of sign-ins, by factors and outcome. A registry must add it. */
export const signIns = new Counter({
  name: 'postern_sign_ins_total',
  help: 'Sign-ins, by factors and outcome: SUCCESS, REFUSED, or CHALLENGED if a second factor is asked for.',
  labelNames: ['factors', 'outcome'],
  registers: [],
});

/**
 * Counts a step of a sign-in.
 *
 * @param factors those that the user gave, such as `['PASSWORD', 'TOTP']`
 */
export const countSignIn = (factors: readonly string[], outcome: 'SUCCESS' | 'REFUSED' | 'CHALLENGED'): void =>
  signIns.inc({ factors: factors.join('+'), outcome });

/** Attempts at proofs, by limit and outcome. A registry must add it. */
export const attempts = new Counter({
  name: 'postern_attempts_total',
  help: 'Attempts at proofs, by limit and outcome: VERIFIED, WRONG, LOCKED if none was left, or REFUNDED.',
  labelNames: ['limit', 'outcome'],
  registers: [],
});

/** Emails that were queued. A registry must add it. */
export const queuedMails = new Counter({
  name: 'postern_mail_queued_total',
  help: 'Emails that this process queued.',
  registers: [],
});

// Alerts count these from zero: a counter that begins at 1 shows no increase.
for (const type of ['LOGIN_FAILED', 'SECOND_FACTOR_FAILED', 'ATTEMPTS_LOCKED', 'DECRYPTION_FAILED'])
  securityEvents.inc({ type, outcome: 'REFUSED' }, 0);
