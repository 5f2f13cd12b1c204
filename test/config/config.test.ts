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
  PUBLIC_URL: 'https://account.example.org',
  ENCRYPTION_KEYS: key,
  SMTP_URL: 'smtps://mail.example.org',
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
  ['CALL_KEYS_PER_USER', 1, 1_000],
  ['DATA_MIN_FREE_MIB', 0, 1_048_576],
  ['PORT', 0, 65_535],
  ['METRICS_PORT', 0, 65_535],
  ['PASSWORD_MIN_LENGTH', 8, 64],
  ['ARGON2_MEMORY_KIB', 19_456, 1_048_576],
  ['ARGON2_ITERATIONS', 2, 20],
  ['ARGON2_PARALLELISM', 1, 16],
  ['SESSION_IDLE_MINUTES', 5, 1_440],
  ['SESSION_LIFETIME_HOURS', 1, 168],
  ['SESSION_REMEMBERED_IDLE_HOURS', 1, 720],
  ['SESSION_REMEMBERED_LIFETIME_DAYS', 1, 90],
  ['SESSION_ADMIN_IDLE_MINUTES', 5, 1_440],
  ['SESSION_ADMIN_LIFETIME_HOURS', 1, 168],
  ['SESSIONS_PER_USER', 1, 100],
  ['STEP_UP_MINUTES', 1, 60],
];

test.each(numbers)('accepts for %s only whole numbers from %d to %d', (name, least, most) => {
  for (const value of [least, most]) expect(faultsOf({ [name]: String(value) })).toEqual([]);
  expect(faultsOf({ [name]: String(most + 1) })).toEqual([`${name} must be at most ${most}`]);
  if (least > 0) expect(faultsOf({ [name]: String(least - 1) })).toEqual([`${name} must be at least ${least}`]);
  for (const value of ['-1', '1.5', '1e3', '0x10', 'ten', ' 8', '8 ', '∞', 'NaN'])
    expect(faultsOf({ [name]: value })[0]).toBe(`${name} must be a whole number`);
});

const choices: [name: string, values: string[], wrong: string][] = [
  ['NODE_ENV', ['development', 'test'], 'staging'],
  ['MIGRATE_ON_START', ['on', 'off'], 'yes'],
  ['REGISTRATION', ['open', 'closed'], 'OPEN'],
  ['INTROSPECTION', ['on', 'off'], 'true'],
  ['LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'verbose'],
];

test.each(choices)('accepts for %s the value %j but not %s', (name, values, wrong) => {
  for (const value of values) expect(faultsOf({ [name]: value })).toEqual([]);
  expect(faultsOf({ [name]: wrong })).toEqual([
    expect.stringMatching(new RegExp(`^${name} must be one of ${values[0]}`)),
  ]);
});

test.each([
  ['PUBLIC_URL', 'account.example.org', 'must be an http or https URL'],
  ['PUBLIC_URL', 'ftp://account.example.org', 'must be an http or https URL'],
  ['PUBLIC_URL', 'javascript:alert(1)', 'must be an http or https URL'],
  ['DATABASE_URL', 'mysql://localhost/postern', 'must be a postgres:// URL'],
  ['DATABASE_URL', 'localhost', 'must be a postgres:// URL'],
])('rejects the setting %s=%s', (name, value, fault) => {
  expect(faultsOf({ [name]: value })).toEqual([`${name} ${fault}`]);
});

test('accepts only an origin as PUBLIC_URL, and removes a trailing slash', () => {
  for (const PUBLIC_URL of [
    'https://account.example.org',
    'https://account.example.org/',
    'HTTPS://Account.Example.org:443/',
  ]) {
    expect(loadConfig({ ...production, PUBLIC_URL })).toMatchObject({
      publicUrl: 'https://account.example.org',
      allowedOrigins: ['https://account.example.org'],
    });
  }
  for (const more of ['/path', '/path/', '//', '/?', '?query=1', '/#', '#fragment']) {
    expect(faultsOf({ ...production, PUBLIC_URL: `https://account.example.org${more}` })).toEqual([
      'PUBLIC_URL must be an origin such as https://account.example.org, without a path, query, fragment or user',
    ]);
  }
  for (const user of ['user@', 'user:password@', ':password@']) {
    expect(faultsOf({ ...production, PUBLIC_URL: `https://${user}account.example.org` })).toEqual([
      expect.stringMatching(/^PUBLIC_URL must be an origin /),
    ]);
  }
});

test('requires long, random and uniquely named encryption keys in production (R-92)', () => {
  expect(faultsOf({ ...production, ENCRYPTION_KEYS: '' })).toEqual([
    expect.stringContaining('ENCRYPTION_KEYS is required in production'),
  ]);
  expect(faultsOf({ ...production, ENCRYPTION_KEYS: 'first:c2hvcnQ=' })).toEqual([
    'ENCRYPTION_KEYS contains the key first of 5 bytes; a key must have 32',
  ]);
  expect(
    faultsOf({ ...production, ENCRYPTION_KEYS: `first:${Buffer.alloc(32, 'example-').toString('base64')}` }),
  ).toEqual(['ENCRYPTION_KEYS contains the key first, which is not random']);
  expect(faultsOf({ ...production, ENCRYPTION_KEYS: 'a secret phrase' })).toEqual([
    'ENCRYPTION_KEYS must list keys as id:base64, separated by commas',
  ]);
  expect(faultsOf({ ...production, ENCRYPTION_KEYS: ' , ' })).toEqual(['ENCRYPTION_KEYS contains no key']);
  expect(faultsOf({ ...production, ENCRYPTION_KEYS: `${key},${key}` })).toEqual([
    'ENCRYPTION_KEYS contains two keys with the same ID',
  ]);
  expect(faultsOf({ ...production, ENCRYPTION_KEYS: `${key},older${key.slice(5)}` })).toEqual([]);
});

test('requires a mail server in production unless mail is turned off', () => {
  expect(faultsOf({ ...production, SMTP_URL: '' })).toEqual([
    expect.stringContaining('SMTP_URL is required in production'),
  ]);
  expect(faultsOf({ ...production, SMTP_URL: '', MAIL: 'off' })).toEqual([]);
  expect(faultsOf({ ...production, SMTP_URL: 'mail.example.org' })).toEqual([
    'SMTP_URL must be an smtp:// or smtps:// URL',
  ]);
});

test('sends mail from MAIL_FROM, or by default from an address at the host of PUBLIC_URL', () => {
  expect(loadConfig(production).mail.from).toBe('Postern <postern@account.example.org>');
  expect(loadConfig({ ...production, MAIL_FROM: 'Example <account@example.org>' }).mail.from).toBe(
    'Example <account@example.org>',
  );
  for (const from of ['nobody', 'a@b, c@d', 'Example <a@b>\nBcc: c@d'])
    expect(faultsOf({ MAIL_FROM: from })).toEqual(['MAIL_FROM must be an email address, or Name <address>']);
});

test('requires PUBLIC_URL in production, with https unless it is localhost', () => {
  expect(faultsOf({ ...production, PUBLIC_URL: '' })).toEqual([
    expect.stringContaining('PUBLIC_URL is required in production'),
  ]);
  expect(faultsOf({ ...production, PUBLIC_URL: 'http://account.example.org' })).toEqual([
    'PUBLIC_URL must be an https URL in production',
  ]);
  expect(faultsOf({ ...production, PUBLIC_URL: 'http://localhost.example.org' })).toEqual([
    'PUBLIC_URL must be an https URL in production',
  ]);
  expect(faultsOf({ ...production, PUBLIC_URL: 'http://localhost:4000' })).toEqual([]);
});

test('rejects a HOST that isn’t loopback outside production (R-95)', () => {
  for (const HOST of ['0.0.0.0', '::', '192.168.1.10', 'example.org', '10.0.0.1', 'localhost.example.org']) {
    for (const NODE_ENV of ['development', 'test'])
      expect(faultsOf({ NODE_ENV, HOST })).toEqual([expect.stringContaining(`HOST ${HOST} is not a loopback address`)]);
    expect(faultsOf({ ...production, HOST })).toEqual([]);
  }
  for (const HOST of ['127.0.0.1', '127.9.9.9', '::1', 'localhost', '::ffff:127.0.0.1'])
    expect(faultsOf({ HOST })).toEqual([]);
});

test('accepts a long METRICS_TOKEN, and METRICS_HOST only with METRICS_PORT (R-95)', () => {
  const token = 'a'.repeat(32);
  expect(loadConfig({}).metrics).toEqual({ token: null, port: null, host: '127.0.0.1' });
  expect(loadConfig({ ...production, METRICS_TOKEN: token, METRICS_PORT: '9100', METRICS_HOST: '::' }).metrics).toEqual(
    { token, port: 9_100, host: '::' },
  );
  for (const wrong of ['a'.repeat(31), `${token}=`, `${token} `, `${token}\n`, `${token}é`])
    expect(faultsOf({ METRICS_TOKEN: wrong })).toEqual([
      'METRICS_TOKEN must have at least 32 characters, only letters, digits, - and _',
    ]);
  expect(faultsOf({ METRICS_HOST: '127.0.0.1' })).toEqual(['METRICS_HOST requires METRICS_PORT']);
  expect(faultsOf({ METRICS_PORT: '4000' })).toEqual(['METRICS_PORT must be another port than PORT']);
  expect(faultsOf({ METRICS_PORT: '4001', METRICS_HOST: '0.0.0.0' })).toEqual([
    expect.stringContaining('METRICS_HOST 0.0.0.0 is not a loopback address'),
  ]);
  expect(faultsOf({ PORT: '0', METRICS_PORT: '0' })).toEqual([]);
});

test('TRUSTED_PROXIES accepts only addresses and CIDR ranges (R-22)', () => {
  expect(loadConfig({ TRUSTED_PROXIES: ' 10.0.0.0/8, 192.0.2.1 ,2001:db8::/32,, ' }).trustedProxies).toEqual([
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
    expect(faultsOf({ TRUSTED_PROXIES: `192.0.2.1,${proxy}` })).toEqual([
      `TRUSTED_PROXIES contains ${proxy}, which is not an IP address or CIDR range`,
    ]);
  }
});

test('CORS_ORIGINS accepts only origins: no asterisk, no null, no path (R-83)', () => {
  expect(loadConfig({ CORS_ORIGINS: 'https://app.example.org, http://localhost:5173' })).toMatchObject({
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
    expect(faultsOf({ CORS_ORIGINS: origin })).toEqual([
      `CORS_ORIGINS contains ${origin}, which is not an origin such as https://app.example.org`,
    ]);
  }
});

test('TWO_FACTOR_REQUIRED_FOR accepts only ADMIN and ROOT', () => {
  expect(loadConfig({ TWO_FACTOR_REQUIRED_FOR: 'ROOT' }).twoFactorRequiredFor).toEqual(['ROOT']);
  for (const role of ['USER', 'SERVICE', 'admin'])
    expect(faultsOf({ TWO_FACTOR_REQUIRED_FOR: `ADMIN,${role}` })).toEqual([
      `TWO_FACTOR_REQUIRED_FOR contains ${role}, which is not ADMIN or ROOT`,
    ]);
});

test('requires ADMIN_USERNAME and ADMIN_PASSWORD_FILE to be set together', () => {
  expect(faultsOf({ ADMIN_USERNAME: 'chief' })).toEqual([
    'ADMIN_USERNAME and ADMIN_PASSWORD_FILE must be set together',
  ]);
  expect(faultsOf({ ADMIN_PASSWORD_FILE: '/run/secrets/password' })).toEqual([
    'ADMIN_USERNAME and ADMIN_PASSWORD_FILE must be set together',
  ]);
  expect(
    loadConfig({ ADMIN_USERNAME: 'chief', ADMIN_PASSWORD_FILE: '/run/secrets/password' }).firstAdministrator,
  ).toEqual({ username: 'chief', passwordFile: '/run/secrets/password' });
});

test('reports all invalid settings together, each by its name', () => {
  const faults = faultsOf({
    NODE_ENV: 'production',
    PORT: 'x',
    ARGON2_ITERATIONS: '1',
    REGISTRATION: 'maybe',
    DATABASE_URL: 'nowhere',
    TRUSTED_PROXIES: 'a',
    CORS_ORIGINS: '*',
    ADMIN_USERNAME: 'chief',
  });
  expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
    'ADMIN_USERNAME',
    'ARGON2_ITERATIONS',
    'CORS_ORIGINS',
    'DATABASE_URL',
    'ENCRYPTION_KEYS',
    'PORT',
    'PUBLIC_URL',
    'REGISTRATION',
    'SMTP_URL',
    'TRUSTED_PROXIES',
  ]);
});

test('reports one fault for one invalid setting', () => {
  expect(faultsOf({ ...production, PUBLIC_URL: 'account.example.org' })).toEqual([
    'PUBLIC_URL must be an http or https URL',
  ]);
  expect(faultsOf({ NODE_ENV: 'prodution', HOST: '0.0.0.0', PUBLIC_URL: production.PUBLIC_URL })).toEqual([
    expect.stringContaining('NODE_ENV must be one of'),
  ]);
});

test('treats an empty setting as not set', () => {
  expect(loadConfig(Object.fromEntries(Object.keys(settings).map((name) => [name, ''])))).toEqual(loadConfig({}));
});

test('reads a secret from the file that DATABASE_URL_FILE names', () => {
  const file = join(folder, 'database-url');
  writeFileSync(file, 'postgres://postern:secret@db.example.org/postern\n');
  expect(loadConfig({ DATABASE_URL_FILE: file }).database.url).toBe('postgres://postern:secret@db.example.org/postern');
});

test('rejects an unreadable or invalid secret file without showing its value', () => {
  const missing = join(folder, 'missing');
  expect(faultsOf({ DATABASE_URL_FILE: missing })).toEqual([
    `DATABASE_URL_FILE names a file that can't be read: ${missing}`,
  ]);
  expect(faultsOf({ DATABASE_URL_FILE: folder })).toEqual([
    `DATABASE_URL_FILE names a file that can't be read: ${folder}`,
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
    for (const name of ['DATABASE_URL', 'ENCRYPTION_KEYS', 'SMTP_URL']) {
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
