import { useState } from 'react';
import type { FormAction } from './form.js';
import { useMessages } from '../language/language.js';
import { askForPasskey, type PasskeyProblem, type UserVerification } from './ask-for-passkey.js';

/** A passkey that a form asks for when it is submitted. */
export interface PasskeyRequest {
  /** Asks the browser for a passkey. @returns its response, or null if there is none, which `mergeWith` explains */
  readonly ask: (userVerification?: UserVerification) => Promise<object | null>;
  /** Clears the latest problem, e.g. when another factor is selected. */
  readonly reset: () => void;
  /** The state of a form that asks for a passkey before it runs its action. */
  readonly mergeWith: (action: FormAction) => FormAction;
}

/** The mutation that returns the options; none if they came with something else. */
export interface OptionsSource {
  readonly getOptions: () => Promise<unknown>;
  readonly action?: FormAction;
}

/** Lets a form ask for a passkey. The user may cancel it and try again, as often as they like. */
export function usePasskey({ getOptions, action: source }: OptionsSource): PasskeyRequest {
  const { passkeys } = useMessages();
  const [isPending, setIsPending] = useState(false);
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const ask = async (userVerification: UserVerification = 'as requested') => {
    setProblem(null);
    setIsPending(true);
    const options = await getOptions();
    const answer = options ? await askForPasskey(options, userVerification) : null;
    setProblem(answer?.problem ?? null);
    setIsPending(false);
    return answer?.response ?? null;
  };
  const mergeWith = (action: FormAction): FormAction => ({
    isPending: isPending || source?.isPending === true || action.isPending,
    // A canceled try makes the errors of the previous one obsolete.
    userErrors: problem ? [] : source?.userErrors[0] ? source.userErrors : action.userErrors,
    failure: source?.failure ?? action.failure,
    notice: problem && passkeys.problems[problem],
  });
  return { ask, reset: () => setProblem(null), mergeWith };
}
