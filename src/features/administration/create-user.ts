import { hours } from '../../duration.js';
import { AccountEntity } from '../account/account.entity.js';
import { parseEmailAddress, type EmailAddress } from '../account/email-address.js';
import { type Role, outranks } from '../../rules/role.js';
import { defaultServiceScopes, type ServiceScope } from '../../rules/service-scope.js';
import { hashToken } from '../../crypto/token.js';
import { newId } from '../../database/connection/id.js';
import { findOtherOwner } from '../email-address/address-owner.js';
import { issuePasswordReset, passwordResetLink } from '../recovery/issue-password-reset.js';
import type { RuleContext } from '../../rules/context.js';
import { transaction } from '../../rules/transaction.js';
import { recordEvent } from '../security-event/record-event.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { createAccount } from '../sign-up/create-account.js';
import { invalidValue, refuse, refuseAll, userError, type UserError } from '../../rules/refuse.js';
import { canonicalReason, canonicalUsername } from '../../text/normalize.js';
import { validateUsername } from '../username/username.js';
import { findActor, readAccountsAndRoots } from './act-on-user.js';
import { serviceHasNoEmail } from './messages.js';
import { createService, type NewService } from './create-service.js';
import { validateReason } from './reason.js';
import { validateServiceScopes } from './service-scopes.js';

/** How long an invitation link to set the first password is valid. */
export const INVITATION_LIFETIME_MS = hours(72);

/** The account to create. */
export interface NewUser {
  readonly username: string;
  readonly email: string | null;
  readonly role: Role;
  /** Null for a user, and for a service account with the default scopes. */
  readonly serviceScopes: readonly ServiceScope[] | null;
  readonly reason: string;
}

/** The new account, and what gives its owner access: a link to share or a token. Both are null if a link is emailed. */
export interface CreatedUser {
  readonly userId: string;
  readonly passwordLink: string | null;
  readonly serviceToken: string | null;
}

/**
 * Creates an account with a role below the administrator's own; only ROOT creates service accounts. The user
 * sets the password with an emailed or shared link. The address is bound when the user sets the password with the link
 * emailed to it, which proves that they can read it.
 *
 * @throws {RateLimitedError} above five invitations per hour to one address
 */
export async function createUser(context: RuleContext, viewer: SessionViewer, newUser: NewUser): Promise<CreatedUser> {
  const username = canonicalUsername(newUser.username);
  const reason = canonicalReason(newUser.reason);
  const address = newUser.email === null ? null : parseEmailAddress(newUser.email);
  refuseAll([
    ...validateUsername(username, viewer.role),
    ...validateEmail(context, newUser, address),
    ...validateServiceScopes(newUser.role, newUser.serviceScopes),
    ...validateReason(reason),
  ]);
  if (address) await countInvitation(context, viewer, { username, role: newUser.role, address });
  return transaction(context, viewer, async (context) => {
    const actor = findActor(await readAccountsAndRoots(context, [viewer.accountId]), viewer);
    if (!outranks(actor.role, newUser.role)) refuse('RANK', 'role');
    const created =
      newUser.role === 'SERVICE'
        ? await insertService(context, { username, scopes: newUser.serviceScopes ?? defaultServiceScopes })
        : await insertUser(context, { username, role: newUser.role, address, reason });
    await recordEvent(context, {
      type: 'USER_CREATED',
      accountId: created.userId,
      actorId: actor.id,
      sessionId: viewer.sessionId,
      reason,
      detail: newUser.role,
    });
    return created;
  });
}

/** Counts an invitation to an address. What will be refused isn't counted. */
async function countInvitation(
  { reader, em, now, rateLimits }: RuleContext,
  viewer: SessionViewer,
  { username, role, address }: Pick<NewUser, 'username' | 'role'> & { readonly address: EmailAddress },
): Promise<void> {
  if (await findOtherOwner(reader, address.key, newId(now), now)) refuse('EMAIL_TAKEN', 'email');
  if (!outranks(viewer.role, role)) refuse('RANK', 'role');
  if ((await em.count(AccountEntity, { username })) > 0) refuse('USERNAME_TAKEN', 'username');
  // Hashed, because the longest addresses exceed the key length of rate limits.
  await rateLimits.takeQuota('invitationPerAddress', hashToken(address.key));
}

function validateEmail({ mail }: RuleContext, { email, role }: NewUser, address: EmailAddress | null): UserError[] {
  if (email === null) return [];
  if (role === 'SERVICE') return [invalidValue(serviceHasNoEmail, 'email')];
  if (address === null) return [userError('EMAIL_INVALID', 'email')];
  return mail.isEnabled ? [] : [userError('MAIL_OFF', 'email')];
}

async function insertService(context: RuleContext, service: NewService): Promise<CreatedUser> {
  const { accountId: userId, token } = await createService(context, service);
  return { userId, passwordLink: null, serviceToken: token };
}

interface NewUserAccount extends Pick<NewUser, 'username' | 'role' | 'reason'> {
  readonly address: EmailAddress | null;
}

async function insertUser(
  context: RuleContext,
  { username, role, reason, address }: NewUserAccount,
): Promise<CreatedUser> {
  const { mail, config, locale } = context;
  const { id: accountId, authVersion } = await createAccount(context, {
    username,
    passwordHash: null,
    role,
    locale: null,
    signsIn: false,
  });
  if (address) {
    const invitedAt = address.address;
    await mail.post(context.em, { kind: 'PASSWORD_LINK', accountId, authVersion, invitedAt, reason, locale });
    return { userId: accountId, passwordLink: null, serviceToken: null };
  }
  const token = await issuePasswordReset(context, {
    accountId,
    emailKey: null,
    lifetimeMs: INVITATION_LIFETIME_MS,
  });
  return { userId: accountId, passwordLink: passwordResetLink(config.publicUrl, token), serviceToken: null };
}
