import { execFile } from 'node:child_process';
import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { base64url, exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey } from 'jose';
import { currentSigningPair } from '../../src/features/service-auth/signing-keys.js';
import { findFreePort } from '../support/free-port.js';
import { newIdentityToken, partsOf, rotateSigning } from '../support/identity-tokens.js';
import { startPostern, type TestPostern } from '../support/postern.js';
import { ruleContext } from '../support/rule-context.js';
import { newUser } from '../support/users.js';

const folder = join(import.meta.dirname, '../../examples/identity-token');
const programs = [
  ['verify.mjs', process.execPath],
  ['verify.py', '/usr/bin/python3'],
] as const;

let postern: TestPostern;
let issuer: string;
let token: string;
beforeAll(async () => {
  const port = String(await findFreePort());
  issuer = `http://localhost:${port}`;
  postern = await startPostern({ IDENTITY_AUDIENCES: 'console,billing', PORT: port, PUBLIC_URL: issuer });
  token = await newIdentityToken((await newUser(postern, 'BEARER')).client);
});
afterAll(() => postern.close());

/** Runs a program. @returns the claims that it prints; null if it fails */
const verify = (program: (typeof programs)[number], given: string, audience = 'console') =>
  new Promise<Record<string, unknown> | null>((resolve) => {
    const settings = { env: { PATH: process.env['PATH'] ?? '', POSTERN_URL: issuer } };
    execFile(program[1], [join(folder, program[0]), audience, given], settings, (error, stdout) =>
      resolve(error ? null : (JSON.parse(stdout) as Record<string, unknown>)),
    );
  });

const now = () => Math.floor(Date.now() / 1_000);

/** The token with other claims or another header, by the server's key unless another one is given. */
async function signed(
  changed: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
  key?: Parameters<SignJWT['sign']>[0],
): Promise<string> {
  const { header: own, claims } = partsOf(token);
  return new SignJWT({ ...claims, iat: now(), exp: now() + 300, ...changed })
    .setProtectedHeader({ ...own, alg: 'ES256', ...header })
    .sign(key ?? (await currentSigningPair(ruleContext(postern))).privateKey);
}

async function withPublicKeyAsSecret(): Promise<string> {
  const { publicJwk } = await currentSigningPair(ruleContext(postern));
  const spki = await exportSPKI((await importJWK({ ...publicJwk }, 'ES256', { extractable: true })) as CryptoKey);
  return signed({}, { alg: 'HS256' }, createSecretKey(Buffer.from(spki)));
}

function unsigned(): string {
  const { header, claims } = partsOf(token);
  const parts = [
    { ...header, alg: 'none' },
    { ...claims, exp: now() + 300 },
  ];
  return `${parts.map((part) => base64url.encode(JSON.stringify(part))).join('.')}.`;
}

const forgeries: readonly (readonly [string, () => Promise<string> | string])[] = [
  ['without a signature (alg none)', unsigned],
  ['signed with the public key as a secret (HS256)', withPublicKeyAsSecret],
  ['with an unknown kid', () => signed({}, { kid: 'unknown' })],
  ['signed by another key', async () => signed({}, {}, (await generateKeyPair('ES256')).privateKey)],
  ['for another audience', () => signed({ aud: 'billing' })],
  ['without an audience', () => signed({ aud: undefined })],
  ['of another issuer', () => signed({ iss: 'https://other.example.org' })],
  ['that has ended', () => signed({ exp: now() - 1 })],
  ['without an end', () => signed({ exp: undefined })],
  ['that is not valid yet', () => signed({ nbf: now() + 60 })],
  ['of another type', () => signed({}, { typ: 'JWT' })],
  ['without a type', () => signed({}, { typ: undefined })],
];

describe.each(programs)('%s', (...program) => {
  test('prints the claims of a token, and nothing for another service', async () => {
    const genuine = await signed({});
    expect(await verify(program, genuine)).toMatchObject({ aud: 'console', iss: issuer, role: 'USER' });
    expect(await verify(program, genuine, 'billing')).toBeNull();
    expect(await verify(program, genuine, '')).toBeNull();
  });

  test.each(forgeries)('refuses a token %s (RFC 8725, RFC 9068)', async (_, forge) => {
    expect(await verify(program, await forge())).toBeNull();
  });

  test('is shown in docs/services.md', () => {
    const docs = readFileSync(join(folder, '../../docs/services.md'), 'utf8');
    expect(docs).toContain(readFileSync(join(folder, program[0]), 'utf8'));
  });
});

test('both refuse a token whose key was rotated away (R-122)', async () => {
  const ofFormerKey = await signed({});
  const kid = await rotateSigning(postern, true);
  for (const program of programs) expect(await verify(program, ofFormerKey)).not.toBeNull();
  postern.clock.advance({ minutes: 6 });
  for (const program of programs) {
    expect(await verify(program, ofFormerKey)).toBeNull();
    expect(await verify(program, await signed({}, { kid }))).not.toBeNull();
  }
});
