import type { AttemptOutcome, Bucket } from '../attempt/attempt-policy.js';

export type SecondFactorKind = 'TOTP' | 'BACKUP_CODE';

/** A second factor as a user offers it: always of one kind, and verified as no other. */
export interface SecondFactor {
  readonly kind: SecondFactorKind;
  /** As it was typed. */
  readonly code: string;
}

/** Whose factor it is, and at which session it is asked for; without one nobody is signed in yet. */
export interface FactorOwner {
  /** The account. */
  readonly id: string;
  readonly sessionId?: string | null;
}

/** A factor that was verified. It earns nothing until it is consumed. */
export interface VerifiedFactor<Context> {
  readonly kind: SecondFactorKind;
  /**
   * Consumes it, once for all purposes, in the transaction of what it earns, which holds the account's
   * row.
   *
   * @returns false where it was consumed since it was verified; nothing has changed then
   */
  consume(context: Context, sessionId: string | null): Promise<boolean>;
}

/** One kind of second factor. `server/second-factors.ts` lists all of them; the context of a rule holds that list. */
export interface SecondFactorMethod<Context> {
  readonly kind: SecondFactorKind;
  /** The bucket that counts attempts within the user's own sessions, where `verify` counts none for the account. */
  readonly sessionBucket?: (accountId: string) => Bucket;
  /**
   * Verifies what was typed. What is malformed costs as much as what is wrong.
   *
   * @returns LOCKED where the account's own counter allows no attempt
   * @throws {HashingOverloaded} whoever took an attempt for it refunds that
   */
  verify(context: Context, owner: FactorOwner, code: string): Promise<AttemptOutcome<VerifiedFactor<Context>>>;
}
