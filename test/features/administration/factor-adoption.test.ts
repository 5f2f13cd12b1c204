import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { query } from '../../support/database.js';
import { newPasskeyUser } from '../../support/passkeys.js';
import { startPostern, type TestPostern } from '../../support/postern.js';
import { newTwoFactorUser } from '../../support/two-factor.js';
import { newUser } from '../../support/users.js';
import { newUserOfRole } from './administrators.js';

let postern: TestPostern;
beforeAll(async () => {
  postern = await startPostern();
});
afterAll(() => postern.close());

test('counts active accounts by role and second factor for administrators, in one statement', async () => {
  const admin = await newUserOfRole(postern, 'ADMIN');
  await newUserOfRole(postern, 'SERVICE');
  await newTwoFactorUser(postern);
  await newPasskeyUser(postern);
  await newUser(postern);
  const { username } = await newUser(postern);
  await query(postern.database, "update accounts set status = 'DISABLED' where username = ?", [username]);
  const document = '{ factorAdoption { role users totp passkey none } }';
  expect((await admin.client.send(document)).data).toEqual({
    factorAdoption: [
      { role: 'ADMIN', users: 1, totp: 0, passkey: 0, none: 1 },
      { role: 'USER', users: 3, totp: 1, passkey: 1, none: 1 },
    ],
  });
  expect(await (await newUser(postern)).client.send(document)).toFailWith('FORBIDDEN');
});
