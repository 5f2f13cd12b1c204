import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { goodPassword } from '../support/users.js';
import { button, field, signOut, submitSignIn, waitForProfile } from './page-actions.js';
import { passkeyDevices, section } from './passkey-device.js';
import { setStage } from './stage.js';

const stage = setStage();
const { openDevice, newPasskeyDevice } = passkeyDevices(stage);

/** The protocol of the browser's tools writes base64. */
const toBase64url = (text: string) => Buffer.from(text, 'base64').toString('base64url');

/** Deletes the only passkey of a user. */
async function deletePasskey(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await button(section(page), 'Delete: Laptop').click();
  await button(dialog, 'Delete passkey').click();
  await dialog.getByText('Your browser will ask for your passkey.').waitFor();
  await button(dialog, 'Delete passkey').click();
  await section(page).getByText('No passkeys yet.').waitFor();
}

/** Records the signals that a page sends. They all fail. @returns reads them */
async function recordSignals(page: Page): Promise<() => Promise<unknown[]>> {
  await page.evaluate(() => {
    const signals: unknown[] = [];
    Object.assign(window, { signals });
    for (const name of ['signalUnknownCredential', 'signalCurrentUserDetails', 'signalAllAcceptedCredentials'] as const)
      PublicKeyCredential[name] = (options: object) => {
        signals.push({ [name]: options });
        return Promise.reject(new DOMException('Not now.', 'NotAllowedError'));
      };
  });
  return () => page.evaluate(() => (window as unknown as { signals: unknown[] }).signals);
}

test('tells the browser which passkey was deleted, and which ones are left (R-110)', async () => {
  const { page, authenticator } = await newPasskeyDevice();
  const [passkey] = await authenticator.credentials();
  const signals = await recordSignals(page);
  await deletePasskey(page);
  // Its failures are silent: a test fails if its page has errors.
  await page.getByText('Passkey deleted. Two-factor authentication is off.').waitFor();
  const userId = toBase64url(passkey!.userHandle!);
  expect(await signals()).toEqual([
    { signalUnknownCredential: { rpId: 'localhost', credentialId: toBase64url(passkey!.credentialId) } },
    { signalAllAcceptedCredentials: { rpId: 'localhost', userId, allAcceptedCredentialIds: [] } },
  ]);
});

test('renames the account in the browser after a change of the username (R-110)', async () => {
  const { page, authenticator, user } = await newPasskeyDevice();
  expect(await authenticator.usernames()).toEqual([user.username]);
  const username = `${user.username}-renamed`;
  const updated = authenticator.next('credentialUpdated');
  await button(page, 'Change username').click();
  await field(page.locator('#username'), 'Username').fill(username);
  await button(page, 'Save').click();
  await updated;
  expect(await authenticator.usernames()).toEqual([username]);
});

test('deletes a passkey from the browser at the next sign-in if it was deleted in another one (R-110)', async () => {
  const { page, authenticator, user } = await newPasskeyDevice();
  const other = await openDevice(null, '/sign-in');
  await authenticator.copyTo(other.authenticator);
  await deletePasskey(page);
  const deleted = other.authenticator.next('credentialDeleted');
  await submitSignIn(other.page, user);
  await waitForProfile(other.page);
  await deleted;
  expect(await other.authenticator.count()).toBe(0);
});

test('keeps the passkeys of an account in the browser when it signs in again', async () => {
  const { page, authenticator, user } = await newPasskeyDevice();
  await signOut(page);
  const signals = await recordSignals(page);
  await submitSignIn(page, { ...user, password: goodPassword });
  await button(page, 'Use a passkey').click();
  await waitForProfile(page);
  const [passkey] = await authenticator.credentials();
  expect(JSON.stringify(await signals())).toContain(toBase64url(passkey!.credentialId));
  await page.reload();
  await waitForProfile(page);
  expect(await authenticator.count()).toBe(1);
});

test('deletes a passkey in a browser without signals', async () => {
  const { page } = await newPasskeyDevice();
  await page.evaluate(() => {
    for (const name of ['signalUnknownCredential', 'signalCurrentUserDetails', 'signalAllAcceptedCredentials'])
      Object.assign(PublicKeyCredential, { [name]: undefined });
  });
  await deletePasskey(page);
});
