import { expect, test } from '@jest/globals';
import { days } from '../../src/duration.js';
import { fromGlobalId } from '../../src/rules/global-id.js';
import { query } from '../support/database.js';
import { codeIn } from '../support/mail-server.js';
import { bindAddress, goodPassword, newAddress, newUser, signIn } from '../support/users.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile } from './page-actions.js';

const stage = setStage();

test('changes a username once a day, and shows errors at the field (R-100)', async () => {
  const [user, other] = [await newUser(stage.postern), await newUser(stage.postern)];
  const page = await stage.open(user, '/profile');
  await button(page, 'Change username').click();
  const section = page.locator('#username');
  for (const [name, message] of [
    [other.username, 'This username is already in use.'],
    ['root', 'This username is reserved. Choose another.'],
    ['x', 'Use 3–32 characters'],
  ] as const) {
    await field(section, 'Username').fill(name);
    await button(section, 'Save').click();
    await section.getByText(message).first().waitFor();
    expect(await field(section, 'Username').inputValue()).toBe(name);
  }
  await field(section, 'Username').fill(`${user.username}-renamed`);
  await button(section, 'Save').click();
  await section.locator('strong', { hasText: `${user.username}-renamed` }).waitFor();
  await button(page, 'Change username').click();
  await field(section, 'Username').fill(`${user.username}-again`);
  await button(section, 'Save').click();
  await section.getByText('You can change your username once every 24 hours. Try again in').waitFor();
});

test('binds an email address only with the right code (R-41, R-43)', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(user, '/profile');
  const section = page.locator('#email');
  const [first, second] = [newAddress(), newAddress()];
  await field(section, 'Email').fill(first);
  await button(section, 'Send Verification Code').click();
  await field(section, 'Verification code').waitFor();
  const code = codeIn(await stage.mail.mailTo(first));
  await field(section, 'Verification code').fill(code === '000000' ? '111111' : '000000');
  await button(section, 'Bind').click();
  await section.getByText('Incorrect or expired code. Enter the code from the newest email.').waitFor();
  await field(section, 'Verification code').fill(code);
  await button(section, 'Bind').click();
  await section.getByText('Bound').waitFor();
  await bindAddress(stage.postern, stage.mail, user, second);
  await page.reload();
  await section.getByText(second).waitFor();
  expect(await section.getByText(first).count()).toBe(0);
});

test('changes the password and signs out other devices only if the current password is right (R-50)', async () => {
  const user = await newUser(stage.postern);
  const elsewhere = await signIn(stage.postern, user);
  const isStillThere = async () => (await elsewhere.send('{ me { id } }')).data['me'] !== null;
  const page = await stage.open(user, '/profile');
  const section = page.locator('#password');
  await fillIn(section, {
    'Current password': 'wrong',
    'New password': 'Louder-Lantern-88',
    'Confirm new password': 'Louder-Lantern-88',
  });
  await button(section, 'Change Password').click();
  await section.getByText('Incorrect password.').waitFor();
  expect(await field(section, 'Current password').getAttribute('aria-invalid')).toBe('true');
  expect(await isStillThere()).toBe(true);
  await field(section, 'Current password').fill(goodPassword);
  await button(section, 'Change Password').click();
  await page.getByText('Password changed. All other devices are signed out.').waitFor();
  expect(await isStillThere()).toBe(false);
});

test('clears the password form and focuses its button after submitting it with Enter', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  const section = page.locator('#password');
  await fillIn(section, {
    'Current password': goodPassword,
    'New password': 'Louder-Lantern-88',
    'Confirm new password': 'Louder-Lantern-88',
  });
  await button(section, 'Show: New password').click();
  await section.getByRole('meter').waitFor();
  expect(await field(section, 'New password').getAttribute('type')).toBe('text');
  await field(section, 'Confirm new password').press('Enter');
  await page.getByText('Password changed. All other devices are signed out.').waitFor();
  await section.getByRole('meter').waitFor({ state: 'detached' });
  for (const name of ['Current password', 'New password', 'Confirm new password']) {
    expect(await field(section, name).inputValue()).toBe('');
    expect(await field(section, name).getAttribute('type')).toBe('password');
  }
  expect(await button(section, 'Change Password').evaluate((element) => element === document.activeElement)).toBe(true);
});

test('shows and copies a reset API token, and the previous one stops working (R-65)', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  const section = page.locator('#api-token');
  await button(section, 'Create token').click();
  const previous = (await section.locator('.secret code').textContent())!;
  await button(section, 'Reset').click();
  await button(page.getByRole('dialog'), 'Cancel').click();
  expect(await section.locator('.secret code').textContent()).toBe(previous);
  await button(section, 'Reset').click();
  await button(page.getByRole('dialog'), 'Reset token').click();
  await section.locator('.secret code').filter({ hasNotText: previous }).waitFor();
  const token = (await section.locator('.secret code').textContent())!;
  await button(section, 'Copy').click();
  await button(section, 'Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  const reaches = async (bearer: string) =>
    (await Object.assign(stage.postern.client(), { token: bearer }).send('{ me { id } }')).data?.['me'] ?? null;
  expect([await reaches(previous), await reaches(token)]).toEqual([null, expect.anything()]);
});

test('links each finding of the security checkup to its fix', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  await waitForProfile(page);
  const findings = page.getByRole('region', { name: 'Security checkup' });
  await button(findings, 'Bind Email').click();
  expect(await field(page.locator('#email'), 'Email').evaluate((input) => input === document.activeElement)).toBe(true);
  await button(findings, 'Enable 2FA').click();
  await page.getByRole('dialog', { name: 'Enable 2FA' }).waitFor();
});

test('links a finding about a call key or a session to that key or session', async () => {
  const user = await newUser(stage.postern);
  for (const name of ['laptop', 'Robot & co'])
    await user.client.send(
      'mutation ($input: CreateCallKeyInput!) { createCallKey(input: $input) { userErrors { code } } }',
      { input: { name } },
    );
  const stale = 'update sessions set remembered = true, idle_seconds = 345600, last_seen_at = ? where account_id = ?';
  const accountId = fromGlobalId('User', user.id);
  const now = stage.postern.clock.read().getTime();
  await query(stage.postern.database, stale, [new Date(now - days(3)), accountId]);
  await query(stage.postern.database, 'update call_keys set created_at = ? where account_id = ?', [
    new Date(now - days(91)),
    accountId,
  ]);
  const page = await stage.open({ ...user, client: await signIn(stage.postern, user) }, '/profile');
  await waitForProfile(page);
  const finding = (text: string) =>
    page.getByRole('region', { name: 'Security checkup' }).getByRole('listitem').filter({ hasText: text });
  await button(finding('without activity for two days'), 'Review session').click();
  expect(await page.locator('#sessions li:focus-within').innerText()).not.toContain('This device');
  await button(finding('“Robot & co”'), 'Review key').click();
  await page.getByRole('row').filter({ hasText: 'Robot & co' }).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
});
