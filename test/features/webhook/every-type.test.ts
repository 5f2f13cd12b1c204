import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { recordEvent } from '../../../src/features/security-event/record-event.js';
import {
  securityEventTypes,
  type SecurityEventType,
} from '../../../src/features/security-event/security-event.entity.js';
import { eventually } from '../../support/eventually.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';
import { localNetworks, newWebhook } from '../../support/webhooks.js';
import { newUserOfRole } from '../administration/administrators.js';

let postern: TestPostern;
let receiver: WebhookReceiver;
beforeAll(async () => {
  [postern, receiver] = [await startPostern(localNetworks), await WebhookReceiver.start()];
});
afterAll(async () => {
  await postern.close();
  await receiver.close();
});

/** What ends when each type of event is recorded; null if nothing does. A new type does not compile without one. */
const ended: Record<SecurityEventType, string | null> = {
  SETUP_COMPLETED: 'the setup token',
  REGISTERED: null,
  LOGIN_SUCCEEDED: null,
  LOGIN_FAILED: null,
  LOGIN_CHALLENGED: null,
  LOGGED_OUT: 'a session',
  SESSION_REVOKED: 'sessions',
  NEW_DEVICE_SEEN: null,
  ATTEMPTS_LOCKED: null,
  IDENTITY_CONFIRMED: null,
  USERNAME_CHANGED: null,
  EMAIL_CODE_SENT: 'the code before it',
  EMAIL_BOUND: 'a code',
  EMAIL_CHANGE_REVERTED: 'sessions and tokens',
  PASSWORD_CHANGED: 'a password and other sessions',
  PASSWORD_RESET_REQUESTED: null,
  PASSWORD_RESET: 'a password, sessions and tokens',
  TWO_FACTOR_STARTED: null,
  TWO_FACTOR_ENABLED: 'other sessions',
  TWO_FACTOR_DISABLED: 'a factor and other sessions',
  SECOND_FACTOR_FAILED: null,
  BACKUP_CODE_USED: 'a backup code',
  BACKUP_CODES_REGENERATED: 'backup codes',
  PASSKEY_ADDED: 'other sessions, if it is the first factor',
  PASSKEY_RENAMED: null,
  PASSKEY_REMOVED: 'a passkey and other sessions',
  BROWSER_TRUSTED: null,
  BROWSERS_FORGOTTEN: 'trusted browsers',
  API_TOKEN_VIEWED: null,
  API_TOKEN_RESET: 'the API token',
  ACCESS_TOKEN_CREATED: null,
  ACCESS_TOKEN_UPDATED: null,
  ACCESS_TOKEN_ROTATED: 'an access token',
  ACCESS_TOKENS_REVOKED: 'access tokens',
  IDENTITY_TOKEN_ISSUED: null,
  CALL_KEY_CREATED: null,
  CALL_KEY_UPDATED: 'a call key, if it is disabled',
  CALL_KEY_ROTATED: 'a call key',
  CALL_KEY_DELETED: 'a call key',
  QUOTA_WARNING: null,
  EVERYTHING_REVOKED: 'sessions, tokens and browsers',
  DATA_EXPORTED: null,
  DELETION_REQUESTED: 'everything of an account',
  DELETION_CANCELED: 'the link to restore',
  WEBHOOK_CREATED: null,
  WEBHOOK_UPDATED: null,
  WEBHOOK_SECRET_ROTATED: 'a secret',
  WEBHOOK_DELETED: 'a secret',
  WEBHOOK_TESTED: null,
  WEBHOOK_FAILING: null,
  DECRYPTION_FAILED: null,
  USER_CREATED: null,
  USER_IMPORTED: null,
  USER_STATUS_SET: 'sessions and tokens, if it is disabled',
  USER_ROLE_SET: 'sessions',
  USER_TWO_FACTOR_RESET: 'factors, sessions and tokens',
  USER_PASSWORD_RESET_SENT: 'the link before it',
  USER_SESSIONS_REVOKED: 'sessions',
  SERVICE_TOKEN_RESET: 'an API token',
  USER_DELETED: 'everything of an account',
  USER_RESTORED: null,
  USER_ERASED: 'an account',
};

test('delivers every type of event, and those that end something by name (R-130)', async () => {
  const root = await newUserOfRole(postern, 'ROOT');
  const endings = securityEventTypes.filter((type) => ended[type] !== null);
  expect(endings.length).toBeGreaterThan(20);
  await newWebhook(root.client, { url: `${receiver.url}/all` });
  await newWebhook(root.client, { url: `${receiver.url}/endings`, eventTypes: endings });
  for (const type of securityEventTypes) await recordEvent(ruleContext(postern), { type, accountId: null });
  const typesAt = (path: string) =>
    new Set(
      receiver.messages
        .filter((message) => message.path.endsWith(path))
        .map(({ body }) => (JSON.parse(body) as { type: SecurityEventType }).type),
    );
  await eventually(
    () => typesAt('/all').size === securityEventTypes.length && typesAt('/endings').size >= endings.length,
    'each type at its receivers',
  );
  expect(typesAt('/all')).toEqual(new Set(securityEventTypes));
  expect(typesAt('/endings')).toEqual(new Set(endings));
});

test('keeps a body with the longest fields below 64 KiB (R-127)', async () => {
  receiver.messages.length = 0;
  const context = {
    ...ruleContext(postern),
    caller: { ip: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', userAgent: '長'.repeat(256), requestId: 'x'.repeat(128) },
  };
  await recordEvent(context, { type: 'USER_DELETED', accountId: null, reason: '\u0001'.repeat(500) });
  await receiver.received(2);
  for (const { body } of receiver.messages) expect(Buffer.byteLength(body)).toBeLessThan(64 * 1_024);
});
