import { useState, type ReactNode } from 'react';
import { graphql } from '../api/graphql.js';
import type { Failure } from '../api/failure.js';
import { useAction, type UserError } from '../api/use-action.js';
import { Dialog } from '../elements/dialog.js';
import { Form } from '../form/form.js';
import type { RegisterPasskeyMutation } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { createPasskey, type PasskeyProblem } from '../form/ask-for-passkey.js';
import { useFactorChange } from '../session/use-factor-change.js';
import type { ProofInput } from '../session/use-proof.js';
import { useViewer } from '../session/viewer.js';
import { BackupCodes } from './backup-codes.js';
import { RenamePasskeyDialog } from './passkey-dialogs.js';
import { ReplacementProof } from './replacement-proof.js';
import { useProfileMessages } from './messages.js';

const StartPasskeyRegistration = graphql(`
  mutation StartPasskeyRegistration($input: StartPasskeyRegistrationInput) {
    startPasskeyRegistration(input: $input) { options userErrors { code field message } }
  }
`);

const RegisterPasskey = graphql(`
  mutation RegisterPasskey($input: RegisterPasskeyInput!) {
    registerPasskey(input: $input) { passkey { id name } backupCodes userErrors { code field message } }
  }
`);

type Registered = NonNullable<RegisterPasskeyMutation['registerPasskey']>;

/** What comes next: the proof, the browser's dialog, the backup codes, the name. */
type Step =
  | { readonly name: 'proof' }
  | { readonly name: 'create'; readonly options: unknown }
  | { readonly name: 'codes' | 'name'; readonly registered: Registered };

/** The addition of a passkey. */
export interface NewPasskey {
  readonly start: () => void;
  readonly isPending: boolean;
  /** The errors before a dialog is open, e.g. that there are too many passkeys. */
  readonly userErrors: readonly UserError[];
  readonly failure: Failure | null;
  /** The open dialog, if any. */
  readonly dialog: ReactNode;
}

/** Adds a passkey: verifies the user, lets the browser create it, then shows backup codes if there are any. */
export function useNewPasskey(): NewPasskey {
  const { passkeys: messages } = useProfileMessages();
  const { username, twoFactor } = useViewer();
  const change = useFactorChange(StartPasskeyRegistration);
  const { action } = change;
  const [step, setStep] = useState<Step | null>(null);
  /** The request is remembered, also after two-factor authentication was turned off. */
  const isOn = twoFactor?.enabled === true;
  const needsFactor = change.needsFactor && isOn;
  const close = () => {
    change.forget();
    setStep(null);
  };
  const start = async (input: ProofInput | null) => {
    const payload = await change.run({ input });
    if (payload?.options) setStep({ name: 'create', options: payload.options });
    return payload;
  };
  // The first request only asks which proof is needed: the step-up dialog before it would consume a code.
  const open = async () => {
    change.forget();
    if (!(await start(null))) setStep({ name: 'proof' });
  };
  const registered = (payload: Registered) =>
    setStep({ name: payload.backupCodes ? 'codes' : 'name', registered: payload });
  const isProving = step?.name === 'proof' && (change.needsPassword || needsFactor);
  const getDialog = () => {
    switch (step?.name) {
      case 'proof': {
        const explanation = needsFactor ? messages.proof : isOn ? messages.proofPassword : messages.proofFirst;
        return (
          isProving && (
            <ReplacementProof
              {...{ title: messages.add, explanation, change, needsFactor }}
              onSubmit={start}
              onClose={close}
            />
          )
        );
      }
      case 'create':
        return <CreateDialog options={step.options} onRegistered={registered} onClose={close} />;
      case 'codes': {
        const { registered } = step;
        const name = () => setStep({ name: 'name', registered });
        return <BackupCodes codes={registered.backupCodes ?? []} {...{ username }} onSaved={name} />;
      }
      case 'name':
        return (
          step.registered.passkey && <RenamePasskeyDialog passkey={step.registered.passkey} isNew onClose={close} />
        );
      case undefined:
        return null;
    }
  };
  return {
    start: () => void open(),
    isPending: action.isPending,
    failure: isProving ? null : action.failure,
    userErrors: isProving ? [] : action.userErrors,
    dialog: getDialog(),
  };
}

interface CreateDialogProps {
  readonly options: unknown;
  readonly onRegistered: (payload: Registered) => void;
  readonly onClose: () => void;
}

/** Lets the browser create the passkey. The user may cancel the browser's dialog, and try again. */
function CreateDialog({ options, onRegistered, onClose }: CreateDialogProps) {
  const { passkeys } = useMessages();
  const { passkeys: messages } = useProfileMessages();
  const register = useAction(RegisterPasskey, ['Passkey', 'Session', 'TwoFactor', 'User', 'SecurityFinding']);
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const create = async () => {
    setProblem(null);
    setIsPending(true);
    const { response, problem } = await createPasskey(options);
    setIsPending(false);
    setProblem(problem);
    const payload = response && (await register.run({ input: { response } }));
    if (payload) onRegistered(payload);
  };
  const action = {
    ...register,
    isPending: isPending || register.isPending,
    notice: problem && passkeys.creationProblems[problem],
  };
  return (
    <Dialog title={messages.add} onClose={onClose} preventClose={action.isPending}>
      <p>{messages.create}</p>
      <Form
        action={action}
        onSubmit={create}
        submitLabel={problem ? messages.createAgain : messages.createSubmit}
        onCancel={onClose}
      />
    </Dialog>
  );
}
