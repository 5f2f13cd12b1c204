import { expect, test } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { formatWebhookSecret, newWebhookSecret, signWebhook } from '../../src/crypto/webhook-signature.js';

test('signs as the library of Standard Webhooks does (R-126)', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
  expect(formatWebhookSecret(secret)).toBe('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  expect(signWebhook([secret], message)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('signs with each secret (R-126)', () => {
  const secrets = [newWebhookSecret(), newWebhookSecret()];
  const message = { id: 'event_1', timestamp: Math.floor(Date.now() / 1_000), body: '{}' };
  const headers = {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': signWebhook(secrets, message),
  };
  for (const secret of secrets) expect(new Webhook(formatWebhookSecret(secret)).verify('{}', headers)).toEqual({});
  expect(() => new Webhook(formatWebhookSecret(newWebhookSecret())).verify('{}', headers)).toThrow();
});
