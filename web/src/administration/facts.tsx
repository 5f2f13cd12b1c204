import type { ReactNode } from 'react';
import { Timestamp } from '../elements/timestamp.js';
import { useWords } from '../language/language.js';
import type { ViewedUser } from './user-query.js';
import { useAdministrationWords } from './words.js';

/** The facts of an account. */
export function Facts({
  user: { role, email, createdAt, lastLoginAt, passwordChangedAt, twoFactor, apiToken },
}: {
  readonly user: ViewedUser;
}) {
  const words = useAdministrationWords();
  const { fields } = useWords();
  const { user: texts } = words;
  const isService = role === 'SERVICE';
  return (
    <dl className="facts">
      {!isService && <Fact name={fields.email}>{email ?? texts.none}</Fact>}
      <Fact name={texts.created}>
        <Timestamp at={createdAt} as="date" />
      </Fact>
      {!isService && <Fact name={texts.lastLogin}>{lastLoginAt ? <Timestamp at={lastLoginAt} /> : words.never}</Fact>}
      {!isService && (
        <Fact name={texts.passwordChanged}>
          {passwordChangedAt ? <Timestamp at={passwordChangedAt} /> : words.never}
        </Fact>
      )}
      {!isService && (
        <Fact name={words.twoFactor}>
          {twoFactor?.enabled ? texts.twoFactorOn(twoFactor.backupCodesLeft) : words.off}
        </Fact>
      )}
      <Fact name={texts.apiToken}>{apiToken ? texts.endsIn(apiToken.hint) : texts.none}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
