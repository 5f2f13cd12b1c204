import { newToken } from '../../../src/crypto/token.js';
import { newAccessToken, revokeAccessTokens, rotateAccessToken } from '../../support/access-tokens.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import type { TestPostern } from '../../support/postern.js';
import { newService } from '../../support/services.js';
import { trustCookie, newTrustingUser } from '../../support/trusted-browsers.js';
import { newTwoFactorUser, openChallenge } from '../../support/two-factor.js';
import { goodPassword, newUser, signIn, type TestUser } from '../../support/users.js';

/** Where the credentials of a table are used from: an address that is in no range of the tests. */
export const presentingIp = '198.51.100.7';

/** The token of a client's session. */
export const sessionTokenOf = (client: Client): string => client.token ?? client.cookies.get('postern_session')!;

/** A new API token of a client's user. */
export const newApiToken = async (client: Client): Promise<string> =>
  (await client.send('mutation { resetApiToken { token } }')).data['resetApiToken'].token as string;

type Make = (postern: TestPostern) => Promise<string>;

/** Runs an act on a new user with a session and both kinds of tokens. */
const after =
  (kind: 'session' | 'apiToken' | 'accessToken', act: (user: TestUser, postern: TestPostern) => unknown): Make =>
  async (postern) => {
    const user = await newUser(postern, 'BEARER');
    const credential =
      kind === 'session'
        ? sessionTokenOf(user.client)
        : kind === 'apiToken'
          ? await newApiToken(user.client)
          : (await newAccessToken(user.client)).token;
    await act(user, postern);
    return credential;
  };

const setAccount = (assignments: string) => (user: TestUser, postern: TestPostern) =>
  query(postern.database, `update accounts set ${assignments} where username = ?`, [user.username]);

const disable = setAccount("status = 'DISABLED'");
const remove = setAccount("status = 'DELETED', deleted_at = now(), status_before_deletion = 'ACTIVE'");
const confirm = ({ client }: TestUser) =>
  client.send(`mutation { confirmIdentity(input: { password: "${goodPassword}" }) { userErrors { code } } }`);
const changePassword = ({ client }: TestUser) =>
  client.send(
    `mutation { changePassword(input: { currentPassword: "${goodPassword}", newPassword: "Louder-Lantern-72", confirmPassword: "Louder-Lantern-72" }) { userErrors { code } } }`,
  );

const mistyped = (token: string) => token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');

/** Everything that is no valid credential, by name. */
export const inactive: Readonly<Record<string, Make>> = {
  'a session that the user signed out of': after('session', ({ client }) =>
    client.send('mutation { logout { userErrors { code } } }'),
  ),
  'a session past its lifetime': after('session', (_user, { database }) =>
    query(database, "update sessions set expires_at = '2020-01-01', last_seen_at = '2999-01-01'"),
  ),
  'a session that was idle too long': after('session', (_user, { database }) =>
    query(database, "update sessions set last_seen_at = '2020-01-01'"),
  ),
  'a session token that was rotated': after('session', confirm),
  'a session before a change of the password': after('session', async (user, postern) =>
    changePassword({ ...user, client: await signIn(postern, user, 'BEARER') }),
  ),
  'a session of a disabled account': after('session', disable),
  'a session of a deleted account': after('session', remove),
  'an API token that was reset': after('apiToken', ({ client }) => newApiToken(client)),
  'an API token of a disabled account': after('apiToken', disable),
  'an API token of a deleted account': after('apiToken', remove),
  'an access token of a disabled account': after('accessToken', disable),
  'an access token past its end': after('accessToken', (_user, { database }) =>
    query(database, "update access_tokens set expires_at = '2020-01-01'"),
  ),
  'a revoked access token': async (postern) => {
    const { client } = await newUser(postern);
    const { token, id } = await newAccessToken(client);
    await revokeAccessTokens(client, [id]);
    return token;
  },
  'an access token that was rotated': async (postern) => {
    const { client } = await newUser(postern);
    const { token, id } = await newAccessToken(client);
    await rotateAccessToken(client, { id, graceHours: 0 });
    return token;
  },
  'an access token from another address': async (postern) =>
    (await newAccessToken((await newUser(postern)).client, { allowedIps: ['203.0.113.0/24'] })).token,
  'a token of a SERVICE account': async (postern) => (await newService(postern, ['CREDENTIALS'])).token,
  'a call key': async (postern) =>
    (await (await newUser(postern)).client.send('mutation { createCallKey(input: { name: "key" }) { key } }')).data[
      'createCallKey'
    ].key as string,
  'a challenge of an unfinished sign-in': async (postern) =>
    openChallenge(postern.client(), await newTwoFactorUser(postern)),
  'the token of a trusted browser': async (postern) =>
    (await newTrustingUser(postern)).browser.cookies.get(trustCookie)!,
  'a session token that was never issued': () => Promise.resolve(newToken('session')),
  'an API token that was never issued': () => Promise.resolve(newToken('apiToken')),
  'an access token that was never issued': () => Promise.resolve(newToken('accessToken')),
  'an access token with a typing mistake': () => Promise.resolve(mistyped(newToken('accessToken'))),
  'a JWT': () => Promise.resolve('eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl'),
  'a long text': () => Promise.resolve('x'.repeat(4_000)),
};
