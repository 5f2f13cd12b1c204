import { useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Button } from '../elements/button.js';
import { Section } from '../elements/section.js';
import { useSecondsUntil } from '../elements/use-seconds-until.js';
import { EmailField } from '../form/email-field.js';
import { Form } from '../form/form.js';
import { OtpField } from '../form/otp-field.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from './messages.js';

const SendVerificationCode = graphql(`
  mutation SendVerificationCode($input: SendVerificationCodeInput!) {
    sendVerificationCode(input: $input) { expiresAt resendAfter userErrors { code field message } }
  }
`);

const BindEmailMutation = graphql(`
  mutation BindEmail($input: BindEmailInput!) {
    bindEmail(input: $input) { user { id email } userErrors { code field message } }
  }
`);

/** Shows the bound email address, and binds a new one with an emailed code. */
export function BindEmail({ email }: { readonly email: string | null }) {
  const { email: messages } = useProfileMessages();
  const announce = useAnnounce();
  const [isOpen, setIsOpen] = useState(false);
  const handleBound = () => {
    setIsOpen(false);
    announce(messages.done);
  };
  return (
    <Section id="email" title={messages.title} explanation={messages.explanation}>
      {email !== null && (
        <div className="fact">
          <span className="row-main">
            <strong>{email}</strong>
            <small>{messages.bound}</small>
          </span>
          <Button hidden={isOpen} onClick={() => setIsOpen(true)}>
            {messages.change}
          </Button>
        </div>
      )}
      {(email === null || isOpen) && (
        <Binding onBound={handleBound} {...(email === null ? {} : { onCancel: () => setIsOpen(false) })} />
      )}
    </Section>
  );
}

interface Sent {
  readonly email: string;
  readonly resendAfter: string;
}

function Binding({ onBound, onCancel }: { readonly onBound: () => void; readonly onCancel?: () => void }) {
  const { fields } = useMessages();
  const { email: messages } = useProfileMessages();
  const send = useAction(SendVerificationCode);
  const bind = useAction(BindEmailMutation, ['User']);
  const [sent, setSent] = useState<Sent | null>(null);
  const secondsLeft = useSecondsUntil(sent && Date.parse(sent.resendAfter));
  const sendCode = async (form: FormValues) => {
    const email = form.text('email').trim();
    const payload = await send.run({ input: { email } });
    if (payload?.resendAfter) setSent({ email, resendAfter: payload.resendAfter });
  };
  const bindEmail = async (form: FormValues) => {
    if (await bind.run({ input: { email: sent?.email ?? '', code: form.text('code') } })) onBound();
  };
  const label = secondsLeft > 0 ? messages.resendIn(secondsLeft) : sent ? messages.sendAgain : messages.send;
  return (
    <div className="steps">
      <Form
        action={send}
        onSubmit={sendCode}
        submitLabel={label}
        tone={sent ? 'plain' : 'main'}
        isDisabled={secondsLeft > 0}
        {...(onCancel ? { onCancel } : {})}
      >
        <EmailField name="email" label={fields.email} autoFocus={onCancel !== undefined} />
      </Form>
      {sent && (
        <Form action={bind} onSubmit={bindEmail} submitLabel={messages.bind}>
          <p role="status">{messages.sent(sent.email)}</p>
          <OtpField name="code" label={fields.code} hint={messages.codeHint} wrongCode={messages.wrongCode} autoFocus />
        </Form>
      )}
    </div>
  );
}
