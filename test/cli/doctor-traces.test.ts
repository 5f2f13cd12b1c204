import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findFreePort } from '../support/free-port.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';
import { cleanUp, runCommand, temporaryFolder } from '../support/server-process.js';

let receiver: OtlpReceiver;
beforeAll(async () => {
  receiver = await OtlpReceiver.start();
});
afterAll(async () => {
  await cleanUp();
  await receiver.close();
});

/** What `postern doctor` says about traces. The missing database is another matter. */
async function traces(settings: Record<string, string>): Promise<string | undefined> {
  const { stdout } = await runCommand(['doctor'], { DATA_DIR: temporaryFolder(), ...settings });
  return stdout.split('\n').find((line) => line.includes(' traces: '));
}

test('`postern doctor` says nothing about traces when no receiver is set', async () => {
  expect(await traces({})).toBeUndefined();
});

test.each([
  ['http/json', '{"resourceSpans":[]}'],
  ['http/protobuf', ''],
])('`postern doctor` asks the receiver of traces in %s, without a span', async (protocol, body) => {
  const host = new URL(receiver.url).host;
  const settings = { OTEL_EXPORTER_OTLP_PROTOCOL: protocol, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=4711' };
  expect(await traces({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...settings })).toBe(
    `OK   traces: ${host} accepts spans; none was sent`,
  );
  expect(receiver.requests.at(-1)).toMatchObject({ path: '/v1/traces', headers: { 'x-key': '4711' }, body });
});

test('`postern doctor` warns of a receiver of traces that rejects spans, and says what to do', async () => {
  receiver.status = 401;
  expect(await traces(receiver.settings)).toBe(
    `WARN traces: ${new URL(receiver.url).host} answered 401. Correct the credentials in OTEL_EXPORTER_OTLP_HEADERS.`,
  );
});

test('`postern doctor` warns of a receiver of traces that can’t be reached', async () => {
  const host = `127.0.0.1:${await findFreePort()}`;
  expect(await traces({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://${host}` })).toBe(
    `WARN traces: no answer from ${host} (ECONNREFUSED). Check OTEL_EXPORTER_OTLP_ENDPOINT, and that the receiver runs.`,
  );
});
