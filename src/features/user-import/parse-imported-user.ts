import { z } from 'zod';
import { isImportableHash } from '../../crypto/find-hash-verifier.js';
import { locales, type Locale } from '../../text/locale.js';
import { canonicalUsername } from '../../text/normalize.js';
import { isSafeText } from '../../text/safe-text.js';
import { escapeMisleading } from '../../text/visible-text.js';
import { parseEmailAddress, type EmailAddress } from '../account/email-address.js';
import { validateUsername } from '../username/username.js';

/** A user of another system, in canonical form. */
export interface ImportedUser {
  /** What makes two lines the same user: the ID in the other system, or without one the username. */
  readonly identity: string;
  readonly username: string;
  /** A verified address; null for none. */
  readonly email: EmailAddress | null;
  /** Whether an address was left out, because it isn't verified. */
  readonly leavesOutEmail: boolean;
  readonly role: 'USER' | 'ADMIN';
  readonly status: 'ACTIVE' | 'DISABLED';
  readonly passwordHash: string | null;
  /** Null for the time of the import. */
  readonly createdAt: Date | null;
  readonly locale: Locale | null;
}

/** Why a line can't be imported. It contains no value of the line. */
export interface LineFault {
  /** Null if it isn't about a single field. */
  readonly field: string | null;
  readonly message: string;
}

const string = z.string({ error: ({ input }) => (input === undefined ? 'Is missing.' : 'Must be a string.') });

/** Every field that a line can have. */
const lineFormat = z.strictObject(
  {
    externalId: string.refine(isSafeText, 'Use 1 to 128 characters, without control characters.').nullish(),
    username: string,
    email: string.nullish(),
    emailVerified: z.boolean('Must be true or false.').nullish(),
    role: z
      .enum(
        ['USER', 'ADMIN'],
        'Must be USER or ADMIN. Use "postern admin create" or "postern service create" for others.',
      )
      .nullish(),
    status: z.enum(['ACTIVE', 'DISABLED'], 'Must be ACTIVE or DISABLED.').nullish(),
    passwordHash: string
      .refine(isImportableHash, 'Is not a supported hash, or its parameters cost too much. See docs/moving-in.md.')
      .nullish(),
    createdAt: z.iso
      .datetime({ offset: true, error: 'Must be a time with its zone, such as 2026-11-01T08:00:00Z.' })
      .transform((time) => new Date(time))
      .refine((time) => time.getTime() >= 0, 'Must not be before 1970.')
      .nullish(),
    locale: z.enum(locales, `Must be ${locales.join(' or ')}.`).nullish(),
  },
  'Must be a JSON object.',
);

/** The longest name of an unknown field that is shown. */
const SHOWN_NAME_LENGTH = 40;

/** Parses a line of JSON. Returns all faults that don't depend on the database or on other lines. */
export function parseImportedUser(text: string | null, now: Date): ImportedUser | readonly LineFault[] {
  const json = text === null ? undefined : parseJson(text);
  if (json === undefined) return [{ field: null, message: 'Must be a JSON object in UTF-8 of at most 64 KiB.' }];
  const { success, data, error } = lineFormat.safeParse(json);
  if (!success) return error.issues.flatMap(toFaults);
  const { externalId, email, emailVerified, passwordHash, createdAt, locale } = data;
  const [role, status] = [data.role ?? 'USER', data.status ?? 'ACTIVE'];
  const username = canonicalUsername(data.username);
  const address = email != null && emailVerified === true ? parseEmailAddress(email) : null;
  const faults: LineFault[] = validateUsername(username, role).map(({ message }) => fault('username', message.EN));
  if (email != null && emailVerified === true && address === null)
    faults.push(fault('email', 'Must be a valid email address.'));
  if (createdAt && createdAt > now) faults.push(fault('createdAt', 'Must not be in the future.'));
  if (faults.length > 0) return faults;
  return {
    identity: externalId == null ? `username:${username}` : `id:${externalId}`,
    username,
    email: address,
    leavesOutEmail: email != null && address === null,
    role,
    status,
    passwordHash: passwordHash ?? null,
    createdAt: createdAt ?? null,
    locale: locale ?? null,
  };
}

const fault = (field: string, message: string): LineFault => ({ field, message });

/** JSON; undefined if it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toFaults(issue: z.core.$ZodIssue): LineFault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => fault(escapeMisleading(key.slice(0, SHOWN_NAME_LENGTH)), 'Is not a known field.'));
  const [field] = issue.path;
  return [{ field: field === undefined ? null : String(field), message: issue.message }];
}
