import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { topLevelErrors } from '../../src/graphql-kit/errors.js';
import { userErrorMessages, type UserErrorCode } from '../../src/rules/user-error-messages.js';
import { codeIn } from '../support/mail-server.js';
import { newAddress, newUser } from '../support/users.js';
import { newTwoFactorUser } from '../support/two-factor.js';
import { latinWords } from './page-checks.js';
import { setStage } from './stage.js';
import { button, field, pasteInto, submitSignIn } from './page-actions.js';

const stage = setStage();

/** Codes of errors that libraries make, and one that no server sends yet. */
const otherCodes = ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'OPERATION_RESOLUTION_FAILURE', 'A_NEW_CODE'];

describe('the Chinese web app', () => {
  /** The form that changes the username, in Chinese. */
  const openForm = async (): Promise<Page> => {
    const user = await newUser(stage.postern);
    await user.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
    const page = await stage.open(user, '/profile');
    await button(page, '更改用户名').click();
    return page;
  };
  const save = (page: Page) => button(page.locator('#username'), '保存').click();
  const changes = (body: string | null) => body?.includes('ChangeUsername') === true;

  test('asks the server for Chinese, and shows no English for any user error', async () => {
    const page = await openForm();
    let code: UserErrorCode;
    const languages = new Set<string | undefined>();
    await page.route('**/graphql', (route, request) => {
      if (!changes(request.postData())) return route.continue();
      languages.add(request.headers()['accept-language']);
      const userErrors = [{ __typename: 'UserError', code, field: null, message: userErrorMessages[code].ZH }];
      return route.fulfill({
        json: { data: { changeUsername: { __typename: 'ChangeUsernamePayload', user: null, userErrors } } },
      });
    });
    const english: Record<string, string[]> = {};
    for (code of Object.keys(userErrorMessages) as UserErrorCode[]) {
      await Promise.all([page.waitForResponse('**/graphql'), save(page)]);
      const text = await page.locator('#username').getByRole('alert').innerText();
      expect(text).toMatch(/[\u4e00-\u9fff]/);
      if (latinWords(text).length > 0) english[code] = latinWords(text);
    }
    // ROOT is the name of a role.
    expect(english).toEqual({});
    expect([...languages]).toEqual(['zh-CN']);
  });

  test('shows no English for any top-level error', async () => {
    const english: Record<string, string[]> = {};
    const page = await openForm();
    let code = '';
    await page.route('**/graphql', (route, request) =>
      changes(request.postData())
        ? route.fulfill({ json: { data: null, errors: [{ message: 'An English message.', extensions: { code } }] } })
        : route.continue(),
    );
    // Codes that lead elsewhere or make the form wait come last.
    const waiting = ['RATE_LIMITED', 'SERVICE_UNAVAILABLE'];
    const codes = [...otherCodes, ...Object.keys(topLevelErrors)].filter(
      (name) => !['UNAUTHENTICATED', 'STEP_UP_REQUIRED', ...waiting].includes(name),
    );
    for (code of [...codes, ...waiting, 'STEP_UP_REQUIRED', 'UNAUTHENTICATED']) {
      await page.locator('#username').getByRole('button', { name: '保存', disabled: false }).waitFor();
      await Promise.all([page.waitForResponse('**/graphql'), save(page)]);
      const shown =
        code === 'UNAUTHENTICATED'
          ? page.locator('main').filter({ hasText: '个人中心' })
          : code === 'STEP_UP_REQUIRED'
            ? page.getByRole('dialog')
            : page.locator('#username').getByRole('alert');
      const text = await shown.innerText();
      if (latinWords(text).length > 0) english[code] = latinWords(text);
      if (code === 'STEP_UP_REQUIRED') await button(page.getByRole('dialog'), '取消').click();
    }
    expect(english).toEqual({});
  });

  test.each([
    ['a lost connection', null],
    ['a proxy without a server', 502],
    ['a busy proxy', 503],
  ] as const)('shows no English for %s', async (_name, status) => {
    const page = await openForm();
    await page.route('**/graphql', (route, request) => {
      if (!changes(request.postData())) return route.continue();
      return status === null
        ? route.abort('connectionrefused')
        : route.fulfill({ status, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' });
    });
    await save(page);
    const alert = page.locator('#username').getByRole('alert');
    expect(await alert.innerText()).toContain('无法连接服务器');
    expect(latinWords(await alert.innerText())).toEqual([]);
    expect(stage.faults.splice(0)).not.toEqual([]);
  });

  test('explains an empty field in Chinese, whatever the browser’s language', async () => {
    const page = await openForm();
    const input = field(page.locator('#username'), '用户名');
    await input.fill('');
    await save(page);
    expect(await input.evaluate((element: HTMLInputElement) => element.validationMessage)).toBe('请填写此项。');
    await input.fill('x');
    expect(await input.evaluate((element: HTMLInputElement) => element.validationMessage)).toBe('');
  });
});

describe('codes as they are pasted', () => {
  const fullWidth = (digits: string) =>
    digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

  test.each([
    ['full-width digits', fullWidth],
    ['a line break', (code: string) => `${code}\n`],
    ['a no-break space', (code: string) => `${code.slice(0, 3)}\u00a0${code.slice(3)}`],
    ['zero-width spaces', (code: string) => `\u200b${code.slice(0, 3)}\u200b${code.slice(3)}\u200b`],
    ['a no-break hyphen', (code: string) => `${code.slice(0, 3)}\u2011${code.slice(3)}`],
  ])('binds an email address with a code with %s', async (_name, paste) => {
    const page = await stage.open(await newUser(stage.postern), '/profile');
    const address = newAddress();
    const section = page.locator('#email');
    await field(section, 'Email').fill(address);
    await button(section, 'Send Verification Code').click();
    await pasteInto(field(section, 'Verification code'), paste(codeIn(await stage.mail.mailTo(address))));
    await button(section, 'Bind').click();
    await section.getByText('Bound').waitFor();
  });

  test('sends backup codes, usernames and email addresses whole, with what was pasted among them', async () => {
    const user = await newTwoFactorUser(stage.postern);
    const page = await stage.open(null, '/');
    const sent = async (operation: string, press: () => Promise<void>) => {
      const [request] = await Promise.all([
        page.waitForRequest((one) => one.postData()?.includes(operation) === true),
        press(),
      ]);
      return (request.postDataJSON() as { variables: { input: Record<string, unknown> } }).variables.input;
    };
    await submitSignIn(page, user);
    await button(page, 'Use a backup code instead').click();
    const code = `\u200b${user.backupCodes[0]!.replaceAll('-', '\u2011')}\u00a0`;
    await pasteInto(field(page, 'Backup code'), code);
    expect(await sent('VerifySecondFactor', () => button(page, 'Verify').click())).toMatchObject({
      factor: { backupCode: code },
    });
    await page.context().clearCookies();
    await page.goto(`${stage.url}/recover`);
    await pasteInto(field(page, 'Email'), '\u200bmara\u200b@mail.example\u00a0\n');
    const { email } = await sent('RequestPasswordReset', () => button(page, 'Send link').click());
    expect(String(email).replaceAll('\u200b', '')).toBe('mara@mail.example');
    await page.goto(`${stage.url}/sign-up`);
    await pasteInto(field(page, 'Username'), 'ma\u200bra\u00a0\n');
    for (const name of ['Password', 'Confirm password']) await field(page, name).fill('short');
    expect(await sent('Register', () => button(page, 'Sign up').click())).toMatchObject({
      username: expect.stringMatching(/^ma\u200bra/),
    });
    stage.faults.length = 0;
  });

  test('explains a wrong code by its kind: from the app, from the backup codes, from an email', async () => {
    const user = await newTwoFactorUser(stage.postern);
    const page = await stage.open(user, '/profile');
    await button(page, 'Disable 2FA').click();
    const dialog = page.getByRole('dialog');
    await field(dialog, '6-digit code from your authenticator app').fill(await user.app.wrongCode());
    await button(dialog, 'Disable 2FA').click();
    await dialog.getByText('if you just used it, wait for the next one').waitFor();
    await button(dialog, 'Use a backup code instead').click();
    await field(dialog, 'Backup code').fill('wrong');
    await button(dialog, 'Disable 2FA').click();
    await dialog.getByText('Incorrect or used backup code.').waitFor();
    await button(dialog, 'Cancel').click();
    const section = page.locator('#email');
    await field(section, 'Email').fill(newAddress());
    await button(section, 'Send Verification Code').click();
    await field(section, 'Verification code').fill('000000');
    await button(section, 'Bind').click();
    await section.getByText('Enter the code from the newest email.').waitFor();
  });
});
