import { hashToken } from '../../crypto/token.js';

/**
 * Buckets for password failures (R-19, R-21, D-12). Unknown devices, each known device, each known network and
 * each session count separately, so neither a flood from unknown devices nor a stolen session locks out the user.
 */
export const passwordBuckets = {
  unknownDevice: (accountId: string) => `password:stranger:${accountId}`,
  /** Counts unknown devices for a day. */
  unknownDeviceDaily: (accountId: string) => `password:stranger-day:${accountId}`,
  knownNetwork: (accountId: string, network: string) => `password:network:${accountId}:${network}`,
  device: (deviceId: string) => `password:device:${deviceId}`,
  session: (sessionId: string) => `password:session:${sessionId}`,
  /**
   * Unknown names lock like existing ones, and the bucket doesn't reveal the name. Only 65,536 buckets exist, so a
   * flood of made-up names can't fill the table.
   */
  unknownName: (canonicalName: string) => `password:unknown:${hashTo16Bits(canonicalName)}`,
  unknownNameDaily: (canonicalName: string) => `password:unknown-day:${hashTo16Bits(canonicalName)}`,
};

const hashTo16Bits = (text: string) => Buffer.from(hashToken(text), 'base64url').toString('hex').slice(0, 4);

/** What a bucket counts: `password`, `second-factor` or `backup-code`. */
export const kindOf = (bucket: string): string => bucket.slice(0, bucket.indexOf(':'));

/** Counts failed authenticator codes of an account, wherever they are entered. It never blocks backup codes. */
export const secondFactorBucket = (accountId: string) => `second-factor:${accountId}`;

/**
 * Counts failed authenticator codes of an account in password recovery, so that whoever reads its email can't lock the
 * app for sign-in.
 */
export const recoveryFactorBucket = (accountId: string) => `second-factor:recovery:${accountId}`;

/** Counts failed backup codes within the user's own sessions; at sign-in each challenge counts its own. */
export const backupCodeBucket = (accountId: string) => `backup-code:session:${accountId}`;
