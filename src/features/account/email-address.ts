import { z } from 'zod';
import { canonicalEmailDomain, toEmailKey } from '../../text/normalize.js';

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

const mailbox = z.email().max(MAXIMUM_ADDRESS_LENGTH);

/**
 * Parses an address as typed; null if invalid. The local part must be ASCII, so look-alike or case-folding characters
 * can't lead to another mailbox. The domain may use any script and is stored in ASCII form (IDNA). It
 * has only letters, digits, dots and dashes: a parser of URLs would end it at others, or decode them.
 */
export function parseEmailAddress(text: string): EmailAddress | null {
  const [, localPart, domain] =
    /^([\x21-\x3f\x41-\x7e]+)@([\p{L}\p{M}\p{N}.\u3002\uff0e\uff61\u00b7\u200c\u200d-]+)$/u.exec(text.trim()) ?? [];
  if (!localPart || !domain || localPart.length > MAXIMUM_LOCAL_PART_LENGTH) return null;
  const address = `${localPart}@${canonicalEmailDomain(domain)}`;
  return mailbox.safeParse(address).success ? { address, key: toEmailKey(address) } : null;
}

/** The part before the @, which a password must not contain. */
export const getLocalPart = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** Masks an address, e.g. `a…@example.org`, for emails to other recipients. */
export const maskEmailAddress = (address: string): string => address.replace(/^(.)[^@]*@/, '$1…@');
