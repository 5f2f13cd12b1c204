import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findFreePort } from '../support/free-port.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';
import {
  cleanUp,
  launchServer,
  migratedFolder,
  startServer,
  temporaryFolder,
  type ServerProcess,
} from '../support/server-process.js';

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await OtlpReceiver.start();
});
afterEach(async () => {
  await cleanUp();
  await receiver.close();
});

const settings = () => ({ DATA_DIR: migratedFolder() });
const preload = join(import.meta.dirname, '../support/loaded-files.js');

/**
 * Starts a server, asks it something, and stops it.
 *
 * @returns the files that it loaded and that contain a package of OpenTelemetry, other than the interface that
 * prom-client imports
 */
async function modulesOf(variables: Record<string, string>): Promise<string[]> {
  const list = join(temporaryFolder(), 'loaded');
  const server = await startServer({ ...settings(), ...variables }, { LOADED_FILES: list }, [
    '--liftoff-only',
    '--import',
    preload,
  ]);
  await server.client().send('{ policy { registration } }');
  expect(await server.process.stop()).toMatchObject({ code: 0 });
  const files = readFileSync(list, 'utf8')
    .split('\n')
    .filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url));
  expect(files.length).toBeGreaterThan(5);
  // A file of the bundle names the modules that it contains.
  return files.filter((file) => /node_modules\/@opentelemetry\/(?!api\/)/.test(file + readFileSync(file, 'utf8')));
}

const warnings = ({ process }: ServerProcess) =>
  process.lines.filter(({ msg }) => String(msg).startsWith('spans can’t be exported'));

test('loads no module of OpenTelemetry when no receiver is set', async () => {
  expect(await modulesOf({})).toEqual([]);
  expect(await modulesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })).not.toEqual([]);
});

test('sends protobuf by default, and what waits when it stops', async () => {
  const server = await startServer({ ...settings(), OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/otlp/` });
  await server
    .client()
    .send('mutation { login(input: { login: "Canary4711", password: "x" }) { userErrors { code } } }');
  expect(await server.process.stop()).toMatchObject({ code: 0, stderr: '' });
  expect(receiver.requests[0]).toMatchObject({
    path: '/otlp/v1/traces',
    headers: { 'content-type': 'application/x-protobuf' },
  });
  for (const name of ['postern', 'POST /graphql', 'mutation login', 'Mutation.login', 'password.verify'])
    expect(receiver.text).toContain(name);
  expect(receiver.text).not.toContain('Canary4711');
});

test('serves requests and stops as usual when the receiver is down, and warns once', async () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${await findFreePort()}`;
  const server = await startServer({
    ...settings(),
    OTEL_EXPORTER_OTLP_ENDPOINT,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Canary4711',
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
  });
  const ask = async () => (await server.client().send('{ policy { registration } }')).errors;
  expect(await ask()).toEqual([]);
  await server.process.until(() => warnings(server).length > 0);
  expect(await ask()).toEqual([]);
  expect(await server.process.stop()).toMatchObject({ code: 0, stderr: '' });
  expect(warnings(server)).toEqual([
    expect.objectContaining({ level: 40, receiver: new URL(OTEL_EXPORTER_OTLP_ENDPOINT).host, reason: 'ECONNREFUSED' }),
  ]);
  expect(server.process.stdout).not.toContain('Canary4711');
});

test('stops after two seconds when the receiver does not answer', async () => {
  receiver.status = null;
  const server = await startServer({ ...settings(), ...receiver.settings });
  await server.client().send('{ policy { registration } }');
  const stopsAt = performance.now();
  expect(await server.process.stop()).toMatchObject({ code: 0, stderr: '' });
  expect(performance.now() - stopsAt).toBeLessThan(10_000);
  expect(server.process.lines).toContainEqual(
    expect.objectContaining({ level: 40, msg: 'the last spans were not exported before the stop' }),
  );
  expect(receiver.requests).not.toEqual([]);
});

test('refuses to start with an invalid receiver, and says why', async () => {
  const server = launchServer({ ...settings(), OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' });
  const { code, stderr } = await server.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL');
});
