import type { Client } from './client.js';
import { graphql } from './generated/gql.js';
import type { SecondFactorInput } from './generated/graphql.js';
import type { TestPostern } from './postern.js';
import { newTwoFactorUser, openChallenge, type TwoFactorUser } from './two-factor.js';
import { Login, type TestUser } from './users.js';

const TrustBrowser = graphql(`
  mutation TrustBrowser($input: VerifySecondFactorInput!) {
    verifySecondFactor(input: $input) { session { token session { id factors } } userErrors { code field message } }
  }
`);

const MyTrustedBrowsers = graphql(`
  query MyTrustedBrowsers { me { trustedBrowsers { id device ip createdAt lastUsedAt expiresAt current } } }
`);

const ForgetTrustedBrowsers = graphql(`
  mutation ForgetTrustedBrowsers($input: ForgetTrustedBrowsersInput!) {
    forgetTrustedBrowsers(input: $input) { forgottenIds userErrors { code field message } }
  }
`);

/** The name of the cookie over plain http. */
export const trustCookie = 'postern_trust';

/** Signs in on a client with both factors, and asks to skip the second step there from now on. */
export async function signInAndTrust(
  client: Client,
  user: Pick<TestUser, 'username' | 'password'>,
  factor: SecondFactorInput,
  delivery: 'COOKIE' | 'BEARER' = 'COOKIE',
) {
  const challenge = await openChallenge(client, user, delivery);
  const answer = await client.send(TrustBrowser, { input: { challenge, factor, trustBrowser: true } });
  client.token = answer.data.verifySecondFactor?.session?.token ?? null;
  return answer;
}

/** A user with two-factor authentication on, and a browser that they trust, in which they are signed in. */
export interface TrustingUser extends TwoFactorUser {
  readonly browser: Client;
}

/** Signs up a user who trusts a browser. */
export async function newTrustingUser(postern: TestPostern): Promise<TrustingUser> {
  const user = await newTwoFactorUser(postern);
  const browser = postern.client();
  await signInAndTrust(browser, user, { totpCode: await user.app.nextCode() });
  return { ...user, browser };
}

/**
 * Signs in with the password in a browser.
 *
 * @returns whether the second step was skipped
 * @throws {Error} if the sign-in was refused: it must ask for the second factor instead
 */
export async function skipsSecondStep(
  browser: Client,
  { username, password }: Pick<TestUser, 'username' | 'password'>,
): Promise<boolean> {
  const { data } = await browser.send(Login, { input: { login: username, password } });
  const { session, secondFactor, userErrors } = data.login!;
  if (!session && !secondFactor) throw new Error(`the sign-in was refused: ${userErrors[0]?.code}`);
  return session != null;
}

/** A copy of a browser that signed in again, and so skipped the second step. */
export async function signInAgain(user: TrustingUser): Promise<Client> {
  const client = user.browser.copy();
  client.cookies.delete('postern_session');
  if (!(await skipsSecondStep(client, user))) throw new Error('the browser is not trusted');
  return client;
}

/** The trusted browsers of the viewer. */
export const myTrustedBrowsers = async (client: Client) =>
  (await client.send(MyTrustedBrowsers)).data.me?.trustedBrowsers ?? null;

export const forgetTrustedBrowsers = (client: Client, ids?: readonly string[]) =>
  client.send(ForgetTrustedBrowsers, { input: { ids: ids ? [...ids] : null } });
