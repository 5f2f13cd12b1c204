import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { graphql } from '../api/graphql.js';
import { useAction } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { Notice } from '../elements/notice.js';
import { FactorField } from '../form/factor-field.js';
import { getSecondFactor, usableFactors, type FactorKind } from '../form/factor.js';
import { Form } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import { NewPasswordFields } from '../form/new-password-fields.js';
import type { FormValues } from '../form/form-values.js';
import type { Factor } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { usePasskey } from '../form/use-passkey.js';
import { noteRecovery } from '../revoke-everything/recovery-note.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';
import { clearLinkToken, getLinkToken } from './link-token.js';

const ResetPasswordMutation = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) { userErrors { code field message } }
  }
`);

const StartPasskeyRecovery = graphql(`
  mutation StartPasskeyRecovery($input: StartPasskeyRecoveryInput!) {
    startPasskeyRecovery(input: $input) { options userErrors { code field message } }
  }
`);

/** The factors to offer. The server tells whoever has the link only whether there is a passkey. */
const factorsOf = (hasPasskey: boolean): readonly Factor[] => [
  ...(hasPasskey ? (['PASSKEY'] as const) : []),
  'TOTP',
  'BACKUP_CODE',
];

/** Sets a new password with the token of a link and, if two-factor authentication is on, a second factor. */
export default function ResetPassword() {
  const messages = useMessages();
  const announce = useAnnounce();
  const { restartSession } = useSession();
  const [, navigate] = useLocation();
  const reset = useAction(ResetPasswordMutation);
  const [token] = useState(() => getLinkToken('/reset-password'));
  const [needsFactor, action] = useRequestedProof(reset, 'SECOND_FACTOR_REQUIRED');
  const startPasskey = useAction(StartPasskeyRecovery);
  const getOptions = async () => (await startPasskey.run({ input: { token: token ?? '' } }))?.options;
  const passkey = usePasskey({ getOptions, action: startPasskey });
  /** The factors of the account; null until they are needed. */
  const [kinds, setKinds] = useState<ReturnType<typeof usableFactors> | null>(null);
  const [kind, setKind] = useState<FactorKind>('TOTP');
  const findFactors = async () => {
    const usable = usableFactors(factorsOf(Boolean(await getOptions())));
    startPasskey.reset();
    setKind(usable[0] ?? 'TOTP');
    setKinds(usable);
  };
  const change = (next: FactorKind) => {
    setKind(next);
    passkey.reset();
  };
  const submit = async (form: FormValues) => {
    const factor = await getSecondFactor(form, () => passkey.ask());
    if (factor === null) return;
    const payload = await reset.run({
      input: {
        token: token ?? '',
        newPassword: form.text('newPassword'),
        confirmPassword: form.text('confirmPassword'),
        ...(factor ? { factor } : {}),
      },
    });
    // The errors are in the state of the next rendering: ask once, whether the factor was missing or not.
    if (!payload) return kinds ? undefined : findFactors();
    clearLinkToken();
    noteRecovery();
    announce(messages.reset.done);
    navigate('/sign-in', { replace: true });
    restartSession();
  };
  const newLink = (
    <p className="auth-other">
      <Link href="/recover">{messages.reset.newLink}</Link>
    </p>
  );
  if (token === null)
    return (
      <AuthLayout title={messages.reset.title}>
        <Notice tone="warning">{messages.reset.noToken}</Notice>
        {newLink}
      </AuthLayout>
    );
  return (
    <AuthLayout
      title={messages.reset.title}
      explanation={needsFactor && kinds ? messages.reset.factorExplanation : messages.reset.explanation}
    >
      <Form action={passkey.mergeWith(action)} onSubmit={submit} submitLabel={messages.reset.submit}>
        <NewPasswordFields userInputs={[]} autoFocus />
        {needsFactor && kinds && <FactorField kinds={kinds} kind={kind} onChange={change} autoFocus />}
      </Form>
      {reset.userErrors.some(({ code }) => code === 'INVALID_TOKEN') && newLink}
    </AuthLayout>
  );
}
