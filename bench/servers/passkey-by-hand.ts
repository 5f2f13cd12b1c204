import { hash, randomBytes, randomUUID } from 'node:crypto';
import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server';
import pg from 'pg';
import { serveBare } from './bare-http.ts';

/**
 * A sign-in with a passkey as a handler written by hand would do it, without GraphQL or a framework: it consumes the
 * challenge, verifies the answer with the same library, and inserts a session. Public keys are not encrypted.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const hashOf = (text: string) => hash('sha256', text, 'base64url');

interface Input {
  readonly variables: { readonly input: { readonly response: AuthenticationResponseJSON } };
}

await serveBare(async (body) => {
  const { response } = (JSON.parse(body) as Input).variables.input;
  const clientData = JSON.parse(Buffer.from(response.response.clientDataJSON, 'base64url').toString()) as {
    challenge: string;
  };
  const now = new Date();
  const { rowCount } = await pool.query({
    name: 'take_challenge',
    text: "delete from passkey_challenges where challenge_hash = $1 and purpose = 'SIGN_IN' and expires_at > $2",
    values: [hashOf(clientData.challenge), now],
  });
  const { rows } = await pool.query<{ account_id: string; auth_version: number; public_key: Buffer; counter: string }>({
    name: 'find_passkey',
    text: `select account_id, auth_version, public_key, counter from bench_passkeys
      join accounts on accounts.id = account_id where credential_id = $1 and status = 'ACTIVE'`,
    values: [response.id],
  });
  const [passkey] = rows;
  const { verified } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: clientData.challenge,
    expectedOrigin: 'http://localhost:4000',
    expectedRPID: 'localhost',
    credential: {
      id: response.id,
      publicKey: new Uint8Array(passkey!.public_key),
      counter: Number(passkey!.counter),
    },
    requireUserVerification: true,
  });
  if (rowCount !== 1 || !verified) return JSON.stringify({ data: { loginWithPasskey: { session: null } } });
  const token = `pss_${randomBytes(32).toString('hex')}`;
  await pool.query({
    name: 'insert_session',
    text: `insert into sessions (id, account_id, token_hash, auth_version, factors, methods, created_at, last_seen_at, stepped_up_at,
      idle_seconds, remembered, expires_at) values ($1, $2, $3, $4, '{PASSKEY}', '{hwk,user}', $5, $5, $5, 3600, false, $6)`,
    values: [
      randomUUID(),
      passkey!.account_id,
      hashOf(token),
      passkey!.auth_version,
      now,
      new Date(now.getTime() + 86_400_000),
    ],
  });
  return JSON.stringify({ data: { loginWithPasskey: { session: { token } } } });
});
