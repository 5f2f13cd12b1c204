import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Notice } from '../elements/notice.js';
import { Form } from '../form/form.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from '../sign-in/auth-layout.js';
import { getLinkToken, passLinkToken } from '../sign-in/link-token.js';
import { useClosureMessages } from './messages.js';

const CancelAccountDeletion = graphql(`
  mutation CancelAccountDeletion($input: CancelAccountDeletionInput!) {
    cancelAccountDeletion(input: $input) { passwordResetToken userErrors { code field message } }
  }
`);

/** Restores a deleted account with the mailed link, and continues to a new password. */
export function RestoreAccount() {
  const { restore: messages } = useClosureMessages();
  const { recovery } = useMessages();
  const announce = useAnnounce();
  const { restartSession } = useSession();
  const [, navigate] = useLocation();
  const cancel = useAction(CancelAccountDeletion);
  const [token] = useState(() => getLinkToken('/restore-account'));
  const submit = async () => {
    const payload = await cancel.run({ input: { token: token ?? '' } });
    if (!payload?.passwordResetToken) return;
    passLinkToken('/reset-password', payload.passwordResetToken);
    announce(messages.done);
    navigate('/reset-password', { replace: true });
    restartSession();
  };
  return (
    <AuthLayout title={messages.title} explanation={messages.explanation}>
      {token === null ? (
        <Notice tone="warning">{messages.noToken}</Notice>
      ) : (
        <Form action={cancel} onSubmit={submit} submitLabel={messages.submit} />
      )}
      <p className="auth-other">
        <Link href="/sign-in">{recovery.back}</Link>
      </p>
    </AuthLayout>
  );
}
