import { z } from 'zod';
import { canonicalEmailDomain, canonicalEmailInput, toEmailKey } from '../../text/normalize.js';

/** An email address as used for sending, and its key for comparison. */
export interface EmailAddress {
  readonly address: string;
  /** Lowercase, because users type their address in any case. */
  readonly key: string;
}

/**
 * Maximum length of an address that mail servers accept (RFC 5321, section 4.5.3.1.3), and of the part before the @.
 */
const MAXIMUM_ADDRESS_LENGTH = 254;
const MAXIMUM_LOCAL_PART_LENGTH = 64;

/** A domain below a top-level domain, which has a letter (RFC 3696, section 2); no IP address. */
const BELOW_TOP_LEVEL = /\.(?=[\d-]*[a-z])[a-z\d-]+$/;

/** The format that the schema names (HTML Standard); zod's own is narrower. */
const mailbox = z.string().max(MAXIMUM_ADDRESS_LENGTH).regex(z.regexes.html5Email).regex(BELOW_TOP_LEVEL);

/** Atoms and dots (RFC 5321, section 4.1.2, Dot-string), and a domain of letters, digits, dots and dashes. */
const TYPED =
  /^([\x21-\x2d\x2f-\x3f\x41-\x7e]+(?:\.[\x21-\x2d\x2f-\x3f\x41-\x7e]+)*)@([\p{L}\p{M}\p{N}.\u3002\uff0e\uff61\u00b7\u200c\u200d-]+)$/u;

/**
 * Parses an address as typed; null if invalid. The local part must be ASCII, so look-alike or case-folding characters
 * can't lead to another mailbox. The domain may use any script and is stored in ASCII form (IDNA). It
 * has only letters, digits, dots and dashes: a parser of URLs would end it at others, or decode them.
 */
export function parseEmailAddress(text: string): EmailAddress | null {
  const [, localPart, typedDomain] = TYPED.exec(canonicalEmailInput(text)) ?? [];
  if (!localPart || !typedDomain || localPart.length > MAXIMUM_LOCAL_PART_LENGTH) return null;
  const address = `${localPart}@${canonicalEmailDomain(typedDomain)}`;
  return mailbox.safeParse(address).success ? { address, key: toEmailKey(address) } : null;
}

/** The part before the @, which a password must not contain. */
export const getLocalPart = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** Masks an address, e.g. `a…@example.org`, for emails to other recipients. */
export const maskEmailAddress = (address: string): string => address.replace(/^(.)[^@]*@/, '$1…@');
