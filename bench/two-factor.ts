import { setTimeout } from 'node:timers/promises';
import { generate } from 'otplib';
import { mutate, send, signIn, type BenchUser } from './people.ts';
import type { Server } from './server-process.ts';

/** The TOTP time step (in ms; RFC 6238). */
export const STEP_MS = 30_000;

/** A user and the secret of their authenticator app. */
export interface Enrolled extends BenchUser {
  readonly secret: string;
}

/** Turns two-factor authentication on for a user, whose session continues with a new token. */
export async function enrol(url: string, user: BenchUser): Promise<Enrolled> {
  const { enableTwoFactor } = await send(
    url,
    'mutation { enableTwoFactor { enrolment { secret } userErrors { code } } }',
    {},
    user.token,
  );
  const secret = enableTwoFactor.enrolment.secret as string;
  const { backupCodes, session } = await mutate(
    url,
    'confirmTwoFactor',
    'backupCodes session { token }',
    { code: await generate({ secret }) },
    user.token,
  );
  if (backupCodes?.length !== 10) throw new Error('an enrolment failed');
  return { ...user, secret, token: session.token as string };
}

/** Signs in with the password, up to the second-factor challenge. */
export async function openChallenge(url: string, { username, password }: Enrolled): Promise<string> {
  const { secondFactor } = await mutate(url, 'login', 'secondFactor { challenge }', {
    login: username,
    password,
    delivery: 'BEARER',
  });
  return secondFactor.challenge as string;
}

/** Passes the second factor with the current code. */
export async function passChallenge(url: string, { secret }: Enrolled, challenge: string): Promise<void> {
  const { session } = await mutate(url, 'verifySecondFactor', 'session { token }', {
    challenge,
    factor: { totpCode: await generate({ secret }) },
  });
  if (!session?.token) throw new Error('a sign-in failed');
}

/** The CPU time of a server per input, one input after the other (in ms). */
async function cpuOfEach<Input, Output>(
  server: Server,
  inputs: readonly Input[],
  work: (input: Input) => Promise<Output>,
): Promise<{ cpuMs: number; outputs: Output[] }> {
  const before = await server.cpuTime();
  const outputs: Output[] = [];
  for (const input of inputs) outputs.push(await work(input));
  return { cpuMs: ((await server.cpuTime()) - before) / inputs.length, outputs };
}

/**
 * Measures enrolment and sign-in with a second factor against the password hashes that they require. A code works once,
 * so each user does each step once.
 */
export async function measureTwoFactor(Postern: Server, argon2: Server, users: readonly BenchUser[]): Promise<void> {
  // Earlier sessions may have been revoked to make room for newer ones.
  const signedIn = await Promise.all(users.map((user) => signIn(Postern.url, user)));
  const enrolment = await cpuOfEach(Postern, signedIn, (user) => enrol(Postern.url, user));
  const hash = await cpuOfEach(argon2, users, () => send(argon2.url, '{ __typename }'));
  // The time step of the enrolments has ended for all users then.
  await setTimeout(STEP_MS - (Date.now() % STEP_MS) + 500);
  const signIns = await cpuOfEach(Postern, enrolment.outputs, async (user) =>
    passChallenge(Postern.url, user, await openChallenge(Postern.url, user)),
  );
  print('enable + confirm two-factor authentication (ten backup codes are hashed)', enrolment.cpuMs, 10 * hash.cpuMs);
  print('login + verifySecondFactor (one password is compared)', signIns.cpuMs, hash.cpuMs);
}

const print = (title: string, cpuMs: number, limit: number) =>
  process.stdout.write(
    `\n${title}\n  Postern ${cpuMs.toFixed(1)} CPU ms, the hashes alone ${limit.toFixed(1)}: ${(limit / cpuMs).toFixed(2)}\n`,
  );
