import { tokenIn } from '../../support/mail-server.js';
import { openChallenge } from '../../support/two-factor.js';
import { goodPassword, newAddress } from '../../support/users.js';
import { act } from '../administration/actions.js';
import type { AuthorizedMutation } from './authorized-mutation.js';
import { linkTo } from '../account-closure/closure.js';
import { newPassword, rootOf } from './session-endings.js';
import { change, requestCode, type TwoSessions } from './two-sessions.js';

/** A revoked session ends neither a password, a challenge nor a link. */
const endedBy = ['changePassword', 'setUserStatus', 'setUserRole'] as const;
const refusedBy = (...refusal: [code: string, ...field: string[]]) =>
  Object.fromEntries([...endedBy, 'revokeEverything', 'deleteUser'].map((name) => [name, refusal] as const));

/** Binds an address. @returns it */
async function bindAddress(user: TwoSessions): Promise<string> {
  const input = await requestCode(user, newAddress());
  await change(user.here, 'bindEmail', 'user { id }', input);
  return input.email;
}

/** Those that a password, a challenge or a link authorizes instead of a session. */
export const proofMutations: readonly AuthorizedMutation[] = [
  {
    name: 'login',
    fields: 'session { token }',
    credential: 'PROOF',
    endedBy,
    refusals: refusedBy('INVALID_CREDENTIALS'),
    refusalEvents: ['LOGIN_FAILED'],
    prepare: ({ username }) => Promise.resolve({ login: username, password: goodPassword, delivery: 'BEARER' }),
  },
  {
    name: 'login',
    variant: 'with two factors',
    fields: 'secondFactor { challenge }',
    credential: 'PROOF',
    endedBy,
    twoFactor: true,
    refusals: refusedBy('INVALID_CREDENTIALS'),
    prepare: ({ username }) => Promise.resolve({ login: username, password: goodPassword, delivery: 'BEARER' }),
  },
  {
    name: 'verifySecondFactor',
    fields: 'session { token }',
    credential: 'PROOF',
    endedBy,
    twoFactor: true,
    refusals: refusedBy('INVALID_CREDENTIALS'),
    refusalEvents: ['LOGIN_FAILED'],
    prepare: async ({ two, username, code }) => ({
      challenge: await openChallenge(two.client(0), { username, password: goodPassword }),
      factor: { totpCode: await code() },
    }),
  },
  {
    name: 'resetPassword',
    fields: '',
    credential: 'PROOF',
    endedBy: [...endedBy, 'revokeEverything'],
    refusals: refusedBy('INVALID_TOKEN', 'token'),
    endsOthers: true,
    prepare: async (user) => {
      const { data } = await act(await rootOf(user), 'sendUserPasswordReset', { userId: user.id });
      const [, token] = (data['sendUserPasswordReset'] as { resetLink: string }).resetLink.split('#');
      return { token, ...newPassword };
    },
  },
  {
    // By design only the deletion of the account ends this link, since its owner may have lost everything else.
    name: 'revertEmailChange',
    fields: 'passwordResetToken',
    credential: 'PROOF',
    endedBy: ['deleteUser'],
    refusals: refusedBy('INVALID_TOKEN', 'token'),
    endsOthers: true,
    prepare: async (user) => {
      const previous = await bindAddress(user);
      await bindAddress(user);
      return { token: tokenIn(await user.mail.mailTo(previous, 2)) };
    },
  },
  {
    // The owner has lost everything else; only an administrator ends this link.
    name: 'cancelAccountDeletion',
    fields: 'passwordResetToken',
    credential: 'PROOF',
    endedBy: ['deleteUser'],
    refusals: refusedBy('INVALID_TOKEN', 'token'),
    prepare: async (user) => {
      const address = await bindAddress(user);
      await change(user.here, 'deleteMyAccount', 'erasedAt', { password: goodPassword });
      return { token: await linkTo(user.mail, address) };
    },
  },
];
