import { generate } from 'otplib';
import type { Database } from '../../src/database/connection/database.js';
import type { TestClock } from './clock.js';
import type { Answer, Client } from './client.js';
import { query } from './database.js';
import { graphql } from './generated/gql.js';
import type { EnableTwoFactorInput, SecondFactorInput } from './generated/graphql.js';
import { newUser, type TestUser } from './users.js';
import type { TestPostern } from './postern.js';

const EnableTwoFactor = graphql(`
  mutation EnableTwoFactor($input: EnableTwoFactorInput) {
    enableTwoFactor(input: $input) { enrolment { secret otpauthUri qrCode png: qrCode(format: PNG) expiresAt } userErrors { code field message } }
  }
`);

const ConfirmTwoFactor = graphql(`
  mutation ConfirmTwoFactor($input: ConfirmTwoFactorInput!) {
    confirmTwoFactor(input: $input) {
      user { id username twoFactor { enabled enabledAt backupCodesLeft } }
      backupCodes
      session { token session { id factors } }
      userErrors { code field message }
    }
  }
`);

const DisableTwoFactor = graphql(`
  mutation DisableTwoFactor($input: DisableTwoFactorInput!) {
    disableTwoFactor(input: $input) { user { twoFactor { enabled enabledAt backupCodesLeft } } session { token session { id } } userErrors { code field message } }
  }
`);

const RegenerateBackupCodes = graphql(`
  mutation RegenerateBackupCodes($input: RegenerateBackupCodesInput!) {
    regenerateBackupCodes(input: $input) { backupCodes userErrors { code field message } }
  }
`);

const ConfirmIdentityWithFactor = graphql(`
  mutation ConfirmIdentityWithFactor($input: ConfirmIdentityInput!) {
    confirmIdentity(input: $input) { stepUpExpiresAt session { token session { id } } userErrors { code field message } }
  }
`);

const VerifySecondFactor = graphql(`
  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {
    verifySecondFactor(input: $input) {
      user { id username }
      session { token session { id current factors expiresAt } }
      backupCodesLeft
      userErrors { code field message }
    }
  }
`);

const ChallengeLogin = graphql(`
  mutation ChallengeLogin($input: LoginInput!) {
    login(input: $input) { session { token } secondFactor { challenge } userErrors { code field message } }
  }
`);

const MyTwoFactor = graphql(`query MyTwoFactor { me { twoFactor { enabled enabledAt backupCodesLeft } } }`);

/** The TOTP time step (in ms). */
const STEP_MS = 30_000;

/** The code of an authenticator app at a given time. */
export const totpCode = (secret: string, at: Date): Promise<string> =>
  generate({ secret, epoch: Math.floor(at.getTime() / 1_000) });

/** An authenticator app that follows the server's clock. */
export class Authenticator {
  constructor(
    readonly secret: string,
    readonly clock: TestClock,
  ) {}

  /** The current code, or the one a number of steps later. */
  code(stepsLater = 0): Promise<string> {
    return totpCode(this.secret, new Date(this.clock.read().getTime() + stepsLater * STEP_MS));
  }

  /** Advances the clock by a step. @returns the first code not shown yet */
  nextCode(): Promise<string> {
    this.clock.advance({ seconds: 30 });
    return this.code();
  }

  /** A code that matches no step close to now. */
  async wrongCode(): Promise<string> {
    const near = await Promise.all([-2, -1, 0, 1, 2].map((steps) => this.code(steps)));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
  }
}

/** Stores the new token of a client's own session, for clients with a bearer token. */
function keepToken<Given extends Answer<unknown>>(client: Client, answer: Given): Given {
  const [payload] = Object.values(
    (answer.data ?? {}) as Record<string, { session?: { token?: string | null } | null } | null>,
  );
  if (client.token !== null) client.token = payload?.session?.token ?? client.token;
  return answer;
}

export const enableTwoFactor = (client: Client, input?: EnableTwoFactorInput) =>
  client.send(EnableTwoFactor, { input: input ?? null });
export const confirmTwoFactor = async (client: Client, code: string) =>
  keepToken(client, await client.send(ConfirmTwoFactor, { input: { code } }));
export const disableTwoFactor = async (client: Client, factor: SecondFactorInput, password?: string) =>
  keepToken(
    client,
    await client.send(DisableTwoFactor, { input: { factor, ...(password === undefined ? {} : { password }) } }),
  );
export const regenerateBackupCodes = (client: Client, code: string, password?: string) =>
  client.send(RegenerateBackupCodes, { input: { code, ...(password === undefined ? {} : { password }) } });
export const confirmIdentity = async (client: Client, password: string, factor?: SecondFactorInput) =>
  keepToken(
    client,
    await client.send(ConfirmIdentityWithFactor, { input: { password, ...(factor ? { factor } : {}) } }),
  );
export const verifySecondFactor = (client: Client, challenge: string, factor: SecondFactorInput) =>
  client.send(VerifySecondFactor, { input: { challenge, factor } });

/** The viewer's two-factor status. */
export async function myTwoFactor(client: Client) {
  return (await client.send(MyTwoFactor)).data.me?.twoFactor ?? null;
}

/** Passes the first step of a sign-in. @returns the challenge */
export async function openChallenge(
  client: Client,
  { username, password }: Pick<TestUser, 'username' | 'password'>,
  delivery: 'COOKIE' | 'BEARER' = 'BEARER',
  rememberMe = false,
): Promise<string> {
  const { data } = await client.send(ChallengeLogin, { input: { login: username, password, delivery, rememberMe } });
  return data.login!.secondFactor!.challenge;
}

/** A user with two-factor authentication on. */
export interface TwoFactorUser extends TestUser {
  readonly app: Authenticator;
  readonly backupCodes: readonly string[];
}

/** Starts an enrolment on a client. @returns the app that scanned it */
export async function scan(
  postern: Pick<TestPostern, 'clock'>,
  client: Client,
  proof?: EnableTwoFactorInput,
): Promise<Authenticator> {
  const { data } = await enableTwoFactor(client, proof);
  return new Authenticator(data.enableTwoFactor!.enrolment!.secret, postern.clock);
}

/** Starts the replacement of a user's app, with the password and a new code of the old one. @returns the new app */
export const scanReplacement = async (
  postern: Pick<TestPostern, 'clock'>,
  { client, password, app }: TwoFactorUser,
): Promise<Authenticator> => scan(postern, client, { password, factor: { totpCode: await app.nextCode() } });

/** Signs up a user and turns two-factor authentication on. Their next code is unused. */
export async function newTwoFactorUser(
  postern: TestPostern,
  delivery: 'COOKIE' | 'BEARER' = 'COOKIE',
): Promise<TwoFactorUser> {
  const user = await newUser(postern, delivery);
  const app = await scan(postern, user.client);
  const { data } = await confirmTwoFactor(user.client, await app.code());
  return { ...user, app, backupCodes: data.confirmTwoFactor!.backupCodes! };
}

/** Signs a user in on another client with both factors. */
export async function signInWithFactor(
  postern: TestPostern,
  user: TestUser,
  factor: SecondFactorInput,
  delivery: 'COOKIE' | 'BEARER' = 'COOKIE',
): Promise<Client> {
  const client = postern.client();
  const { data } = await verifySecondFactor(client, await openChallenge(client, user, delivery), factor);
  client.token = data.verifySecondFactor?.session?.token ?? null;
  return client;
}

/** Turns two-factor authentication on for an account without a working app, for tests of what it blocks. */
export async function markTwoFactorOn(database: Database, username: string): Promise<void> {
  await query(
    database,
    "insert into two_factors (account_id, enabled_at, secret_ciphertext, last_step) select id, now(), 'nothing', 0 from accounts where username = ?",
    [username],
  );
}
