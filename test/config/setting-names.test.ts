import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { ConfigError, loadConfig } from '../../src/config/config.js';
import { settings } from '../../src/config/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'postern-names-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names that every program agrees on. */
const conventionalNames = ['DATABASE_URL', 'NODE_ENV', 'PORT'];

/** What OpenTelemetry sets for other signals and other languages. */
const openTelemetry = {
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_PROPAGATORS: 'tracecontext,baggage',
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://localhost:4318/v1/metrics',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  OTEL_BSP_SCHEDULE_DELAY: '1000',
  OTEL_LOG_LEVEL: 'info',
};

/** What Kubernetes sets in a container for the services postern and postern-metrics. */
const kubernetes = {
  POSTERN_SERVICE_HOST: '10.0.0.7',
  POSTERN_SERVICE_PORT: '80',
  POSTERN_SERVICE_PORT_HTTP: '80',
  POSTERN_PORT: 'tcp://10.0.0.7:80',
  POSTERN_PORT_80_TCP: 'tcp://10.0.0.7:80',
  POSTERN_PORT_80_TCP_PROTO: 'tcp',
  POSTERN_PORT_80_TCP_PORT: '80',
  POSTERN_PORT_80_TCP_ADDR: '10.0.0.7',
  POSTERN_METRICS_SERVICE_HOST: '10.0.0.8',
  POSTERN_METRICS_SERVICE_PORT: '9100',
  POSTERN_METRICS_PORT: 'tcp://10.0.0.8:9100',
  POSTERN_METRICS_PORT_9100_TCP: 'tcp://10.0.0.8:9100',
  METRICS_PORT: 'tcp://10.0.0.9:9100',
};

test('gives every setting the prefix POSTERN_, except names that every program agrees on', () => {
  const others = Object.keys(settings).filter((name) => !/^(?:POSTERN|OTEL)_/.test(name));
  expect(others.sort()).toEqual(conventionalNames);
});

test.each([
  ['a login shell', { MAIL: '/var/spool/mail/deploy' }],
  ['conda', { HOST: 'x86_64-conda-linux-gnu' }],
  ['csh', { HOST: 'build-7.example.org' }],
  ['Kubernetes', kubernetes],
  ['OpenTelemetry', openTelemetry],
  ['the examples', { POSTERN_URL: 'http://localhost:4000', POSTERN_TOKEN: 'pat_1', API_TOKEN: 'pat_1' }],
  ['git, npm and a terminal', { EMAIL: 'a@example.org', HOSTNAME: 'build-7', NODE_OPTIONS: '', LS_COLORS: 'no=00' }],
])('ignores what %s sets, without a warning', (_program, environment: Record<string, string>) => {
  expect(loadConfig(environment)).toEqual(loadConfig({}));
});

test('reads settings without the prefix, with one warning that names all of them', () => {
  const config = loadConfig({ MAIL: 'off', HOST: '127.0.0.2', SESSIONS_PER_USER: '3', LOG_LEVEL: 'warn' });
  expect(config).toMatchObject({
    host: '127.0.0.2',
    logLevel: 'warn',
    mail: { isEnabled: false },
    session: { perUser: 3 },
  });
  expect(config.warnings).toEqual([
    'Settings without the prefix POSTERN_ are read only until version 1.0. Rename HOST to POSTERN_HOST, MAIL to POSTERN_MAIL, SESSIONS_PER_USER to POSTERN_SESSIONS_PER_USER, LOG_LEVEL to POSTERN_LOG_LEVEL',
  ]);
});

test('prefers the name with the prefix, even if its value is empty', () => {
  expect(loadConfig({ POSTERN_LOG_LEVEL: 'debug', LOG_LEVEL: 'warn' })).toMatchObject({
    logLevel: 'debug',
    warnings: [],
  });
  expect(loadConfig({ POSTERN_LOG_LEVEL: '', LOG_LEVEL: 'warn' })).toMatchObject({ logLevel: 'info', warnings: [] });
});

test('reads a secret from one pair of names: with the prefix, or without it', () => {
  const file = join(folder, 'smtp-url');
  writeFileSync(file, 'smtp://127.0.0.1:2525');
  expect(loadConfig({ SMTP_URL_FILE: file })).toMatchObject({
    mail: { smtpUrl: 'smtp://127.0.0.1:2525' },
    warnings: [expect.stringContaining('Rename SMTP_URL_FILE to POSTERN_SMTP_URL_FILE')],
  });
  expect(loadConfig({ POSTERN_SMTP_URL_FILE: file, SMTP_URL: 'smtp://other.example.org' })).toMatchObject({
    mail: { smtpUrl: 'smtp://127.0.0.1:2525' },
    warnings: [],
  });
});

test('warns of a value without the prefix that makes no sense, and ignores it', () => {
  expect(loadConfig({ REGISTRATION: 'shut', LOG_LEVEL: 'verbose' })).toMatchObject({
    registrationOpen: true,
    logLevel: 'info',
    warnings: [
      'REGISTRATION is ignored: as POSTERN_REGISTRATION it must be one of open, closed',
      expect.stringMatching(/^LOG_LEVEL is ignored: as POSTERN_LOG_LEVEL it must be one of fatal, /),
    ],
  });
});

test.each([
  ['POSTERN_SMPT_URL', 'POSTERN_SMTP_URL'],
  ['POSTERN_EMAIL_FROM', 'POSTERN_MAIL_FROM'],
  ['POSTERN_PORT', 'PORT'],
  ['POSTERN_DATABASE_URL', 'DATABASE_URL'],
  ['POSTERN_DATABASE_URL_FILE', 'DATABASE_URL_FILE'],
  ['POSTERN_ADMIN_PASSWORD', 'POSTERN_ADMIN_PASSWORD_FILE'],
  ['SMPT_URL', 'POSTERN_SMTP_URL'],
  ['ENCRYPTION_KEY', 'POSTERN_ENCRYPTION_KEYS'],
  ['POSTREN_MAIL_FROM', 'POSTERN_MAIL_FROM'],
  ['DATABASE_URI', 'DATABASE_URL'],
])('warns that %s is not a setting, and names %s', (name, nearest) => {
  expect(loadConfig({ [name]: 'hidden-7' }).warnings).toEqual([`${name} is not a setting. Did you mean ${nearest}?`]);
});

test('warns of an unknown POSTERN_ name that resembles no setting', () => {
  expect(loadConfig({ POSTERN_XYZ: '1' }).warnings).toEqual(['POSTERN_XYZ is not a setting. See docs/settings.md']);
});

test('names a mistyped setting beside the one that is missing', () => {
  const load = () =>
    loadConfig({
      NODE_ENV: 'production',
      POSTERN_MAIL: 'off',
      POSTERN_LIMITS: 'off',
      POSTERN_PUBLC_URL: 'https://x.example',
    });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(
    /POSTERN_PUBLIC_URL is required[^]*POSTERN_PUBLC_URL is not a setting. Did you mean POSTERN_PUBLIC_URL\?/,
  );
});
