/** A second factor as somebody offers it: always of one kind, and looked at as no other. */
export interface SecondFactor {
  readonly kind: 'TOTP' | 'BACKUP_CODE';
  /** As it was typed. */
  readonly code: string;
}

/** Whose factor it is, and at which session it is asked for; without one nobody is signed in yet. */
export interface FactorOwner {
  /** The account. */
  readonly id: string;
  readonly sessionId?: string | null;
}
