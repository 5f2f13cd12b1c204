import { z } from 'zod';
import { invalidValue, RefusedError, userError } from '../../rules/refuse.js';
import { canonicalRange } from '../../net/ip-address.js';
import { canonicalName } from '../../text/normalize.js';
import { callKeyMessages, MAXIMUM_ENTRIES, type CallKeyMessage } from './call-key-messages.js';

/** PostgreSQL stores later dates, but calendars and clients can't handle them. */
const LATEST = new Date('9999-12-31T23:59:59Z');

const messageKey = (message: CallKeyMessage): string => message;

/**
 * Requires a visible character. Rejects control characters, which can forge log lines, and characters that change the
 * text direction.
 */
const name = z
  .string(messageKey('name'))
  .overwrite(canonicalName)
  .regex(
    /^(?=.*[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}])[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]{1,64}$/u,
    messageKey('name'),
  );

const model = z
  .string()
  .overwrite(canonicalName)
  .regex(/^[^\s\p{Cc}\p{Cs}]{1,128}$/u, messageKey('model'));

const range = z.string().transform((text, context) => {
  const canonical = canonicalRange(text);
  if (canonical !== null) return canonical;
  context.addIssue(messageKey('range'));
  return z.NEVER;
});

/** A list without duplicates; null becomes an empty list, which limits nothing. */
const list = <Entry extends z.ZodType<string>>(entry: Entry) =>
  z
    .array(entry)
    .max(MAXIMUM_ENTRIES, messageKey('entries'))
    .nullable()
    .transform((entries) => [...new Set(entries)]);

const quota = z.bigint().nonnegative(messageKey('quota')).nullable();

/** The settings of a call key, named like the input fields; null removes a limit. */
const settingsSchema = (now: Date) =>
  z
    .object({
      name,
      status: z.enum(['ACTIVE', 'DISABLED'], messageKey('status')),
      expiresAt: z.date().min(now, messageKey('past')).max(LATEST, messageKey('tooLate')).nullable(),
      models: list(model),
      allowedIps: list(range),
      quota,
      quotaLeft: quota,
    })
    .partial();

/** Validated settings in canonical form; fields that were not given are absent. */
export type CallKeySettings = z.output<ReturnType<typeof settingsSchema>>;

/** The settings as submitted. */
export type SubmittedCallKeySettings = { readonly [Field in keyof CallKeySettings]?: unknown };

/**
 * Validates submitted settings.
 *
 * @throws {RefusedError} with INVALID_VALUE for each invalid field
 */
export function parseCallKeySettings(submitted: SubmittedCallKeySettings, now: Date): CallKeySettings {
  const result = settingsSchema(now).safeParse(submitted);
  if (!result.success)
    throw new RefusedError(
      result.error.issues.map(({ message, path }) =>
        !(message in callKeyMessages)
          ? userError('INVALID_VALUE', ...path.map(String))
          : invalidValue(callKeyMessages[message as CallKeyMessage], ...path.map(String)),
      ),
    );
  return result.data;
}
