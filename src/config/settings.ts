import { z } from 'zod';
import { InvalidKeyRing, parseKeyRing } from '../crypto/key-ring.js';

/** A whole number in a range, written in digits. */
const whole = (minimum: number, maximum: number, preset: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .default(String(preset))
    .transform(Number)
    .pipe(z.number().min(minimum, `must be at least ${minimum}`).max(maximum, `must be at most ${maximum}`));

const oneOf = <const Choices extends readonly [string, ...string[]]>(values: Choices) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const url = (protocols: RegExp, pattern: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.test(new URL(text).protocol), `must be ${pattern}`);

const webAddress = url(/^https?:$/, 'an http or https address');

/**
 * An address to which paths are appended, as a browser writes an origin: a slash at its end is left out, and so is a
 * port that goes without saying.
 */
const origin = webAddress
  .transform((text) => new URL(text))
  .pipe(
    z
      .instanceof(URL)
      .refine(
        ({ href, origin: itself }) => href === `${itself}/`,
        'must be an origin such as https://account.example.org, without a path, query, fragment or user',
      )
      .transform((address) => address.origin),
  );

const keyRing = z.string().transform((text, context) => {
  try {
    return parseKeyRing(text);
  } catch (error) {
    if (!(error instanceof InvalidKeyRing)) throw error;
    context.addIssue(error.message);
    return z.NEVER;
  }
});

/** A mailbox as a mail names it: `Name <address>`, or an address alone. */
const mailbox = z
  .string()
  .regex(/^(?:[^<>\r\n]{1,64} <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'must be an address, or Name <address>');

/**
 * Every setting that Postern reads, with its meaning, its limits and its default. The table in the README is made
 * from this one. A default that depends on another setting is decided in `config.ts` and told in the description.
 */
export const settings = {
  NODE_ENV: oneOf(['development', 'production', 'test'])
    .default('development')
    .describe('`production` refuses what is only fit for a laptop'),
  PORT: whole(0, 65_535, 4000).describe('TCP port to listen on; 0 takes a free one'),
  HOST: z
    .string()
    .optional()
    .describe(
      'Address to listen on: `127.0.0.1` in development (only loopback is allowed there), `0.0.0.0` in production',
    ),
  PUBLIC_URL: origin
    .optional()
    .describe(
      'Where people reach Postern, e.g. `https://account.example.org`; required in production; `http://localhost:PORT` in development',
    ),
  DATABASE_URL: url(/^postgres(ql)?:$/, 'a postgres:// address')
    .optional()
    .describe(
      'PostgreSQL to keep everything in; `?sslmode=verify-full` at its end asks for TLS, and for a certificate that is trusted. If not set, an embedded database is kept in `DATA_DIR`',
    ),
  DATA_DIR: z.string().min(1).default('./data').describe('Folder of the embedded database; one process at a time'),
  EVENT_SEAL_SECONDS: whole(1, 3_600, 60).describe(
    'How often security events are sealed, and the seal is written to the log (`LOG_LEVEL` must let `info` through)',
  ),
  MIGRATE_ON_START: oneOf(['on', 'off'])
    .default('on')
    .describe(
      'Bring the database up to date at start, under a lock. `off`: only `npm run postern -- migrate` does, and what finds it out of date refuses to work',
    ),
  ENCRYPTION_KEYS: keyRing
    .optional()
    .describe(
      'Keys for what is kept secret, the newest first, as `id:base64,…` (`npm run postern -- keys generate` makes one); required in production; generated into `DATA_DIR` in development',
    ),
  SMTP_URL: url(/^smtps?:$/, 'an smtp:// or smtps:// address')
    .optional()
    .describe(
      'Mail server, e.g. `smtps://user:password@mail.example.org`; one on another machine has to encrypt (`?ignoreTLS=true` does without); required in production unless `MAIL` is off; without it development shows mails at `/dev/mail`',
    ),
  MAIL_FROM: mailbox
    .optional()
    .describe(
      'Who mails come from, e.g. `Example <account@example.org>`; `Postern <postern@HOST>` with the host of `PUBLIC_URL` if not set',
    ),
  MAIL: oneOf(['on', 'off'])
    .default('on')
    .describe('`off`: no mail is ever sent, and nobody can bind an address or recover a password'),
  REGISTRATION: oneOf(['open', 'closed']).default('open').describe('Whether people may sign up by themselves'),
  PASSWORD_MIN_LENGTH: whole(8, 64, 8).describe(
    'Fewest characters of a new password; 15 is recommended where two-factor authentication is not required (NIST SP 800-63B-4)',
  ),
  ARGON2_MEMORY_KIB: whole(19_456, 1_048_576, 65_536).describe('Memory of one password hash, in KiB'),
  ARGON2_ITERATIONS: whole(2, 20, 3).describe('Passes of one password hash'),
  ARGON2_PARALLELISM: whole(1, 16, 4).describe('Lanes of one password hash'),
  SESSION_IDLE_MINUTES: whole(5, 1_440, 60).describe('A session ends after so many minutes without use'),
  SESSION_LIFETIME_HOURS: whole(1, 168, 24).describe(
    'A session ends so many hours after sign-in, however much it is used',
  ),
  SESSION_REMEMBERED_IDLE_HOURS: whole(1, 720, 72).describe('The same idle limit, with “remember me”'),
  SESSION_REMEMBERED_LIFETIME_DAYS: whole(1, 90, 14).describe('The same lifetime, with “remember me”'),
  SESSION_ADMIN_IDLE_MINUTES: whole(5, 1_440, 30).describe(
    'The same idle limit, for ADMIN and ROOT (who are never remembered)',
  ),
  SESSION_ADMIN_LIFETIME_HOURS: whole(1, 168, 12).describe('The same lifetime, for ADMIN and ROOT'),
  SESSIONS_PER_USER: whole(1, 100, 20).describe(
    'Sessions a person can have open; one more ends the one used longest ago',
  ),
  STEP_UP_MINUTES: whole(1, 60, 10).describe(
    'Length of the step-up window: how long sensitive operations stay open after confirming one’s identity',
  ),
  TWO_FACTOR_REQUIRED_FOR: list
    .optional()
    .describe(
      'Roles that need two-factor authentication to use administration: `ADMIN,ROOT` in production, none in development',
    ),
  API_TOKEN_VIEWABLE: oneOf(['true', 'false'])
    .default('true')
    .describe(
      '`false`: an API token is shown once, when it is made, and kept as a hash alone; key rotation then needs each token to be reset',
    ),
  CALL_KEYS_PER_USER: whole(1, 1_000, 50).describe('Call keys (`sk-`) a person can have'),
  TWO_FACTOR_ISSUER: z
    .string()
    .max(64, 'must have at most 64 characters')
    .default('Postern')
    .describe('Name that an authenticator app shows above the codes, e.g. that of the platform'),
  USAGE_RETENTION_MONTHS: whole(0, 1_200, 0).describe(
    'Months of usage logs and totals that are kept besides the current one; older ones are dropped, but for the last two, for which calls may still come in. 0 keeps everything',
  ),
  TRUSTED_PROXIES: list
    .default([])
    .describe('Addresses or CIDR ranges of reverse proxies whose `X-Forwarded-For` is believed, separated by commas'),
  CORS_ORIGINS: list
    .default([])
    .describe('Further origins whose pages may call the API with cookies, separated by commas'),
  INTROSPECTION: oneOf(['on', 'off'])
    .optional()
    .describe('Whether anonymous callers may read the schema: `on` in development, `off` in production'),
  LIMITS: oneOf(['on', 'off'])
    .default('on')
    .describe(
      'Limits by address, and of registrations; `off` is refused in production. Attempts on a proof always count',
    ),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Least severity that is logged'),
  ADMIN_USERNAME: z
    .string()
    .optional()
    .describe('With `ADMIN_PASSWORD_FILE`: makes the first ROOT at start, for automation'),
  ADMIN_PASSWORD_FILE: z.string().optional().describe('File with the first ROOT’s password'),
} satisfies Record<string, z.ZodType>;

/** Settings that hold a secret: each may be given as `NAME_FILE`, the path of a file with the value in it. */
export const secretSettings = [
  'DATABASE_URL',
  'ENCRYPTION_KEYS',
  'SMTP_URL',
] as const satisfies readonly (keyof typeof settings)[];

/** The values of all settings, parsed. */
export type Settings = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]> };
