import { createHmac, randomBytes } from 'node:crypto';

/** Length of a secret: that of the output of HMAC-SHA-256 (RFC 2104, section 3). */
const SECRET_BYTES = 32;

/** The prefix of a secret as it is shown, and of a signature's version (Standard Webhooks). */
const SECRET_PREFIX = 'whsec_';
const SIGNATURE_VERSION = 'v1';

/** The bytes of a new secret. */
export const newWebhookSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** A secret as receivers are given it: `whsec_` and its base64. */
export const formatWebhookSecret = (secret: Buffer): string => SECRET_PREFIX + secret.toString('base64');

/** What a signature covers. */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** The value of `webhook-signature`: one signature per secret, separated by spaces (Standard Webhooks; R-126). */
export const signWebhook = (secrets: readonly Buffer[], { id, timestamp, body }: SignedMessage): string =>
  secrets
    .map((secret) => createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64'))
    .map((signature) => `${SIGNATURE_VERSION},${signature}`)
    .join(' ');
