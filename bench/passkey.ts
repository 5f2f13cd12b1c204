import { hash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { decodeAttestationObject, parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import { SoftwareAuthenticator } from '../test/support/software-authenticator.ts';
import { openBackendCpu, type BackendCpu } from './compare/backend-cpu.ts';
import { mutate, type BenchUser } from './people.ts';
import type { Server } from './server-process.ts';
import { median, summary } from './statistics.ts';

/** What the sign-ins of a round need: the limit of sessions of an account is 20. */
const SIGN_INS_PER_USER = 20;
/** V8 recompiles hot code, which a server that has run for a minute has already done. */
const WARM_UP_ROUNDS = 20;
const DOCUMENT =
  'mutation ($input: LoginWithPasskeyInput!) { loginWithPasskey(input: $input) { session { token } userErrors { code } } }';

/** Adds a passkey to each user, and its public key to the table of the handler written by hand. */
async function addPasskeys(url: string, users: readonly BenchUser[], database: pg.Client) {
  await database.query(
    'create table bench_passkeys (credential_id text primary key, account_id uuid, public_key bytea, counter bigint)',
  );
  const authenticators: SoftwareAuthenticator[] = [];
  for (const { token, password, username } of users) {
    const authenticator = new SoftwareAuthenticator('http://localhost:4000');
    const { options } = await mutate(url, 'startPasskeyRegistration', 'options', { password }, token);
    const response = authenticator.register(options);
    await mutate(url, 'registerPasskey', 'backupCodes', { response }, token);
    const attestation = decodeAttestationObject(
      new Uint8Array(Buffer.from(response.response.attestationObject, 'base64url')),
    );
    const { credentialPublicKey } = parseAuthenticatorData(attestation.get('authData'));
    await database.query('insert into bench_passkeys select $1, id, $2, 0 from accounts where username = $3', [
      response.id,
      Buffer.from(credentialPublicKey!),
      username,
    ]);
    authenticators.push(authenticator);
  }
  return authenticators;
}

/** Answers to new challenges, which are stored as the server stores its own, past its limit for an address. */
async function newAnswers(authenticators: readonly SoftwareAuthenticator[], database: pg.Client): Promise<string[]> {
  const answers: string[] = [];
  for (let number = 0; number < SIGN_INS_PER_USER; number += 1) {
    for (const authenticator of authenticators) {
      const challenge = randomBytes(32).toString('base64url');
      await database.query(
        "insert into passkey_challenges (challenge_hash, purpose, created_at, expires_at) values ($1, 'SIGN_IN', now(), now() + interval '5 minutes')",
        [hash('sha256', challenge, 'base64url')],
      );
      const response = authenticator.answer({ challenge, rpId: 'localhost' }, (state) => (state.counter = 0));
      answers.push(JSON.stringify({ query: DOCUMENT, variables: { input: { response, delivery: 'BEARER' } } }));
    }
  }
  return answers;
}

/** Sends all answers over eight connections. @throws when one is refused */
async function signInAll(url: string, answers: string[]): Promise<void> {
  const one = async () => {
    for (let body = answers.pop(); body !== undefined; body = answers.pop()) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const text = await response.text();
      if (!text.includes('"token":"pss_')) throw new Error(`a sign-in was answered with ${text}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, one));
}

/** The CPU time of server and database for a sign-in (in ms). */
async function measure(server: Server, answers: string[], cpu: BackendCpu): Promise<number> {
  const count = answers.length;
  const before = await server.cpuTime();
  const databaseMs = await cpu.measure(() => signInAll(server.url, answers));
  const serverMs = (await server.cpuTime()) - before;
  return (serverMs + databaseMs) / count;
}

/** Measures a sign-in with a passkey against a handler written by hand, by CPU time of server and database. */
export async function measurePasskeys(
  { Postern, byHand }: Readonly<Record<'Postern' | 'byHand', Server>>,
  databaseUrl: string,
  users: readonly BenchUser[],
  rounds: number,
): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const maintenance = new URL(databaseUrl);
  maintenance.pathname = '/postgres';
  const cpu = await openBackendCpu(maintenance.href, databaseUrl);
  try {
    const authenticators = await addPasskeys(Postern.url, users, database);
    const play = async (server: Server) => {
      await database.query('delete from sessions');
      return measure(server, await newAnswers(authenticators, database), cpu);
    };
    for (let n = 0; n < WARM_UP_ROUNDS; n += 1) {
      await play(Postern);
      await play(byHand);
    }
    const ms = { Postern: [] as number[], byHand: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      ms.Postern.push(await play(Postern));
      ms.byHand.push(await play(byHand));
    }
    const ratio = median(ms.Postern.map((one, round) => ms.byHand[round]! / one));
    process.stdout.write(
      `\nloginWithPasskey (CPU ms of server and database, median (least–most))\n  by hand ${summary(ms.byHand, 2)}\n  Postern ${summary(ms.Postern, 2)}\n  Postern against by hand: ${ratio.toFixed(2)} (aim: 0.6)\n`,
    );
  } finally {
    await cpu.close();
    await database.end();
  }
}
