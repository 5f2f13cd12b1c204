import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { button, submitSignIn, waitForProfile } from './page-actions.js';
import { canceled, passkeyDevices, section } from './passkey-device.js';
import { setStage } from './stage.js';

const stage = setStage();
const { openDevice, newPasskeyDevice } = passkeyDevices(stage);

const refused = (page: Page) =>
  page
    .getByRole('alert')
    .getByText('This passkey wasn’t accepted; it may have been deleted from your account. Sign in with your password.');

/** A device that still has a passkey which the account has no longer. */
async function openOutdatedDevice({ hasAutofill }: { readonly hasAutofill: boolean }) {
  const { page: first, authenticator, user } = await newPasskeyDevice();
  const context = await openDevice(null, '/recover', { hasAutofill });
  await authenticator.copyTo(context.authenticator);
  const dialog = first.getByRole('dialog');
  await button(section(first), 'Delete: Laptop').click();
  await button(dialog, 'Delete passkey').click();
  await dialog.getByText('Your browser will ask for your passkey.').waitFor();
  await button(dialog, 'Delete passkey').click();
  await section(first).getByText('No passkeys yet.').waitFor();
  return { ...context, user };
}

/** Counts the requests of a page that contain a text. */
function countRequests(page: Page, text: string): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes(text)) count += 1;
  });
  return () => count;
}

test('says what to do when the passkey was deleted on the server but not in the browser', async () => {
  const { page, authenticator, user } = await openOutdatedDevice({ hasAutofill: false });
  await page.getByRole('link', { name: 'Back to sign-in' }).click();
  await button(page, 'Sign in with a passkey').click();
  await refused(page).waitFor();
  // The refusal doesn't say why, so the browser keeps the passkey until the user has signed in.
  expect(await authenticator.count()).toBe(1);
  await submitSignIn(page, user);
  await waitForProfile(page);
});

test('uses a refused suggestion of the browser once, until the user presses the button', async () => {
  const { page, user } = await openOutdatedDevice({ hasAutofill: true });
  const starts = countRequests(page, 'mutation StartPasskeyLogin');
  const logins = countRequests(page, 'mutation LoginWithPasskey');
  await page.getByRole('link', { name: 'Back to sign-in' }).click();
  await refused(page).waitFor();
  await Promise.all([
    page.waitForResponse((response) => response.request().postData()?.includes('mutation LoginWithPasskey') === true),
    button(page, 'Sign in with a passkey').click(),
  ]);
  await refused(page).waitFor();
  // The sign-in takes longer than the requests of a page that would ask again.
  await submitSignIn(page, user);
  await waitForProfile(page);
  expect([starts(), logins()]).toEqual([2, 2]);
});

test('stays calm when the browser’s wait for a passkey times out, and signs in the next time', async () => {
  const { page, authenticator } = await newPasskeyDevice();
  await page.context().clearCookies();
  await page.goto(`${stage.url}/sign-in`);
  await page.route('**/graphql', async (route, request) => {
    if (!request.postData()!.includes('mutation StartPasskeyLogin')) return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, body: (await response.text()).replace(/"timeout":\d+/, '"timeout":2000') });
  });
  await authenticator.ignoreRequests(true);
  await button(page, 'Sign in with a passkey').click();
  await page.getByRole('status').getByText(canceled).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await authenticator.ignoreRequests(false);
  await button(page, 'Sign in with a passkey').click();
  await waitForProfile(page);
});
