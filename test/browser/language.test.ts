import { expect, test } from '@jest/globals';
import { bindAddress, goodPassword, newAddress, newPerson } from '../support/people.js';
import { setStage } from './stage.js';
import { button, fillIn } from './visitor.js';

const stage = setStage();

/** What is written in Latin letters in Chinese as well: names of products, and of what has no other name. */
const latin =
  /Postern|Google Authenticator|Microsoft Authenticator|Android|iOS|2FA|API|AI|IP|sk-|English|Chrome|Linux|HeadlessChrome|node|a–z|person\d+(?:\.\d+@mail\.example)?/g;

/** Words of the page that are not Chinese. */
const foreignWords = (text: string) => [...new Set(text.replaceAll(latin, '').match(/[A-Za-z]{2,}/g) ?? [])];

test('Chinese that is chosen on Profile is the language of the whole page at once, of refusals, of the account and of its mails', async () => {
  const person = await newPerson(stage.postern);
  const page = await stage.open(person, '/profile');
  await page.locator('#preferences').getByLabel('Language').selectOption('ZH');
  await page.getByRole('heading', { name: '个人资料', level: 1 }).waitFor();
  await page.locator('#events li').first().waitFor();
  expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    '接下来该做什么',
    '基本信息',
    '安全设置',
  ]);
  expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
    '用户名',
    '绑定邮箱',
    '语言',
    '修改密码',
    '双重认证（2FA）',
    'API 令牌',
    '会话',
    '最近的安全事件',
  ]);
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  expect(await page.title()).toBe('个人资料 – Postern');
  expect(foreignWords(await page.locator('body').innerText())).toEqual([]);

  const password = page.locator('#password');
  await fillIn(password, {
    当前密码: 'not-the-password',
    新密码: 'Louder-Lantern-88',
    确认新密码: 'Louder-Lantern-88',
  });
  await button(password, '修改密码').click();
  await password.getByText('密码不正确。').waitFor();
  await fillIn(password, { 当前密码: goodPassword, 新密码: 'password1' });
  await button(password, '修改密码').click();
  await password.getByText('该密码在攻击者的常用密码列表中，请换一个。').waitFor();

  expect((await person.client.send('{ me { locale } }')).data).toEqual({ me: { locale: 'ZH' } });
  const address = newAddress();
  await bindAddress(stage.postern, stage.mail, person, address);
  expect((await stage.mail.mailTo(address)).subject).toMatch(/[\u4e00-\u9fff]/);
  await page.reload();
  await page.getByRole('heading', { name: '个人资料', level: 1 }).waitFor();
});

test('a browser that asks for Chinese gets it before anybody signs in, and who chose it once finds it in the next browser', async () => {
  const page = await stage.open(null, '/', { locale: 'zh-CN' });
  await page.getByRole('heading', { name: '登录', level: 1 }).waitFor();
  expect(foreignWords(await page.locator('main').innerText())).toEqual([]);
  await page.getByLabel('语言').selectOption('EN');
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  const person = await newPerson(stage.postern);
  await person.client.send('mutation { setLocale(input: { locale: ZH }) { userErrors { code } } }');
  const elsewhere = await stage.open(person, '/profile');
  await elsewhere.getByRole('heading', { name: '个人资料', level: 1 }).waitFor();
});

test('light and dark are chosen in the menu, and the browser remembers it', async () => {
  const page = await stage.open(await newPerson(stage.postern), '/profile');
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

test('what has passed is told in whole units, and what is to come by a clock that is behind is rounded', async () => {
  const context = await stage.browserOf(await newPerson(stage.postern));
  for (const [minutes, words] of [
    [119, '1 hour ago'],
    [-119, 'in 2 hours'],
  ] as const) {
    await context.clock.setFixedTime(stage.postern.clock.read().getTime() + minutes * 60_000);
    const page = await stage.tab(context, '/profile');
    await page.locator('#sessions').getByText(words).waitFor();
  }
});
