import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Notice } from '../elements/notice.js';
import { Form } from '../form/form.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';
import { getLinkToken, passLinkToken } from './link-token.js';

const RevertEmailChangeMutation = graphql(`
  mutation RevertEmailChange($input: RevertEmailChangeInput!) {
    revertEmailChange(input: $input) { passwordResetToken userErrors { code field message } }
  }
`);

/** Undoes a change of the email address with the link sent to the previous one, and continues to a new password. */
export default function RevertEmailChange() {
  const messages = useMessages();
  const announce = useAnnounce();
  const { restartSession } = useSession();
  const [, navigate] = useLocation();
  const revert = useAction(RevertEmailChangeMutation);
  const [token] = useState(() => getLinkToken('/revert-email-change'));
  const submit = async () => {
    const payload = await revert.run({ input: { token: token ?? '' } });
    if (!payload?.passwordResetToken) return;
    passLinkToken('/reset-password', payload.passwordResetToken);
    announce(messages.revert.done);
    navigate('/reset-password', { replace: true });
    restartSession();
  };
  return (
    <AuthLayout title={messages.revert.title} explanation={messages.revert.explanation}>
      {token === null ? (
        <Notice tone="warning">{messages.reset.noToken}</Notice>
      ) : (
        <Form action={revert} onSubmit={submit} submitLabel={messages.revert.submit} tone="danger" />
      )}
      <p className="auth-other">
        <Link href="/sign-in">{messages.recovery.back}</Link>
      </p>
    </AuthLayout>
  );
}
