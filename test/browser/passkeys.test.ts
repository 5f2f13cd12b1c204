import { expect, test } from '@jest/globals';
import { findFreePort } from '../support/free-port.js';
import { tokenIn } from '../support/mail-server.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { bindAddress, goodPassword, newAddress, newUser } from '../support/users.js';
import { expectAccessible, expectToFit, latinWords } from './page-checks.js';
import {
  canceled,
  codeField,
  isFocused,
  nameIt,
  passkeyDevices,
  saveCodes,
  section,
  twoFactor,
} from './passkey-device.js';
import { setStage } from './stage.js';
import { button, field, fillIn, signOut, submitSignIn, waitForProfile } from './page-actions.js';
import { VirtualAuthenticator } from './virtual-authenticator.js';

const stage = setStage();
const { openDevice, addFirstPasskey, addToApp, newPasskeyDevice } = passkeyDevices(stage);

test('adds the first passkey, shows backup codes once, and turns on two-factor authentication', async () => {
  const { page, codes } = await newPasskeyDevice();
  expect(new Set(codes).size).toBe(10);
  const facts = await section(page).getByRole('listitem').innerText();
  expect(facts).toContain('Laptop');
  expect(facts).toContain('Added just now · never used');
  expect(facts).toContain('One device only · Signs in alone');
  expect(await isFocused(button(section(page), 'Add a passkey'))).toBe(true);
  await twoFactor(page).getByText('Second step: passkey. 10 backup codes left.').waitFor();
  expect(await button(twoFactor(page), /Disable 2FA|Reset 2FA/).count()).toBe(0);
  await button(twoFactor(page), 'Add an authenticator app').waitFor();
});

test('signs in with a passkey by the button, and stays signed in if asked to', async () => {
  const { page } = await newPasskeyDevice();
  await signOut(page);
  await page.getByLabel('Stay signed in on this device').check();
  await button(page, 'Sign in with a passkey').click();
  await waitForProfile(page);
  await page
    .locator('#sessions')
    .getByText(/ · passkey$/)
    .waitFor();
  // Otherwise the cookie ends with the browser: -1.
  const session = (await page.context().cookies()).find(({ name }) => name.includes('session'));
  expect(session!.expires).toBeGreaterThan(0);
});

test('signs in with a passkey that the browser suggests in the field of the username', async () => {
  const { authenticator, user } = await newPasskeyDevice();
  const { page, authenticator: other } = await openDevice(null, '/recover', { hasAutofill: true });
  await authenticator.copyTo(other);
  await page.getByRole('link', { name: 'Back to sign-in' }).click();
  await waitForProfile(page);
  await page.locator('#username').getByText(user.username).waitFor();
});

test('stops the suggestions of the browser when the button is used or the view is left', async () => {
  const context = await stage.browserOf(null);
  await context.addInitScript(() => {
    // The first page, about:blank, has no such API.
    if (!('credentials' in navigator)) return;
    const ended: string[] = [];
    Object.assign(window, { ended });
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = async (options) => {
      if (options?.mediation !== 'conditional') return get(options);
      options.signal?.addEventListener('abort', () => ended.push('aborted'));
      ended.push('asked');
      return new Promise((_, reject) => {
        options.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    };
  });
  const page = await context.newPage();
  const authenticator = await VirtualAuthenticator.add(page);
  await authenticator.recognize(false);
  const ended = () => page.evaluate(() => (window as unknown as { ended: string[] }).ended.join());
  const waitFor = (state: string) =>
    page.waitForFunction((expected) => (window as unknown as { ended: string[] }).ended.join() === expected, state);
  await page.goto(`${stage.url}/sign-in`);
  expect(await field(page, 'Username or email').getAttribute('autocomplete')).toBe('username webauthn');
  await waitFor('asked');
  await button(page, 'Sign in with a passkey').click();
  await page.getByText(canceled).waitFor();
  await waitFor('asked,aborted,asked');
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await field(page, 'Email').waitFor();
  expect(await ended()).toBe('asked,aborted,asked,aborted');
});

test('uses a passkey in the second step, and offers the factor used last first', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const { page } = await openDevice(user, '/profile');
  await addToApp(page, user);
  await signOut(page);
  await submitSignIn(page, user);
  await field(page, codeField).waitFor();
  await button(page, 'Use a passkey instead').click();
  await page.getByRole('heading', { name: 'Use your passkey' }).waitFor();
  expect(await isFocused(button(page, 'Use a passkey'))).toBe(true);
  await expectAccessible(page);
  await button(page, 'Use a passkey').click();
  await waitForProfile(page);
  await page
    .locator('#sessions')
    .getByText(/ · password \+ passkey$/)
    .waitFor();

  await signOut(page);
  await submitSignIn(page, user);
  await page.getByRole('heading', { name: 'Use your passkey' }).waitFor();
  await button(page, 'Use the authenticator app instead').click();
  await field(page, codeField).fill(await user.app.nextCode());
  await button(page, 'Verify').click();
  await waitForProfile(page);
  await signOut(page);
  await submitSignIn(page, user);
  await field(page, codeField).waitFor();
});

test('asks for a passkey again with new options after a refused one', async () => {
  const { page, user } = await newPasskeyDevice();
  await signOut(page);
  await submitSignIn(page, user);
  await button(page, 'Use a passkey').waitFor();
  let requests = 0;
  // Breaks the signature of the first answer.
  await page.route('**/graphql', async (route, request) => {
    const body = request.postData()!;
    const isFirst = body.includes('"signature"') && (requests += 1) === 1;
    await route.continue({ postData: isFirst ? body.replace(/"signature":"..../, '"signature":"AAAA') : body });
  });
  await button(page, 'Use a passkey').click();
  await page.getByRole('alert').getByText('This passkey wasn’t accepted. Try again, or use another way.').waitFor();
  await button(page, 'Use a passkey').click();
  await waitForProfile(page);
  expect(requests).toBe(2);
});

test('confirms a sensitive action with a passkey alone, without the password', async () => {
  const { page } = await newPasskeyDevice();
  stage.postern.clock.advance({ minutes: 11 });
  await button(page.locator('#api-token'), 'Create token').click();
  const dialog = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await dialog.waitFor();
  expect(await field(dialog, 'Password').count()).toBe(0);
  expect(await isFocused(button(dialog, 'Use a passkey'))).toBe(true);
  await expectAccessible(page);
  await expectToFit(page);
  await button(dialog, 'Use a passkey').click();
  await page.locator('#api-token .secret code').waitFor();
});

test('keeps a canceled passkey calm, and lets the user try again or use the password', async () => {
  const { page, authenticator, codes } = await newPasskeyDevice();
  stage.postern.clock.advance({ minutes: 11 });
  await button(page.locator('#api-token'), 'Create token').click();
  const dialog = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await authenticator.recognize(false);
  for (let number = 0; number < 2; number += 1) {
    await button(dialog, 'Use a passkey').click();
    await dialog.getByRole('status').getByText(canceled).waitFor();
    expect(await dialog.getByRole('alert').count()).toBe(0);
  }
  await button(dialog, 'Use your password and a backup code instead').click();
  expect(await dialog.getByText(canceled).count()).toBe(0);
  expect(await isFocused(field(dialog, 'Password'))).toBe(true);
  await fillIn(dialog, { Password: goodPassword, 'Backup code': codes[0]! });
  await button(dialog, 'Confirm').click();
  await page.locator('#api-token .secret code').waitFor();
});

test('recovers the password with a passkey as the second factor', async () => {
  const user = await newUser(stage.postern);
  const address = newAddress();
  await bindAddress(stage.postern, stage.mail, user, address);
  const { page } = await openDevice(user, '/profile');
  await addFirstPasskey(page);
  await stage.postern
    .client()
    .send(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
      { input: { email: address } },
    );
  // Notices of the new passkey may come before the link.
  const token = () => stage.mail.to(address).map(tokenIn).find(Boolean);
  await stage.mail.until(() => token() !== undefined);
  await page.goto(`${stage.url}/reset-password#${token()}`);
  await fillIn(page, { 'New password': 'Louder-Lantern-88', 'Confirm new password': 'Louder-Lantern-88' });
  await button(page, 'Set new password').click();
  await page.getByText('Your browser will ask for your passkey.').waitFor();
  await button(page, 'Set new password').click();
  await page.getByText('Password reset. Sign in with your new password.').waitFor();
  await submitSignIn(page, { ...user, password: 'Louder-Lantern-88' });
  await button(page, 'Use a passkey').click();
  await waitForProfile(page);
});

test('says that nothing happened when the creation of a passkey is canceled, and tries again', async () => {
  const { page, authenticator } = await openDevice(await newUser(stage.postern), '/profile');
  await authenticator.recognize(false);
  const dialog = page.getByRole('dialog');
  await button(section(page), 'Add a passkey').click();
  await field(dialog, 'Password').fill(goodPassword);
  await button(dialog, 'Continue').click();
  await page.evaluate(() => {
    const create = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = () => {
      navigator.credentials.create = create;
      return Promise.reject(new DOMException('The user closed the dialog.', 'NotAllowedError'));
    };
  });
  await authenticator.recognize(true);
  await button(dialog, 'Create passkey').click();
  await dialog.getByRole('status').getByText('No passkey was created. Try again when you’re ready.').waitFor();
  expect(await dialog.getByRole('alert').count()).toBe(0);
  await button(dialog, 'Try again').click();
  await saveCodes(page);
  await nameIt(page, 'Second try');
  await section(page).getByText('Second try').waitFor();
});

test('uses an authenticator without user verification as a second step only, beside the password', async () => {
  const { page, user } = await newPasskeyDevice({ kind: 'securityKey' });
  expect(await section(page).getByRole('listitem').innerText()).toContain('One device only · Second step only');
  stage.postern.clock.advance({ minutes: 11 });
  await button(page.locator('#api-token'), 'Create token').click();
  const dialog = page.getByRole('dialog', { name: 'Confirm it’s you' });
  await field(dialog, 'Password').fill(goodPassword);
  await dialog.getByText('Your browser will ask for your passkey.').waitFor();
  await button(dialog, 'Confirm').click();
  await page.locator('#api-token .secret code').waitFor();
  await signOut(page);
  await button(page, 'Sign in with a passkey').click();
  await page.getByRole('status').getByText(canceled).waitFor();
  await submitSignIn(page, user);
  await button(page, 'Use a passkey').click();
  await waitForProfile(page);
});

test('signs two accounts in with their own passkeys on one device', async () => {
  const { page, authenticator, user } = await newPasskeyDevice();
  await signOut(page);
  const other = await newUser(stage.postern);
  await submitSignIn(page, other);
  await waitForProfile(page);
  await addFirstPasskey(page, 'The other');
  expect(await authenticator.count()).toBe(2);
  for (const { username } of [user, other]) {
    await signOut(page);
    await submitSignIn(page, { username, password: goodPassword });
    await button(page, 'Use a passkey').click();
    await waitForProfile(page);
    await page.locator('#username').getByText(username, { exact: true }).waitFor();
  }
});

test('deletes the last passkey for a proof, on the server and in the browser', async () => {
  const { page, authenticator } = await newPasskeyDevice();
  const dialog = page.getByRole('dialog', { name: 'Delete “Laptop”?' });
  await button(section(page), 'Delete: Laptop').click();
  await dialog.getByText('two-factor authentication will be turned off').waitFor();
  await button(dialog, 'Delete passkey').click();
  await dialog.getByText('Your browser will ask for your passkey.').waitFor();
  const deleted = authenticator.next('credentialDeleted');
  await button(dialog, 'Delete passkey').click();
  await page.getByText('Passkey deleted. Two-factor authentication is off.').waitFor();
  await section(page).getByText('No passkeys yet.').waitFor();
  await button(twoFactor(page), 'Enable 2FA').waitFor();
  await deleted;
  expect(await authenticator.count()).toBe(0);
});

test('says that an authenticator already holds a passkey of the account', async () => {
  const { page, authenticator } = await newPasskeyDevice();
  await button(section(page), 'Add a passkey').click();
  const dialog = page.getByRole('dialog');
  await button(dialog, 'Continue').click();
  await button(dialog, 'Create passkey').click();
  await dialog
    .getByRole('status')
    .getByText('This device or security key already holds a passkey for your account.')
    .waitFor();
  await authenticator.clear();
  await button(dialog, 'Cancel').click();
  expect(await section(page).getByRole('listitem').count()).toBe(1);
});

test('adds and removes an authenticator app beside a passkey, and keeps the backup codes', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const { page } = await openDevice(user, '/profile');
  const dialog = page.getByRole('dialog');
  await addToApp(page, user);
  await twoFactor(page).getByText('Second step: authenticator app or passkey. 10 backup codes left.').waitFor();
  await button(twoFactor(page), 'Remove authenticator app').click();
  await dialog.getByText('Signing in will still ask for a passkey').waitFor();
  await button(dialog, 'Use a passkey instead').click();
  await button(dialog, 'Remove authenticator app').click();
  await twoFactor(page).getByText('Second step: passkey. 10 backup codes left.').waitFor();
});

test('renames a passkey, and returns the focus to the button', async () => {
  const { page } = await newPasskeyDevice();
  await button(section(page), 'Rename: Laptop').click();
  const dialog = page.getByRole('dialog', { name: 'Rename passkey' });
  await field(dialog, 'Name').fill('Work laptop');
  await page.keyboard.press('Enter');
  await section(page).getByText('Work laptop').waitFor();
  expect(await isFocused(button(section(page), 'Rename: Work laptop'))).toBe(true);
});

test('offers no passkeys in a browser without WebAuthn, and says so', async () => {
  const user = await newUser(stage.postern);
  const context = await stage.browserOf(user);
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'));
  const page = await stage.tab(context, '/profile');
  await section(page).getByText('This browser can’t use passkeys.').waitFor();
  expect(await button(section(page), 'Add a passkey').count()).toBe(0);
  await signOut(page);
  expect(await button(page, 'Sign in with a passkey').count()).toBe(0);
});

test('offers no passkeys where they can’t work or are turned off, and says why', async () => {
  const user = await newUser(stage.postern);
  const places = [
    ['127.0.0.1', {}, 'browsers offer them only at https addresses or localhost'],
    ['localhost', { PASSKEYS: 'off' }, 'Passkeys are turned off on this server.'],
  ] as const;
  for (const [host, settings, reason] of places) {
    const port = String(await findFreePort());
    const url = `http://${host}:${port}`;
    await stage.beside({ PORT: port, PUBLIC_URL: url, ...settings });
    const page = await (await stage.browserOf(null)).newPage();
    await page.goto(url);
    await field(page, 'Password').waitFor();
    expect(await button(page, 'Sign in with a passkey').count()).toBe(0);
    expect(await field(page, 'Username or email').getAttribute('autocomplete')).toBe('username');
    await submitSignIn(page, user);
    await section(page).getByText(reason).waitFor();
    expect(await button(section(page), 'Add a passkey').count()).toBe(0);
  }
});

test('leads from the advice to add a passkey to the section', async () => {
  const user = await newTwoFactorUser(stage.postern);
  const { page } = await openDevice(user, '/profile');
  await button(page.getByRole('region', { name: 'Security checkup' }), 'Add a passkey').click();
  expect(await isFocused(button(section(page), 'Add a passkey'))).toBe(true);
});

/** The texts of a language that a keyboard user meets while adding a passkey, and a name for it. */
const keyboardTexts = {
  EN: {
    add: 'Add a passkey',
    proof: 'Enter your password first.',
    create: 'Your browser will guide you.',
    codes: 'Your backup codes',
    nameTitle: 'Name your passkey',
    name: 'My phone',
    signIn: 'Sign in with a passkey',
  },
  ZH: {
    add: '添加通行密钥',
    proof: '请先输入密码。',
    create: '请按照浏览器的提示操作',
    codes: '您的备用码',
    nameTitle: '为通行密钥命名',
    name: '我的手机',
    signIn: '使用通行密钥登录',
  },
} as const;

test.each(['EN', 'ZH'] as const)(
  'adds a passkey and signs in with it on a phone, by keyboard, in %s',
  async (language) => {
    const texts = keyboardTexts[language];
    const user = await newUser(stage.postern);
    const { page } = await openDevice(user, '/sign-in', { viewport: { width: 375, height: 740 } });
    await page.evaluate((selected) => localStorage.setItem('postern.language', selected), language);
    await page.goto(`${stage.url}/profile`);
    await button(section(page), texts.add).focus();
    await page.keyboard.press('Enter');
    const dialogWith = (text: string) => page.getByRole('dialog').filter({ hasText: text });
    await dialogWith(texts.proof).locator('input:focus').waitFor();
    await page.keyboard.type(goodPassword);
    await page.keyboard.press('Enter');
    await dialogWith(texts.create).locator('button:focus').waitFor();
    await page.keyboard.press('Enter');
    await dialogWith(texts.codes).locator('input:focus').waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialogWith(texts.nameTitle).locator('input:focus').waitFor();
    await page.keyboard.type(texts.name);
    await page.keyboard.press('Enter');
    await section(page).getByRole('listitem').getByText(texts.name).waitFor();
    if (language === 'ZH') expect(latinWords(await section(page).innerText())).toEqual([]);
    await expectAccessible(page);
    await expectToFit(page);
    await page.context().clearCookies();
    await page.goto(`${stage.url}/sign-in`);
    await expectToFit(page);
    await button(page, texts.signIn).focus();
    await page.keyboard.press('Enter');
    await section(page).getByText(texts.name).waitFor();
  },
);
