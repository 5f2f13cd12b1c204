import { hashToken } from '../../crypto/token.js';

/**
 * Where password failures are counted. Strangers, each known device, and the person's own sessions count
 * apart, so that a flood from strangers keeps nobody out who was in before.
 */
export const passwordBuckets = {
  unknownDevice: (accountId: string) => `password:stranger:${accountId}`,
  device: (deviceId: string) => `password:device:${deviceId}`,
  session: (accountId: string) => `password:session:${accountId}`,
  /**
   * A name that nobody has locks as one that somebody has; its place tells nothing of the name. There are 65,536 such
   * places, so that a flood of made-up names cannot fill the table.
   */
  unknownName: (canonicalName: string) => `password:unknown:${sixteenBits(canonicalName)}`,
};

const sixteenBits = (text: string) => Buffer.from(hashToken(text), 'base64url').toString('hex').slice(0, 4);

/**
 * Where failures of an account's authenticator codes are counted, whatever asked for them. A backup code is
 * never kept out by it.
 */
export const secondFactorBucket = (accountId: string) => `second-factor:${accountId}`;

/**
 * Where backup codes that are tried within the person's own sessions are counted; at sign-in each challenge counts its
 * own.
 */
export const backupCodeBucket = (accountId: string) => `backup-code:session:${accountId}`;
