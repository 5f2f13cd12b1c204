import { useEffect, useId, useMemo, useState } from 'react';
import { graphql } from '../api/graphql.js';
import { useAction, type UserError } from '../api/use-action.js';
import { useAnnounce } from '../elements/announce.js';
import { FactorField } from '../form/factor-field.js';
import { FACTOR_NAME, getSecondFactor, usableFactors, type FactorKind } from '../form/factor.js';
import { Form } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import type { LoginMutation } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { usePasskey } from '../form/use-passkey.js';
import { useSession } from '../session/viewer.js';
import { AuthLayout } from './auth-layout.js';

const VerifySecondFactor = graphql(`
  mutation VerifySecondFactor($input: VerifySecondFactorInput!) {
    verifySecondFactor(input: $input) { user { id } backupCodesLeft passkeyOptions userErrors { code field message } }
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

/** The name of the checkbox that trusts the browser. */
const TRUST_NAME = 'trustBrowser';

export type Challenge = NonNullable<NonNullable<LoginMutation['login']>['secondFactor']>;

interface SecondFactorProps {
  readonly challenge: Challenge;
  /** Returns to the password form. */
  readonly onStartOver: (hasChallengeEnded: boolean) => void;
}

/** The second step of a sign-in: a passkey, a code from the app, or a backup code. The one used last comes first. */
export default function SecondFactor({
  challenge: { challenge, factors, passkeyOptions },
  onStartOver,
}: SecondFactorProps) {
  const { signIn, passkeys } = useMessages();
  const announce = useAnnounce();
  const { policy, restartSession } = useSession();
  const verify = useAction(VerifySecondFactor);
  const [kinds] = useState(() => usableFactors(factors));
  const [kind, setKind] = useState(kinds[0] ?? 'TOTP');
  /** Kept while a backup code is chosen, with which a browser can't be trusted. */
  const [trusts, setTrusts] = useState(false);
  /** Each answer of a passkey consumes its options; a refusal brings new ones. */
  const [options, setOptions] = useState(passkeyOptions);
  const freshOptions = verify.refused?.passkeyOptions;
  if (freshOptions && freshOptions !== options) setOptions(freshOptions);
  const passkey = usePasskey({ getOptions: () => Promise.resolve(options) });
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
  const change = (next: FactorKind) => {
    setKind(next);
    passkey.reset();
  };
  const submit = async (form: FormValues) => {
    const factor = await getSecondFactor(form, () => passkey.ask());
    const payload = factor && (await verify.run({ input: { challenge, factor, trustBrowser: form.has(TRUST_NAME) } }));
    if (!payload) return;
    if (factor.backupCode && typeof payload.backupCodesLeft === 'number')
      announce(signIn.backupCodeUsed(payload.backupCodesLeft));
    restartSession();
  };
  return (
    <AuthLayout
      title={kind === 'PASSKEY' ? signIn.passkeyTitle : signIn.factorTitle}
      explanation={signIn.factorExplanations[kind]}
    >
      <Form
        action={passkey.mergeWith({ ...verify, userErrors })}
        onSubmit={submit}
        submitLabel={kind === 'PASSKEY' ? passkeys.use : signIn.verify}
        onCancel={() => onStartOver(false)}
      >
        <FactorField kinds={kinds} kind={kind} onChange={change} autoFocus />
        {policy.trustedBrowserDays !== null && kind !== 'BACKUP_CODE' && (
          <TrustField days={policy.trustedBrowserDays} isChecked={trusts} onChange={setTrusts} />
        )}
      </Form>
      <p className="auth-other">{signIn.lostFactors}</p>
    </AuthLayout>
  );
}

interface TrustFieldProps {
  readonly days: number;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/** Offers to skip the second step in this browser from now on. */
function TrustField({ days, isChecked, onChange }: TrustFieldProps) {
  const { signIn } = useMessages();
  const hintId = useId();
  return (
    <div className="beside">
      <label className="check">
        <input
          type="checkbox"
          name={TRUST_NAME}
          checked={isChecked}
          onChange={({ target }) => onChange(target.checked)}
          aria-describedby={hintId}
        />{' '}
        {signIn.trust(days)}
      </label>
      <p className="hint" id={hintId}>
        {signIn.trustHint}
      </p>
    </div>
  );
}
