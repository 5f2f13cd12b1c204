import { z } from 'zod';
import { canonicalEmailDomain, emailKeyOf } from '../../text/normalize.js';

/** An address as mails are sent to it, and the form in which it is compared. */
export interface EmailAddress {
  readonly address: string;
  /** All in lower case: people type their address in any. */
  readonly key: string;
}

/** The longest address that a mail server takes (RFC 5321, 4.5.3.1.3), and the longest part before the @. */
const MAXIMUM_ADDRESS_LENGTH = 254;
const MAXIMUM_LOCAL_PART_LENGTH = 64;

const mailbox = z.email().max(MAXIMUM_ADDRESS_LENGTH);

/**
 * Reads one address as a person typed it; null for what is none. The part before the @ has to be plain ASCII, so that
 * no letter that merely looks like another, or folds into it, leads to somebody else's mailbox; the domain may
 * be in any script, and is kept in its ASCII form (IDNA).
 */
export function parseEmailAddress(text: string): EmailAddress | null {
  const [, local, domain] = /^([\x21-\x3f\x41-\x7e]+)@([^@\s]+)$/.exec(text.trim()) ?? [];
  if (!local || !domain || local.length > MAXIMUM_LOCAL_PART_LENGTH) return null;
  const address = `${local}@${canonicalEmailDomain(domain)}`;
  return mailbox.safeParse(address).success ? { address, key: emailKeyOf(address) } : null;
}

/** What stands before the @: what a password must not be made of. */
export const localPartOf = (address: string): string => address.slice(0, address.lastIndexOf('@'));

/** An address of which only its owner knows the rest, e.g. `a…@example.org`, for a mail that goes to somebody else. */
export const maskEmailAddress = (address: string): string => address.replace(/^(.)[^@]*@/, '$1…@');
