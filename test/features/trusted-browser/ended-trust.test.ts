import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MailServer } from '../../support/mail-server.js';
import { tokenIn } from '../../support/mail-server.js';
import { registerPasskey, registrationOptions, pageOrigin } from '../../support/passkeys.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { newTrustingUser, signInAgain, skipsSecondStep, type TrustingUser } from '../../support/trusted-browsers.js';
import {
  confirmIdentity,
  confirmTwoFactor,
  disableTwoFactor,
  regenerateBackupCodes,
  scan,
  scanReplacement,
} from '../../support/two-factor.js';
import { bindAddress, newAddress } from '../../support/users.js';
import { whoAmI } from '../sign-in/login-as.js';
import { act, type ActName } from '../administration/actions.js';
import { newUserOfRole } from '../administration/administrators.js';

let postern: TestPostern;
let mail: MailServer;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail({ TRUSTED_BROWSER_DAYS: '30', PUBLIC_URL: pageOrigin }));
});
afterAll(() => postern.close());

const password = 'Louder-Lantern-88';
const input = (name: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { userErrors { code } } }`;

async function administrate(user: TrustingUser, ...acts: readonly [ActName, Record<string, unknown>?][]) {
  for (const [name, values] of acts) {
    const { client } = await newUserOfRole(postern, 'ROOT');
    const { data, text } = await act(client, name, { userId: user.id, ...values });
    if (data?.[name]?.userErrors.length !== 0) throw new Error(`${name} failed: ${text}`);
  }
}

async function turnOnAgain({ client }: TrustingUser): Promise<void> {
  const app = await scan(postern, client);
  await confirmTwoFactor(client, await app.code());
}

/** The changes that end all trust of an account (R-112, D-9). Where one turns 2FA off, it is turned on again. */
const endings: Readonly<Record<string, (user: TrustingUser) => Promise<unknown>>> = {
  changePassword: ({ client, password: currentPassword }) =>
    client.send(input('changePassword'), {
      input: { currentPassword, newPassword: password, confirmPassword: password },
    }),
  bindEmail: (user) => bindAddress(postern, mail, user, newAddress()),
  disableTwoFactor: async (user) => {
    await disableTwoFactor(user.client, { totpCode: await user.app.nextCode() });
    await confirmIdentity(user.client, user.password);
    await turnOnAgain(user);
  },
  'enableTwoFactor, replacing the app': async (user) => {
    const app = await scanReplacement(postern, user);
    await confirmTwoFactor(user.client, await app.code());
  },
  resetPassword: async (user) => {
    const address = newAddress();
    await bindAddress(postern, mail, user, address);
    const before = mail.to(address).length;
    await postern.client().send(input('requestPasswordReset'), { input: { email: address } });
    const token = tokenIn(await mail.mailTo(address, before + 1));
    const factor = { totpCode: await user.app.nextCode() };
    await postern.client().send(input('resetPassword'), {
      input: { token, newPassword: password, confirmPassword: password, factor },
    });
  },
  setUserRole: (user) => administrate(user, ['setUserRole', { role: 'ADMIN' }], ['setUserRole', { role: 'USER' }]),
  setUserStatus: (user) =>
    administrate(user, ['setUserStatus', { status: 'DISABLED' }], ['setUserStatus', { status: 'ACTIVE' }]),
  revokeUserSessions: (user) => administrate(user, ['revokeUserSessions']),
  deleteUser: (user) => administrate(user, ['deleteUser'], ['restoreUser']),
};

/** Whether the trusted browser still skips the second step, with the user's current password. */
async function isTrusted(user: TrustingUser): Promise<boolean> {
  const browser = user.browser.copy();
  browser.cookies.delete('postern_session');
  return skipsSecondStep(browser, user).catch(() => skipsSecondStep(browser, { ...user, password }));
}

test.each(Object.entries(endings))('ends the trust of all browsers with %s (R-112)', async (_name, end) => {
  const user = await newTrustingUser(postern);
  expect(await isTrusted(user)).toBe(true);
  await end(user);
  expect(await isTrusted(user)).toBe(false);
});

test('removes trust for good when an administrator resets two-factor authentication (D-9, R-112)', async () => {
  const user = await newTrustingUser(postern);
  await administrate(user, ['resetUserTwoFactor']);
  const client = postern.client();
  const { data } = await client.send(
    'mutation ($input: LoginInput!) { login(input: $input) { session { session { factors } } } }',
    { input: { login: user.username, password: user.password } },
  );
  expect(data.login.session.session.factors).toEqual(['PASSWORD']);
  await turnOnAgain({ ...user, client });
  expect(await isTrusted(user)).toBe(false);
});

test('ends the sessions that trust opened when the address changes, and keeps the current one (R-112)', async () => {
  const user = await newTrustingUser(postern);
  const opened = await signInAgain(user);
  await bindAddress(postern, mail, user, newAddress());
  expect([await whoAmI(opened), await whoAmI(user.client)]).toEqual([null, user.username]);
});

test('leaves the trust when a further passkey is added, or backup codes are replaced (R-112)', async () => {
  const user = await newTrustingUser(postern);
  const proof = { password: user.password, factor: { totpCode: await user.app.nextCode() } };
  const options = await registrationOptions(user.client, proof);
  const { data } = await registerPasskey(user.client, new SoftwareAuthenticator(pageOrigin).register(options));
  expect(data.registerPasskey!.userErrors).toEqual([]);
  await regenerateBackupCodes(user.client, await user.app.nextCode());
  expect(await isTrusted(user)).toBe(true);
});

test('does not replace the second factor in a password reset (R-111)', async () => {
  const address = newAddress();
  const user = await newTrustingUser(postern);
  await bindAddress(postern, mail, user, address);
  const before = mail.to(address).length;
  await postern.client().send(input('requestPasswordReset'), { input: { email: address } });
  const token = tokenIn(await mail.mailTo(address, before + 1));
  const { data } = await user.browser.send(input('resetPassword'), {
    input: { token, newPassword: password, confirmPassword: password },
  });
  expect(data.resetPassword.userErrors).toMatchObject([{ code: 'SECOND_FACTOR_REQUIRED' }]);
});
