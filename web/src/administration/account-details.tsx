import { Timestamp } from '../elements/timestamp.js';
import { useMessages } from '../language/language.js';
import { DetailItem } from './detail-item.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationMessages } from './messages.js';

/** The details of an account. */
export function AccountDetails({
  user: {
    role,
    status,
    email,
    createdAt,
    lastLoginAt,
    passwordChangedAt,
    twoFactor,
    apiToken,
    serviceScopes,
    deletion,
  },
}: {
  readonly user: ViewedUser;
}) {
  const messages = useAdministrationMessages();
  const { fields } = useMessages();
  const { user: texts, serviceScopes: scopeTexts } = messages;
  const isService = role === 'SERVICE';
  const deleted = status === 'DELETED' ? deletion?.edges[0]?.node : null;
  return (
    <dl className="facts">
      {deleted && (
        <DetailItem name={deleted.type === 'DELETION_REQUESTED' ? texts.deletedByOwner : texts.deletedByAdministrator}>
          <Timestamp at={deleted.at} />
        </DetailItem>
      )}
      {!isService && <DetailItem name={fields.email}>{email ?? texts.none}</DetailItem>}
      <DetailItem name={texts.created}>
        <Timestamp at={createdAt} as="date" />
      </DetailItem>
      {!isService && (
        <DetailItem name={texts.lastLogin}>{lastLoginAt ? <Timestamp at={lastLoginAt} /> : messages.never}</DetailItem>
      )}
      {!isService && (
        <DetailItem name={texts.passwordChanged}>
          {passwordChangedAt ? <Timestamp at={passwordChangedAt} /> : messages.never}
        </DetailItem>
      )}
      {!isService && (
        <DetailItem name={messages.twoFactor}>
          {twoFactor?.enabled ? texts.twoFactorOn(twoFactor.backupCodesLeft) : messages.off}
        </DetailItem>
      )}
      {serviceScopes && (
        <DetailItem name={scopeTexts.legend}>
          {scopeTexts.list(serviceScopes.map((scope) => scopeTexts.scopes[scope].name))}
        </DetailItem>
      )}
      <DetailItem name={texts.apiToken}>{apiToken ? texts.endsIn(apiToken.hint) : texts.none}</DetailItem>
    </dl>
  );
}
