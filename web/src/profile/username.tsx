import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Section } from '../elements/section.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from './messages.js';

const ChangeUsername = graphql(`
  mutation ChangeUsername($input: ChangeUsernameInput!) {
    changeUsername(input: $input) { user { id username } userErrors { code field message } }
  }
`);

/** Shows and changes the username. */
export function Username({ username, since }: { readonly username: string; readonly since: string }) {
  const { fields } = useMessages();
  const { username: messages } = useProfileMessages();
  const announce = useAnnounce();
  const change = useAction(ChangeUsername, ['User']);
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
    change.reset();
  };
  const submit = async (form: FormValues) => {
    const payload = await change.run({ input: { username: form.text('username') } });
    if (!payload) return;
    close();
    announce(messages.changed);
  };
  return (
    <Section id="username" title={messages.title}>
      <div className="fact">
        <span className="row-main">
          <strong>{username}</strong>
          <small>{since}</small>
        </span>
        <Button hidden={isOpen} onClick={() => setIsOpen(true)}>
          {messages.change}
        </Button>
      </div>
      {isOpen && (
        <Form action={change} onSubmit={submit} submitLabel={messages.submit} onCancel={close}>
          <Field
            name="username"
            label={fields.username}
            hint={
              <>
                {fields.usernameHint}
                <br />
                {messages.explanation}
              </>
            }
            defaultValue={username}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
        </Form>
      )}
    </Section>
  );
}
