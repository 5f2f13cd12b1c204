import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newWebhookSecret, formatWebhookSecret, signWebhook } from '../../src/crypto/webhook-signature.js';
import { eventually } from '../support/eventually.js';
import { cleanUp } from '../support/server-process.js';
import { startReceiver, type Listening } from './programs.js';

const secret = newWebhookSecret();
let receiver: Listening;
beforeAll(async () => {
  receiver = await startReceiver({ WEBHOOK_SECRET: formatWebhookSecret(secret) });
});
afterAll(cleanUp);

/** Sends a message as Postern does. @returns the status of the answer */
async function send(id: string, signedBy = secret): Promise<number> {
  const data = { id, userId: null, outcome: 'SUCCESS' };
  const body = JSON.stringify({ type: 'WEBHOOK_TESTED', timestamp: '2026-11-30T08:00:00.000Z', data });
  const timestamp = Math.floor(Date.now() / 1_000);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signWebhook([signedBy], { id, timestamp, body }),
  };
  return (await fetch(receiver.url, { method: 'POST', headers, body })).status;
}

test('prints each genuine event once, and rejects messages with another signature (R-126)', async () => {
  expect(await send('event_1')).toBe(204);
  expect(await send('event_1')).toBe(204);
  expect(await send('event_2', newWebhookSecret())).toBe(400);
  expect(await send('event_3')).toBe(204);
  const events = () => receiver.process.stdout.match(/WEBHOOK_TESTED SUCCESS no user/g) ?? [];
  await eventually(() => events().length === 2, 'two events');
});
