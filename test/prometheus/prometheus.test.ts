import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { findFreePort } from '../support/free-port.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { newUser, newUsername, signIn } from '../support/users.js';
import { alertQueries, panelQueries } from './queries.js';

/** One more than registrations from one address in an hour, so that a limit rejects one. */
const REGISTRATIONS = 11;

interface QueryResult {
  readonly data: { readonly result: readonly unknown[] };
}

let postern: TestPostern;
let prometheus: ChildProcess;
let url: string;
const folder = mkdtempSync(join(tmpdir(), 'postern-prometheus-'));

const find = async (query: string) => {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
  return ((await response.json()) as QueryResult).data.result;
};

/** Causes every kind of figure: sign-ins, failures, rejections. */
async function load(): Promise<void> {
  const { client, username, password } = await newUser(postern);
  await signIn(postern, { username, password });
  await client.send('query MyProfile { me { id } }');
  await postern.client().send('mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }', {
    input: { login: newUsername(), password: 'Wrong-Harbour-72' },
  });
  const register = 'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code } } }';
  for (let count = 0; count < REGISTRATIONS; count += 1)
    await postern.client().send(register, {
      input: { username: newUsername(), password: 'Quiet-Harbour-71', confirmPassword: 'Quiet-Harbour-71' },
    });
}

beforeAll(async () => {
  postern = await startPostern({ LIMITS: 'on' });
  await load();
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '5s' },
    rule_files: [resolve('deploy/prometheus/rules.yml')],
    scrape_configs: [{ job_name: 'postern', static_configs: [{ targets: [new URL(postern.url).host] }] }],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
  prometheus = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  await eventually(
    async () => (await find('count_over_time(up[5m]) >= 3').catch(() => [])).length > 0,
    'Prometheus has read the metrics three times',
  );
});
afterAll(async () => {
  if (prometheus.exitCode === null && prometheus.kill()) await once(prometheus, 'exit');
  await postern.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(alertQueries())('finds series for the alert $name', async ({ query }) => {
  expect(await find(query.replace(/ (?:>|==) [\d.]+$/, ''))).not.toEqual([]);
});

test.each(panelQueries())('finds series for the panel “$name”: $query', async ({ query }) => {
  expect(await find(query.replaceAll('$__rate_interval', '1m'))).not.toEqual([]);
});

test('fires each alert with values beyond its limit', () => {
  const output = execFileSync('promtool', ['test', 'rules', 'deploy/prometheus/rules.test.yml'], { encoding: 'utf8' });
  expect(output).toContain('SUCCESS');
});

test('accepts the configuration for compose.yaml, with its rules', () => {
  const output = execFileSync('promtool', ['check', 'config', 'deploy/prometheus/prometheus.yml'], {
    encoding: 'utf8',
  });
  expect(output).toContain('SUCCESS: deploy/prometheus/prometheus.yml is valid prometheus config file syntax');
});
