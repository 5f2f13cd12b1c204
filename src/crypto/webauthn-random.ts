import { randomBytes } from 'node:crypto';

/** Length of a challenge and of a user handle (in bytes; ). */
const RANDOM_BYTES = 32;

/** A new WebAuthn challenge or user handle, in base64url. */
export const newWebauthnRandom = (): string => randomBytes(RANDOM_BYTES).toString('base64url');
