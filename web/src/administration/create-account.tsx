import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Dialog } from '../elements/dialog.js';
import { SecretDialog } from '../elements/secret-dialog.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import { SelectField } from '../form/select-field.js';
import type { FormValues } from '../form/form-values.js';
import type { Role } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { ReasonField } from './action-dialog.js';
import { rolesBelow } from './admin-actions.js';
import { useAdministrationWords } from './words.js';

const CreateUser = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) { user { id } passwordLink serviceToken userErrors { code field message } }
  }
`);

/** Creates an account. A link or token that it returns is shown once. */
export function CreateAccount({ onClose }: { readonly onClose: () => void }) {
  const { create: words, link, token, role: roleName } = useAdministrationWords();
  const { fields, roles } = useWords();
  const viewer = useViewer();
  const announce = useAnnounce();
  const create = useAction(CreateUser, ['User']);
  const [role, setRole] = useState<Role>('USER');
  const [secret, setSecret] = useState<string | null>(null);
  const options: Role[] = [...rolesBelow(viewer.role), ...(viewer.role === 'ROOT' ? ['SERVICE' as const] : [])];
  const submit = async (form: FormValues) => {
    const email = form.text('email').trim();
    const payload = await create.run({
      input: { username: form.text('username'), role, reason: form.text('reason'), ...(email === '' ? {} : { email }) },
    });
    if (!payload) return;
    const returned = payload.serviceToken ?? payload.passwordLink ?? null;
    setSecret(returned);
    if (returned !== null) return;
    announce(words.done);
    onClose();
  };
  if (secret !== null)
    return <SecretDialog {...(role === 'SERVICE' ? token : link)} secret={secret} onSaved={onClose} />;
  return (
    <Dialog title={words.title} onClose={onClose} mustStay={create.isPending}>
      {role !== 'SERVICE' && <p>{words.explanation}</p>}
      <Form action={create} onSubmit={submit} submit={words.button} onCancel={onClose}>
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
          hint={words.roleHint}
          value={role}
          onChange={(event) => setRole(options.find((one) => one === event.currentTarget.value) ?? 'USER')}
          options={options.map((one) => [one, roles[one]] as const)}
        />
        {role !== 'SERVICE' && (
          <Field
            name="email"
            type="email"
            label={fields.email}
            hint={words.emailHint}
            required={false}
            autoComplete="off"
          />
        )}
        <ReasonField />
      </Form>
    </Dialog>
  );
}
