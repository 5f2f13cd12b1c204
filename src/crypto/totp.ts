import { randomBytes } from 'node:crypto';
import { ScureBase32Plugin, verify } from 'otplib';
import { canonicalCode } from '../text/normalize.js';

/** Length of a secret in bytes (RFC 4226, section 4, R6 recommends 160 bits; R-29). */
const SECRET_BYTES = 20;

/** The time step X of RFC 6238, section 4.1. */
const STEP_SECONDS = 30;

/**
 * How far a code may be from the current step, in seconds: one step in each direction, since a phone's clock runs ahead
 * as often as behind (RFC 6238, sections 5.2 and 6; D-4).
 */
const TOLERANCE_SECONDS: [past: number, future: number] = [STEP_SECONDS, STEP_SECONDS];

/** Six ASCII digits. */
const CODE_PATTERN = /^[0-9]{6}$/;

const base32 = new ScureBase32Plugin();

/** A new secret for an authenticator app, from the operating system's random source. */
export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** A secret in the form that users type into an app: base32 without padding (RFC 4648). */
export const encodeTotpSecret = (secret: Buffer): string => base32.encode(secret, { padding: false });

/** A code to verify. */
export interface TotpCheck {
  readonly secret: Buffer;
  /** As the user typed it. */
  readonly code: string;
  readonly now: Date;
  /**
   * The last step that was used; it and all earlier ones are rejected (RFC 6238, section 5.2). Null if none was used.
   */
  readonly lastStep: number | null;
}

/** The time step of a valid code; null for one that is wrong, too far from now, used, or malformed. */
export async function matchTotp({ secret, code, now, lastStep }: TotpCheck): Promise<number | null> {
  const token = canonicalCode(code);
  const epoch = Math.floor(now.getTime() / 1_000);
  const isConsumed = lastStep !== null && lastStep > Math.floor(epoch / STEP_SECONDS);
  if (!CODE_PATTERN.test(token) || isConsumed) return null;
  const result = await verify({
    secret,
    token,
    epoch,
    epochTolerance: TOLERANCE_SECONDS,
    ...(lastStep === null ? {} : { afterTimeStep: lastStep }),
  });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/**
 * The content of a QR code (Google Authenticator's key URI format). Issuer and account are percent-encoded, so that
 * they can't add to or change the URI.
 */
export function otpauthUri({
  issuer,
  account,
  secret,
}: {
  readonly issuer: string;
  readonly account: string;
  readonly secret: Buffer;
}): string {
  const parameters = {
    secret: encodeTotpSecret(secret),
    issuer,
    algorithm: 'SHA1',
    digits: '6',
    period: String(STEP_SECONDS),
  };
  const query = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query}`;
}
