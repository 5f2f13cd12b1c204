import { passkeyFactor } from '../features/passkey/passkey-factor.js';
import { backupCodes } from '../features/two-factor/backup-codes.js';
import type { SecondFactorMethod } from '../features/two-factor/verify-factor.js';
import { totp } from '../features/two-factor/totp.js';

/** All second factor methods, in the order in which a challenge offers them. */
export const secondFactors: readonly SecondFactorMethod[] = [totp, passkeyFactor, backupCodes];
