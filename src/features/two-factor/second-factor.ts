import type { AuthenticationMethod } from '../../rules/authentication-method.js';
import type { SecondFactorKind } from '../../rules/second-factor-kind.js';
import type { AttemptOutcome, Bucket } from '../attempt/attempt-policy.js';

/** A submitted second factor. It is verified only as the given kind. */
export interface SecondFactor {
  readonly kind: SecondFactorKind;
  /** A code as typed; empty for a passkey. */
  readonly code: string;
  /** The AuthenticationResponseJSON of a passkey, unchecked. */
  readonly response?: unknown;
}

/** The account of a factor, and the session that verifies it; null before the user is signed in. */
export interface FactorOwner {
  /** The account ID. */
  readonly id: string;
  readonly sessionId?: string | null;
  /** Whether the factor is for a password reset, whose failures count separately. */
  readonly isRecovery?: boolean;
  /** The sign-in challenge or the hash of the reset token that the factor belongs to, if there is no session. */
  readonly proofId?: string;
  /** Whether the factor must stand for the password too: only a passkey with user verification does (D-2, R-103). */
  readonly isOnlyProof?: boolean;
}

/** A verified factor. It allows nothing until it is consumed. */
export interface VerifiedFactor<Context> {
  readonly kind: SecondFactorKind;
  /** Its authentication methods (RFC 8176). */
  readonly methods: readonly AuthenticationMethod[];
  /**
   * Consumes the factor in a transaction that has locked the account, so that it can't be used again for any purpose
   * (R-26, R-38).
   *
   * @returns false if it was consumed since it was verified; nothing changed then
   */
  consume(context: Context, sessionId: string | null): Promise<boolean>;
}

/** A kind of second factor. `server/second-factors.ts` lists all of them; a rule's context contains that list. */
export interface SecondFactorMethod<Context> {
  readonly kind: SecondFactorKind;
  /** The bucket for attempts in the user's own sessions, for kinds whose `verify` doesn't count per account. */
  readonly sessionBucket?: (accountId: string) => Bucket;
  /**
   * Verifies a submitted factor. Malformed input takes as long as a wrong code.
   *
   * @returns LOCKED if the account's own counter allows no attempt
   * @throws {HashingOverloadedError} callers must refund an attempt they took for it
   */
  verify(context: Context, owner: FactorOwner, factor: SecondFactor): Promise<AttemptOutcome<VerifiedFactor<Context>>>;
}
