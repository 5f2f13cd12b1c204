import { z } from 'zod';
import { InvalidKeyRingError, parseKeyRing } from '../crypto/key-ring.js';
import { isSafeText } from '../text/safe-text.js';
import { parseIdentityAudiences } from './identity-audiences.js';
import { parseKeyValues } from './key-values.js';

/** An integer in a range, written in decimal digits. */
const integerBetween = (minimum: number, maximum: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(minimum, `must be at least ${minimum}`).max(maximum, `must be at most ${maximum}`));

const integer = (minimum: number, maximum: number, defaultValue: number) =>
  integerBetween(minimum, maximum).default(defaultValue);

/** A number from 0 to 1, written in decimal digits. */
const share = z
  .string()
  .regex(/^(?:0|1|0?\.\d{1,6}|1\.0+)$/, 'must be a number from 0 to 1, such as 0.1')
  .transform(Number);

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

const url = (protocol: RegExp, pattern: string, ifUnreadable = `must be ${pattern}`) =>
  z
    .string()
    .refine((text) => protocol.test(text), { error: `must be ${pattern}`, abort: true })
    .refine((text) => URL.canParse(text), { error: ifUnreadable, abort: true });

/** What usually breaks a URL with a password: an unencoded `/` ends the host, and a part of the password becomes it. */
const UNREADABLE = "can't be read; encode special characters in the password: @ as %40, / as %2F, # as %23";

const databaseAddress = url(/^postgres(ql)?:/, 'a postgres:// URL', UNREADABLE);

const mailServer = url(/^smtps?:/, 'an smtp:// or smtps:// URL', UNREADABLE).refine(
  (text) => /^\/?$/.test(new URL(text).pathname),
  UNREADABLE,
);

/** A scheme and a host, and perhaps a port. */
const syslogReceiver = url(/^(?:udp|tcp|tls):\/\//, 'a udp://, tcp:// or tls:// URL').refine((text) => {
  const { hostname, host, protocol, href } = new URL(text);
  return hostname !== '' && (href === `${protocol}//${host}` || href === `${protocol}//${host}/`);
}, 'must be a URL such as tls://siem.example.org:6514, without a path, query, fragment or user');

const webAddress = url(/^https?:/i, 'an http or https URL');

/** A base URL for appending paths. Like a browser's origin, it omits a trailing slash and a default port. */
const origin = webAddress
  .transform((text) => new URL(text))
  .pipe(
    z
      .instanceof(URL)
      .refine(
        ({ href, origin: urlOrigin }) => href === `${urlOrigin}/`,
        'must be an origin such as https://account.example.org, without a path, query, fragment or user',
      )
      .transform((address) => address.origin),
  );

/** The base URL of a receiver of OTLP. Its user and password belong into a header. */
const otlpEndpoint = webAddress.refine((text) => {
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === '');
}, "can't contain a user, a query or a fragment; send credentials with OTEL_EXPORTER_OTLP_HEADERS");

const keyValues = z.string().transform((text, context) => {
  const pairs = parseKeyValues(text);
  if (pairs !== null) return pairs;
  context.addIssue('must be pairs such as key1=value1,key2=value2, with percent-encoded values');
  return z.NEVER;
});

const keyRing = z.string().transform((text, context) => {
  try {
    return parseKeyRing(text);
  } catch (error) {
    if (!(error instanceof InvalidKeyRingError)) throw error;
    context.addIssue(error.message);
    return z.NEVER;
  }
});

/**
 * The sender of an email: `Name <address>`, or just an address. The address has none of the characters that separate or
 * group addresses in a header (RFC 5322, section 3.4).
 */
const mailbox = z
  .string()
  .regex(
    /^(?:(?!\s)[^<>\p{Cc}]{1,64} <[^<>@\s,;:"()\\]+@[^<>@\s,;"()\\]+>|[^<>@\s,;:"()\\]+@[^<>@\s,;"()\\]+)$/u,
    'must be an email address, or Name <address>',
  );

/** A URI for `security.txt`: an address becomes a mailto one (RFC 9116, section 2.5.3). */
const securityContact = z
  .string()
  .regex(/^(?:https:\/\/|mailto:)\S+$|^[^\s:/]+@[^\s:/]+$/, 'must be an email address or an https URL')
  .transform((text) => (/^(?:https|mailto):/.test(text) ? text : `mailto:${text}`));

const identityAudiences = list.transform((entries, context) => {
  const audiences = parseIdentityAudiences(entries);
  if (typeof audiences !== 'string') return audiences;
  context.addIssue(
    `contains ${audiences}, which is repeated, or is not a name such as billing or billing:email+username`,
  );
  return z.NEVER;
});

/** The issuer in the URI of an authenticator app, whose label is `issuer:account` (Google's Key Uri Format). */
const issuer = z
  .string()
  .max(64, 'must have at most 64 characters')
  .refine((text) => !text.includes(':'), "can't contain a colon, which ends it in the QR code")
  .refine((text) => text.trim() === text && text !== '', "can't be blank, or begin or end with a space")
  .refine(isSafeText, "can't contain control characters");

/**
 * Every setting, with its meaning, limits and default. The table in the README is generated from this one. A default
 * that depends on another setting is computed in `config.ts` and stated in the description.
 */
export const settings = {
  NODE_ENV: oneOf(['development', 'production', 'test'])
    .default('development')
    .describe('`production` rejects settings that are safe only for development'),
  PORT: integer(0, 65_535, 4000).describe('TCP port to listen on; 0 picks a free one'),
  POSTERN_HOST: z
    .string()
    .optional()
    .describe('Address to listen on: `127.0.0.1` in development (which allows only loopback), `0.0.0.0` in production'),
  POSTERN_PUBLIC_URL: origin
    .optional()
    .describe(
      'Public URL of this server, e.g. `https://account.example.org`; required in production; `http://localhost:PORT` in development',
    ),
  DATABASE_URL: databaseAddress
    .optional()
    .describe(
      'PostgreSQL database for all data; append `?sslmode=verify-full` to require TLS with a trusted certificate. If not set, an embedded database in `POSTERN_DATA_DIR` is used',
    ),
  POSTERN_DATABASE_POOLER: oneOf(['none', 'transaction'])
    .default('none')
    .describe(
      '`transaction`: `DATABASE_URL` leads to a pooler that keeps no sessions, such as PgBouncer with `pool_mode = transaction`; requires `POSTERN_DATABASE_SESSION_URL`',
    ),
  POSTERN_DATABASE_SESSION_URL: databaseAddress
    .optional()
    .describe(
      'The same database without a pooler of transactions, for migrations and the job queue (up to 3 connections per process)',
    ),
  POSTERN_DATABASE_POOL_SIZE: integer(10, 500, 10).describe(
    'Connections per process for changes, at `DATABASE_URL`; reads and health take up to 8 more, and the job queue 3. With `POSTERN_DATABASE_POOLER=transaction`, reads take up to 10',
  ),
  POSTERN_DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder of the embedded database; only one process can use it at a time'),
  POSTERN_DATA_MIN_FREE_MIB: integer(0, 1_048_576, 64).describe(
    'Free disk space in MiB that the embedded database requires in `POSTERN_DATA_DIR`. Below it the database is read-only, and `/readyz` says so. 0 turns the check off',
  ),
  POSTERN_EVENT_SEAL_SECONDS: integer(1, 3_600, 60).describe(
    'How often security events are sealed and the seal is logged (`POSTERN_LOG_LEVEL` must include `info`)',
  ),
  POSTERN_MIGRATE_ON_START: oneOf(['on', 'off'])
    .default('on')
    .describe(
      'Migrate the database at start, under a lock. `off`: only `postern migrate` migrates, and the server and commands refuse to use an outdated database',
    ),
  POSTERN_ENCRYPTION_KEYS: keyRing
    .optional()
    .describe(
      'Keys that encrypt secrets, newest first, as `id:base64,…` (generate one with `postern keys generate`); required in production; generated in `POSTERN_DATA_DIR` in development',
    ),
  POSTERN_SMTP_URL: mailServer
    .optional()
    .describe(
      'Mail server, e.g. `smtps://user:password@mail.example.org`; one on another machine must use encryption (`?ignoreTLS=true` turns that off); required in production unless `POSTERN_MAIL` is off; if not set in development, emails are shown at `/dev/mail`',
    ),
  POSTERN_MAIL_FROM: mailbox
    .optional()
    .describe(
      'Sender of emails, e.g. `Example <account@example.org>`; if not set, `Postern <postern@HOST>` with the host of `POSTERN_PUBLIC_URL`',
    ),
  POSTERN_MAIL: oneOf(['on', 'off'])
    .default('on')
    .describe('`off`: no email is ever sent, and users can’t bind an email address or recover a password'),
  POSTERN_REGISTRATION: oneOf(['open', 'closed']).default('open').describe('Whether sign-up is open'),
  POSTERN_PASSWORD_MIN_LENGTH: integer(8, 64, 8).describe(
    'Minimum length of a new password in characters; 15 is recommended where two-factor authentication is not required (NIST SP 800-63B-4)',
  ),
  POSTERN_ARGON2_MEMORY_KIB: integer(19_456, 1_048_576, 65_536).describe('Memory per password hash, in KiB'),
  POSTERN_ARGON2_ITERATIONS: integer(2, 20, 3).describe('Passes per password hash'),
  POSTERN_ARGON2_PARALLELISM: integer(1, 16, 4).describe('Lanes per password hash'),
  POSTERN_SESSION_IDLE_MINUTES: integer(5, 1_440, 60).describe('Minutes without use after which a session expires'),
  POSTERN_SESSION_LIFETIME_HOURS: integer(1, 168, 24).describe(
    'Hours after sign-in at which a session expires, even if it is in use',
  ),
  POSTERN_SESSION_REMEMBERED_IDLE_HOURS: integer(1, 720, 72).describe('Idle limit with “remember me”, in hours'),
  POSTERN_SESSION_REMEMBERED_LIFETIME_DAYS: integer(1, 90, 14).describe('Lifetime with “remember me”, in days'),
  POSTERN_SESSION_ADMIN_IDLE_MINUTES: integer(5, 1_440, 30).describe(
    'Idle limit for ADMIN and ROOT, in minutes (“remember me” never applies to them)',
  ),
  POSTERN_SESSION_ADMIN_LIFETIME_HOURS: integer(1, 168, 12).describe('Lifetime for ADMIN and ROOT, in hours'),
  POSTERN_SESSIONS_PER_USER: integer(1, 100, 20).describe(
    'Maximum sessions per user; one more revokes one that was never used, or the least recently used one',
  ),
  POSTERN_STEP_UP_MINUTES: integer(1, 60, 10).describe(
    'Length of the step-up window: how long sensitive operations stay available after the user confirmed their identity',
  ),
  POSTERN_TWO_FACTOR_REQUIRED_FOR: list
    .optional()
    .describe(
      'Roles that must turn on two-factor authentication to use administration: `ADMIN,ROOT` in production, none in development. An empty value means none',
    ),
  POSTERN_API_TOKEN_VIEWABLE: oneOf(['true', 'false'])
    .default('true')
    .describe(
      '`false`: an API token is shown once, when it is created, and stored only as a hash; rotating the encryption keys then requires resetting each token',
    ),
  POSTERN_CALL_KEYS_PER_USER: integer(1, 1_000, 50).describe('Maximum call keys (`sk-`) per user'),
  POSTERN_ACCESS_TOKEN_MAX_DAYS: integer(1, 3_650, 366).describe('Longest lifetime of an access token, in days'),
  POSTERN_TWO_FACTOR_ISSUER: issuer
    .default('Postern')
    .describe('Name that authenticator apps show above the codes, e.g. the name of the platform'),
  POSTERN_PASSKEYS: oneOf(['on', 'off'])
    .default('on')
    .describe(
      '`off`: no passkey can be added or sign in; existing ones still count as a second factor. They need https or `localhost`, and no bare IP address',
    ),
  POSTERN_PASSKEY_RP_ID: z
    .string()
    .optional()
    .describe(
      'The domain that passkeys belong to (RP ID): the host of `POSTERN_PUBLIC_URL`, or a domain above it, e.g. `example.org`. Another one later makes all passkeys useless',
    ),
  POSTERN_PASSKEY_RP_NAME: issuer
    .optional()
    .describe('Name that passkey providers show; if not set, `POSTERN_TWO_FACTOR_ISSUER`'),
  POSTERN_PASSKEY_ORIGINS: list
    .default([])
    .describe('Additional origins whose pages may use passkeys, comma-separated; each within `POSTERN_PASSKEY_RP_ID`'),
  POSTERN_TRUSTED_BROWSER_DAYS: integer(0, 90, 0).describe(
    'Days for which users may skip the second step of a sign-in in a browser they trust; never for administrators. 0: each sign-in asks for both factors',
  ),
  POSTERN_USAGE_RETENTION_MONTHS: integer(0, 1_200, 0).describe(
    'Months of usage logs and totals to keep besides the current one. Older months are dropped, except the last two, which can still receive calls. 0 keeps everything',
  ),
  POSTERN_EVENT_RETENTION_MONTHS: integer(0, 1_200, 0).describe(
    'Months of security events to keep besides the current one. Older ones are deleted once they are sealed, and sent to webhooks and `POSTERN_SYSLOG_URL`. 0 keeps everything',
  ),
  POSTERN_SYSLOG_URL: syslogReceiver
    .optional()
    .describe(
      'Syslog receiver of sealed security events (RFC 5424): `tls://siem.example.org`, `tcp://` or `udp://`; the ports are 6514, 601 and 514 unless it names another one. UDP loses messages in silence',
    ),
  POSTERN_TRUSTED_PROXIES: list
    .default([])
    .describe('Addresses or CIDR ranges of reverse proxies whose `X-Forwarded-For` is trusted, comma-separated'),
  POSTERN_WEBHOOK_ALLOWED_NETWORKS: list
    .default([])
    .describe(
      'Addresses or CIDR ranges that webhooks may lead to although they aren’t public, comma-separated, e.g. `10.20.0.0/16`. In development, `127.0.0.1` also allows http to this machine',
    ),
  POSTERN_CORS_ORIGINS: list
    .default([])
    .describe('Additional origins that may call the API with cookies, comma-separated'),
  POSTERN_RETURN_ORIGINS: list
    .default([])
    .describe(
      'Origins of services behind forward auth, comma-separated; sign-in leads back to them. In production each is an https origin or `http://localhost`. While this or `POSTERN_IDENTITY_AUDIENCES` is set, no username is ever given to another account',
    ),
  POSTERN_COOKIE_DOMAIN: z
    .string()
    .optional()
    .describe(
      'Domain of the cookie `postern_gate`, which lets forward auth protect other hosts: the host of `POSTERN_PUBLIC_URL` or a domain above it, e.g. `example.org`. Every host below it receives the cookie. Not set: there is no such cookie',
    ),
  POSTERN_IDENTITY_AUDIENCES: identityAudiences
    .default(new Map())
    .describe(
      'Services that accept identity tokens, comma-separated, e.g. `console,billing:email+username`. Tokens for `billing` then contain the email address and the username; without these words only the ID. Not set: there are no identity tokens',
    ),
  POSTERN_SECURITY_CONTACT: securityContact
    .optional()
    .describe(
      'Email address or https URL for reports of vulnerabilities, served at `/.well-known/security.txt` (RFC 9116); without it, that file does not exist',
    ),
  POSTERN_INTROSPECTION: oneOf(['on', 'off'])
    .optional()
    .describe('Whether anonymous callers may read the schema: `on` in development, `off` in production'),
  POSTERN_FEDERATION: oneOf(['on', 'off'])
    .default('off')
    .describe('`on`: the API is also a subgraph of Apollo Federation 2, with `_service` and `_entities`'),
  POSTERN_LIMITS: oneOf(['on', 'off'])
    .default('on')
    .describe(
      'Rate limits per address and for registrations; can’t be `off` in production. Attempts to verify passwords and codes are always limited',
    ),
  POSTERN_MAX_CONCURRENT_REQUESTS: integer(10, 100_000, 4_000).describe(
    'Requests that one process handles at the same time. Beyond it, callers get SERVICE_UNAVAILABLE immediately',
  ),
  POSTERN_MAX_CONCURRENT_REQUESTS_PER_ACCOUNT: integer(1, 10_000, 100).describe(
    'Requests of one account that one process handles at the same time, and half as many of one session; service accounts have no such limit',
  ),
  POSTERN_MAX_WAITING_SIGN_INS: integer(1, 10_000, 64).describe(
    'Requests with a password that wait for their turn in one process, up to 5 seconds; networks take turns. Known devices, sessions and password resets have separate queues of this length',
  ),
  POSTERN_MAX_WAITING_CHANGES: integer(1, 10_000, 256).describe(
    'Other mutations that wait for their turn in one process, up to 5 seconds; accounts and IP addresses take turns',
  ),
  POSTERN_LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Lowest severity that is logged'),
  POSTERN_LOG_SAMPLE: share
    .default(1)
    .describe(
      'Share of successful requests that are logged, from `0` to `1`; all others are logged, whatever this says',
    ),
  POSTERN_LOG_ADDRESS: oneOf(['off', 'truncated', 'full'])
    .default('truncated')
    .describe(
      'The IP address in the log line of a request: `truncated` to its network (IPv4 /24, IPv6 /48), `full`, or `off`',
    ),
  POSTERN_METRICS_TOKEN: z
    .string()
    .regex(/^[\w-]{32,}$/, 'must have at least 32 characters, only letters, digits, - and _')
    .optional()
    .describe(
      'Bearer token that `/metrics` requires, e.g. of `openssl rand -hex 32`; without it and `POSTERN_METRICS_PORT`, metrics are off in production, and for requests from this machine in development',
    ),
  POSTERN_METRICS_PORT: integerBetween(0, 65_535)
    .optional()
    .describe('TCP port of a separate listener for `/metrics`, which is then not served at `PORT`; 0 picks a free one'),
  POSTERN_METRICS_HOST: z
    .string()
    .optional()
    .describe(
      'Address to listen on at `POSTERN_METRICS_PORT`: `127.0.0.1`. Other machines that reach another address can read the metrics unless `POSTERN_METRICS_TOKEN` is set',
    ),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint
    .optional()
    .describe(
      'Base URL of a receiver of OpenTelemetry traces (OTLP over HTTP), e.g. `http://localhost:4318`; spans are sent to `/v1/traces` below it. Not set: nothing is traced',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: keyValues
    .optional()
    .describe(
      'Headers for the receiver, as `name=value,…` with percent-encoded values, e.g. `Authorization=Bearer%20…`',
    ),
  OTEL_EXPORTER_OTLP_PROTOCOL: oneOf(['http/protobuf', 'http/json'])
    .default('http/protobuf')
    .describe('Encoding of spans; gRPC is not supported'),
  OTEL_EXPORTER_OTLP_TIMEOUT: integer(100, 60_000, 10_000).describe(
    'How long an export may take with its retries, in milliseconds',
  ),
  OTEL_SERVICE_NAME: z
    .string()
    .max(255, 'must have at most 255 characters')
    .refine(isSafeText, "can't contain control characters")
    .optional()
    .describe('Name of the service in traces: `postern`'),
  OTEL_RESOURCE_ATTRIBUTES: keyValues
    .optional()
    .describe('Attributes of this process in traces, e.g. `deployment.environment.name=production`'),
  OTEL_TRACES_SAMPLER: oneOf([
    'always_on',
    'always_off',
    'traceidratio',
    'parentbased_always_on',
    'parentbased_always_off',
    'parentbased_traceidratio',
  ])
    .default('parentbased_always_on')
    .describe('Which traces are recorded; `parentbased_…` follows a client that sent `traceparent`'),
  OTEL_TRACES_SAMPLER_ARG: share.default(1).describe('Share of traces that the `…traceidratio` samplers record'),
  OTEL_TRACES_EXPORTER: oneOf(['otlp', 'none']).default('otlp').describe('`none`: nothing is traced'),
  OTEL_SDK_DISABLED: z
    .string()
    .toLowerCase()
    .pipe(oneOf(['true', 'false']))
    .default('false')
    .describe('`true`: nothing is traced'),
  POSTERN_ADMIN_USERNAME: z
    .string()
    .optional()
    .describe('With `POSTERN_ADMIN_PASSWORD_FILE`: username of the first ROOT, created at start, for automation'),
  POSTERN_ADMIN_PASSWORD_FILE: z.string().optional().describe('File that contains the password of the first ROOT'),
} satisfies Record<string, z.ZodType>;

/** Settings that contain a secret. Each can be given as `NAME_FILE`, the path of a file that contains the value. */
export const secretSettings = [
  'DATABASE_URL',
  'POSTERN_DATABASE_SESSION_URL',
  'POSTERN_ENCRYPTION_KEYS',
  'POSTERN_SMTP_URL',
  'POSTERN_METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const satisfies readonly (keyof typeof settings)[];

/** The parsed values of all settings. */
export type Settings = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]> };
