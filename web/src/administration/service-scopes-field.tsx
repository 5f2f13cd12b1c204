import { CheckboxGroup } from '../form/checkbox-group.js';
import type { ServiceScope } from '../generated/graphql.js';
import { useAdministrationMessages } from './messages.js';

const serviceScopes = ['CALL_KEYS', 'CREDENTIALS'] as const satisfies readonly ServiceScope[];

/** What the token of a service account may do, as checkboxes. */
export function ServiceScopesField() {
  const { serviceScopes: texts } = useAdministrationMessages();
  const choices = serviceScopes.map((value) => ({ value, ...texts.scopes[value] }));
  return (
    <CheckboxGroup
      name="serviceScopes"
      legend={texts.legend}
      groups={[{ title: null, choices }]}
      initial={['CALL_KEYS']}
    />
  );
}
