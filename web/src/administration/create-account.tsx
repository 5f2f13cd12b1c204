import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { SecretDialog } from '../elements/secret-dialog.js';
import { readChosen } from '../form/checkbox-group.js';
import { EmailField } from '../form/email-field.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { SelectField } from '../form/select-field.js';
import type { FormValues } from '../form/form-values.js';
import type { Role, ServiceScope } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { ReasonField } from './action-dialog.js';
import { useAdministrationMessages } from './messages.js';
import { ServiceScopesField } from './service-scopes-field.js';

const CreateUser = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) { user { id } passwordLink serviceToken userErrors { code field message } }
  }
`);

/** Creates an account. Shows a returned link or token once. */
export function CreateAccount({ onClose }: { readonly onClose: () => void }) {
  const { create: messages, link, token, role: roleName } = useAdministrationMessages();
  const { fields, roles } = useMessages();
  const viewer = useViewer();
  const announce = useAnnounce();
  const create = useAction(CreateUser, ['User']);
  const [role, setRole] = useState<Role>('USER');
  const [secret, setSecret] = useState<string | null>(null);
  const options: Role[] = viewer.role === 'ROOT' ? ['USER', 'ADMIN', 'SERVICE'] : ['USER'];
  const submit = async (form: FormValues) => {
    const email = form.text('email').trim();
    const payload = await create.run({
      input: {
        username: form.text('username'),
        role,
        reason: form.text('reason'),
        ...(email === '' ? {} : { email }),
        ...(role === 'SERVICE' ? { serviceScopes: readChosen<ServiceScope>(form.text('serviceScopes')) } : {}),
      },
    });
    if (!payload) return;
    const returnedSecret = payload.serviceToken ?? payload.passwordLink ?? null;
    setSecret(returnedSecret);
    if (returnedSecret !== null) return;
    announce(messages.done);
    onClose();
  };
  if (secret !== null)
    return <SecretDialog {...(role === 'SERVICE' ? token : link)} secret={secret} onSaved={onClose} />;
  return (
    <Dialog title={messages.title} onClose={onClose} preventClose={create.isPending}>
      {role !== 'SERVICE' && <p>{messages.explanation}</p>}
      <Form action={create} onSubmit={submit} submitLabel={messages.button} onCancel={onClose}>
        <Field
          name="username"
          label={fields.username}
          hint={fields.usernameHint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <SelectField
          name="role"
          label={roleName}
          hint={messages.roleHint}
          value={role}
          onChange={(event) => setRole(options.find((option) => option === event.currentTarget.value) ?? 'USER')}
          options={options.map((option) => [option, roles[option]] as const)}
        />
        {role === 'SERVICE' ? (
          <ServiceScopesField />
        ) : (
          <EmailField name="email" label={fields.email} hint={messages.emailHint} required={false} autoComplete="off" />
        )}
        <ReasonField role={role} />
      </Form>
    </Dialog>
  );
}
