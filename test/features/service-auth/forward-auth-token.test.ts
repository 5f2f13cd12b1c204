import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signIdentityToken } from '../../../src/features/service-auth/identity-token.js';
import { findViewerBySession } from '../../../src/features/session/find-viewer-by-session.js';
import { CredentialRevokedError } from '../../../src/rules/authority.js';
import { StepUpRequiredError } from '../../../src/rules/step-up-required.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { identityAudiences, issueIdentityToken, partsOf } from '../../support/identity-tokens.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newTrustingUser, signInAgain } from '../../support/trusted-browsers.js';
import { newUser } from '../../support/users.js';
import { eventsDuring } from '../security-event/events.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ IDENTITY_AUDIENCES: identityAudiences, TRUSTED_BROWSER_DAYS: '30', LIMITS: 'on' });
});
afterAll(() => postern.close());

async function viewerOf(client: Client) {
  const token = client.token ?? client.cookies.get('postern_session')!;
  return (await findViewerBySession(postern.database.reader, token, 'BEARER', postern.clock.read()))!;
}

const sign = async (client: Client, audience = 'console') =>
  signIdentityToken(ruleContext(postern), await viewerOf(client), audience);

test('reuses a token for a minute, and signs another one then', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const { token } = await sign(client);
  postern.clock.advance({ seconds: 59 });
  expect((await sign(client)).token).toBe(token);
  expect((await sign(client, 'billing')).token).not.toBe(token);
  postern.clock.advance({ seconds: 1 });
  const next = await sign(client);
  expect(next.token).not.toBe(token);
  expect(next.expiresAt.getTime()).toBe(Math.floor(postern.clock.read().getTime() / 1_000) * 1_000 + 300_000);
});

test('reuses no token of another session, nor one whose claims have changed', async () => {
  const user = await newUser(postern, 'BEARER');
  const other = await newUser(postern, 'BEARER');
  const { token } = await sign(user.client, 'billing');
  expect((await sign(other.client, 'billing')).token).not.toBe(token);
  await query(postern.database, "update accounts set username = 'renamed' where username = ?", [user.username]);
  expect(partsOf((await sign(user.client, 'billing')).token).claims['preferred_username']).toBe('renamed');
});

test('records the first token of a session and audience, and counts none', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const events = await eventsDuring(postern.database, async () => {
    for (let count = 0; count < 70; count += 1) {
      await sign(client);
      postern.clock.advance({ seconds: 1 });
    }
    expect(await issueIdentityToken(client)).toSucceed();
  });
  expect(events.map(({ type, detail }) => [type, detail])).toEqual([['IDENTITY_TOKEN_ISSUED', 'console']]);
});

test('signs none for a session whose second factor a trusted browser replaced (R-111, R-121)', async () => {
  const browser = await signInAgain(await newTrustingUser(postern));
  const events = await eventsDuring(postern.database, async () => {
    await expect(sign(browser)).rejects.toThrow(StepUpRequiredError);
  });
  expect(events).toEqual([]);
});

test('signs none for a session that was revoked while the request ran (D-1)', async () => {
  const { client } = await newUser(postern, 'BEARER');
  const viewer = await viewerOf(client);
  await query(postern.database, 'delete from sessions where id = ?', [viewer.sessionId]);
  const events = await eventsDuring(postern.database, async () => {
    await expect(signIdentityToken(ruleContext(postern), viewer, 'console')).rejects.toThrow(CredentialRevokedError);
  });
  expect(events).toEqual([]);
});
