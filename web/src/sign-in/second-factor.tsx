import { useEffect, useMemo, useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction, type UserError } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { FactorField } from '../form/factor-field.js';
import { FACTOR_NAME, getSecondFactor } from '../form/factor.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { useMessages } from '../language/language.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';

const VerifySecondFactor = graphql(`
  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {
    verifySecondFactor(input: $input) { user { id } backupCodesLeft userErrors { code field message } }
  }
`);

const isWrongCode = ({ code }: UserError) => code === 'INVALID_CREDENTIALS';

/**
 * Shows the error at the field of the code. The server sets no field, so that a wrong code and an expired challenge are
 * indistinguishable.
 */
const moveToCodeField = (error: UserError): UserError =>
  isWrongCode(error) ? { ...error, field: [FACTOR_NAME] } : error;

/** The number of wrong codes, and the time, after which a challenge is invalid. */
const MAX_ATTEMPTS = 5;
const LIFETIME_MS = 5 * 60_000;

interface SecondFactorProps {
  readonly challenge: string;
  /** Returns to the password form. */
  readonly onStartOver: (hasChallengeEnded: boolean) => void;
}

/** The second step of a sign-in: a code from the app, or a backup code. */
export function SecondFactor({ challenge, onStartOver }: SecondFactorProps) {
  const { signIn } = useMessages();
  const announce = useAnnounce();
  const { restartSession } = useSession();
  const verify = useAction(VerifySecondFactor);
  const [usesBackupCode, setUsesBackupCode] = useState(false);
  const userErrors = useMemo(() => verify.userErrors.map(moveToCodeField), [verify.userErrors]);
  const isWrong = userErrors.some(isWrongCode);
  /** Counts wrong codes, but not network failures and rate limits. */
  const [wrongCodes, setWrongCodes] = useState({ latest: verify.userErrors, count: 0 });
  if (wrongCodes.latest !== verify.userErrors)
    setWrongCodes({ latest: verify.userErrors, count: wrongCodes.count + (isWrong ? 1 : 0) });
  const [startedAt] = useState(Date.now);
  // Wrong codes are counted here, because the server's error is the same for a wrong code and an invalid challenge.
  useEffect(() => {
    if (isWrong && (wrongCodes.count >= MAX_ATTEMPTS || Date.now() - startedAt > LIFETIME_MS)) onStartOver(true);
  }, [isWrong, wrongCodes.count, startedAt, onStartOver]);
  const submit = async (form: FormValues) => {
    const factor = getSecondFactor(form);
    const payload = factor && (await verify.run({ input: { challenge, factor } }));
    if (!payload) return;
    if (factor.backupCode && typeof payload.backupCodesLeft === 'number')
      announce(signIn.backupCodeUsed(payload.backupCodesLeft));
    restartSession();
  };
  return (
    <AuthLayout
      title={signIn.factorTitle}
      explanation={usesBackupCode ? signIn.backupExplanation : signIn.appExplanation}
    >
      <Form
        action={{ ...verify, userErrors }}
        onSubmit={submit}
        submitLabel={signIn.verify}
        onCancel={() => onStartOver(false)}
      >
        <FactorField autoFocus onChange={setUsesBackupCode} />
      </Form>
      <p className="auth-other">{signIn.lostFactors}</p>
    </AuthLayout>
  );
}
