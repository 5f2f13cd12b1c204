import { z } from 'zod';
import { canonicalRange } from '../net/ip-address.js';
import { canonicalName } from '../text/normalize.js';
import { safeNamePattern } from '../text/safe-name.js';
import { invalidValue, RefusedError, userError, type UserError } from './refuse.js';
import type { UserErrorMessage } from './user-error-messages.js';

/** Maximum number of entries of one list, e.g. of addresses. */
const MAXIMUM_ENTRIES = 100;

/** The error messages of settings. Zod schemas refer to them by name, since their messages must be strings. */
export const credentialMessages = {
  name: {
    EN: 'Use 1–64 visible characters, without control characters.',
    ZH: '请使用 1–64 个可见字符，不能包含控制字符。',
    details: { minLength: 1, maxLength: 64 },
  },
  range: {
    EN: 'Enter an IP address or range, such as 203.0.113.0/24.',
    ZH: '请输入 IP 地址或网段，例如 203.0.113.0/24。',
  },
  entries: {
    EN: `Enter at most ${MAXIMUM_ENTRIES} entries.`,
    ZH: `最多输入 ${MAXIMUM_ENTRIES} 项。`,
    details: { limit: MAXIMUM_ENTRIES },
  },
} as const satisfies Readonly<Record<string, UserErrorMessage>>;

const messageKey = (message: keyof typeof credentialMessages): string => message;

/** The name of a credential. */
export const credentialName = z
  .string(messageKey('name'))
  .overwrite(canonicalName)
  .regex(safeNamePattern, messageKey('name'));

const range = z.string().transform((text, context) => {
  const canonical = canonicalRange(text);
  if (canonical !== null) return canonical;
  context.addIssue(messageKey('range'));
  return z.NEVER;
});

/** A list without duplicates; null becomes an empty list, which limits nothing. */
export const list = <Entry extends z.ZodType<string>>(entry: Entry) =>
  z
    .array(entry)
    .max(MAXIMUM_ENTRIES, messageKey('entries'))
    .nullable()
    .transform((entries) => [...new Set(entries)]);

/** Addresses and ranges, in canonical CIDR notation (RFC 4632, RFC 5952). */
export const ipRanges = list(range);

type Messages = Readonly<Record<string, UserErrorMessage>>;

/**
 * Validates submitted settings.
 *
 * @param messages the messages that the schema refers to by name
 * @throws {RefusedError} with INVALID_VALUE for each invalid field
 */
export function parseSettings<Schema extends z.ZodType>(
  schema: Schema,
  submitted: unknown,
  messages: Messages,
): z.output<Schema> {
  const result = schema.safeParse(submitted);
  if (!result.success) throw new RefusedError(toUserErrors(result.error, messages));
  return result.data;
}

/** The errors of submitted settings, to be refused together with others. */
export function findSettingErrors(schema: z.ZodType, submitted: unknown, messages: Messages): UserError[] {
  const { error } = schema.safeParse(submitted);
  return error ? toUserErrors(error, messages) : [];
}

const toUserErrors = ({ issues }: z.ZodError, messages: Messages): UserError[] =>
  issues.map(({ message, path }) => {
    const field = path.map(String);
    const known = messages[message];
    return known ? invalidValue(known, ...field) : userError('INVALID_VALUE', ...field);
  });
