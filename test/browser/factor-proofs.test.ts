import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newTwoFactorUser } from '../support/two-factor.js';
import { goodPassword, newUser } from '../support/users.js';
import { button, field, fillIn } from './page-actions.js';
import { codeField, nameIt, passkeyDevices, saveCodes, section, twoFactor } from './passkey-device.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';

const stage = setStage();
const { openDevice, addToApp, newPasskeyDevice } = passkeyDevices(stage);

const stepUp = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' });
const closeWindow = () => stage.postern.clock.advance({ minutes: 11 });

test('asks for the password once when a first passkey needs step-up', async () => {
  const { page } = await openDevice(await newUser(stage.postern), '/profile');
  closeWindow();
  await button(section(page), 'Add a passkey').click();
  await field(stepUp(page), 'Password').fill(goodPassword);
  await button(stepUp(page), 'Confirm').click();
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
  await button(dialog, 'Create passkey').click();
  await saveCodes(page);
  await nameIt(page, 'Laptop');
});

test('asks only for the next code of the app after step-up, and for the password again later', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const { page } = await openDevice(user, '/profile');
  closeWindow();
  await button(section(page), 'Add a passkey').click();
  await fillIn(stepUp(page), { Password: goodPassword, [codeField]: await user.app.nextCode() });
  await button(stepUp(page), 'Confirm').click();
  const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
  await dialog.getByText('so wait for the next one in your app').waitFor();
  expect(await field(dialog, 'Password').count()).toBe(0);
  await expectAccessible(page);
  await expectToFit(page);
  // A cancellation forgets the password.
  await button(dialog, 'Cancel').click();
  await button(section(page), 'Add a passkey').click();
  await fillIn(dialog, { Password: goodPassword, [codeField]: await user.app.nextCode() });
  await button(dialog, 'Cancel').click();

  closeWindow();
  await button(section(page), 'Add a passkey').click();
  await fillIn(stepUp(page), { Password: goodPassword, [codeField]: await user.app.nextCode() });
  await button(stepUp(page), 'Confirm').click();
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, 'Continue').click();
  await button(dialog, 'Create passkey').click();
  await nameIt(page, 'Phone');
});

test('replaces the app with the password of step-up and the next code', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(user, '/profile');
  closeWindow();
  await button(twoFactor(page), 'Reset 2FA (new phone)').click();
  await fillIn(stepUp(page), { Password: goodPassword, [codeField]: await user.app.nextCode() });
  await button(stepUp(page), 'Confirm').click();
  const dialog = page.getByRole('dialog', { name: 'Reset 2FA (new phone)' });
  await dialog.getByText('This change needs one more code.').waitFor();
  expect(await field(dialog, 'Password').count()).toBe(0);
  await field(dialog, codeField).fill(await user.app.wrongCode());
  await button(dialog, 'Continue').click();
  await dialog.getByText('Incorrect or used code.').waitFor();
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, 'Continue').click();
  await dialog.getByText('Your current app works until you confirm.').waitFor();
});

test('offers the factor of step-up first, and another one instead of waiting for the next code', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const { page } = await openDevice(user, '/profile');
  await addToApp(page, user);
  closeWindow();
  await button(twoFactor(page), 'Reset 2FA (new phone)').click();
  await fillIn(stepUp(page), { Password: goodPassword, [codeField]: await user.app.nextCode() });
  await button(stepUp(page), 'Confirm').click();
  const dialog = page.getByRole('dialog', { name: 'Reset 2FA (new phone)' });
  await dialog.getByText('so wait for the next one in your app').waitFor();
  await button(dialog, 'Use a passkey instead').click();
  await dialog.getByText('this change needs another proof that it’s you').waitFor();
  expect(await field(dialog, 'Password').count()).toBe(0);
  await button(dialog, 'Continue').click();
  await dialog.getByText('Your current app works until you confirm.').waitFor();
});

test('deletes the last passkey after step-up by using it once more', async () => {
  const { page } = await newPasskeyDevice();
  closeWindow();
  await button(section(page), 'Delete: Laptop').click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Laptop”?' });
  await button(dialog, 'Delete passkey').click();
  await button(stepUp(page), 'Use a passkey').click();
  await dialog.getByText('This change needs your passkey once more.').waitFor();
  expect(await field(dialog, 'Password').count()).toBe(0);
  await button(dialog, 'Delete passkey').click();
  await section(page).getByText('No passkeys yet.').waitFor();
});

test('asks for the password once when the last passkey is a second step only', async () => {
  const { page } = await newPasskeyDevice({ kind: 'securityKey' });
  closeWindow();
  await button(section(page), 'Delete: Laptop').click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Laptop”?' });
  await button(dialog, 'Delete passkey').click();
  await field(stepUp(page), 'Password').fill(goodPassword);
  await button(stepUp(page), 'Confirm').click();
  await dialog.getByText('This change needs your passkey once more.').waitFor();
  expect(await field(dialog, 'Password').count()).toBe(0);
  await button(dialog, 'Delete passkey').click();
  await section(page).getByText('No passkeys yet.').waitFor();
});
