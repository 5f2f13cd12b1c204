import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { confirmationOptions, loginOptions, loginWithPasskey, newPasskeyUser } from '../../support/passkeys.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern({ LIMITS: 'on' });
});
afterAll(() => postern.close());

test('holds up strangers at an address after 30 wrong answers, and neither sessions nor known devices', async () => {
  const { client, authenticator, username, password } = await newPasskeyUser(postern);
  const stranger = postern.client();
  for (let n = 0; n < 30; n += 1) expect(await loginWithPasskey(stranger, {})).toBeRefusedWith(['INVALID_CREDENTIALS']);
  const answer = authenticator.answer(await loginOptions(stranger));
  expect(await loginWithPasskey(stranger, answer)).toFailWith('RATE_LIMITED');

  const confirm = { passkey: authenticator.answer(await confirmationOptions(client)) };
  const confirmed = await client.send(
    'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { userErrors { code } } }',
    { input: { factor: confirm } },
  );
  expect(confirmed).toSucceed();

  const { data } = await stranger.send(
    'mutation ($input: LoginInput!) { login(input: $input) { secondFactor { challenge passkeyOptions } } }',
    { input: { login: username, password } },
  );
  const { challenge, passkeyOptions } = data['login'].secondFactor;
  const verified = await stranger.send(
    'mutation ($input: VerifySecondFactorInput!) { verifySecondFactor(input: $input) { userErrors { code } } }',
    { input: { challenge, factor: { passkey: authenticator.answer(passkeyOptions) } } },
  );
  expect(verified).toSucceed();

  const device = postern.client();
  device.cookies.set('postern_device', client.cookies.get('postern_device')!);
  expect(await loginWithPasskey(device, authenticator.answer(await loginOptions(device)))).toSucceed();
});
