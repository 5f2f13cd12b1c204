import { beforeAll, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newUserOfRole } from '../features/administration/administrators.js';
import { newCallKeyOf } from '../features/call-key/own-keys.js';
import { newSetupToken } from '../features/sign-up/sign-up-as.js';
import { Client } from '../support/client.js';
import { bindAddress, Login, newUser, Register, type TestUser } from '../support/users.js';
import { query } from '../support/database.js';
import { readQrCode } from '../support/read-qr-code.js';
import { Authenticator, newTwoFactorUser } from '../support/two-factor.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';
import { localNetworks, newWebhook } from '../support/webhooks.js';
import { call, newCallKey, newGateway, report } from '../features/usage/gateway.js';
import { setStage } from './stage.js';
import { button, field, fillIn, waitForProfile, submitSignIn } from './page-actions.js';

/** The pictures that the README shows. */
const shownInReadme = new Set(['sign-in', 'profile', 'profile-enable-2fa']);

const desk = { width: 1_280, height: 800 };
const phone = { width: 360, height: 740 };
const inChinese = { locale: 'zh-CN', viewport: desk };

const desktopAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const phoneAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

const stage = setStage(localNetworks);

// So that events have happened some time ago.
beforeAll(() => stage.postern.clock.advance({ hours: -5 }));

/** Takes pictures of a page: on a desktop in both themes, and on a phone. Those of the README also go to docs. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    window.scrollTo(0, 0);
  });
  const isWhole = (await page.locator('dialog[open], [popover]:popover-open').count()) === 0;
  const picture = (look: string) => page.screenshot({ path: `screenshots/${name}-${look}.png`, fullPage: isWhole });
  await picture('light');
  if (shownInReadme.has(name))
    await page.screenshot({ path: `docs/screenshots/${name}.jpg`, type: 'jpeg', quality: 80 });
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'dark';
  });
  await picture('dark');
  await page.evaluate(() => {
    document.documentElement.dataset['theme'] = 'light';
  });
  await page.setViewportSize(phone);
  await picture('phone');
  await page.setViewportSize(desk);
}

const token = 'a'.repeat(49);

/** Signs up a user with a given name, on a desktop. */
async function signUpAs(username: string): Promise<TestUser> {
  const client = new Client(stage.postern.url, { 'user-agent': desktopAgent });
  const password = 'Quiet-Harbour-71';
  const { data } = await client.send(Register, { input: { username, password, confirmPassword: password } });
  return { id: data.register!.user!.id, username, password, client };
}

/** Signs the user in again, so that step-up is valid. */
async function signInAgain({ client, username, password, ...user }: TestUser): Promise<TestUser> {
  await client.send(Login, { input: { login: username, password } });
  return { ...user, client, username, password };
}

/** Opens a dialog, takes its pictures, and closes it. */
async function takeDialog(page: Page, opener: string, name: string): Promise<void> {
  await button(page, opener).first().click();
  await page.getByRole('dialog').waitFor();
  await take(page, name);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('takes the signed-out views', async () => {
  const paths = {
    'sign-in': '/',
    'sign-up': '/sign-up',
    recovery: '/recover',
    'set-up': `/setup#psu_${token}`,
    'set-up-without-link': '/setup',
    'reset-password': `/reset-password#psr_${token}`,
    'reset-password-without-link': '/reset-password',
    'revert-email-change': `/revert-email-change#pse_${token}`,
    'restore-account': `/restore-account#psl_${token}`,
  };
  for (const [name, path] of Object.entries(paths)) {
    const page = await stage.open(null, path, { viewport: desk });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await take(page, name);
    await page.close();
  }
  const page = await stage.open(null, '/', { viewport: desk });
  await submitSignIn(page, { username: 'unknown', password: 'wrong' });
  await page.getByRole('alert').waitFor();
  await take(page, 'sign-in-error');
  await page.goto(`${stage.url}/recover`);
  await field(page, 'Email').fill('mara@mail.example');
  await button(page, 'Send link').click();
  await button(page, 'Use another address').waitFor();
  await take(page, 'recovery-sent');
  await page.goto(`${stage.url}/sign-up`);
  await fillIn(page, { Username: 'root', Password: 'password1', 'Confirm password': 'password2' });
  await page.getByText('Very weak').waitFor();
  await button(page, 'Sign up').click();
  await page.locator('.error').first().waitFor();
  await take(page, 'sign-up-error');
});

test('takes the second step of sign-in and of recovery, and a setup error', async () => {
  const user = await newTwoFactorUser(stage.postern);
  await bindAddress(stage.postern, stage.mail, user, 'second@mail.example');
  const page = await stage.open(null, '/', { viewport: desk });
  await submitSignIn(page, user);
  await field(page, '6-digit code from your authenticator app').fill(await user.app.wrongCode());
  await take(page, 'second-factor');
  await button(page, 'Verify').click();
  await page.locator('.error').waitFor();
  await take(page, 'second-factor-error');
  await button(page, 'Use a backup code instead').click();
  await take(page, 'second-factor-backup-code');

  await stage.postern
    .client()
    .send('mutation { requestPasswordReset(input: { email: "second@mail.example" }) { userErrors { code } } }');
  await stage.mail.until(({ mails }) => mails.some(({ text }) => text.includes('/reset-password#')));
  const [link] = /\/reset-password#psr_\w+/.exec(stage.mail.mails.at(-1)!.text)!;
  const reset = await stage.open(null, link, { viewport: desk });
  await fillIn(reset, { 'New password': 'Louder-Lantern-88', 'Confirm new password': 'Louder-Lantern-88' });
  await button(reset, 'Set new password').click();
  await reset.getByText('Enter a two-factor code to finish').waitFor();
  await take(reset, 'reset-password-second-factor');

  const setUp = await stage.open(null, `/setup#psu_${token}`, { viewport: desk });
  await newSetupToken(stage.postern);
  await fillIn(setUp, { Username: 'keeper', Password: 'Louder-Lantern-88', 'Confirm password': 'Louder-Lantern-88' });
  await button(setUp, 'Create administrator').click();
  await setUp.getByRole('alert').waitFor();
  await take(setUp, 'set-up-error');
});

test('takes Profile, its forms and dialogs', async () => {
  const user = await signUpAs('mara');
  await bindAddress(stage.postern, stage.mail, user, 'mara@mail.example');
  stage.postern.clock.advance({ hours: 2 });
  await new Client(stage.postern.url, { 'user-agent': phoneAgent }).send(Login, {
    input: { login: user.username, password: user.password },
  });
  stage.postern.clock.advance({ minutes: 52 });
  const page = await stage.open(await signInAgain(user), '/profile', { viewport: desk, userAgent: desktopAgent });
  await waitForProfile(page);
  await take(page, 'profile');
  await button(page, /^Account menu/).click();
  await take(page, 'menu');
  await page.keyboard.press('Escape');

  await button(page, 'Change username').click();
  await button(page, 'Change email').click();
  await field(page.locator('#email'), 'Email').fill('new@mail.example');
  await button(page, 'Send Verification Code').click();
  await field(page, 'Verification code').waitFor();
  await fillIn(page.locator('#password'), {
    'Current password': 'wrong',
    'New password': 'Password1',
    'Confirm new password': 'Password2',
  });
  await page.getByText('Very weak').waitFor();
  await button(page, 'Change Password').click();
  await page.locator('#password .error').first().waitFor();
  await button(page, 'Create token').click();
  await page.locator('#api-token .secret').waitFor();
  await take(page, 'profile-forms');
  await page.reload();
  await waitForProfile(page);

  await button(page.locator('#two-factor'), 'Enable 2FA').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('img').waitFor();
  await take(page, 'profile-enable-2fa');
  await dialog.getByText('Can’t scan it?').click();
  await take(page, 'profile-enable-2fa-setup-key');
  const secret = new URL(readQrCode((await dialog.getByRole('img').getAttribute('src'))!)!).searchParams.get('secret')!;
  const app = new Authenticator(secret, stage.postern.clock);
  await field(dialog, 'Verification code').fill(await app.code());
  await button(dialog, 'Confirm Enable').click();
  await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
  await take(page, 'profile-backup-codes');
  await dialog.getByRole('checkbox').check();
  await button(dialog, 'Done').click();
  await page.locator('#two-factor').getByText('10 backup codes left.').waitFor();
  await page.locator('.announcement p').waitFor({ state: 'detached' });
  await take(page, 'profile-protected');
  for (const [opener, name] of Object.entries({
    'New backup codes': 'new-backup-codes',
    'Disable 2FA': 'disable-2fa',
    'Reset 2FA (new phone)': 'another-phone',
    Reset: 'reset-api-token',
    'Create access token': 'create-access-token',
    'Delete account': 'delete-account',
  }))
    await takeDialog(page, opener, `profile-${name}`);
  stage.postern.clock.advance({ minutes: 11 });
  await button(page.locator('#api-token'), 'Reset').click();
  await button(page.getByRole('dialog'), 'Reset token').click();
  await page.getByRole('heading', { name: 'Confirm it’s you' }).waitFor();
  await take(page, 'step-up');
});

test('takes Keys and Logs', async () => {
  const [user, gateway] = [await newUser(stage.postern), await newGateway(stage.postern)];
  const page = await stage.open(user, '/keys', { viewport: desk });
  await page.getByRole('heading', { name: 'No keys yet' }).waitFor();
  await take(page, 'keys-empty');
  await takeDialog(page, 'Create key', 'keys-create');
  const keys = [
    await newCallKey(stage.postern, user, { name: 'Robot' }),
    await newCallKey(stage.postern, user, { name: 'Night worker', quotaLeft: 0n }),
    await newCallKey(stage.postern, user, { name: 'n'.repeat(64), quotaLeft: 12_345_678n }),
  ];
  const renewing = { period: 'WEEK', periodQuota: 5_000, requestsPerMinuteLimit: 60 } as const;
  const weekly = await newCallKeyOf(user.client, { name: 'Nightly', quota: 90_000, ...renewing });
  await report(gateway, [call(weekly, stage.postern.clock.read(), { quota: 1_250 })]);
  await page.reload();
  await page.getByText('4 total').waitFor();
  await take(page, 'keys');
  await takeDialog(page, 'Edit: Nightly', 'keys-edit-renewing');
  await page.getByRole('checkbox', { name: 'Select Robot' }).check();
  await take(page, 'keys-selected');
  await takeDialog(page, 'Delete', 'keys-delete');
  await takeDialog(page, 'Edit: Robot', 'keys-edit');
  await button(page, 'Rotate: Robot').click();
  await take(page, 'keys-rotate');
  await button(page, 'Rotate key').click();
  await page.getByRole('heading', { name: 'Your new key' }).waitFor();
  await take(page, 'keys-new-secret');
  await page.getByLabel('I’ve saved it in a safe place').check();
  await button(page, 'Done').click();
  await field(page, 'Search').or(page.getByLabel('Search')).fill('nothing of this name');
  await page.getByText('No results. Try changing your filters.').waitFor();
  await take(page, 'keys-no-match');

  await page.goto(`${stage.url}/logs`);
  await page.getByText('No calls in this period.').waitFor();
  await take(page, 'logs-empty');
  const hoursAgo = (hours: number) => new Date(stage.postern.clock.read().getTime() - hours * 3_600_000);
  await report(
    gateway,
    Array.from({ length: 60 }, (_, index) =>
      call(keys[index % 3]!, hoursAgo(((index * 7) % 150) + 1), {
        promptTokens: ((index * 37) % 90) * 10,
        completionTokens: ((index * 11) % 40) * 10,
        quota: (index % 9) * 25,
        ...(index % 13 === 5 ? { type: 'ERROR' as const } : {}),
      }),
    ),
  );
  await page.reload();
  await page.locator('.table-frame tbody tr').nth(20).waitFor();
  await take(page, 'logs');
  await page.context().route('**/graphql', (route) => route.abort('connectionrefused'));
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await button(page, 'Try again').waitFor();
  await take(page, 'no-network');
  stage.faults.length = 0;
});

test('takes Administration', async () => {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  const user = await signUpAs('a-name.of_thirty-two.characters');
  await newCallKey(stage.postern, user, { name: 'Robot' });
  const page = await stage.open(root, '/administration', { viewport: desk });
  await page.getByRole('link', { name: user.username }).waitFor();
  await take(page, 'administration');
  await takeDialog(page, 'Create account', 'administration-create');
  await page.goto(`${stage.url}/administration/users/${user.id}`);
  await page.locator('#events li').first().waitFor();
  await take(page, 'administration-user');
  for (const [opener, name] of Object.entries({ Disable: 'disable', 'Change role': 'role', Delete: 'delete' }))
    await takeDialog(page, opener, `administration-${name}`);
  await button(page, 'Send password reset').click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Locked out');
  await button(page.getByRole('dialog'), 'Send password reset').click();
  await page.getByRole('heading', { name: 'Share this link' }).waitFor();
  await take(page, 'administration-link');
  await page.goto(`${stage.url}/administration/events`);
  await page.locator('tbody tr').nth(5).waitFor();
  await take(page, 'administration-events');
  await page.goto(`${stage.url}/administration/users/unknown`);
  await page.getByRole('alert').waitFor();
  await take(page, 'administration-not-found');
});

test('takes Webhooks', async () => {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  const receiver = await WebhookReceiver.start();
  receiver.manners = [204, 503];
  const page = await stage.open(root, '/administration/webhooks', { viewport: desk });
  await page.getByRole('heading', { name: 'No webhooks yet' }).waitFor();
  await take(page, 'webhooks-empty');
  await button(page, 'Create webhook').click();
  const dialog = page.getByRole('dialog');
  await fillIn(dialog, { URL: receiver.url, 'Description (optional)': 'Alerts for the team on call' });
  await take(page, 'webhooks-create');
  await dialog.getByLabel('All events').uncheck();
  await dialog.getByText('Sign-ins and sessions').click();
  for (const name of ['Failed sign-in', 'Temporarily locked', 'New device', 'Signed out'])
    await dialog.getByLabel(name, { exact: true }).check();
  await take(page, 'webhooks-event-types');
  await field(dialog, 'URL').fill('https://10.0.0.1/hooks');
  await button(dialog, 'Create webhook').click();
  await dialog.locator('.error').waitFor();
  await take(page, 'webhooks-create-error');
  await field(dialog, 'URL').fill(receiver.url);
  await button(dialog, 'Create webhook').click();
  await page.getByRole('heading', { name: 'Your webhook’s secret' }).waitFor();
  await take(page, 'webhooks-secret');
  await page.getByLabel('I’ve saved it in a safe place').check();
  await button(page, 'Done').click();
  await button(page, 'Send test').click();
  await page.getByText('Delivered. The receiver answered 204.').waitFor();
  await take(page, 'webhooks-delivered');
  for (let count = 0; count < 3; count += 1)
    await stage.postern.client().send(Login, { input: { login: 'unknown', password: 'wrong' } });
  await button(page, /^Send again: Webhook tested/).click();
  await page.getByText('Not delivered. The receiver answered 503').waitFor();
  await take(page, 'webhooks-not-delivered');
  for (const [opener, name] of Object.entries({ 'Rotate secret': 'rotate', 'Turn off': 'turn-off', Delete: 'delete' }))
    await takeDialog(page, opener, `webhooks-${name}`);
  await query(stage.postern.database, "update webhooks set status = 'FAILING'", []);
  await newWebhook(root.client, { url: 'https://127.0.0.1/siem' });
  await page.reload();
  await page.getByRole('alert').waitFor();
  await take(page, 'webhooks-failing');
  await page.goto(`${stage.url}/administration/webhooks`);
  await page.getByRole('row').nth(2).waitFor();
  await take(page, 'webhooks');
  await receiver.close();
});

test('takes the main views in Chinese', async () => {
  const root = await newUserOfRole(stage.postern, 'ROOT');
  await root.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  for (const [name, path] of Object.entries({ 'sign-in': '/', 'sign-up': '/sign-up' })) {
    const page = await stage.open(null, path, inChinese);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.screenshot({ path: `screenshots/${name}-chinese.png` });
  }
  const page = await stage.open(root, '/profile', inChinese);
  for (const [name, path] of Object.entries({
    profile: 'profile',
    keys: 'keys',
    logs: 'logs',
    administration: 'administration',
    webhooks: 'administration/webhooks',
  })) {
    await page.goto(`${stage.url}/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.loading').first().waitFor({ state: 'detached' });
    await page.screenshot({ path: `screenshots/${name}-chinese.png`, fullPage: true });
  }
  await page.goto(`${stage.url}/profile`);
  await page.locator('#two-factor .button.main').click();
  await page.getByRole('dialog').getByRole('img').waitFor();
  await page.screenshot({ path: 'screenshots/profile-enable-2fa-chinese.png' });
});
