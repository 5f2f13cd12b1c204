import { z } from 'zod';
import { invalidValue, Refused } from '../../rules/refuse.js';
import { canonicalRange } from '../../net/ip-address.js';
import { canonicalName } from '../../text/normalize.js';

/** The most entries that a list of models or addresses has. */
const MAXIMUM_ENTRIES = 100;

/** The database knows later moments; calendars and clients do not. */
const LATEST = new Date('9999-12-31T23:59:59Z');

/**
 * Something to see, no control characters, which forge lines, and none that turn the direction of the text around them
 * (R-68, R-98).
 */
const name = z
  .string('A name cannot be taken away.')
  .overwrite(canonicalName)
  .regex(
    /^(?=.*[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}])[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]{1,64}$/u,
    'A name has 1 to 64 characters, something to see among them, and no control characters.',
  );

const model = z
  .string()
  .overwrite(canonicalName)
  .regex(/^[^\s\p{Cc}\p{Cs}]{1,128}$/u, 'The name of a model has 1 to 128 characters and no spaces.');

const range = z.string().transform((text, context) => {
  const canonical = canonicalRange(text);
  if (canonical !== null) return canonical;
  context.addIssue('This is neither an IP address nor a range such as 203.0.113.0/24 or 2001:db8::/32.');
  return z.NEVER;
});

/** A list of which each entry counts once; none is one that limits nothing. */
const list = <Entry extends z.ZodType<string>>(entry: Entry) =>
  z
    .array(entry)
    .max(MAXIMUM_ENTRIES, `A list has at most ${MAXIMUM_ENTRIES} entries.`)
    .nullable()
    .transform((entries) => [...new Set(entries)]);

const quota = z.bigint().nonnegative('A quota is not less than 0.').nullable();

/** What a call key can be told to be, by the names of the inputs; null takes a limit away. */
const settingsSchema = (now: Date) =>
  z
    .object({
      name,
      status: z.enum(['ACTIVE', 'DISABLED'], 'A key is switched on or off.'),
      expiresAt: z
        .date()
        .min(now, 'This moment is past already. To stop a key at once, switch it off.')
        .max(LATEST, 'This moment is too far away.')
        .nullable(),
      models: list(model),
      allowedIps: list(range),
      quota,
      quotaLeft: quota,
    })
    .partial();

/** A call key as its owner wants it, in the form in which it is kept; what is not there was not given. */
export type CallKeySettings = z.output<ReturnType<typeof settingsSchema>>;

/** The same as it was typed. */
export type SubmittedCallKeySettings = { readonly [Field in keyof CallKeySettings]?: unknown };

/**
 * Reads what was typed of a call key.
 *
 * @throws {Refused} INVALID_VALUE for each fault, at its field
 */
export function parseCallKeySettings(submitted: SubmittedCallKeySettings, now: Date): CallKeySettings {
  const read = settingsSchema(now).safeParse(submitted);
  if (!read.success)
    throw new Refused(read.error.issues.map(({ message, path }) => invalidValue(message, ...path.map(String))));
  return read.data;
}
