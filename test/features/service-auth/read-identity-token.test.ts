import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { base64url, exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey } from 'jose';
import { currentSigningPair } from '../../../src/features/service-auth/signing-keys.js';
import { readIdentityToken } from '../../../src/features/service-auth/read-identity-token.js';
import { query } from '../../support/database.js';
import { identityAudiences, newIdentityToken, partsOf, rotateSigning } from '../../support/identity-tokens.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { ruleContext } from '../../support/rule-context.js';
import { newUser } from '../../support/users.js';

let postern: TestPostern;
let token: string;
let accountId: string;
let sessionId: string;
beforeAll(async () => {
  postern = await startPostern({ IDENTITY_AUDIENCES: identityAudiences });
});
afterAll(() => postern.close());
beforeEach(async () => {
  const user = await newUser(postern, 'BEARER');
  token = await newIdentityToken(user.client);
  const [row] = await query<{ accountId: string; sessionId: string }>(
    postern.database,
    'select account_id as "accountId", id as "sessionId" from sessions order by created_at desc, id desc limit 1',
  );
  ({ accountId, sessionId } = row!);
});

const read = (text: string) => readIdentityToken(ruleContext(postern), text);

type Changes = Readonly<Record<string, unknown>>;

/** The token with other claims or another header, signed by the real key. */
async function resigned(changed: Changes, header: Changes = {}): Promise<string> {
  const { privateKey } = await currentSigningPair(ruleContext(postern));
  const { header: own, claims } = partsOf(token);
  return new SignJWT({ ...claims, ...changed })
    .setProtectedHeader({ ...own, alg: 'ES256', ...header })
    .sign(privateKey);
}

const inSeconds = () => Math.floor(postern.clock.read().getTime() / 1_000);

test('reads user, session, audience and times of a token', async () => {
  expect(await read(token)).toEqual({
    accountId,
    sessionId,
    audience: 'console',
    issuedAt: new Date(inSeconds() * 1_000),
    expiresAt: new Date((inSeconds() + 300) * 1_000),
  });
  expect(await read(await resigned({}))).toMatchObject({ sessionId });
});

test.each<[string, () => Changes, Changes]>([
  ['another issuer', () => ({ iss: 'https://other.example.org' }), {}],
  ['an audience that is not configured', () => ({ aud: 'unknown' }), {}],
  ['several audiences', () => ({ aud: ['console', 'billing'] }), {}],
  ['a time from which it is valid that is to come', () => ({ nbf: inSeconds() + 1 }), {}],
  ['an end that has passed', () => ({ iat: inSeconds() - 300, exp: inSeconds() }), {}],
  ['a life of more than 5 minutes', () => ({ exp: inSeconds() + 301 }), {}],
  ['no end', () => ({ exp: undefined }), {}],
  ['no session', () => ({ sid: undefined }), {}],
  ['an ID of another type as its session', () => ({ sid: partsOf(token).claims.sub }), {}],
  ['an ID of another type as its user', () => ({ sub: partsOf(token).claims['sid'] as string }), {}],
  ['another type', () => ({}), { typ: 'JWT' }],
  ['no type', () => ({}), { typ: undefined }],
  ['an unknown key', () => ({}), { kid: 'unknown' }],
  ['no key', () => ({}), { kid: undefined }],
])('reads nothing from a token with %s (R-121)', async (_, changed, header) => {
  expect(await read(await resigned(changed(), header))).toBeNull();
});

test('reads nothing from a token that another key signed', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const { header, claims } = partsOf(token);
  const forged = await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'ES256' }).sign(privateKey);
  expect(await read(forged)).toBeNull();
});

test('reads nothing from an unsigned token, nor from one signed with the public key as a secret (RFC 8725)', async () => {
  const { header, claims } = partsOf(token);
  const { publicJwk } = await currentSigningPair(ruleContext(postern));
  const unsigned = [{ ...header, alg: 'none' }, claims].map((part) => base64url.encode(JSON.stringify(part))).join('.');
  expect(await read(`${unsigned}.`)).toBeNull();
  const extractable = await importJWK({ ...publicJwk }, 'ES256', { extractable: true });
  for (const secret of [await exportSPKI(extractable as CryptoKey), JSON.stringify(await exportJWK(extractable))]) {
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: 'HS256' })
      .sign(createSecretKey(Buffer.from(secret)));
    expect(await read(forged)).toBeNull();
  }
});

test.each(['', '.', '..', 'a.b.c', 'pss_nothing', 'pac_nothing', 'eyJ.eyJ.', '\u0000'])(
  'reads nothing from %j',
  async (text) => {
    expect(await read(text)).toBeNull();
  },
);

test('reads a token of a replaced key until it ends, and nothing after the key has ended (R-122)', async () => {
  await rotateSigning(postern, true);
  expect(await read(token)).toMatchObject({ sessionId });
  postern.clock.advance({ minutes: 4, seconds: 58 });
  expect(await read(token)).toMatchObject({ sessionId });
  postern.clock.advance({ seconds: 1 });
  expect(await read(token)).toBeNull();
});
