import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newPersonOfRole } from '../features/administration/administrators.js';
import { tokenIn, type ReceivedMail } from '../support/mail-server.js';
import { bindAddress, goodPassword, newAddress, newPerson, signIn, type Person } from '../support/people.js';
import { newSetupToken } from '../features/sign-up/sign-up-as.js';
import { newTwoFactorPerson } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, profileIsThere, signInOn } from './visitor.js';

const stage = setStage();
const nextPassword = 'Louder-Lantern-88';
const refused = 'This link is not valid, or not any more.';

const linksTo = (view: string, address: string): string[] =>
  stage.mail.mails
    .filter(({ to, text }: ReceivedMail) => to === address && text.includes(`/${view}#`))
    .map((mail) => `/${view}#${tokenIn(mail)}`);

/** The newest link to a view that was mailed to an address, once so many were. */
async function linkTo(view: string, address: string, count = 1): Promise<string> {
  await stage.mail.until(() => linksTo(view, address).length >= count);
  return linksTo(view, address).at(-1)!;
}

const choosePassword = async (page: Page, newPassword: string, again = newPassword) => {
  await fillIn(page, { 'New password': newPassword, 'Confirm new password': again });
  await button(page, 'Set new password').click();
};

/** Asks for a new password by an address. @returns the link of the mail */
async function askForPassword(address: string): Promise<string> {
  const before = linksTo('reset-password', address).length;
  await stage.postern
    .client()
    .send(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
      { input: { email: address } },
    );
  return linkTo('reset-password', address, before + 1);
}

/** Somebody with an address of their own. */
async function withAddress<Someone extends Person>(someone: Someone): Promise<Someone & { readonly address: string }> {
  const address = newAddress();
  await bindAddress(stage.postern, stage.mail, someone, address);
  return { ...someone, address };
}

describe('the first set-up', () => {
  const fillInAdministrator = async (page: Page, username: string) => {
    await fillIn(page, { Username: username, Password: goodPassword, 'Confirm password': goodPassword });
    await button(page, 'Create administrator').click();
  };

  test('is done with the link that the start prints, once; a link that was used, and one that never was, say so and keep what was typed (R-77)', async () => {
    const link = `/setup#${(await newSetupToken(stage.postern))!}`;
    const page = await stage.open(null, link);
    await field(page, 'Username').waitFor();
    expect(page.url()).toBe(`${stage.url}/setup`);
    const second = await stage.open(null, link);
    const wrong = await stage.open(null, `/setup#psu_${'a'.repeat(49)}`);
    await fillInAdministrator(page, 'keeper');
    await page.getByText('You are the administrator.').waitFor();
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await button(page, /^Account menu/).click();
    await page.locator('.menu').getByText('Root').waitFor();
    for (const late of [second, wrong]) {
      await fillInAdministrator(late, 'latecomer');
      await late.getByText(refused).waitFor();
      expect(await field(late, 'Username').inputValue()).toBe('latecomer');
      expect(await field(late, 'Password').inputValue()).toBe(goodPassword);
    }
  });

  test('asks for the token where the address has none, e.g. after a reload', async () => {
    const page = await stage.open(null, `/setup#psu_${'a'.repeat(49)}`);
    await field(page, 'Username').waitFor();
    expect(await field(page, 'Setup token').count()).toBe(0);
    await page.reload();
    await field(page, 'Setup token').fill('not a token');
    await fillInAdministrator(page, 'latecomer');
    await page.getByText(refused).waitFor();
    expect(await field(page, 'Setup token').getAttribute('aria-invalid')).toBe('true');
  });
});

test('who gets an account from an administrator sets the password with the link, and signs in', async () => {
  const root = await newPersonOfRole(stage.postern, 'ROOT');
  const { data } = await root.client.send(
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { passwordLink userErrors { code } } }',
    { input: { username: 'newcomer', reason: 'joined the team' } },
  );
  const page = await stage.open(null, data['createUser'].passwordLink.replace(stage.url, ''));
  await choosePassword(page, nextPassword);
  await page.getByText('Your new password is set. Sign in with it.').waitFor();
  await signInOn(page, { username: 'newcomer', password: nextPassword });
  await profileIsThere(page);
});

describe('recovery', () => {
  test('asks the same of everybody, and says the same whether or not an account has the address (R-47)', async () => {
    const { address } = await withAddress(await newPerson(stage.postern));
    const page = await stage.open(null, '/recover');
    for (const email of [address, 'nobody@mail.example']) {
      await field(page, 'Email').fill(email);
      await button(page, 'Send link').click();
      await page.getByText(`If an account has the address ${email}, a mail is on its way.`).waitFor();
      await button(page, 'Use another address').click();
    }
  });

  test('refuses passwords that differ or are weak, at their fields, and the link still works; then it is used up (R-48)', async () => {
    const person = await withAddress(await newPerson(stage.postern));
    const link = await askForPassword(person.address);
    const page = await stage.open(null, link);
    const second = await stage.open(null, link);
    await choosePassword(page, nextPassword, 'Louder-Lantern-89');
    await page.getByText('The two passwords are not the same.').waitFor();
    expect(await field(page, 'Confirm new password').getAttribute('aria-invalid')).toBe('true');
    await choosePassword(page, 'password1');
    await page.getByText('This password is on the lists that attackers try first.').waitFor();
    expect(await field(page, 'New password').getAttribute('aria-invalid')).toBe('true');
    await choosePassword(page, nextPassword);
    await page.getByText('Your new password is set.').waitFor();
    await choosePassword(second, 'Third-Harbour-99');
    await second.getByText(refused).waitFor();
    await second.getByRole('link', { name: 'Ask for a new link' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await signInOn(page, { username: person.address, password: nextPassword });
    await profileIsThere(page);
  });

  test('says so where the link is too old, was never given, is not complete, or the page was reloaded', async () => {
    const link = await askForPassword((await withAddress(await newPerson(stage.postern))).address);
    const page = await stage.open(null, link);
    stage.postern.clock.advance({ minutes: 31 });
    await choosePassword(page, nextPassword);
    await page.getByText(refused).waitFor();
    const wrong = await stage.open(null, `/reset-password#psr_${'a'.repeat(49)}`);
    await choosePassword(wrong, nextPassword);
    await wrong.getByText(refused).waitFor();
    await wrong.reload();
    await wrong.getByText('The link is not complete, or this page was reloaded.').waitFor();
    expect(await wrong.getByRole('link', { name: 'Ask for a new link' }).getAttribute('href')).toBe('/recover');
    expect(await field(wrong, 'New password').count()).toBe(0);
  });

  test('asks for a code where two-factor authentication is on, refuses a wrong one, and takes a right one or a backup code (R-49)', async () => {
    const person = await withAddress(await newTwoFactorPerson(stage.postern));
    for (const finish of [
      async (page: Page) => field(page, 'Six-digit code from your authenticator app').fill(await person.app.nextCode()),
      async (page: Page) => {
        await button(page, 'Use a backup code instead').click();
        await field(page, 'Backup code').fill(person.backupCodes[0]!);
      },
    ]) {
      const page = await stage.open(null, await askForPassword(person.address));
      const password = `${nextPassword}-${await person.app.nextCode()}`;
      await choosePassword(page, password);
      await page.getByText('Two-factor authentication is on, so a code is needed as well.').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await field(page, 'New password').inputValue()).toBe(password);
      await field(page, 'Six-digit code from your authenticator app').fill(await person.app.wrongCode());
      await button(page, 'Set new password').click();
      await page.getByText('The code is wrong, or not valid any more.').waitFor();
      await finish(page);
      await button(page, 'Set new password').click();
      await page.getByText('Your new password is set.').waitFor();
      await page.close();
      stage.postern.clock.advance({ minutes: 10 });
    }
  });
});

describe('"This wasn’t me"', () => {
  test('brings the former address back, ends every session, and leads to a new password; the link works once (R-51)', async () => {
    const person = await withAddress(await newPerson(stage.postern));
    const thief = await signIn(stage.postern, person);
    await bindAddress(stage.postern, stage.mail, { client: thief }, newAddress());
    const link = await linkTo('revert-email-change', person.address);
    const page = await stage.open(null, link);
    const second = await stage.open(null, link);
    expect(page.url()).toBe(`${stage.url}/revert-email-change`);
    await button(page, 'Undo the change').click();
    await page.getByText('Your former address is back. Now choose a new password').waitFor();
    await choosePassword(page, nextPassword);
    await page.getByText('Your new password is set.').waitFor();
    expect((await thief.send('{ me { username } }')).data).toEqual({ me: null });
    await signInOn(page, { username: person.address, password: nextPassword });
    await profileIsThere(page);
    await page.locator('#email').getByText(person.address).waitFor();
    await button(second, 'Undo the change').click();
    await second.getByText(refused).waitFor();
  });

  test('does nothing by being opened, and says so where the address has no token', async () => {
    const page = await stage.open(null, '/revert-email-change');
    await page.getByText('The link is not complete, or this page was reloaded.').waitFor();
    expect(await button(page, 'Undo the change').count()).toBe(0);
  });
});
