import { expect, test } from '@jest/globals';
import { newUserOfRole } from '../features/administration/administrators.js';
import { bindAddress, goodPassword, newAddress, newUser } from '../support/users.js';
import { latinWords } from './page-checks.js';
import { setStage } from './stage.js';
import { button, fillIn } from './page-actions.js';

const stage = setStage();

test('switches the web app, its errors, the account and its emails to Chinese', async () => {
  const user = await newUser(stage.postern);
  const page = await stage.open(user, '/profile');
  await page.locator('#preferences').getByLabel('Language').selectOption('ZH');
  await page.getByRole('heading', { name: '个人中心', level: 1 }).waitFor();
  await page.locator('#events li').first().waitFor();
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    '安全建议',
    '基本信息',
    '安全设置',
    '账号',
  ]);
  expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
    '用户名',
    '绑定邮箱',
    '语言',
    '修改密码',
    '双重认证（2FA）',
    '通行密钥',
    'API 令牌',
    '访问令牌',
    '登录设备',
    '最近的安全记录',
    '导出我的数据',
    '撤销全部访问权限',
    '删除账号',
  ]);
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  expect(await page.title()).toBe('个人中心 – Postern');
  expect(latinWords(await page.locator('body').innerText())).toEqual([]);

  const password = page.locator('#password');
  await fillIn(password, {
    当前密码: 'not-the-password',
    新密码: 'Louder-Lantern-88',
    确认新密码: 'Louder-Lantern-88',
  });
  await button(password, '修改密码').click();
  await password.getByText('密码错误。').waitFor();
  await fillIn(password, { 当前密码: goodPassword, 新密码: 'password1' });
  await button(password, '修改密码').click();
  await password.getByText('密码过于常见，请换一个。').waitFor();

  expect((await user.client.send('{ me { locale } }')).data).toEqual({ me: { locale: 'ZH' } });
  const address = newAddress();
  await bindAddress(stage.postern, stage.mail, user, address);
  expect((await stage.mail.mailTo(address)).subject).toMatch(/[\u4e00-\u9fff]/);
  await page.reload();
  await page.getByRole('heading', { name: '个人中心', level: 1 }).waitFor();
});

test('punctuates Chinese as Chinese: full-width colons, and no space after a full stop', async () => {
  const [root, user] = [await newUserOfRole(stage.postern, 'ROOT'), await newUser(stage.postern)];
  await root.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  for (const status of ['DISABLED', 'ACTIVE'])
    await root.client.send(
      'mutation ($input: SetUserStatusInput!) { setUserStatus(input: $input) { userErrors { code } } }',
      { input: { userId: user.id, status, reason: '测试' } },
    );
  const page = await stage.open(root, '/profile', { locale: 'zh-CN' });
  for (const [path, text] of [
    ['/profile', '上次修改'],
    [`/administration/users/${user.id}`, '原因'],
    ['/administration/events', '原因'],
  ] as const) {
    await page.goto(stage.url + path);
    await page.getByText(text).first().waitFor();
    const texts = await page.evaluate(() => [
      document.body.innerText,
      ...[...document.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')!),
    ]);
    expect(texts.flatMap((one) => one.match(/.*(?:\p{Script=Han}: |[。！？] (?!\n)).*/gu) ?? [])).toEqual([]);
  }
});

test('uses the browser’s language before sign-in, and the account’s language after it', async () => {
  const page = await stage.open(null, '/', { locale: 'zh-CN' });
  await page.getByRole('heading', { name: '登录', level: 1 }).waitFor();
  expect(latinWords(await page.locator('main').innerText())).toEqual([]);
  await page.getByLabel('语言').selectOption('EN');
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  const user = await newUser(stage.postern);
  await user.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  const elsewhere = await stage.open(user, '/profile');
  await elsewhere.getByRole('heading', { name: '个人中心', level: 1 }).waitFor();
});

test('remembers the theme selected in the menu', async () => {
  const page = await stage.open(await newUser(stage.postern), '/profile');
  const shade = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await shade();
  await button(page, /^Account menu/).click();
  await page.locator('.menu').getByLabel('Appearance').selectOption('dark');
  const dark = await shade();
  expect(dark).not.toBe(light);
  await page.reload();
  await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  expect(await shade()).toBe(dark);
});

test('rounds past times down and future times to the nearest unit', async () => {
  const context = await stage.browserOf(await newUser(stage.postern));
  for (const [minutes, text] of [
    [119, '1 hour ago'],
    [-119, 'in 2 hours'],
  ] as const) {
    await context.clock.setFixedTime(stage.postern.clock.read().getTime() + minutes * 60_000);
    const page = await stage.tab(context, '/profile');
    await page.locator('#sessions').getByText(text).waitFor();
  }
});
