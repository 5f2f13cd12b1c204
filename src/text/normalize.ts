import { domainToASCII } from 'node:url';

// What users type has one form in which it is stored, hashed and compared. Each noun's form is here, and only here.

/** A username: NFKC and lower case, so that full-width letters and capitals name the same account. */
export const canonicalUsername = (typed: string): string => typed.normalize('NFKC').toLowerCase();

/** A password: NFC is the only change ever made to one. It is neither trimmed nor case-folded. */
export const canonicalPassword = (typed: string): string => typed.normalize('NFC');

/** A six-digit code: ASCII spaces are dropped, nothing else is forgiven. */
export const canonicalCode = (typed: string): string => typed.replaceAll(' ', '');

/**
 * A backup code: upper case without dashes and spaces, with O read as 0, and I and L as 1. Only ASCII letters
 * are raised, so that no other letter turns into one of the alphabet.
 */
export const canonicalBackupCode = (typed: string): string =>
  typed
    .replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
    .replaceAll(/[- ]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** The domain of an email address in its ASCII form (IDNA), composed or decomposed alike; '' for none. */
export const canonicalEmailDomain = (typed: string): string => domainToASCII(typed.normalize('NFC'));

/** What email addresses are compared by: lower case. Mail goes to the address itself. */
export const emailKeyOf = (address: string): string => address.toLowerCase();

/** What is searched for, in the form of names and addresses: no control characters, no surrounding blanks. */
export const canonicalSearch = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cc}/gu, '')
    .trim();

/** A reason: one line, without characters that hide what it says. */
export const canonicalReason = (typed: string): string =>
  typed.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();

/** The name of a call key or a model, without surrounding blanks; what may be in it is checked where it is read. */
export const canonicalName = (typed: string): string => typed.trim();
