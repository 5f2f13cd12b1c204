import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newAccessToken, ownerOf } from '../../support/access-tokens.js';
import { query } from '../../support/database.js';
import { tokenIn, type MailServer, type ReceivedMail } from '../../support/mail-server.js';
import type { TestPostern } from '../../support/postern.js';
import { startPosternWithMail } from '../../support/postern-with-mail.js';
import { newTrustingUser, myTrustedBrowsers, skipsSecondStep } from '../../support/trusted-browsers.js';
import { openChallenge } from '../../support/two-factor.js';
import { bindAddress, goodPassword, newAddress, newUser } from '../../support/users.js';
import { loginAs, whoAmI } from '../sign-in/login-as.js';
import { newCallKeyOf } from '../call-key/own-keys.js';
import { revokeEverything, statusOf } from './revoke.js';

let postern: TestPostern;
let mail: MailServer;
beforeAll(async () => {
  ({ postern, mail } = await startPosternWithMail({ POSTERN_TRUSTED_BROWSER_DAYS: '30' }));
});
afterAll(() => postern.close());

/** Waits for the mail to an address with such a subject. */
async function mailWith(address: string, subject: RegExp): Promise<ReceivedMail> {
  const find = () => mail.to(address).find((received) => subject.test(received.subject));
  await mail.until(() => find() !== undefined);
  return find()!;
}

test('ends other sessions and all tokens, and gives this session a new token (R-136)', async () => {
  const user = await newUser(postern);
  const other = postern.client();
  await loginAs(other, { login: user.username, password: goodPassword });
  const { data } = await user.client.send('mutation { resetApiToken { token } }');
  const apiToken = data['resetApiToken'].token as string;
  const { token } = await newAccessToken(user.client);
  const previousClient = user.client.copy();
  const key = await newCallKeyOf(user.client);

  expect(await revokeEverything(user.client)).toMatchObject({
    sessions: 1,
    accessTokens: 1,
    callKeys: 0,
    session: { session: { current: true } },
    userErrors: [],
  });
  for (const client of [other, previousClient]) expect(await whoAmI(client)).toBeNull();
  expect(await ownerOf(postern, apiToken)).toBeNull();
  expect(await ownerOf(postern, token)).toBeNull();
  expect(await whoAmI(user.client)).toBe(user.username);
  expect(await statusOf(user.client, key.id)).toBe('ACTIVE');
});

test('ends open challenges and trusted browsers', async () => {
  const user = await newTrustingUser(postern);
  const challenge = await openChallenge(postern.client(), user);
  expect(await revokeEverything(user.client)).toMatchObject({ userErrors: [] });
  expect(await myTrustedBrowsers(user.client)).toEqual([]);
  expect(await skipsSecondStep(user.browser.copy(), user)).toBe(false);
  const { data } = await postern
    .client()
    .send('mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { userErrors { code } } }', {
      input: { challenge, factor: { totpCode: await user.app.nextCode() } },
    });
  expect(data['verifySecondFactor'].userErrors).toEqual([{ code: 'INVALID_CREDENTIALS' }]);
});

test('ends reset links and keeps the link that undoes a change of the address (R-51)', async () => {
  const user = await newUser(postern);
  const [first, second] = [newAddress(), newAddress()];
  await bindAddress(postern, mail, user, first);
  await bindAddress(postern, mail, user, second);
  const undo = tokenIn(await mailWith(first, /was changed/));
  await postern
    .client()
    .send(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }',
      {
        input: { email: second },
      },
    );
  const reset = tokenIn(await mailWith(second, /[Rr]eset/));
  await revokeEverything(user.client);
  const { data } = await postern
    .client()
    .send('mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { userErrors { code } } }', {
      input: { token: reset, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' },
    });
  expect(data['resetPassword'].userErrors).toEqual([{ code: 'INVALID_TOKEN' }]);
  const undone = await postern
    .client()
    .send('mutation ($input: RevertEmailChangeInput!) { revertEmailChange(input: $input) { userErrors { code } } }', {
      input: { token: undo },
    });
  expect(undone.data['revertEmailChange'].userErrors).toEqual([]);
});

test('disables call keys when asked, each with an event', async () => {
  const user = await newUser(postern);
  const keys = [await newCallKeyOf(user.client), await newCallKeyOf(user.client)];
  expect(await revokeEverything(user.client, true)).toMatchObject({ callKeys: 2 });
  for (const { id } of keys) expect(await statusOf(user.client, id)).toBe('DISABLED');
  expect(await revokeEverything(user.client, true)).toMatchObject({ callKeys: 0 });
  const events = await query<{ type: string }>(
    postern.database,
    `select type from security_events join accounts on accounts.id = account_id
      where username = ? and type in ('CALL_KEY_UPDATED', 'EVERYTHING_REVOKED')`,
    [user.username],
  );
  expect(events.map(({ type }) => type).sort()).toEqual([
    'CALL_KEY_UPDATED',
    'CALL_KEY_UPDATED',
    'EVERYTHING_REVOKED',
    'EVERYTHING_REVOKED',
  ]);
});

test('changes nothing when the step-up window is closed', async () => {
  const user = await newUser(postern);
  const { token } = await newAccessToken(user.client);
  await query(
    postern.database,
    "update sessions set stepped_up_at = stepped_up_at - interval '1 day' where account_id = (select id from accounts where username = ?)",
    [user.username],
  );
  const answer = await user.client.send('mutation { revokeEverything(input: {}) { sessions } }');
  expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['STEP_UP_REQUIRED']);
  expect(await ownerOf(postern, token)).toBe(user.username);
});
