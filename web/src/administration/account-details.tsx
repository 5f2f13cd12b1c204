import type { ReactNode } from 'react';
import { Timestamp } from '../elements/timestamp.js';
import { useMessages } from '../language/language.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationMessages } from './messages.js';

/** The details of an account. */
export function AccountDetails({
  user: { role, email, createdAt, lastLoginAt, passwordChangedAt, twoFactor, apiToken },
}: {
  readonly user: ViewedUser;
}) {
  const messages = useAdministrationMessages();
  const { fields } = useMessages();
  const { user: texts } = messages;
  const isService = role === 'SERVICE';
  return (
    <dl className="facts">
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
      <DetailItem name={texts.apiToken}>{apiToken ? texts.endsIn(apiToken.hint) : texts.none}</DetailItem>
    </dl>
  );
}

function DetailItem({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
