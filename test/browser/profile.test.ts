import { expect, test } from '@jest/globals';
import { codeIn } from '../support/mail-server.js';
import { bindAddress, goodPassword, newAddress, newPerson, signIn } from '../support/people.js';
import { setStage } from './stage.js';
import { button, field, fillIn, profileIsThere } from './visitor.js';

const stage = setStage();

test('a username that is taken or reserved is refused at its field, and it is changed once a day at the most (R-100)', async () => {
  const [person, other] = [await newPerson(stage.postern), await newPerson(stage.postern)];
  const page = await stage.open(person, '/profile');
  await button(page, 'Change username').click();
  const section = page.locator('#username');
  for (const [name, refusal] of [
    [other.username, 'This username is taken.'],
    ['root', 'This username is reserved.'],
    ['x', 'A username has 3 to 32 characters'],
  ] as const) {
    await field(section, 'Username').fill(name);
    await button(section, 'Save').click();
    await section.getByText(refusal).first().waitFor();
    expect(await field(section, 'Username').inputValue()).toBe(name);
  }
  await field(section, 'Username').fill(`${person.username}-renamed`);
  await button(section, 'Save').click();
  await section.locator('strong', { hasText: `${person.username}-renamed` }).waitFor();
  await button(page, 'Change username').click();
  await field(section, 'Username').fill(`${person.username}-again`);
  await button(section, 'Save').click();
  await section.getByText('The username was changed within the last 24 hours. Try again tomorrow.').waitFor();
});

test('a wrong code binds nothing, a right one does, and another address takes its place (R-41, R-43)', async () => {
  const person = await newPerson(stage.postern);
  const page = await stage.open(person, '/profile');
  const section = page.locator('#email');
  const [first, second] = [newAddress(), newAddress()];
  await field(section, 'Email').fill(first);
  await button(section, 'Send Verification Code').click();
  await field(section, 'Verification code').waitFor();
  const code = codeIn(await stage.mail.mailTo(first));
  await field(section, 'Verification code').fill(code === '000000' ? '111111' : '000000');
  await button(section, 'Bind').click();
  await section.getByText('The code is wrong, or not valid any more.').waitFor();
  await field(section, 'Verification code').fill(code);
  await button(section, 'Bind').click();
  await section.getByText('Bound address').waitFor();
  await bindAddress(stage.postern, stage.mail, person, second);
  await page.reload();
  await section.getByText(second).waitFor();
  expect(await section.getByText(first).count()).toBe(0);
});

test('a wrong current password changes nothing, and the right one ends every other session (R-50)', async () => {
  const person = await newPerson(stage.postern);
  const elsewhere = await signIn(stage.postern, person);
  const isStillThere = async () => (await elsewhere.send('{ me { id } }')).data['me'] !== null;
  const page = await stage.open(person, '/profile');
  const section = page.locator('#password');
  await fillIn(section, {
    'Current password': 'wrong',
    'New password': 'Louder-Lantern-88',
    'Confirm new password': 'Louder-Lantern-88',
  });
  await button(section, 'Change Password').click();
  await section.getByText('The password is wrong.').waitFor();
  expect(await field(section, 'Current password').getAttribute('aria-invalid')).toBe('true');
  expect(await isStillThere()).toBe(true);
  await field(section, 'Current password').fill(goodPassword);
  await button(section, 'Change Password').click();
  await page.getByText('Your password is changed, and every other session is over.').waitFor();
  expect(await isStillThere()).toBe(false);
});

test('a password that was looked at while it was typed leaves neither itself nor its strength behind, and who pressed Enter goes on from the button', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
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
  await page.getByText('Your password is changed, and every other session is over.').waitFor();
  await section.getByRole('meter').waitFor({ state: 'detached' });
  for (const name of ['Current password', 'New password', 'Confirm new password']) {
    expect(await field(section, name).inputValue()).toBe('');
    expect(await field(section, name).getAttribute('type')).toBe('password');
  }
  expect(await button(section, 'Change Password').evaluate((element) => element === document.activeElement)).toBe(true);
});

test('an API token that is reset is shown and copied, and the former one is refused from then on (R-65)', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  const section = page.locator('#api-token');
  await button(section, 'Create token').click();
  const former = (await section.locator('.secret code').textContent())!;
  await button(section, 'Reset').click();
  await button(page.getByRole('dialog'), 'Cancel').click();
  expect(await section.locator('.secret code').textContent()).toBe(former);
  await button(section, 'Reset').click();
  await button(page.getByRole('dialog'), 'Reset token').click();
  await section.locator('.secret code').filter({ hasNotText: former }).waitFor();
  const token = (await section.locator('.secret code').textContent())!;
  await button(section, 'Copy').click();
  await button(section, 'Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  const reaches = async (bearer: string) =>
    (await Object.assign(stage.postern.client(), { token: bearer }).send('{ me { id } }')).data?.['me'] ?? null;
  expect([await reaches(former), await reaches(token)]).toEqual([null, expect.anything()]);
});

test('what there is to do next leads to where it is done', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  await profileIsThere(page);
  const findings = page.getByRole('region', { name: 'What to do next' });
  await button(findings, 'Bind Email').click();
  expect(await field(page.locator('#email'), 'Email').evaluate((input) => input === document.activeElement)).toBe(true);
  await button(findings, 'Enable 2FA').click();
  await page.getByRole('dialog', { name: 'Enable 2FA' }).waitFor();
});
