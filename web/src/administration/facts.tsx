import type { ReactNode } from 'react';
import { Moment } from '../elements/moment.js';
import { useWords } from '../language/language.js';
import type { PersonSeen } from './person-query.js';
import { useAdministrationWords } from './words.js';

/** What there is to know of an account at a glance. */
export function Facts({
  user: { role, email, createdAt, lastLoginAt, passwordChangedAt, twoFactor, apiToken },
}: {
  readonly user: PersonSeen;
}) {
  const words = useAdministrationWords();
  const { fields } = useWords();
  const { person } = words;
  const isService = role === 'SERVICE';
  return (
    <dl className="facts">
      {!isService && <Fact name={fields.email}>{email ?? person.none}</Fact>}
      <Fact name={person.created}>
        <Moment at={createdAt} as="date" />
      </Fact>
      {!isService && <Fact name={person.lastLogin}>{lastLoginAt ? <Moment at={lastLoginAt} /> : words.never}</Fact>}
      {!isService && (
        <Fact name={person.passwordChanged}>{passwordChangedAt ? <Moment at={passwordChangedAt} /> : words.never}</Fact>
      )}
      {!isService && (
        <Fact name={words.twoFactor}>
          {twoFactor?.enabled ? person.twoFactorOn(twoFactor.backupCodesLeft) : words.off}
        </Fact>
      )}
      <Fact name={person.apiToken}>{apiToken ? person.endsIn(apiToken.hint) : person.none}</Fact>
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
