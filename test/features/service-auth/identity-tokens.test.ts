import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint, createRemoteJWKSet, jwtVerify } from 'jose';
import { query } from '../../support/database.js';
import {
  identityAudiences,
  issueIdentityToken,
  newIdentityToken,
  partsOf,
  publishedKeys,
} from '../../support/identity-tokens.js';
import { newAccessToken, programWith } from '../../support/access-tokens.js';
import type { MailServer } from '../../support/mail-server.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newTrustingUser, signInAgain } from '../../support/trusted-browsers.js';
import { confirmIdentity, markTwoFactorOn, newTwoFactorUser } from '../../support/two-factor.js';
import { bindAddress, newAddress, newUser, signIn } from '../../support/users.js';
import { newUserOfRole } from '../administration/administrators.js';
import { newApiToken } from '../api-token/own-token.js';
import { eventsDuring } from '../security-event/events.js';

let postern: TestPostern;
let mail: MailServer;
beforeAll(async () => {
  ({ postern, mail } = await startPosternWithMail({
    IDENTITY_AUDIENCES: identityAudiences,
    TRUSTED_BROWSER_DAYS: '30',
    TWO_FACTOR_REQUIRED_FOR: 'ADMIN,ROOT',
  }));
});
afterAll(() => postern.close());

const inSeconds = (time: Date) => Math.floor(time.getTime() / 1_000);

describe('an identity token', () => {
  test('verifies with the published keys, for its issuer, audience and type (R-121)', async () => {
    const { client } = await newUser(postern);
    const token = await newIdentityToken(client);
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', postern.url));
    const { protectedHeader } = await jwtVerify(token, keys, {
      issuer: 'http://localhost:4000',
      audience: 'console',
      typ: 'at+jwt',
      algorithms: ['ES256'],
      currentDate: postern.clock.read(),
    });
    const [key] = (await publishedKeys(postern)).keys;
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: await calculateJwkThumbprint(key!) });
  });

  test('contains exactly these claims about a user (R-121)', async () => {
    const { client, id } = await newUser(postern);
    const { data } = await issueIdentityToken(client);
    const { token, expiresAt } = data.issueIdentityToken!;
    const now = inSeconds(postern.clock.read());
    const sessions = (await client.send('{ me { sessions { id } } }')).data['me'] as { sessions: { id: string }[] };
    expect(partsOf(token!).claims).toEqual({
      iss: 'http://localhost:4000',
      aud: 'console',
      sub: id,
      client_id: 'postern',
      sid: sessions.sessions[0]!.id,
      auth_time: now,
      amr: ['pwd'],
      role: 'USER',
      iat: now,
      exp: now + 300,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
    });
    expect(new Date(expiresAt!)).toEqual(new Date((now + 300) * 1_000));
  });

  test('contains address and name for an audience that is configured for them (R-121)', async () => {
    const user = await newUser(postern);
    const plain = Object.keys(partsOf(await newIdentityToken(user.client)).claims);
    const unbound = partsOf(await newIdentityToken(user.client, 'billing')).claims;
    expect(unbound).toMatchObject({ aud: 'billing', preferred_username: user.username });
    expect(Object.keys(unbound).sort()).toEqual([...plain, 'preferred_username'].sort());
    const email = newAddress();
    await bindAddress(postern, mail, user, email);
    const bound = partsOf(await newIdentityToken(user.client, 'billing')).claims;
    expect(bound).toMatchObject({ email, email_verified: true });
    expect(Object.keys(bound).sort()).toEqual([...plain, 'email', 'email_verified', 'preferred_username'].sort());
    expect(Object.keys(partsOf(await newIdentityToken(user.client)).claims)).toEqual(plain);
  });

  test('has another ID each time', async () => {
    const { client } = await newUser(postern);
    const ids = [await newIdentityToken(client), await newIdentityToken(client)].map(
      (token) => partsOf(token).claims.jti,
    );
    expect(new Set(ids).size).toBe(2);
  });

  test('tells the effective role: USER while the second factor that ADMIN needs is missing (D-10)', async () => {
    const administrator = await newUserOfRole(postern, 'ADMIN');
    expect(partsOf(await newIdentityToken(administrator.client)).claims['role']).toBe('USER');
    await markTwoFactorOn(postern.database, administrator.username);
    expect(partsOf(await newIdentityToken(administrator.client)).claims['role']).toBe('ADMIN');
  });

  test('tells the time and the methods of the last confirmation', async () => {
    const { client, password, app } = await newTwoFactorUser(postern, 'BEARER');
    const before = partsOf(await newIdentityToken(client)).claims;
    expect(await confirmIdentity(client, password, { totpCode: await app.nextCode() })).toSucceed();
    const { auth_time, amr } = partsOf(await newIdentityToken(client)).claims;
    expect(auth_time).toBe(inSeconds(postern.clock.read()));
    expect(auth_time).toBeGreaterThan(before['auth_time'] as number);
    expect(amr).toEqual(['mfa', 'otp', 'pwd']);
  });

  test.each([
    ['lifetime', 'expires_at = ?'],
    ['idle timeout', "idle_seconds = 90, last_seen_at = cast(? as timestamptz) - interval '90 seconds'"],
  ])('ends with the session where that is less than 5 minutes away by its %s (R-121)', async (_, change) => {
    const { client, username } = await newUser(postern);
    const end = new Date(postern.clock.read().getTime() + 45_500);
    await query(
      postern.database,
      `update sessions set ${change} where account_id = (select id from accounts where username = ?)`,
      [end, username],
    );
    expect(partsOf(await newIdentityToken(client)).claims.exp).toBe(inSeconds(end));
  });

  test('is recorded once for a session and audience', async () => {
    const user = await newUser(postern);
    const events = await eventsDuring(postern.database, async () => {
      for (const audience of ['console', 'console', 'billing', 'console'])
        await newIdentityToken(user.client, audience);
      await newIdentityToken(await signIn(postern, user));
    });
    expect(events.filter(({ type }) => type === 'IDENTITY_TOKEN_ISSUED').map(({ detail }) => detail)).toEqual([
      'console',
      'billing',
      'console',
    ]);
  });
});

describe('refuses', () => {
  test.each(['', 'Console', 'unknown', 'billing:email', 'constructor'])(
    'the audience %j, and records nothing',
    async (audience) => {
      const { client } = await newUser(postern);
      const events = await eventsDuring(postern.database, async () => {
        expect(await issueIdentityToken(client, audience)).toBeRefusedWith(['AUDIENCE_UNKNOWN', 'audience']);
      });
      expect(events).toEqual([]);
    },
  );

  test('every caller but a full session, and records nothing (R-121)', async () => {
    const user = await newUser(postern);
    const trusting = await newTrustingUser(postern);
    const skipped = await signInAgain(trusting);
    const root = await newUserOfRole(postern, 'ROOT');
    await markTwoFactorOn(postern.database, root.username);
    const service = await root.client.send(
      'mutation { createUser(input: { username: "machine", role: SERVICE, reason: "a gateway" }) { serviceToken } }',
    );
    const callers = {
      anonymous: postern.client(),
      apiToken: programWith(postern, await newApiToken(user.client)),
      accessToken: programWith(postern, (await newAccessToken(user.client)).token),
      service: programWith(postern, (service.data['createUser'] as { serviceToken: string }).serviceToken),
      skipped,
    };
    const codes: Record<string, unknown> = {};
    const events = await eventsDuring(postern.database, async () => {
      for (const [name, client] of Object.entries(callers)) {
        const { data, errors } = await issueIdentityToken(client);
        expect(data.issueIdentityToken).toBeNull();
        codes[name] = errors.map(({ extensions }) => extensions['code']);
      }
    });
    expect(codes).toEqual({
      anonymous: ['UNAUTHENTICATED'],
      apiToken: ['FORBIDDEN'],
      accessToken: ['FORBIDDEN'],
      service: ['FORBIDDEN'],
      skipped: ['STEP_UP_REQUIRED'],
    });
    expect(events).toEqual([]);
    expect(await confirmIdentity(skipped, trusting.password, { totpCode: await trusting.app.nextCode() })).toSucceed();
    expect(partsOf(await newIdentityToken(skipped)).claims['amr']).toEqual(['mfa', 'otp', 'pwd']);
  });

  test('the 61st token of a session within a minute, whatever the audience', async () => {
    const limited = await startPostern({ IDENTITY_AUDIENCES: identityAudiences, LIMITS: 'on' });
    try {
      const user = await newUser(limited);
      for (let count = 0; count < 60; count += 1)
        await newIdentityToken(user.client, count % 2 ? 'billing' : 'console');
      const { data, errors } = await issueIdentityToken(user.client);
      expect(data.issueIdentityToken).toBeNull();
      expect(errors[0]!.extensions).toMatchObject({
        code: 'RATE_LIMITED',
        retryAfterSeconds: expect.any(Number),
      });
      await newIdentityToken(await signIn(limited, user));
    } finally {
      await limited.close();
    }
  });
});

test('an identity token is a credential nowhere in Postern (R-121)', async () => {
  const user = await newUser(postern);
  const token = await newIdentityToken(user.client);
  const bearer = programWith(postern, token);
  expect(await bearer.send('{ me { id } }')).toMatchObject({ status: 401, data: null });
  expect((await issueIdentityToken(bearer)).status).toBe(401);
  const browser = postern.client();
  browser.cookies.set('postern_session', token);
  expect((await browser.send('{ me { id } }')).data).toEqual({ me: null });
  const revoked = await fetch(new URL('/oauth/revoke', postern.url), {
    method: 'POST',
    body: new URLSearchParams({ token }),
  });
  expect(revoked.status).toBe(200);
  expect((await user.client.send('{ me { id } }')).data).toEqual({ me: { id: user.id } });
});
