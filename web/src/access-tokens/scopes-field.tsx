import { CheckboxGroup } from '../form/checkbox-group.js';
import type { TokenScope } from '../generated/graphql.js';
import { useViewer } from '../session/viewer.js';
import { useTokenMessages } from './messages.js';
import { adminScopes, hasAdminScopes, ownScopes } from './scopes.js';

/** What a token may do, as checkboxes. Scopes for all accounts are offered to administrators only. */
export function ScopesField() {
  const { form, scopes: texts } = useTokenMessages();
  const { role } = useViewer();
  const toChoices = (scopes: readonly TokenScope[]) => scopes.map((value) => ({ value, ...texts[value] }));
  const groups = [
    { title: null, choices: toChoices(ownScopes) },
    ...(hasAdminScopes(role) ? [{ title: form.adminScopes, choices: toChoices(adminScopes) }] : []),
  ];
  return <CheckboxGroup name="scopes" legend={form.scopes} groups={groups} />;
}
