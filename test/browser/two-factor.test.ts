import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { goodPassword, newPerson } from '../support/people.js';
import { readQrCode } from '../support/read-qr-code.js';
import { Authenticator, myTwoFactor, newTwoFactorPerson } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, profileIsThere } from './visitor.js';

const stage = setStage();
const codeField = 'Six-digit code from your authenticator app';

/** The app that has scanned what a dialog shows. */
async function scanned(dialog: Locator): Promise<Authenticator> {
  const uri = readQrCode((await dialog.getByRole('img').getAttribute('src'))!)!;
  return new Authenticator(new URL(uri).searchParams.get('secret')!, stage.postern.clock);
}

const codesOn = (dialog: Locator) => dialog.locator('li code').allTextContents();

const save = async (page: Page) => {
  await page.getByLabel('I have saved these codes').check();
  await button(page, 'Done').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

test('enabling refuses a wrong code and stays, and nothing has changed when it is called off (R-30)', async () => {
  const person = await newPerson(stage.postern);
  const page = await stage.open(person, '/profile');
  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  const dialog = page.getByRole('dialog');
  const app = await scanned(dialog);
  await field(dialog, 'Verification code').fill(await app.wrongCode());
  await button(dialog, 'Confirm Enable').click();
  await dialog.getByText('The code is wrong, or not valid any more.').waitFor();
  await dialog.getByText('Cannot scan it?').click();
  expect((await dialog.locator('details code').textContent())!.replaceAll(' ', '')).toBe(app.secret);
  await button(dialog, 'Cancel').click();
  expect(await myTwoFactor(person.client)).toMatchObject({ enabled: false });
  await button(page.locator('#two-factor'), 'Enable 2FA').waitFor();
});

test('backup codes are copied, downloaded and printed, and the dialog stays until they are said to be saved (R-37)', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  const dialog = page.getByRole('dialog');
  await field(dialog, 'Verification code').fill(await (await scanned(dialog)).code());
  await button(dialog, 'Confirm Enable').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  const codes = await codesOn(dialog);
  expect(new Set(codes).size).toBe(10);

  await button(dialog, 'Copy').click();
  await button(dialog, 'Copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(codes.join('\n'));
  const [file] = await Promise.all([page.waitForEvent('download'), button(dialog, 'Download').click()]);
  expect(file.suggestedFilename()).toBe('postern-backup-codes.txt');
  expect(readFileSync(await file.path(), 'utf8')).toContain(codes.join('\n'));
  await page.evaluate(() => {
    window.print = () => {
      document.body.dataset['printed'] = 'yes';
    };
  });
  await button(dialog, 'Print').click();
  expect(await page.locator('body').getAttribute('data-printed')).toBe('yes');
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('dialog');
  await paper.getByText(/^Postern backup codes of person/).waitFor();
  for (const hidden of [page.locator('h1'), paper.getByText('Done')]) await hidden.waitFor({ state: 'hidden' });
  expect(await paper.locator('li code').first().isVisible()).toBe(true);
  await page.emulateMedia({ media: 'screen' });

  for (let number = 0; number < 3; number += 1) await page.keyboard.press('Escape');
  expect(await button(dialog, 'Done').isDisabled()).toBe(true);
  const [leaving] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
  expect(leaving.type()).toBe('beforeunload');
  await leaving.dismiss();
  expect(await codesOn(dialog)).toEqual(codes);
  await save(page);
  for (const code of codes) expect(await page.content()).not.toContain(code);
  await page.reload();
  await page.locator('#two-factor').getByText('10 backup codes are left.').waitFor();
});

test('another phone takes the place of the former one once its code is confirmed, and brings new backup codes (R-30)', async () => {
  const person = await newTwoFactorPerson(stage.postern);
  const page = await stage.open(person, '/profile');
  await button(page, 'Use another phone').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('The app that you use now keeps working until you confirm.').waitFor();
  const app = await scanned(dialog);
  expect(app.secret).not.toBe(person.app.secret);
  await field(dialog, 'Verification code').fill(await app.code());
  await button(dialog, 'Confirm Enable').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  for (const code of await codesOn(dialog)) expect(person.backupCodes).not.toContain(code);
  await save(page);

  await button(page, 'Disable 2FA').click();
  await field(dialog, codeField).fill(await person.app.nextCode());
  await button(dialog, 'Disable 2FA').click();
  await dialog.getByText('The code is wrong, or not valid any more.').waitFor();
  await field(dialog, codeField).fill(await app.nextCode());
  await button(dialog, 'Disable 2FA').click();
  await button(page.locator('#two-factor'), 'Enable 2FA').waitFor();
});

test('new backup codes take a code of the app, and the password as well where that was proven long ago (R-33)', async () => {
  const person = await newTwoFactorPerson(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const page = await stage.open(person, '/profile');
  await button(page.locator('#two-factor'), 'New backup codes').click();
  const dialog = page.getByRole('dialog');
  await field(dialog, codeField).fill(await person.app.nextCode());
  await button(dialog, 'Make new codes').click();
  await field(dialog, 'Password').waitFor();
  expect(await dialog.getByRole('alert').count()).toBe(0);
  await fillIn(dialog, { [codeField]: await person.app.wrongCode(), Password: goodPassword });
  await button(dialog, 'Make new codes').click();
  await dialog.getByText('The code is wrong, or not valid any more.').waitFor();
  await field(dialog, codeField).fill(await person.app.nextCode());
  await button(dialog, 'Make new codes').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  for (const code of await codesOn(dialog)) expect(person.backupCodes).not.toContain(code);
  await save(page);
  await profileIsThere(page);
  await page.getByText('Your new backup codes are in force.').waitFor();
});
