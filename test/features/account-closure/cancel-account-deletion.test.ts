import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { days } from '../../../src/duration.js';
import { eraseDeletedUsers } from '../../../src/features/administration/erase-deleted-users.js';
import type { Client } from '../../support/client.js';
import { query } from '../../support/database.js';
import { tokenIn, type MailServer } from '../../support/mail-server.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { ruleContext } from '../../support/rule-context.js';
import { newTwoFactorUser } from '../../support/two-factor.js';
import { bindAddress, goodPassword, newAddress, newUser, signIn, type TestUser } from '../../support/users.js';
import { act } from '../administration/actions.js';
import { newUserOfRole } from '../administration/administrators.js';
import { eventsDuring } from '../security-event/events.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { cancelDeletion, deleteMyAccount, linksTo, linkTo, stateOf } from './closure.js';

let postern: TestPostern;
let mail: MailServer;
beforeAll(async () => {
  ({ postern, mail } = await startPosternWithMail());
});
afterAll(() => postern.close());

const newPassword = 'Louder-Lantern-88';

const resetPassword = (token: string | null | undefined, factor?: Record<string, unknown>) =>
  postern
    .client()
    .send('mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code field } } }', {
      input: { token, newPassword, confirmPassword: newPassword, ...(factor ? { factor } : {}) },
    });

const revert = (token: string) =>
  postern
    .client()
    .send(
      'mutation ($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { passwordResetToken userErrors { code field } } }',
      { input: { token } },
    );

interface Leaver extends TestUser {
  readonly address: string;
}

/** A user with an address. */
async function newLeaver(): Promise<Leaver> {
  const [user, address] = [await newUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  return { ...user, address };
}

/** Deletes an account. @returns the token of the link */
async function leave({ client, address }: Leaver, count = 1): Promise<string> {
  expect(await deleteMyAccount(client)).toSucceed();
  return linkTo(mail, address, count);
}

const admin = async (): Promise<Client> => (await newUserOfRole(postern, 'ADMIN')).client;

test('restores the account with the link, opens no session and leads to a new password (R-137)', async () => {
  const user = await newLeaver();
  const link = await leave(user);
  const client = postern.client();
  const answer = await cancelDeletion(client, link);
  expect(answer).toSucceed();
  expect(await whoAmI(client)).toBeNull();
  expect(await whoAmI(user.client)).toBeNull();
  expect(await stateOf(postern, user)).toEqual({ status: 'ACTIVE', links: 0, deleted_at: null });
  expect(await resetPassword(answer.data.cancelAccountDeletion!.passwordResetToken)).toSucceed();
  expect(await loginAs(postern.client(), { login: user.username, password: goodPassword })).toBeRefusedWith([
    'INVALID_CREDENTIALS',
  ]);
  expect(await loginAs(postern.client(), { login: user.address, password: newPassword })).toSucceed();
});

test('records and mails that the deletion was canceled (R-99)', async () => {
  const user = await newLeaver();
  const link = await leave(user);
  const events = await eventsDuring(postern.database, () => cancelDeletion(postern.client(), link));
  expect(events).toMatchObject([{ type: 'DELETION_CANCELED', outcome: 'SUCCESS', actor_id: null, session_id: null }]);
  await mail.until(() => mail.to(user.address).some(({ subject }) => subject === 'Your account was restored'));
});

test('keeps two-factor authentication, which the new password needs (R-49)', async () => {
  const [user, address] = [await newTwoFactorUser(postern), newAddress()];
  await bindAddress(postern, mail, user, address);
  const proof = { password: goodPassword, factor: { totpCode: await user.app.nextCode() } };
  expect(await deleteMyAccount(user.client, proof)).toSucceed();
  const { data } = await cancelDeletion(postern.client(), await linkTo(mail, address));
  const token = data.cancelAccountDeletion!.passwordResetToken;
  expect(await resetPassword(token)).toBeRefusedWith(['SECOND_FACTOR_REQUIRED', 'factor']);
  expect(await resetPassword(token, { totpCode: await user.app.nextCode() })).toSucceed();
});

test('uses a link once, and refuses a replay (R-137)', async () => {
  const user = await newLeaver();
  const link = await leave(user);
  expect(await cancelDeletion(postern.client(), link)).toSucceed();
  expect(await cancelDeletion(postern.client(), link)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect((await stateOf(postern, user)).status).toBe('ACTIVE');
});

test('ends the link when an administrator restores the account, and when it is deleted again (R-137)', async () => {
  const user = await newLeaver();
  const first = await leave(user);
  expect(await act(await admin(), 'restoreUser', { userId: user.id })).toSucceed();
  expect(await cancelDeletion(postern.client(), first)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  const second = await leave({ ...user, client: await signIn(postern, user) }, 2);
  expect(await cancelDeletion(postern.client(), first)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect((await stateOf(postern, user)).status).toBe('DELETED');
  expect(await cancelDeletion(postern.client(), second)).toSucceed();
});

test('ends the link when an administrator deletes the account, once, which keeps its date (R-137)', async () => {
  const user = await newLeaver();
  const link = await leave(user);
  const { deleted_at } = await stateOf(postern, user);
  postern.clock.advance({ minutes: 1 });
  const by = await admin();
  expect(await act(by, 'deleteUser', { userId: user.id })).toSucceed();
  expect(await cancelDeletion(postern.client(), link)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect(await stateOf(postern, user)).toEqual({ status: 'DELETED', links: 0, deleted_at });
  expect(await act(by, 'deleteUser', { userId: user.id })).toBeRefusedWith(['NOT_FOUND', 'userId']);
  expect(await act(by, 'restoreUser', { userId: user.id })).toSucceed();
  expect((await stateOf(postern, user)).status).toBe('ACTIVE');
});

test('refuses a link whose row outlived its deletion (R-137)', async () => {
  const user = await newLeaver();
  const link = await leave(user);
  await query(postern.database, "update accounts set deleted_at = deleted_at + interval '1 hour' where username = ?", [
    user.username,
  ]);
  expect(await cancelDeletion(postern.client(), link)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect((await stateOf(postern, user)).status).toBe('DELETED');
});

test('restores the account with the link to a previous address, and ends the other link (R-51)', async () => {
  const [user, previous] = [await newLeaver(), newAddress()];
  const bound = newAddress();
  await bindAddress(postern, mail, user, previous);
  await bindAddress(postern, mail, user, bound);
  await deleteMyAccount(user.client);
  const [own, other] = [await linkTo(mail, previous), await linkTo(mail, bound)];
  expect(await cancelDeletion(postern.client(), own)).toSucceed();
  expect(await cancelDeletion(postern.client(), other)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
});

/** A user whose address was changed. @returns the token that undoes the change */
async function changeAddress(user: Leaver, to = newAddress()): Promise<string> {
  await bindAddress(postern, mail, user, to);
  const find = () => mail.to(user.address).find(({ text }) => text.includes('/revert-email-change#'));
  await mail.until(() => find() !== undefined);
  return tokenIn(find()!);
}

test('cancels the deletion when the change of the address is undone (R-51, R-137)', async () => {
  const user = await newLeaver();
  const undo = await changeAddress(user);
  const link = await leave(user);
  let answer: Awaited<ReturnType<typeof revert>>;
  const events = await eventsDuring(postern.database, async () => {
    answer = await revert(undo);
  });
  expect(answer!).toSucceed();
  expect(events.map(({ type }) => type)).toEqual(['DELETION_CANCELED', 'EMAIL_CHANGE_REVERTED']);
  expect(await stateOf(postern, user)).toEqual({ status: 'ACTIVE', links: 0, deleted_at: null });
  expect(await cancelDeletion(postern.client(), link)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect(await resetPassword(answer!.data['revertEmailChange'].passwordResetToken as string)).toSucceed();
  expect(await loginAs(postern.client(), { login: user.address, password: newPassword })).toSucceed();
});

test('mails one link when the address was changed and changed back (R-51, R-137)', async () => {
  const [user, other] = [await newLeaver(), newAddress()];
  await changeAddress(user, other);
  await bindAddress(postern, mail, user, user.address);
  const link = await leave(user);
  expect(await cancelDeletion(postern.client(), link)).toSucceed();
  expect(await stateOf(postern, user)).toEqual({ status: 'ACTIVE', links: 0, deleted_at: null });
  await bindAddress(postern, mail, await newUser(postern), newAddress());
  expect([linksTo(mail, user.address).length, linksTo(mail, other).length]).toEqual([1, 0]);
});

test('undoes no change of the address of an account that an administrator deleted (R-137)', async () => {
  const user = await newLeaver();
  const undo = await changeAddress(user);
  await leave(user);
  expect(await act(await admin(), 'deleteUser', { userId: user.id })).toSucceed();
  expect(await revert(undo)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  expect((await stateOf(postern, user)).status).toBe('DELETED');
});

test('refuses other, empty and made-up tokens alike, and records nothing', async () => {
  const user = await newLeaver();
  const undo = await changeAddress(user);
  await leave(user);
  const events = await eventsDuring(postern.database, async () => {
    for (const token of ['', ' ', 'null', `psl_${'0'.repeat(49)}`, undo])
      expect(await cancelDeletion(postern.client(), token)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  });
  expect(events).toEqual([]);
  expect((await stateOf(postern, user)).status).toBe('DELETED');
});

test('sends no link after the deletion was canceled', async () => {
  const user = await newLeaver();
  const undo = await changeAddress(user);
  mail.mood = 'BUSY';
  await deleteMyAccount(user.client);
  expect(await revert(undo)).toSucceed();
  mail.mood = 'WELL';
  await query(
    postern.database,
    "update pgboss.job set start_after = now() where name = 'mail' and state in ('created', 'retry')",
  );
  await mail.until(() => mail.to(user.address).some(({ subject }) => subject === 'Your account was restored'));
  expect(mail.to(user.address).filter(({ text }) => text.includes('/restore-account#'))).toEqual([]);
});

test('works until the account is erased after 30 days, and no longer (R-137)', async () => {
  const [late, erased] = [await newLeaver(), await newLeaver()];
  const [link, other] = [await leave(late), await leave(erased)];
  const age = (username: string, ms: number) =>
    query(
      postern.database,
      `with aged as (update accounts set deleted_at = ?, deletion_requested_at = ? where username = ? returning id)
       update account_deletion_links set requested_at = ? where account_id = (select id from aged)`,
      [ms, ms, username, ms].map((value) =>
        typeof value === 'number' ? new Date(postern.clock.read().getTime() - value) : value,
      ),
    );
  await age(late.username, days(30) - 1_000);
  expect(await cancelDeletion(postern.client(), link)).toSucceed();
  await age(erased.username, days(30));
  expect(await cancelDeletion(postern.client(), other)).toBeRefusedWith(['INVALID_TOKEN', 'token']);
  await eraseDeletedUsers(ruleContext(postern));
  expect(await stateOf(postern, { username: erased.username })).toBeUndefined();
  expect(
    await query(postern.database, 'select 1 from account_deletion_links where email = ?', [erased.address]),
  ).toEqual([]);
});
