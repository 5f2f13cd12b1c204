import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { goodPassword, newUser } from '../support/users.js';
import { readQrCode } from '../support/read-qr-code.js';
import { Authenticator, myTwoFactor, newTwoFactorUser } from '../support/two-factor.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile } from './page-actions.js';

const stage = setStage();
const codeField = '6-digit code from your authenticator app';

/** The authenticator app after scanning the QR code of a dialog. */
async function scanned(dialog: Locator): Promise<Authenticator> {
  const uri = readQrCode((await dialog.getByRole('img').getAttribute('src'))!)!;
  return new Authenticator(new URL(uri).searchParams.get('secret')!, stage.postern.clock);
}

const codesOn = (dialog: Locator) => dialog.locator('li code').allTextContents();

const save = async (page: Page) => {
  await page.getByLabel('I’ve saved these codes').check();
  await button(page, 'Done').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

test('keeps the dialog open after a wrong code, and changes nothing when canceled (R-30)', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  const dialog = page.getByRole('dialog');
  const app = await scanned(dialog);
  await field(dialog, 'Verification code').fill(await app.wrongCode());
  await button(dialog, 'Confirm Enable').click();
  await dialog.getByText('Incorrect or used code.').waitFor();
  await dialog.getByText('Can’t scan it?').click();
  expect((await dialog.locator('details code').textContent())!.replaceAll(' ', '')).toBe(app.secret);
  await button(dialog, 'Cancel').click();
  expect(await myTwoFactor(user.client)).toMatchObject({ enabled: false });
  await button(page.locator('#two-factor'), 'Enable 2FA').waitFor();
});

test('copies, downloads and prints backup codes, and shows them until they are saved (R-37)', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
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
  const printed = page.locator('dialog');
  await printed.getByText(/^Postern backup codes for /).waitFor();
  for (const hidden of [page.locator('h1'), printed.getByText('Done')]) await hidden.waitFor({ state: 'hidden' });
  expect(await printed.locator('li code').first().isVisible()).toBe(true);
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
  await page.locator('#two-factor').getByText('10 backup codes left.').waitFor();
});

test('replaces the app and the backup codes only after confirmation (R-30)', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await button(page, 'Reset 2FA (new phone)').click();
  const dialog = page.getByRole('dialog');
  await field(dialog, 'Password').fill(user.password);
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, 'Continue').click();
  await dialog.getByText('Your current app works until you confirm.').waitFor();
  const app = await scanned(dialog);
  expect(app.secret).not.toBe(user.app.secret);
  await field(dialog, 'Verification code').fill(await app.code());
  await button(dialog, 'Confirm Enable').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  for (const code of await codesOn(dialog)) expect(user.backupCodes).not.toContain(code);
  await save(page);

  await button(page, 'Disable 2FA').click();
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, 'Disable 2FA').click();
  await dialog.getByText('Incorrect or used code.').waitFor();
  await field(dialog, codeField).fill(await app.nextCode());
  await button(dialog, 'Disable 2FA').click();
  await button(page.locator('#two-factor'), 'Enable 2FA').waitFor();
});

test('requires an app code for new backup codes, and the password once step-up has expired (R-33)', async () => {
  const user = await newTwoFactorUser(stage.postern);
  stage.postern.clock.advance({ minutes: 11 });
  const page = await stage.open(user, '/profile');
  await button(page.locator('#two-factor'), 'New backup codes').click();
  const dialog = page.getByRole('dialog');
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, 'Generate codes').click();
  await field(dialog, 'Password').waitFor();
  expect(await dialog.getByRole('alert').count()).toBe(0);
  await fillIn(dialog, { [codeField]: await user.app.wrongCode(), Password: goodPassword });
  await button(dialog, 'Generate codes').click();
  await dialog.getByText('Incorrect or used code.').waitFor();
  await field(dialog, codeField).fill(await user.app.nextCode());
  await button(dialog, 'Generate codes').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  for (const code of await codesOn(dialog)) expect(user.backupCodes).not.toContain(code);
  await save(page);
  await waitForProfile(page);
  await page.getByText('New backup codes saved. Old ones no longer work.').waitFor();
});
