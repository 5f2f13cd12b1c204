import { pageOrigin } from '../../support/passkeys.js';
import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { toGlobalId } from '../../../src/rules/global-id.js';
import { goodPassword } from '../../support/users.js';
import type { AuthorizedMutation } from './authorized-mutation.js';
import { change, type TwoSessions } from './two-sessions.js';

/** Adds a passkey that can't be used, without ending a session. @returns its public ID */
async function newPasskey({ two, accountId }: TwoSessions): Promise<string> {
  const [row] = await two.database.query<{ id: string }>(
    `insert into passkeys (id, account_id, credential_id, public_key_ciphertext, rp_id, name, aaguid, transports, counter, backup_eligible, backed_up, signs_in, created_at)
     values (gen_random_uuid(), $1, gen_random_uuid()::text, 'nothing', 'localhost', 'Phone', '', '{}', 0, false, false, true, now()) returning id`,
    [accountId],
  );
  return toGlobalId('Passkey', row!.id);
}

/** Those of a user's passkeys, at a session. */
export const passkeyMutations: readonly AuthorizedMutation[] = [
  { name: 'startPasskeyRegistration', fields: 'options', prepare: () => Promise.resolve({ password: goodPassword }) },
  {
    name: 'registerPasskey',
    fields: 'backupCodes session { token }',
    endsOthers: true,
    prepare: async ({ there }) => {
      const { options } = await change(there, 'startPasskeyRegistration', 'options', { password: goodPassword });
      return { response: new SoftwareAuthenticator(pageOrigin).register(options) };
    },
  },
  {
    name: 'renamePasskey',
    fields: 'passkey { id }',
    prepare: async (user) => ({ id: await newPasskey(user), name: 'Laptop' }),
  },
  {
    name: 'deletePasskey',
    fields: 'session { token }',
    twoFactor: true,
    endsOthers: true,
    prepare: async (user) => ({ id: await newPasskey(user) }),
  },
  {
    name: 'startPasskeyConfirmation',
    fields: 'options',
    prepare: async (user) => {
      await newPasskey(user);
    },
  },
];
