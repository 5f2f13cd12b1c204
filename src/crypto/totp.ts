import { randomBytes } from 'node:crypto';
import { ScureBase32Plugin, verify } from 'otplib';
import { canonicalCode } from '../text/normalize.js';

/** Length of a secret (RFC 4226, section 4, R6: 160 bits recommended; R-29). */
const SECRET_BYTES = 20;

/** The time step X of RFC 6238, section 4.1, in seconds. */
const STEP_SECONDS = 30;

/**
 * How much older than the current step a code may be: one step, for a person who types slowly (RFC 6238, section 5.2),
 * and none that is to come.
 */
const TOLERANCE_SECONDS: [past: number, future: number] = [STEP_SECONDS, 0];

/** Six ASCII digits; `\d` without the flag u matches no others. */
const CODE = /^[0-9]{6}$/;

const base32 = new ScureBase32Plugin();

/** A new secret of an authenticator app, from the operating system's random source. */
export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** A secret as people type it into an app: base32 without padding (RFC 4648). */
export const encodeTotpSecret = (secret: Buffer): string => base32.encode(secret, { padding: false });

/** A code to look at. */
export interface TotpCheck {
  readonly secret: Buffer;
  /** As it was typed. */
  readonly code: string;
  readonly now: Date;
  /**
   * The last step that was used: that one and all before it are refused (RFC 6238, section 5.2). Null where none was.
   */
  readonly lastStep: number | null;
}

/**
 * The time step whose code this is; null for a wrong code, one that is too old or was used, and what is no code at all
 * (R-26 to R-28).
 */
export async function matchTotp({ secret, code, now, lastStep }: TotpCheck): Promise<number | null> {
  const token = canonicalCode(code);
  const epoch = Math.floor(now.getTime() / 1_000);
  const isUsedUp = lastStep !== null && lastStep >= Math.floor(epoch / STEP_SECONDS);
  if (!CODE.test(token) || isUsedUp) return null;
  const found = await verify({
    secret,
    token,
    epoch,
    epochTolerance: TOLERANCE_SECONDS,
    ...(lastStep === null ? {} : { afterTimeStep: lastStep }),
  });
  return found.valid && 'timeStep' in found ? found.timeStep : null;
}

/**
 * What an app reads from a QR code (Google Authenticator's key URI format). Issuer and account are percent-encoded, so
 * that nothing in them is taken for a part of the address.
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
