import type { Reply } from './api.ts';
import type { SharedTokens } from './crew.ts';
import type { Site } from './site.ts';
import { newPassword } from './user.ts';

/** The events that the lasting webhook gets. Each of them must arrive. */
export const webhookTypes = [
  'REGISTERED',
  'PASSWORD_CHANGED',
  'USERNAME_CHANGED',
  'EMAIL_BOUND',
  'PASSWORD_RESET',
  'TWO_FACTOR_ENABLED',
  'BACKUP_CODE_USED',
  'PASSKEY_ADDED',
  'CALL_KEY_CREATED',
  'CALL_KEY_DELETED',
  'USER_STATUS_SET',
  'USER_DELETED',
] as const;

/** The path of the receiver for the lasting webhook. */
export const LASTING_PATH = '/lasting';

const reason = 'Soak';

function dataOf(reply: Reply, what: string): Record<string, any> {
  if (reply.state !== 'DONE') throw new Error(`${what} failed: ${JSON.stringify(reply)}`);
  return reply.data;
}

type Mutate = (name: string, fields: string, input: object | null, token?: string) => Promise<Reply>;

/** Sets the site up: ROOT, the account of the gateway, and a webhook that lasts. */
export async function prepare(site: Site, mutate: Mutate): Promise<SharedTokens> {
  const password = newPassword();
  const root = { username: 'soak-root', password, confirmPassword: password, delivery: 'BEARER' };
  const setup = await mutate('completeSetup', 'session { token }', { setupToken: site.setupToken, ...root });
  const rootToken = dataOf(setup, 'completeSetup')['session'].token as string;
  const service = { username: 'soak-gateway', role: 'SERVICE', serviceScopes: ['CALL_KEYS'], reason };
  const created = await mutate('createUser', 'serviceToken', service, rootToken);
  const gatewayToken = dataOf(created, 'createUser')['serviceToken'] as string;
  const url = new URL(LASTING_PATH, site.receiverLine.url).href;
  dataOf(
    await mutate('createWebhook', 'webhook { id }', { url, eventTypes: webhookTypes }, rootToken),
    'createWebhook',
  );
  return { rootToken, gatewayToken };
}
