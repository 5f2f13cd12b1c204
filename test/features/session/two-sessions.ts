import { expect } from '@jest/globals';
import type { Answer, Client } from '../../support/client.js';
import { codeIn, type MailServer } from '../../support/mail-server.js';
import { registerAt } from '../../support/registrations.js';
import {
  confirmTwoFactor,
  enableTwoFactor,
  openChallenge,
  totpCode,
  verifySecondFactor,
} from '../../support/two-factor.js';
import type { TwoServers } from '../../support/two-servers.js';
import { goodPassword, Login } from '../../support/users.js';
import type { Role } from '../../../src/rules/role.js';

/** Two servers and their mail. */
export interface Stage {
  readonly two: TwoServers;
  readonly mail: MailServer;
}

/** A new user with a session on each server. */
export interface TwoSessions extends Stage {
  readonly username: string;
  /** The public ID of the account, and that in the database. */
  readonly id: string;
  readonly accountId: string;
  readonly role: Role;
  /** The session on server 0. */
  readonly here: Client;
  readonly hereId: string;
  /** The session on server 1. */
  readonly there: Client;
  readonly thereId: string;
  /** A new code of the app, if two-factor authentication is on. */
  code(): Promise<string>;
}

/** Sends a mutation, with an input if it takes one. */
export const mutate = (
  client: Client,
  name: string,
  fields: string,
  input?: Record<string, unknown>,
): Promise<Answer<Record<string, any>>> => {
  const [declared, given] = input
    ? [`($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!)`, '(input: $input)']
    : ['', ''];
  return client.send(`mutation ${declared} { ${name}${given} { ${fields} userErrors { code field } } }`, { input });
};

/** Sends a mutation that must succeed. @returns its payload */
export async function change(client: Client, name: string, fields: string, input?: Record<string, unknown>) {
  const answer = await mutate(client, name, fields, input);
  expect(answer).toSucceed();
  return answer.data[name] as Record<string, any>;
}

const ownSession = async (client: Client): Promise<string> =>
  (
    (await client.send('{ me { sessions { id current } } }')).data['me'].sessions as { id: string; current: boolean }[]
  ).find(({ current }) => current)!.id;

/** Signs a user in on a server. */
export async function signInAt({ two }: Stage, server: number, username: string): Promise<Client> {
  const client = two.client(server);
  const { data } = await client.send(Login, {
    input: { login: username, password: goodPassword, delivery: 'BEARER' },
  });
  return Object.assign(client, { token: data.login!.session!.token });
}

/** Makes the current code of an app valid again, because race tests do not wait for the clock. */
const forgetSteps = ({ two }: Stage, accountId: string) =>
  two.database.query('update two_factors set last_step = 0 where account_id = $1', [accountId]);

/** Signs up a user of a role, with two-factor authentication on or off, and signs in on both servers. */
export async function newTwoSessions(
  stage: Stage,
  { role = 'USER', twoFactor = false }: { readonly role?: Role; readonly twoFactor?: boolean } = {},
): Promise<TwoSessions> {
  const { id, username, client: here } = await registerAt(stage.two.servers[0]);
  const [row] = await stage.two.database.query<{ id: string }>(
    'update accounts set role = $1 where username = $2 returning id',
    [role, username],
  );
  const accountId = row!.id;
  let secret = '';
  const code = async () => {
    await forgetSteps(stage, accountId);
    return totpCode(secret, new Date());
  };
  if (twoFactor) {
    secret = (await enableTwoFactor(here)).data.enableTwoFactor!.enrolment!.secret;
    expect(await confirmTwoFactor(here, await code())).toSucceed();
  }
  const there = twoFactor ? stage.two.client(1) : await signInAt(stage, 1, username);
  if (twoFactor) {
    const challenge = await openChallenge(there, { username, password: goodPassword });
    const { data } = await verifySecondFactor(there, challenge, { totpCode: await code() });
    there.token = data.verifySecondFactor!.session!.token!;
  }
  const [hereId, thereId] = [await ownSession(here), await ownSession(there)];
  return { ...stage, username, id, accountId, role, here, hereId, there, thereId, code };
}

/** Requests a code that binds an address. @returns the input of bindEmail */
export async function requestCode({ here, mail, two }: TwoSessions, email: string) {
  await two.database.query("update email_verifications set created_at = created_at - interval '1 hour'");
  const before = mail.to(email).length;
  await change(here, 'sendVerificationCode', 'expiresAt', { email });
  return { email, code: codeIn(await mail.mailTo(email, before + 1)) };
}
