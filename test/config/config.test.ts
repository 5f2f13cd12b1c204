import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from '../../src/config/config.js';
import { settings } from '../../src/config/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = 'first:KUZqLQ4PVJfD1ioZ0mGZG7kPFUI4bYqHfMn2uHEsUKQ=';
const production = {
  NODE_ENV: 'production',
  POSTERN_PUBLIC_URL: 'https://account.example.org',
  POSTERN_ENCRYPTION_KEYS: key,
  POSTERN_SMTP_URL: 'smtps://mail.example.org',
};

/** The faults in some settings; empty when they are valid. */
function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('listens only on loopback, and uses an embedded database, by default', () => {
  expect(loadConfig({})).toMatchObject({
    environment: 'development',
    host: '127.0.0.1',
    port: 4000,
    publicUrl: 'http://localhost:4000',
    secureCookies: false,
    introspection: true,
    registrationOpen: true,
    allowedOrigins: ['http://localhost:4000'],
    trustedProxies: [],
    twoFactorRequiredFor: [],
    stepUpMs: 600_000,
    database: {
      url: undefined,
      migrateOnStart: true,
      directory: expect.stringMatching(/[\\/]data$/),
      minFreeBytes: 64 * 2 ** 20,
    },
    password: { minimumLength: 8 },
    argon2: { memoryKib: 65_536, iterations: 3, parallelism: 4 },
  });
});

test('uses the required session lifetimes and limits by default (R-55)', () => {
  const [minute, hour, day] = [60, 3_600, 86_400];
  expect(loadConfig({}).session).toEqual({
    ordinary: { idleSeconds: hour, lifetimeSeconds: 24 * hour },
    remembered: { idleSeconds: 72 * hour, lifetimeSeconds: 14 * day },
    administrator: { idleSeconds: 30 * minute, lifetimeSeconds: 12 * hour },
    perUser: 20,
  });
});

test('listens on all addresses, hides the schema and requires 2FA for administrators in production', () => {
  expect(loadConfig(production)).toMatchObject({
    host: '0.0.0.0',
    secureCookies: true,
    introspection: false,
    twoFactorRequiredFor: ['ADMIN', 'ROOT'],
    allowedOrigins: ['https://account.example.org'],
  });
});

const numbers: [name: string, least: number, most: number][] = [
  ['POSTERN_CALL_KEYS_PER_USER', 1, 1_000],
  ['POSTERN_DATA_MIN_FREE_MIB', 0, 1_048_576],
  ['POSTERN_EVENT_RETENTION_MONTHS', 0, 1_200],
  ['PORT', 0, 65_535],
  ['POSTERN_METRICS_PORT', 0, 65_535],
  ['POSTERN_PASSWORD_MIN_LENGTH', 8, 64],
  ['POSTERN_ARGON2_MEMORY_KIB', 19_456, 1_048_576],
  ['POSTERN_ARGON2_ITERATIONS', 2, 20],
  ['POSTERN_ARGON2_PARALLELISM', 1, 16],
  ['POSTERN_SESSION_IDLE_MINUTES', 5, 1_440],
  ['POSTERN_SESSION_LIFETIME_HOURS', 1, 168],
  ['POSTERN_SESSION_REMEMBERED_IDLE_HOURS', 1, 720],
  ['POSTERN_SESSION_REMEMBERED_LIFETIME_DAYS', 1, 90],
  ['POSTERN_SESSION_ADMIN_IDLE_MINUTES', 5, 1_440],
  ['POSTERN_SESSION_ADMIN_LIFETIME_HOURS', 1, 168],
  ['POSTERN_SESSIONS_PER_USER', 1, 100],
  ['POSTERN_STEP_UP_MINUTES', 1, 60],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', 100, 60_000],
];

test.each(numbers)('accepts for %s only whole numbers from %d to %d', (name, least, most) => {
  for (const value of [least, most]) expect(faultsOf({ [name]: String(value) })).toEqual([]);
  expect(faultsOf({ [name]: String(most + 1) })).toEqual([`${name} must be at most ${most}`]);
  if (least > 0) expect(faultsOf({ [name]: String(least - 1) })).toEqual([`${name} must be at least ${least}`]);
  for (const value of ['-1', '1.5', '1e3', '0x10', 'ten', ' 8', '8 ', '∞', 'NaN'])
    expect(faultsOf({ [name]: value })[0]).toBe(`${name} must be a whole number`);
});

test('accepts for POSTERN_LOG_SAMPLE only numbers from 0 to 1', () => {
  for (const value of ['0', '1', '0.1', '.5', '1.0']) expect(faultsOf({ POSTERN_LOG_SAMPLE: value })).toEqual([]);
  for (const value of ['-0.1', '1.1', '2', '1e-3', '10%', 'NaN', ' 1'])
    expect(faultsOf({ POSTERN_LOG_SAMPLE: value })).toEqual([
      'POSTERN_LOG_SAMPLE must be a number from 0 to 1, such as 0.1',
    ]);
});

const choices: [name: string, values: string[], wrong: string][] = [
  ['NODE_ENV', ['development', 'test'], 'staging'],
  ['POSTERN_MIGRATE_ON_START', ['on', 'off'], 'yes'],
  ['POSTERN_REGISTRATION', ['open', 'closed'], 'OPEN'],
  ['POSTERN_INTROSPECTION', ['on', 'off'], 'true'],
  ['POSTERN_FEDERATION', ['on', 'off'], 'yes'],
  ['POSTERN_LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'verbose'],
  ['POSTERN_LOG_ADDRESS', ['off', 'truncated', 'full'], 'on'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', ['http/protobuf', 'http/json'], 'grpc'],
  ['OTEL_TRACES_SAMPLER', ['always_on', 'traceidratio', 'parentbased_always_on'], 'sometimes'],
  ['OTEL_TRACES_EXPORTER', ['otlp', 'none'], 'console'],
  ['OTEL_SDK_DISABLED', ['true', 'TRUE', 'false'], 'yes'],
];

test.each(choices)('accepts for %s the value %j but not %s', (name, values, wrong) => {
  for (const value of values) expect(faultsOf({ [name]: value })).toEqual([]);
  expect(faultsOf({ [name]: wrong })).toEqual([
    expect.stringMatching(new RegExp(`^${name} must be one of ${values[0]}`)),
  ]);
});

const credentials = "can't contain a user, a query or a fragment; send credentials with OTEL_EXPORTER_OTLP_HEADERS";
const pairs = 'must be pairs such as key1=value1,key2=value2, with percent-encoded values';
const unreadable = "can't be read; encode special characters in the password: @ as %40, / as %2F, # as %23";

test.each([
  ['POSTERN_PUBLIC_URL', 'account.example.org', 'must be an http or https URL'],
  ['POSTERN_PUBLIC_URL', 'ftp://account.example.org', 'must be an http or https URL'],
  ['POSTERN_PUBLIC_URL', 'javascript:alert(1)', 'must be an http or https URL'],
  ['DATABASE_URL', 'mysql://localhost/postern', 'must be a postgres:// URL'],
  ['DATABASE_URL', 'localhost', 'must be a postgres:// URL'],
  ['DATABASE_URL', 'postgres://a:p/w@host/b', unreadable],
  ['POSTERN_SMTP_URL', 'smtp://a:p@ss/w@mail.example.org', unreadable],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'must be an http or https URL'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://a:b@collector:4318', credentials],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318/?key=b', credentials],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization', pairs],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=c', pairs],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%0d%0ab', pairs],
  ['OTEL_RESOURCE_ATTRIBUTES', 'a=%zz', pairs],
  ['OTEL_TRACES_SAMPLER_ARG', '10%', 'must be a number from 0 to 1, such as 0.1'],
  ['OTEL_SERVICE_NAME', 'a\u0007b', "can't contain control characters"],
])('rejects the setting %s=%s', (name, value, fault) => {
  expect(faultsOf({ [name]: value })).toEqual([`${name} ${fault}`]);
});

test.each([
  ['udp://siem.example.org', 'udp', 'siem.example.org', 514],
  ['tcp://siem.example.org/', 'tcp', 'siem.example.org', 601],
  ['tls://siem.example.org', 'tls', 'siem.example.org', 6514],
  ['tls://[2001:db8::1]:7000', 'tls', '2001:db8::1', 7000],
])('accepts %s as POSTERN_SYSLOG_URL', (url, transport, host, port) => {
  expect(loadConfig({ ...production, POSTERN_SYSLOG_URL: url }).syslog).toEqual({
    transport,
    host,
    port,
    hostname: 'account.example.org',
  });
});

test.each(['tls://', 'tls://a/b', 'tls://user@a', 'tls://a?b', 'tls://a#b'])(
  'rejects %s as POSTERN_SYSLOG_URL',
  (url) => {
    expect(faultsOf({ POSTERN_SYSLOG_URL: url })).toEqual([
      'POSTERN_SYSLOG_URL must be a URL such as tls://siem.example.org:6514, without a path, query, fragment or user',
    ]);
  },
);

test.each(['siem.example.org:514', 'https://siem.example.org'])('rejects %s as a syslog receiver', (url) => {
  expect(faultsOf({ POSTERN_SYSLOG_URL: url })).toEqual(['POSTERN_SYSLOG_URL must be a udp://, tcp:// or tls:// URL']);
});

test('accepts only an origin as POSTERN_PUBLIC_URL, and removes a trailing slash', () => {
  for (const POSTERN_PUBLIC_URL of [
    'https://account.example.org',
    'https://account.example.org/',
    'HTTPS://Account.Example.org:443/',
  ]) {
    expect(loadConfig({ ...production, POSTERN_PUBLIC_URL })).toMatchObject({
      publicUrl: 'https://account.example.org',
      allowedOrigins: ['https://account.example.org'],
    });
  }
  for (const more of ['/path', '/path/', '//', '/?', '?query=1', '/#', '#fragment']) {
    expect(faultsOf({ ...production, POSTERN_PUBLIC_URL: `https://account.example.org${more}` })).toEqual([
      'POSTERN_PUBLIC_URL must be an origin such as https://account.example.org, without a path, query, fragment or user',
    ]);
  }
  for (const user of ['user@', 'user:password@', ':password@']) {
    expect(faultsOf({ ...production, POSTERN_PUBLIC_URL: `https://${user}account.example.org` })).toEqual([
      expect.stringMatching(/^POSTERN_PUBLIC_URL must be an origin /),
    ]);
  }
});

test('requires long, random and uniquely named encryption keys in production (R-92)', () => {
  expect(faultsOf({ ...production, POSTERN_ENCRYPTION_KEYS: '' })).toEqual([
    expect.stringContaining('POSTERN_ENCRYPTION_KEYS is required in production'),
  ]);
  expect(faultsOf({ ...production, POSTERN_ENCRYPTION_KEYS: 'first:c2hvcnQ=' })).toEqual([
    'POSTERN_ENCRYPTION_KEYS contains the key first of 5 bytes; a key must have 32',
  ]);
  expect(
    faultsOf({ ...production, POSTERN_ENCRYPTION_KEYS: `first:${Buffer.alloc(32, 'example-').toString('base64')}` }),
  ).toEqual(['POSTERN_ENCRYPTION_KEYS contains the key first, which is not random']);
  expect(faultsOf({ ...production, POSTERN_ENCRYPTION_KEYS: 'a secret phrase' })).toEqual([
    'POSTERN_ENCRYPTION_KEYS must list keys as id:base64, separated by commas; "postern keys generate" prints one',
  ]);
  expect(faultsOf({ ...production, POSTERN_ENCRYPTION_KEYS: ' , ' })).toEqual([
    'POSTERN_ENCRYPTION_KEYS contains no key',
  ]);
  expect(faultsOf({ ...production, POSTERN_ENCRYPTION_KEYS: `${key},${key}` })).toEqual([
    'POSTERN_ENCRYPTION_KEYS contains two keys with the same ID',
  ]);
  expect(faultsOf({ ...production, POSTERN_ENCRYPTION_KEYS: `${key},older${key.slice(5)}` })).toEqual([]);
});

test('requires a mail server in production unless mail is turned off', () => {
  expect(faultsOf({ ...production, POSTERN_SMTP_URL: '' })).toEqual([
    expect.stringContaining('POSTERN_SMTP_URL is required in production'),
  ]);
  expect(faultsOf({ ...production, POSTERN_SMTP_URL: '', POSTERN_MAIL: 'off' })).toEqual([]);
  expect(faultsOf({ ...production, POSTERN_SMTP_URL: 'mail.example.org' })).toEqual([
    'POSTERN_SMTP_URL must be an smtp:// or smtps:// URL',
  ]);
});

test('sends mail from POSTERN_MAIL_FROM, or by default from an address at the host of POSTERN_PUBLIC_URL', () => {
  expect(loadConfig(production).mail.from).toBe('Postern <postern@account.example.org>');
  expect(loadConfig({ ...production, POSTERN_MAIL_FROM: 'Example <account@example.org>' }).mail.from).toBe(
    'Example <account@example.org>',
  );
  for (const from of ['nobody', 'a@b, c@d', 'Example <a@b>\nBcc: c@d'])
    expect(faultsOf({ POSTERN_MAIL_FROM: from })).toEqual([
      'POSTERN_MAIL_FROM must be an email address, or Name <address>',
    ]);
});

test('requires POSTERN_PUBLIC_URL in production, with https unless it is localhost', () => {
  expect(faultsOf({ ...production, POSTERN_PUBLIC_URL: '' })).toEqual([
    expect.stringContaining('POSTERN_PUBLIC_URL is required in production'),
  ]);
  expect(faultsOf({ ...production, POSTERN_PUBLIC_URL: 'http://account.example.org' })).toEqual([
    'POSTERN_PUBLIC_URL must be an https URL in production',
  ]);
  expect(faultsOf({ ...production, POSTERN_PUBLIC_URL: 'http://localhost.example.org' })).toEqual([
    'POSTERN_PUBLIC_URL must be an https URL in production',
  ]);
  expect(faultsOf({ ...production, POSTERN_PUBLIC_URL: 'http://localhost:4000' })).toEqual([]);
});

test('rejects a POSTERN_HOST that isn’t loopback outside production (R-95)', () => {
  for (const POSTERN_HOST of ['0.0.0.0', '::', '192.168.1.10', 'example.org', '10.0.0.1', 'localhost.example.org']) {
    for (const NODE_ENV of ['development', 'test'])
      expect(faultsOf({ NODE_ENV, POSTERN_HOST })).toEqual([
        expect.stringContaining(`POSTERN_HOST ${POSTERN_HOST} is not a loopback address`),
      ]);
    expect(faultsOf({ ...production, POSTERN_HOST })).toEqual([]);
  }
  for (const POSTERN_HOST of ['127.0.0.1', '127.9.9.9', '::1', 'localhost', '::ffff:127.0.0.1'])
    expect(faultsOf({ POSTERN_HOST })).toEqual([]);
});

test('accepts a long POSTERN_METRICS_TOKEN, and POSTERN_METRICS_HOST only with POSTERN_METRICS_PORT (R-95)', () => {
  const token = 'a'.repeat(32);
  expect(loadConfig({}).metrics).toEqual({ token: null, port: null, host: '127.0.0.1' });
  expect(
    loadConfig({
      ...production,
      POSTERN_METRICS_TOKEN: token,
      POSTERN_METRICS_PORT: '9100',
      POSTERN_METRICS_HOST: '::',
    }).metrics,
  ).toEqual({ token, port: 9_100, host: '::' });
  for (const wrong of ['a'.repeat(31), `${token}=`, `${token} `, `${token}\n`, `${token}é`])
    expect(faultsOf({ POSTERN_METRICS_TOKEN: wrong })).toEqual([
      'POSTERN_METRICS_TOKEN must have at least 32 characters, only letters, digits, - and _',
    ]);
  expect(faultsOf({ POSTERN_METRICS_HOST: '127.0.0.1' })).toEqual([
    'POSTERN_METRICS_HOST requires POSTERN_METRICS_PORT',
  ]);
  expect(faultsOf({ POSTERN_METRICS_PORT: '4000' })).toEqual(['POSTERN_METRICS_PORT must be another port than PORT']);
  expect(faultsOf({ POSTERN_METRICS_PORT: '4001', POSTERN_METRICS_HOST: '0.0.0.0' })).toEqual([
    expect.stringContaining('POSTERN_METRICS_HOST 0.0.0.0 is not a loopback address'),
  ]);
  expect(faultsOf({ PORT: '0', POSTERN_METRICS_PORT: '0' })).toEqual([]);
});

test('POSTERN_TRUSTED_PROXIES accepts only addresses and CIDR ranges (R-22)', () => {
  expect(loadConfig({ POSTERN_TRUSTED_PROXIES: ' 10.0.0.0/8, 192.0.2.1 ,2001:db8::/32,, ' }).trustedProxies).toEqual([
    '10.0.0.0/8',
    '192.0.2.1',
    '2001:db8::/32',
  ]);
  for (const proxy of [
    'proxy.example.org',
    '10.0.0.0/33',
    '*',
    'loopback',
    '999.1.1.1',
    'true',
    '1',
    '127',
    '0x7f.1',
    '10.1',
  ]) {
    expect(faultsOf({ POSTERN_TRUSTED_PROXIES: `192.0.2.1,${proxy}` })).toEqual([
      `POSTERN_TRUSTED_PROXIES contains ${proxy}, which is not an IP address or CIDR range`,
    ]);
  }
});

test('POSTERN_WEBHOOK_ALLOWED_NETWORKS accepts only addresses and ranges (R-127)', () => {
  expect(loadConfig({}).webhookAllowedNetworks).toEqual([]);
  expect(loadConfig({ POSTERN_WEBHOOK_ALLOWED_NETWORKS: '10.20.0.0/16, ::1' }).webhookAllowedNetworks).toEqual([
    '10.20.0.0/16',
    '::1',
  ]);
  for (const network of ['localhost', '10', '10.0.0.0/33', '*'])
    expect(faultsOf({ POSTERN_WEBHOOK_ALLOWED_NETWORKS: network })).toEqual([
      `POSTERN_WEBHOOK_ALLOWED_NETWORKS contains ${network}, which is not an IP address or CIDR range`,
    ]);
});

test('POSTERN_CORS_ORIGINS accepts only origins: no asterisk, no null, no path (R-83)', () => {
  expect(loadConfig({ POSTERN_CORS_ORIGINS: 'https://app.example.org, http://localhost:5173' })).toMatchObject({
    corsOrigins: ['https://app.example.org', 'http://localhost:5173'],
    allowedOrigins: ['http://localhost:4000', 'https://app.example.org', 'http://localhost:5173'],
  });
  for (const origin of [
    '*',
    'null',
    'app.example.org',
    'https://app.example.org/',
    'https://app.example.org/path',
    'https://*.example.org',
    'HTTPS://app.example.org',
    'https://user@app.example.org',
    'data:text/html',
    'file:///',
  ]) {
    expect(faultsOf({ POSTERN_CORS_ORIGINS: origin })).toEqual([
      `POSTERN_CORS_ORIGINS contains ${origin}, which is not an origin such as https://app.example.org`,
    ]);
  }
});

test('POSTERN_TWO_FACTOR_REQUIRED_FOR accepts only ADMIN and ROOT', () => {
  expect(loadConfig({ POSTERN_TWO_FACTOR_REQUIRED_FOR: 'ROOT' }).twoFactorRequiredFor).toEqual(['ROOT']);
  for (const role of ['USER', 'SERVICE', 'admin'])
    expect(faultsOf({ POSTERN_TWO_FACTOR_REQUIRED_FOR: `ADMIN,${role}` })).toEqual([
      `POSTERN_TWO_FACTOR_REQUIRED_FOR contains ${role}, which is not ADMIN or ROOT`,
    ]);
});

test('rejects a POSTERN_TWO_FACTOR_ISSUER that breaks the label of the QR code', () => {
  for (const issuer of ['Example', 'Söhne & Co, 100%', '平台']) {
    expect(loadConfig({ POSTERN_TWO_FACTOR_ISSUER: issuer }).twoFactorIssuer).toBe(issuer);
  }
  for (const [issuer, fault] of [
    ['Example: Accounts', "can't contain a colon, which ends it in the QR code"],
    [' ', "can't be blank, or begin or end with a space"],
    [' Example', "can't be blank, or begin or end with a space"],
    ['Exam\nple', "can't contain control characters"],
    ['Exam\u202eple', "can't contain control characters"],
    ['x'.repeat(65), 'must have at most 64 characters'],
  ] as const)
    expect(faultsOf({ POSTERN_TWO_FACTOR_ISSUER: issuer })).toEqual([`POSTERN_TWO_FACTOR_ISSUER ${fault}`]);
});

test('rejects a POSTERN_MAIL_FROM that breaks the header of emails', () => {
  for (const from of ['a@example.org', 'Example <a@example.org>', 'Team: Example, Inc. (EU) <a@example.org>'])
    expect(loadConfig({ POSTERN_MAIL_FROM: from }).mail.from).toBe(from);
  for (const from of [
    'a,b@example.org',
    'a@example.org, b@example.org',
    'Example <a;b@example.org>',
    'Group: a@example.org',
    ' <a@example.org>',
    'Exam\u0007ple <a@example.org>',
    'Example <a@example.org>\r\nBcc: b@example.org',
    'Example <a@example.org> ',
  ])
    expect(faultsOf({ POSTERN_MAIL_FROM: from })).toEqual([
      'POSTERN_MAIL_FROM must be an email address, or Name <address>',
    ]);
});

test('requires POSTERN_ADMIN_USERNAME and POSTERN_ADMIN_PASSWORD_FILE to be set together', () => {
  expect(faultsOf({ POSTERN_ADMIN_USERNAME: 'chief' })).toEqual([
    'POSTERN_ADMIN_USERNAME and POSTERN_ADMIN_PASSWORD_FILE must be set together',
  ]);
  expect(faultsOf({ POSTERN_ADMIN_PASSWORD_FILE: '/run/secrets/password' })).toEqual([
    'POSTERN_ADMIN_USERNAME and POSTERN_ADMIN_PASSWORD_FILE must be set together',
  ]);
  expect(
    loadConfig({ POSTERN_ADMIN_USERNAME: 'chief', POSTERN_ADMIN_PASSWORD_FILE: '/run/secrets/password' })
      .firstAdministrator,
  ).toEqual({ username: 'chief', passwordFile: '/run/secrets/password' });
});

test('reports all invalid settings together, each by its name', () => {
  const faults = faultsOf({
    NODE_ENV: 'production',
    PORT: 'x',
    POSTERN_ARGON2_ITERATIONS: '1',
    POSTERN_REGISTRATION: 'maybe',
    DATABASE_URL: 'nowhere',
    POSTERN_TRUSTED_PROXIES: 'a',
    POSTERN_CORS_ORIGINS: '*',
    POSTERN_ADMIN_USERNAME: 'chief',
  });
  expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
    'DATABASE_URL',
    'PORT',
    'POSTERN_ADMIN_USERNAME',
    'POSTERN_ARGON2_ITERATIONS',
    'POSTERN_CORS_ORIGINS',
    'POSTERN_ENCRYPTION_KEYS',
    'POSTERN_PUBLIC_URL',
    'POSTERN_REGISTRATION',
    'POSTERN_SMTP_URL',
    'POSTERN_TRUSTED_PROXIES',
  ]);
});

test('reports one fault for one invalid setting', () => {
  expect(faultsOf({ ...production, POSTERN_PUBLIC_URL: 'account.example.org' })).toEqual([
    'POSTERN_PUBLIC_URL must be an http or https URL',
  ]);
  expect(
    faultsOf({ NODE_ENV: 'prodution', POSTERN_HOST: '0.0.0.0', POSTERN_PUBLIC_URL: production.POSTERN_PUBLIC_URL }),
  ).toEqual([expect.stringContaining('NODE_ENV must be one of')]);
});

test('treats an empty setting as not set', () => {
  expect(loadConfig(Object.fromEntries(Object.keys(settings).map((name) => [name, ''])))).toEqual(loadConfig({}));
});

test('requires a second factor of no role when POSTERN_TWO_FACTOR_REQUIRED_FOR is empty', () => {
  for (const none of ['', ' ', ','])
    expect(loadConfig({ ...production, POSTERN_TWO_FACTOR_REQUIRED_FOR: none }).twoFactorRequiredFor).toEqual([]);
  expect(loadConfig({ ...production, TWO_FACTOR_REQUIRED_FOR: '' }).twoFactorRequiredFor).toEqual([]);
});

test('reads a secret from the file that DATABASE_URL_FILE names', () => {
  const file = join(folder, 'database-url');
  writeFileSync(file, 'postgres://postern:secret@db.example.org/postern\n');
  expect(loadConfig({ DATABASE_URL_FILE: file }).database.url).toBe('postgres://postern:secret@db.example.org/postern');
});

test('rejects an unreadable or invalid secret file without showing its value', () => {
  const missing = join(folder, 'missing');
  expect(faultsOf({ DATABASE_URL_FILE: missing })).toEqual([
    `DATABASE_URL_FILE names a file that doesn't exist: ${missing}`,
  ]);
  expect(faultsOf({ DATABASE_URL_FILE: folder })).toEqual([
    `DATABASE_URL_FILE names a file that is a folder: ${folder}`,
  ]);
  const wrong = join(folder, 'wrong');
  writeFileSync(wrong, 'mysql://postern:hidden@db.example.org/postern');
  expect(faultsOf({ DATABASE_URL_FILE: wrong })).toEqual(['DATABASE_URL must be a postgres:// URL']);
});

test('rejects an empty secret file instead of treating the setting as not set', () => {
  const [empty, blank] = [join(folder, 'empty'), join(folder, 'blank')];
  writeFileSync(empty, '');
  writeFileSync(blank, ' \n');
  for (const file of [empty, blank]) {
    for (const name of ['DATABASE_URL', 'POSTERN_ENCRYPTION_KEYS', 'POSTERN_SMTP_URL']) {
      expect(faultsOf({ ...production, [name]: '', [`${name}_FILE`]: file })).toEqual([
        `${name}_FILE names an empty file: ${file}`,
      ]);
    }
  }
  expect(faultsOf({ ...production, DATABASE_URL_FILE: '' })).toEqual([]);
});

test('rejects a secret given both as a value and as a file', () => {
  const file = join(folder, 'twice');
  writeFileSync(file, 'postgres://db.example.org/postern');
  expect(faultsOf({ DATABASE_URL: 'postgres://other.example.org/postern', DATABASE_URL_FILE: file })).toEqual([
    'DATABASE_URL_FILE and DATABASE_URL are both set; set only one of them',
  ]);
  expect(faultsOf({ DATABASE_URL: '', DATABASE_URL_FILE: file })).toEqual([]);
});

test('reads no setting from a file unless it is a secret', () => {
  const file = join(folder, 'port');
  writeFileSync(file, '5000');
  expect(loadConfig({ PORT_FILE: file }).port).toBe(4000);
});

test('has a description of every setting', () => {
  expect(
    Object.entries(settings)
      .filter(([, setting]) => !setting.description)
      .map(([name]) => name),
  ).toEqual([]);
});

test('POSTERN_RETURN_ORIGINS accepts only origins of pages: https in production, or localhost (R-123)', () => {
  const origins = 'https://console.example.org, http://localhost:5173';
  expect(loadConfig({ POSTERN_RETURN_ORIGINS: origins })).toMatchObject({
    returnOrigins: ['https://console.example.org', 'http://localhost:5173'],
    keepsReleasedUsernames: true,
  });
  expect(loadConfig({})).toMatchObject({ returnOrigins: [], keepsReleasedUsernames: false, cookieDomain: null });
  for (const origin of [
    '*',
    'null',
    'console.example.org',
    'https://console.example.org/',
    'ftp://example.org',
    'https://a@b.org',
  ])
    expect(faultsOf({ POSTERN_RETURN_ORIGINS: origin })).toEqual([
      `POSTERN_RETURN_ORIGINS contains ${origin}, which is not an origin such as https://console.example.org`,
    ]);
  const inProduction = faultsOf({ NODE_ENV: 'production', POSTERN_RETURN_ORIGINS: 'http://console.example.org' });
  expect(inProduction.filter((fault) => fault.startsWith('POSTERN_RETURN_ORIGINS'))).toHaveLength(1);
});

test('POSTERN_COOKIE_DOMAIN is the host of the public URL or a domain above it (R-124)', () => {
  const publicUrl = { POSTERN_PUBLIC_URL: 'https://account.example.org' };
  for (const domain of ['example.org', 'account.example.org'])
    expect(loadConfig({ ...publicUrl, POSTERN_COOKIE_DOMAIN: domain }).cookieDomain).toBe(domain);
  for (const domain of [
    'org',
    '.example.org',
    'other.org',
    'x.account.example.org',
    'ample.org',
    'example.org; Path=/',
  ])
    expect(faultsOf({ ...publicUrl, POSTERN_COOKIE_DOMAIN: domain })).toEqual([
      `POSTERN_COOKIE_DOMAIN ${domain} must be account.example.org, the host of POSTERN_PUBLIC_URL, or a domain above it, such as example.org`,
    ]);
  expect(faultsOf({ POSTERN_PUBLIC_URL: 'http://127.0.0.1:4000', POSTERN_COOKIE_DOMAIN: '127.0.0.1' })).toHaveLength(1);
});
