import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import type { MailServer } from '../../support/mail-server.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { startBeside } from '../../support/start-beside.js';
import { newAddress, newUser, newUsername, type TestUser } from '../../support/users.js';
import { newUserOfRole } from './administrators.js';
import { act } from './actions.js';

let mail: MailServer;
let postern: TestPostern;
let limited: TestPostern;
let other: TestPostern;
let root: TestUser;
let admin: TestUser;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
  limited = await startBeside(postern, { SMTP_URL: mail.url, LIMITS: 'on' });
  other = await startBeside(postern, { SMTP_URL: mail.url, LIMITS: 'on' });
  [root, admin] = [await newUserOfRole(postern, 'ROOT'), await newUserOfRole(postern, 'ADMIN')];
});
afterAll(async () => {
  await other.close();
  await limited.close();
  await postern.close();
});

const at = (user: TestUser, { url } = limited) => Object.assign(user.client.copy(), { url });
const invite = (sender: TestUser, email: string, input: Record<string, unknown> = {}, server = limited) =>
  act(at(sender, server), 'createUser', { username: newUsername(), email, ...input });
const stored = async () => ({
  accounts: await query(postern.database, 'select id from accounts order by id'),
  events: await query(postern.database, 'select id from security_events order by id'),
});

test.each([
  ['one address', newAddress()],
  ['the longest address', `${'i'.repeat(60)}@${['n', 'v', 't'].map((text) => text.repeat(60)).join('.')}.example`],
])('limits invitations to five an hour for %s, across all senders and spellings (R-25)', async (_what, address) => {
  const spellings = [address, address.toUpperCase(), ` ${address} `];
  for (let n = 0; n < 5; n += 1)
    expect(await invite(n % 2 ? root : admin, spellings[n % spellings.length]!)).toSucceed();
  await mail.until(() => mail.mails.filter(({ to }) => to.toLowerCase() === address).length === 5);
  const before = await stored();
  for (const sender of [admin, root]) {
    const rejected = await invite(sender, address.toUpperCase());
    expect(rejected).toFailWith('RATE_LIMITED');
    expect(rejected.errors[0]!.extensions['retryAfterSeconds']).toBeGreaterThan(0);
  }
  expect(await stored()).toEqual(before);
  const sentinel = newAddress();
  expect(await invite(admin, sentinel)).toSucceed();
  await mail.mailTo(sentinel);
  expect(mail.mails.filter(({ to }) => to.toLowerCase() === address)).toHaveLength(5);
});

test('counts no invitation that is refused or by a user who may not invite (R-25, R-71)', async () => {
  const [address, user] = [newAddress(), await newUser(postern)];
  for (let n = 0; n < 6; n += 1) {
    expect(await invite(user, address)).toFailWith('FORBIDDEN');
    expect(await invite(admin, address, { role: 'ADMIN' })).toBeRefusedWith(['RANK', 'role']);
    expect(await invite(admin, address, { reason: ' ' })).toBeRefusedWith(['REASON_REQUIRED', 'reason']);
    expect(await invite(admin, address, { username: user.username })).toBeRefusedWith(['USERNAME_TAKEN', 'username']);
  }
  for (let n = 0; n < 5; n += 1) expect(await invite(admin, address)).toSucceed();
});

test('sends five of twelve concurrent invitations to one address through two servers (R-25)', async () => {
  const address = newAddress();
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => invite(admin, address, {}, n % 2 ? limited : other)),
  );
  expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(5);
  for (const answer of answers.filter(({ errors }) => errors.length > 0)) expect(answer).toFailWith('RATE_LIMITED');
  await mail.until(() => mail.to(address).length === 5);
});

test('counts no password link that is refused, so no one consumes those of an account (R-25, R-73)', async () => {
  const [target, service] = [await newUserOfRole(postern, 'ADMIN'), await newUserOfRole(postern, 'SERVICE')];
  const send = (sender: TestUser, userId: string, input: Record<string, unknown> = {}) =>
    act(at(sender), 'sendUserPasswordReset', { userId, ...input });
  for (let n = 0; n < 6; n += 1) {
    expect(await send(admin, target.id)).toBeRefusedWith(['RANK', 'userId']);
    expect(await send(root, target.id, { reason: '' })).toBeRefusedWith(['REASON_REQUIRED', 'reason']);
    expect(await send(root, service.id)).toBeRefusedWith(['INVALID_VALUE', 'userId']);
  }
  for (let n = 0; n < 5; n += 1) expect(await send(root, target.id)).toSucceed();
  expect(await send(root, target.id)).toFailWith('RATE_LIMITED');
});
