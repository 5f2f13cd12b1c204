import { useState } from 'react';
import { Link } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { Button } from '../elements/button.js';
import { Field } from '../form/field.js';
import { Form } from '../form/form.js';
import type { Typed } from '../form/typed.js';
import { useWords } from '../language/language.js';
import { Front } from './front.js';

const RequestPasswordReset = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) { userErrors { code field message } }
  }
`);

/**
 * Asks for a mail with the way to a new password. What it says afterwards is the same whether or not an account has the
 * address.
 */
export default function Recovery() {
  const words = useWords();
  const request = useAction(RequestPasswordReset);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async (form: Typed) => {
    const email = form.text('email');
    if (await request.run({ input: { email } })) setSentTo(email);
  };
  const back = (
    <p className="front-other">
      <Link href="/sign-in">{words.recovery.back}</Link>
    </p>
  );
  if (sentTo !== null) {
    return (
      <Front title={words.recovery.sentTitle} explanation={<span role="status">{words.recovery.sent(sentTo)}</span>}>
        <p className="hint">{words.recovery.again}</p>
        <Button onClick={() => setSentTo(null)}>{words.recovery.another}</Button>
        {back}
      </Front>
    );
  }
  return (
    <Front title={words.recovery.title} explanation={words.recovery.explanation}>
      <Form action={request} onSubmit={submit} submit={words.recovery.submit}>
        <Field name="email" type="email" label={words.fields.email} autoComplete="email" autoFocus />
      </Form>
      <p className="hint">{words.recovery.noEmail}</p>
      {back}
    </Front>
  );
}
