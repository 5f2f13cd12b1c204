import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newApiToken, program } from '../api-token/own-token.js';
import { newUser } from '../../support/users.js';
import { startPostern, type TestPostern } from '../../support/postern.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('shows when the password was last set, whether at sign-up or by a change', async () => {
  const { client, password } = await newUser(postern);
  const signedUpAt = postern.clock.read().toISOString();
  postern.clock.advance({ minutes: 5 });
  const look = async () => (await client.send('{ me { passwordChangedAt } }')).data;
  expect(await look()).toEqual({ me: { passwordChangedAt: signedUpAt } });
  const change = (currentPassword: string) =>
    client.send(
      'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { user { passwordChangedAt } userErrors { code field } } }',
      { input: { currentPassword, newPassword: 'Louder-Lantern-88', confirmPassword: 'Louder-Lantern-88' } },
    );
  expect(await change('wrong')).toBeRefusedWith(['INCORRECT_PASSWORD', 'currentPassword']);
  expect(await look()).toEqual({ me: { passwordChangedAt: signedUpAt } });
  const changedAt = postern.clock.read().toISOString();
  expect((await change(password)).data['changePassword']).toEqual({
    user: { passwordChangedAt: changedAt },
    userErrors: [],
  });
  expect(await look()).toEqual({ me: { passwordChangedAt: changedAt } });
});

test('hides passwordChangedAt from an API token (R-62)', async () => {
  const { client } = await newUser(postern);
  expect(await program(postern, await newApiToken(client)).send('{ me { passwordChangedAt } }')).toFailWith(
    'FORBIDDEN',
  );
});
