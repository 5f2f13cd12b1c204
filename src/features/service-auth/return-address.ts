import type { Config } from '../../config/config.js';

/** The longest address that a sign-in leads to, in characters. */
const MAXIMUM_LENGTH = 2_048;

/** Parsers ignore or replace some of these, so that the address would be another one than it seems. */
const ambiguousCharacters = /[\s\\\p{Cc}\p{Cf}]/u;

/** `https:` with any number of slashes is a valid URL, and so is `blob:` with the origin of a page. */
const absoluteAddress = /^https?:\/\/[^/?#@]+(?:[/?#]|$)/i;

/**
 * The address that a sign-in may lead to: an absolute URL without userinfo, whose origin is one of `RETURN_ORIGINS`.
 * Null for anything else (open redirects; R-123).
 *
 * @returns the address as a parser writes it, so that a browser goes exactly where was checked
 */
export function findReturnAddress(
  text: string | null,
  { returnOrigins }: Pick<Config, 'returnOrigins'>,
): string | null {
  if (text === null || text.length > MAXIMUM_LENGTH) return null;
  if (ambiguousCharacters.test(text) || !absoluteAddress.test(text)) return null;
  const url = URL.parse(text);
  return url && returnOrigins.includes(url.origin) && url.href.length <= MAXIMUM_LENGTH ? url.href : null;
}

/** Where a user signs in. */
export interface SignInDestination {
  /** An address that `findReturnAddress` allowed. */
  readonly returnAddress: string | null;
  /** Whether a user who is signed in confirms their identity first. */
  readonly stepUp: boolean;
}

/** Parameters of the sign-in view. */
export const RETURN_PARAMETER = 'return_to';
const STEP_UP_PARAMETER = 'step_up';

/** The address of the sign-in view, which leads back to a service. It is plain ASCII. */
export function signInAddress(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  { returnAddress, stepUp }: SignInDestination,
): string {
  const address = new URL('/sign-in', publicUrl);
  if (returnAddress !== null) address.searchParams.set(RETURN_PARAMETER, returnAddress);
  if (stepUp) address.searchParams.set(STEP_UP_PARAMETER, '1');
  return address.href;
}
