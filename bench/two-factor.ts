import { setTimeout } from 'node:timers/promises';
import { generate } from 'otplib';
import { send, signIn, type Person } from './people.ts';
import type { Server } from './server-process.ts';

/** A time step of TOTP (in ms; RFC 6238). */
const STEP_MS = 30_000;

/** A person and the secret of their authenticator app. */
interface Enrolled extends Person {
  readonly secret: string;
}

const mutation = (name: string, fields: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${fields} userErrors { code } } }`;

async function enrol(url: string, person: Person): Promise<Enrolled> {
  const { enableTwoFactor } = await send(
    url,
    'mutation { enableTwoFactor { enrolment { secret } userErrors { code } } }',
    {},
    person.token,
  );
  const secret = enableTwoFactor.enrolment.secret as string;
  const { confirmTwoFactor } = await send(
    url,
    mutation('confirmTwoFactor', 'backupCodes'),
    { input: { code: await generate({ secret }) } },
    person.token,
  );
  if (confirmTwoFactor.backupCodes?.length !== 10) throw new Error('an enrolment failed');
  return { ...person, secret };
}

async function signInWithCode(url: string, { username, password, secret }: Enrolled): Promise<void> {
  const { login } = await send(url, mutation('login', 'secondFactor { challenge }'), {
    input: { login: username, password, delivery: 'BEARER' },
  });
  const input = { challenge: login.secondFactor.challenge as string, factor: { totpCode: await generate({ secret }) } };
  const { verifySecondFactor } = await send(url, mutation('verifySecondFactor', 'session { token }'), { input });
  if (!verifySecondFactor.session) throw new Error('a sign-in failed');
}

/** What a server used of the processors for each of some people, one after the other (in ms). */
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
 * Measures enrolment and sign-in with a second factor beside the password hashes that they cannot do without, in one
 * run. A code works once, so that each person does each thing once.
 */
export async function measureTwoFactor(Postern: Server, argon2: Server, people: readonly Person[]): Promise<void> {
  // Sessions of before may have made room for newer ones.
  const signedIn = await Promise.all(people.map((person) => signIn(Postern.url, person)));
  const enrolment = await cpuOfEach(Postern, signedIn, (person) => enrol(Postern.url, person));
  const hash = await cpuOfEach(argon2, people, () => send(argon2.url, '{ __typename }'));
  // The step that the enrolments used is over then, for all of them.
  await setTimeout(STEP_MS - (Date.now() % STEP_MS) + 500);
  const signIns = await cpuOfEach(Postern, enrolment.outputs, (person) => signInWithCode(Postern.url, person));
  print('enable + confirm two-factor authentication (ten backup codes are hashed)', enrolment.cpuMs, 10 * hash.cpuMs);
  print('login + verifySecondFactor (one password is compared)', signIns.cpuMs, hash.cpuMs);
}

const print = (title: string, cpuMs: number, limit: number) =>
  process.stdout.write(
    `\n${title}\n  Postern ${cpuMs.toFixed(1)} CPU ms, the hashes alone ${limit.toFixed(1)}: ${(limit / cpuMs).toFixed(2)}\n`,
  );
