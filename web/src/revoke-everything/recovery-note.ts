/** Whether the password was reset on this page, until the user has revoked everything or declined. */
let isNoted = false;

/** Notes that the password was reset. */
export function noteRecovery(): void {
  isNoted = true;
}

/** Forgets it, when the user has decided. */
export function forgetRecovery(): void {
  isNoted = false;
}

/** Whether the password was reset and the user hasn't decided yet. */
export const hasRecovered = (): boolean => isNoted;
