import { expect, test } from '@jest/globals';
import { newAccessToken, ownerOf } from '../support/access-tokens.js';
import { tokenIn } from '../support/mail-server.js';
import { bindAddress, goodPassword, newAddress, newUser } from '../support/users.js';
import { newCallKey } from '../features/usage/gateway.js';
import { loginAs, whoAmI } from '../features/sign-in/login-as.js';
import { button, fillIn, submitSignIn, waitForProfile } from './page-actions.js';
import { expectAccessible, expectToFit } from './page-checks.js';
import { setStage } from './stage.js';

const stage = setStage();
const ask = 'Revoke everything';

test('ends everything for a user who fears the worst, and names the call keys that live on', async () => {
  const user = await newUser(stage.postern);
  await newCallKey(stage.postern, user, { name: 'Robot' });
  const { token } = await newAccessToken(user.client, { name: 'Report' });
  const other = stage.postern.client();
  await loginAs(other, { login: user.username, password: goodPassword });
  const page = await stage.open(user, '/profile');
  await button(page.locator('#revoke-everything'), ask).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('These call keys keep working:').waitFor();
  await dialog.getByRole('listitem').getByText('Robot').waitFor();
  await expectAccessible(page);
  await expectToFit(page);
  await dialog.getByLabel('Disable all call keys too').check();
  await button(dialog, 'Revoke everything now').click();
  await page
    .getByText('Everything revoked: 1 device signed out, 1 access token revoked, 1 call key disabled.')
    .waitFor();
  await page.locator('#events').getByText('Everything revoked').waitFor();
  expect(await whoAmI(other)).toBeNull();
  expect(await ownerOf(stage.postern, token)).toBeNull();
  await page.reload();
  await waitForProfile(page);
});

test('offers it once at the sign-in after a recovery', async () => {
  const user = await newUser(stage.postern);
  const address = newAddress();
  await bindAddress(stage.postern, stage.mail, user, address);
  const page = await stage.open(null, '/recover');
  await fillIn(page, { Email: address });
  await page.getByRole('button', { name: /send/i }).click();
  await stage.mail.until(() => stage.mail.to(address).some((one) => tokenIn(one).startsWith('psr_')));
  const reset = tokenIn(stage.mail.to(address).findLast((one) => tokenIn(one).startsWith('psr_'))!);
  await page.goto(`${stage.url}/reset-password#${reset}`);
  await fillIn(page, { 'New password': 'Louder-Lantern-88', 'Confirm new password': 'Louder-Lantern-88' });
  await page.locator('form [type=submit]').click();
  await submitSignIn(page, { username: user.username, password: 'Louder-Lantern-88' });
  const offer = page.getByRole('status').filter({ hasText: 'You reset your password.' });
  await button(offer, ask).waitFor();
  await expectAccessible(page);
  await button(offer, 'Not needed').click();
  await offer.waitFor({ state: 'detached' });
  await page.reload();
  await waitForProfile(page);
  expect(await offer.count()).toBe(0);
});
