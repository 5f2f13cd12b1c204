import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fork } from '../../../src/database/connection/database.js';
import { remindOfExpiringTokens } from '../../../src/features/access-token/remind-of-expiring-tokens.js';
import { newAccessToken, revokeAccessTokens, rotateAccessToken } from '../../support/access-tokens.js';
import { query } from '../../support/database.js';
import type { MailServer } from '../../support/mail-server.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { bindAddress, newAddress, newUser, signIn } from '../../support/users.js';

let postern: TestPostern;
let mail: MailServer;
beforeAll(async () => {
  ({ mail, postern } = await startPosternWithMail());
});
afterAll(() => postern.close());

const subject = 'An access token expires soon';
const remindersTo = (address: string) => mail.to(address).filter((received) => received.subject === subject);

/** A user with an address and a token that was used after some days. */
async function userWithToken({ lifetimeDays = 30, usedAfterDays = 22 } = {}) {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  const expiresAt = new Date(postern.clock.read().getTime() + lifetimeDays * 86_400_000).toISOString();
  const token = await newAccessToken(user.client, { name: 'https://evil.example', expiresAt });
  const usedAt = new Date(postern.clock.read().getTime() + usedAfterDays * 86_400_000);
  await query(postern.database, 'update access_tokens set last_used_at = ? where hint = ?', [
    usedAt,
    token.token.slice(-4),
  ]);
  return { user, address, ...token };
}

const remind = () =>
  remindOfExpiringTokens(fork(postern.database), postern.app.dependencies.mail, postern.clock.read());

/** Waits for a mail that is queued after those that a test is about. */
async function untilLaterMail(): Promise<void> {
  const { address } = await userWithToken({ lifetimeDays: 8, usedAfterDays: 2 });
  postern.clock.advance({ days: 2 });
  await remind();
  await mail.until(() => remindersTo(address).length > 0);
}

test('emails the owner once, 7 days before the end of a token that is in use (R-117)', async () => {
  const { address, token } = await userWithToken();
  postern.clock.advance({ days: 22, hours: 23 });
  await remind();
  expect(remindersTo(address)).toEqual([]);
  postern.clock.advance({ hours: 1 });
  await Promise.all([remind(), remind(), remind()]);
  await mail.until(() => remindersTo(address).length > 0);
  await untilLaterMail();
  expect(remindersTo(address)).toHaveLength(1);
  const { text, html } = remindersTo(address)[0]!;
  expect(text).toContain(`Access token: …${token.slice(-4)}`);
  expect(text + html).not.toContain('evil.example');
  expect(text + html).not.toContain(token);
});

test('sends no reminder of tokens that are unused, revoked or short-lived', async () => {
  const unused = await userWithToken({ usedAfterDays: -10 });
  const revoked = await userWithToken();
  const short = await userWithToken({ lifetimeDays: 7, usedAfterDays: 1 });
  await revokeAccessTokens(revoked.user.client, [revoked.id]);
  await query(postern.database, 'update access_tokens set last_used_at = null where hint = ?', [
    unused.token.slice(-4),
  ]);
  postern.clock.advance({ days: 5 });
  await remind();
  postern.clock.advance({ days: 19 });
  await remind();
  await untilLaterMail();
  for (const { address } of [unused, revoked, short]) expect(remindersTo(address)).toEqual([]);
});

test('reminds again of the next end after a rotation', async () => {
  const { user, address, id } = await userWithToken();
  postern.clock.advance({ days: 24 });
  await remind();
  await mail.until(() => remindersTo(address).length === 1);
  await rotateAccessToken(await signIn(postern, user), { id, graceHours: 0 });
  await query(postern.database, 'update access_tokens set last_used_at = ? where account_id is not null', [
    new Date(postern.clock.read().getTime() + 20 * 86_400_000),
  ]);
  postern.clock.advance({ days: 24 });
  await remind();
  await mail.until(() => remindersTo(address).length === 2);
});
