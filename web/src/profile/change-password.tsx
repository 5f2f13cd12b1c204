import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Section } from '../elements/section.js';
import { Form } from '../form/form.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import { PasswordField } from '../form/password-field.js';
import type { FormValues } from '../form/form-values.js';
import { useFormats, useMessages } from '../language/language.js';
import { useProfileMessages } from './messages.js';

const ChangePasswordMutation = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) { user { id passwordChangedAt } userErrors { code field message } }
  }
`);

/** Changes the password. */
export function ChangePassword({
  username,
  changedAt,
}: {
  readonly username: string;
  readonly changedAt: string | null;
}) {
  const { fields, punctuation } = useMessages();
  const { password: messages } = useProfileMessages();
  const { date } = useFormats();
  const announce = useAnnounce();
  const change = useAction(ChangePasswordMutation, ['Session']);
  const submit = async (form: FormValues) => {
    const input = {
      currentPassword: form.text('currentPassword'),
      newPassword: form.text('newPassword'),
      confirmPassword: form.text('confirmPassword'),
    };
    const payload = await change.run({ input });
    if (payload) announce(messages.done);
    return payload;
  };
  return (
    <Section
      id="password"
      title={messages.title}
      explanation={
        <>
          {changedAt && messages.changedAt(date(changedAt))}
          {punctuation.betweenSentences}
          {messages.consequence}
        </>
      }
    >
      <Form action={change} onSubmit={submit} submitLabel={messages.submit}>
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordField name="currentPassword" label={fields.currentPassword} autoComplete="current-password" />
        <NewPasswordFields userInputs={[username]} />
      </Form>
    </Section>
  );
}
