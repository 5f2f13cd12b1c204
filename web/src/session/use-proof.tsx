import { useState, type ReactNode } from 'react';
import { FactorField } from '../form/factor-field.js';
import { getSecondFactor, usableFactors, type FactorKind } from '../form/factor.js';
import type { FormAction } from '../form/form.js';
import type { FormValues } from '../form/form-values.js';
import { PasswordField } from '../form/password-field.js';
import type { SecondFactorInput } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useConfirmationPasskey } from '../form/use-confirmation-passkey.js';
import type { Confirmation } from './step-up.js';
import { useSession } from './viewer.js';

/** What a form needs from the signed-in user. */
interface RequiredProof {
  readonly needsPassword: boolean;
  readonly needsFactor: boolean;
  /** The kinds of factors that the action takes; all by default. */
  readonly accepts?: readonly FactorKind[];
  /** What the user has just confirmed their identity with. Its password is used again, and isn't asked for. */
  readonly confirmation?: Confirmation | null;
}

/** The proof that the user gave. */
export interface ProofInput {
  readonly password?: string;
  readonly factor?: SecondFactorInput;
}

/** The kind of a second factor. */
export const getFactorKind = (factor: SecondFactorInput | undefined): FactorKind | null => {
  if (!factor) return null;
  return factor.totpCode ? 'TOTP' : factor.backupCode ? 'BACKUP_CODE' : 'PASSKEY';
};

/** The proof of a form. */
export interface Proof {
  /** The fields. */
  readonly fields: ReactNode;
  /** Whether a passkey is the whole proof now, without the password. */
  readonly isPasskeyAlone: boolean;
  /** Reads the proof of the submitted form, and asks for a passkey if needed. @returns null if the user gave none */
  readonly read: (form: FormValues) => Promise<ProofInput | null>;
  /** The state of the form. */
  readonly action: FormAction;
}

/**
 * Asks the signed-in user for the password and a second factor. A passkey that can sign in alone stands for both; one
 * that can't is a factor beside the password. The factor used last is offered first.
 */
export function useProof(
  action: FormAction,
  { needsPassword, needsFactor, accepts, confirmation = null }: RequiredProof,
): Proof {
  const { fields: labels, stepUp } = useMessages();
  const { viewer } = useSession();
  const passkey = useConfirmationPasskey();
  const factors = viewer?.twoFactor?.factors ?? [];
  const kinds = usableFactors(accepts ? factors.filter((kind) => accepts.some((one) => one === kind)) : factors);
  const [selected, setSelected] = useState<FactorKind | null>(null);
  const usedKind = confirmation?.factor ?? null;
  const firstKind = kinds.find((one) => one === usedKind) ?? kinds[0] ?? 'TOTP';
  const kind = selected ?? firstKind;
  const canPasskeySignIn = viewer?.passkeys?.some(({ signsIn }) => signsIn) === true;
  const isPasskeyAlone = needsFactor && kind === 'PASSKEY' && canPasskeySignIn;
  const password = confirmation?.password ?? null;
  const showsPassword = needsPassword && !isPasskeyAlone && password === null;
  /** Whether the password field has just appeared, which then gets the focus. */
  const [isPasswordNew, setIsPasswordNew] = useState(false);
  const change = (next: FactorKind) => {
    setIsPasswordNew(isPasskeyAlone);
    setSelected(next);
    passkey.reset();
  };
  const fields = (
    <>
      {needsFactor && usedKind && <p>{kind === usedKind ? stepUp.again[kind] : stepUp.anotherFactor}</p>}
      {showsPassword && (
        <PasswordField name="password" label={labels.password} autoComplete="current-password" autoFocus />
      )}
      {needsFactor && (
        <FactorField
          kinds={kinds}
          kind={kind}
          onChange={change}
          replacesPassword={needsPassword && isPasskeyAlone && password === null}
          autoFocus={selected !== null ? !(showsPassword && isPasswordNew) : !showsPassword}
        />
      )}
    </>
  );
  const read = async (form: FormValues): Promise<ProofInput | null> => {
    const factor = await getSecondFactor(form, () => passkey.ask(isPasskeyAlone ? 'as requested' : 'optional'));
    if (factor === null) return null;
    const typed = form.has('password') ? form.text('password') : isPasskeyAlone ? null : password;
    return { ...(typed === null ? {} : { password: typed }), ...(factor ? { factor } : {}) };
  };
  return { fields, isPasskeyAlone, read, action: passkey.mergeWith(action) };
}
