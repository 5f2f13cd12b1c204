import type { Client } from './client.js';
import { query } from './database.js';
import { codeIn, tokenIn, type MailServer } from './mail-server.js';
import { newAddress, newUsername } from './users.js';
import type { TestPostern } from './postern.js';
import { totpCode } from './two-factor.js';

/** A secret that a user typed or received, and how many responses and mails may contain it. */
export interface Secret {
  readonly name: string;
  readonly value: string;
  readonly answers: number;
  readonly mails: number;
}

/** What a user saw who did everything once. */
export interface Journey {
  readonly username: string;
  readonly addresses: readonly string[];
  readonly secrets: readonly Secret[];
  /** The text of every response. */
  readonly answers: readonly string[];
}

type Payload = Record<string, any>;

/** Sends mutations and records the responses. */
class Caller {
  readonly answers: string[] = [];

  async call(client: Client, mutation: string, fields: string, input?: Record<string, unknown>): Promise<Payload> {
    const declared = input ? `($input: ${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!)` : '';
    const answer = await client.send(
      `mutation ${declared} { ${mutation}${input ? '(input: $input)' : ''} { ${fields} userErrors { code } } }`,
      { input },
    );
    this.answers.push(answer.text);
    return answer.data[mutation] as Payload;
  }

  /** Stores the session token of a payload in the client. @returns the token */
  enter(client: Client, { session }: Payload): string {
    return (client.token = session.token as string);
  }

  /** Signs up a user on a client. */
  async register(client: Client, username: string, password: string): Promise<string> {
    return this.enter(
      client,
      await this.call(client, 'register', 'session { token }', {
        username,
        password,
        confirmPassword: password,
        delivery: 'BEARER',
      }),
    );
  }
}

const handedOver = (name: string, ...values: string[]): Secret[] =>
  values.map((value) => ({ name, value, answers: 1, mails: 0 }));
const mailed = (name: string, ...values: string[]): Secret[] =>
  values.map((value) => ({ name, value, answers: 0, mails: 1 }));
const typed = (name: string, ...values: string[]): Secret[] =>
  values.map((value) => ({ name, value, answers: 0, mails: 0 }));

/**
 * Does everything once that accepts or returns a secret: as a user with address, second factor, API token and call
 * keys, and as an administrator.
 */
export async function everySecret(postern: TestPostern, mail: MailServer): Promise<Journey> {
  const caller = new Caller();
  const [client, username, addresses] = [postern.client(), newUsername(), [newAddress(), newAddress()] as const];
  const [first, second, third, wrong] = [
    'Canary-Harbour-71',
    'Canary-Lantern-88',
    'Canary-Thistle-99',
    'Canary-Wrong-12345',
  ];
  const registered = await caller.register(client, username, first);
  await caller.call(postern.client(), 'login', 'session { token }', { login: username, password: wrong });
  const ofAddresses = await bindTwice(postern, mail, caller, client, addresses);
  const changed = caller.enter(
    client,
    await caller.call(client, 'changePassword', 'session { token }', {
      currentPassword: first,
      newPassword: second,
      confirmPassword: second,
    }),
  );
  const apiToken = (await caller.call(client, 'resetApiToken', 'token')).token as string;
  const { key, callKey } = await caller.call(client, 'createCallKey', 'key callKey { id }', { name: 'key' });
  const { key: rotatedKey } = await caller.call(client, 'rotateCallKey', 'key', { id: callKey.id });
  const ofFactor = await useCodeTwice(postern, mail, caller, client, {
    login: addresses[1],
    password: second,
    next: third,
  });
  return {
    username,
    addresses,
    answers: caller.answers,
    secrets: [
      ...typed('a password', first, second, third, wrong),
      ...handedOver('a session token', registered, changed),
      ...handedOver('the API token', apiToken),
      ...handedOver('a call key', key, rotatedKey),
      ...ofAddresses,
      ...ofFactor,
      ...(await administrate(postern, caller, rotatedKey)),
    ],
  };
}

/** Binds one address, then replaces it with the other. */
async function bindTwice(
  postern: TestPostern,
  mail: MailServer,
  caller: Caller,
  client: Client,
  addresses: readonly [string, string],
): Promise<Secret[]> {
  const codes: string[] = [];
  for (const email of addresses) {
    await caller.call(client, 'sendVerificationCode', 'expiresAt', { email });
    codes.push(codeIn(await mail.mailTo(email)));
    await caller.call(client, 'bindEmail', 'user { email }', { email, code: codes.at(-1) });
    postern.clock.advance({ seconds: 61 });
  }
  await mail.until(() => mail.to(addresses[0]).some((received) => tokenIn(received) !== ''));
  return [
    ...mailed('a mailed code', ...codes),
    ...mailed('the way back to an address', mail.to(addresses[0]).map(tokenIn).find(Boolean)!),
  ];
}

/** Turns two-factor authentication on, signs in with it and recovers the password with it. */
async function useCodeTwice(
  postern: TestPostern,
  mail: MailServer,
  caller: Caller,
  client: Client,
  { login, password, next }: { login: string; password: string; next: string },
): Promise<Secret[]> {
  const {
    enrolment: { secret },
  } = (await caller.call(client, 'enableTwoFactor', 'enrolment { secret }')) as { enrolment: { secret: string } };
  const codes: string[] = [];
  const totp = async () => {
    postern.clock.advance({ seconds: 30 });
    codes.push(await totpCode(secret, postern.clock.read()));
    return codes.at(-1)!;
  };
  const confirmed = await caller.call(client, 'confirmTwoFactor', 'backupCodes session { token }', {
    code: await totp(),
  });
  const rotated = caller.enter(client, confirmed);
  const {
    secondFactor: { challenge },
  } = await caller.call(postern.client(), 'login', 'session { token } secondFactor { challenge }', { login, password });
  await caller.call(postern.client(), 'verifySecondFactor', 'session { token }', {
    challenge,
    factor: { backupCode: confirmed['backupCodes'][0] },
  });
  await caller.call(postern.client(), 'requestPasswordReset', '', { email: login });
  await mail.until(() => mail.to(login).some((received) => tokenIn(received) !== ''));
  const token = mail.to(login).map(tokenIn).find(Boolean)!;
  await caller.call(postern.client(), 'resetPassword', '', {
    token,
    newPassword: next,
    confirmPassword: next,
    factor: { totpCode: await totp() },
  });
  return [
    ...handedOver('a session token', rotated),
    ...handedOver('the TOTP secret', secret),
    ...typed('a code of the app', ...codes),
    ...handedOver('a backup code', ...(confirmed['backupCodes'] as string[])),
    ...handedOver('the challenge', challenge as string),
    ...mailed('the reset token', token),
  ];
}

/** Creates a user and a service account as ROOT, and verifies a call key with that account. */
async function administrate(postern: TestPostern, caller: Caller, callKey: string): Promise<Secret[]> {
  const [root, username, password] = [postern.client(), newUsername(), 'Canary-Keeper-33'];
  const session = await caller.register(root, username, password);
  await query(postern.database, "update accounts set role = 'ROOT' where username = ?", [username]);
  const create = (role: string) =>
    caller.call(root, 'createUser', 'passwordLink serviceToken', { username: newUsername(), role, reason: 'a canary' });
  const [{ passwordLink }, { serviceToken }] = [await create('USER'), await create('SERVICE')];
  const gateway = Object.assign(postern.client(), { token: serviceToken as string });
  caller.answers.push(
    (await gateway.send('query ($key: String!) { verifyCallKey(key: $key) { refusal } }', { key: callKey })).text,
  );
  return [
    ...typed('a password', password),
    ...handedOver('a session token', session),
    ...handedOver('the link to a password', passwordLink.split('#')[1]),
    ...handedOver('a machine account’s token', serviceToken),
  ];
}

/** Every row of every table, including the job queue's, as text. */
export async function everyTable({ database }: Pick<TestPostern, 'database'>): Promise<string> {
  const tables = await query<{ name: string }>(
    database,
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'",
  );
  const rows = await Promise.all(
    tables.map(({ name }) => query<{ row: string }>(database, `select t::text as row from ${name} t`)),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

/**
 * Every stored hash, ciphertext and code of a secret. They help an attacker to guess, so no output may contain them.
 */
export async function everyStoredForm({ database }: Pick<TestPostern, 'database'>): Promise<string[]> {
  const columns = await query<{ table_name: string; column_name: string }>(
    database,
    "select table_name, column_name from information_schema.columns where table_schema = 'public' and table_name not like 'event_seals' and column_name ~ '(hash|ciphertext|mac)$'",
  );
  const values = await Promise.all(
    columns.map(({ table_name: table, column_name: column }) =>
      query<{ value: string }>(database, `select "${column}" as value from "${table}" where "${column}" is not null`),
    ),
  );
  return values.flat().map(({ value }) => value);
}

/** Whether a text contains a secret on its own: six digits are also part of timestamps and longer numbers. */
export const standsIn = (text: string, secret: string): boolean =>
  new RegExp(`(?<![\\d.])${secret.replaceAll('.', '\\.')}(?!\\d)`).test(text);
