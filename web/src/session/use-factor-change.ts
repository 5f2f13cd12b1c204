import { useState } from 'react';
import type { TypedDocumentNode } from 'urql';
import { useAction, type Action } from '../api/use-action.js';
import type { FormAction } from '../form/form.js';
import { useRequestedProof } from '../form/use-requested-proof.js';
import type { Confirmation } from './step-up.js';

/** The variables of a mutation that takes a password. */
interface ProofVariables {
  readonly input?: { readonly password?: string | null | undefined } | null | undefined;
}

/** A mutation that adds, replaces or removes a second factor, and the proof that it needs. */
export interface FactorChange<Data, Variables> {
  readonly run: Action<Data, Variables>['run'];
  /** The state of the latest run, without the errors that request a proof. */
  readonly action: FormAction;
  readonly needsPassword: boolean;
  readonly needsFactor: boolean;
  /** What the user has just confirmed their identity with, if they had to. */
  readonly confirmation: Confirmation | null;
  /** Forgets it, when the change is begun or canceled. */
  readonly forget: () => void;
}

/**
 * Runs such a mutation. If the server requires step-up first, the password typed there also serves the mutation, so
 * that the user enters it once. A second factor can't: the server consumes each one.
 */
export function useFactorChange<Data, Variables extends ProofVariables>(
  document: TypedDocumentNode<Data, Variables>,
  refreshes: readonly string[] = [],
): FactorChange<Data, Variables> {
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const change = useAction(document, refreshes, (variables: Variables, latest) => {
    setConfirmation(latest);
    if (latest.password === null) return variables;
    return { ...variables, input: { password: latest.password, ...variables.input } };
  });
  const [needsPassword, passwordAction] = useRequestedProof(change, 'PASSWORD_REQUIRED');
  const [needsFactor, action] = useRequestedProof(passwordAction, 'SECOND_FACTOR_REQUIRED');
  const forget = () => setConfirmation(null);
  const run = async (variables: Variables) => {
    const payload = await change.run(variables);
    if (payload) forget();
    return payload;
  };
  return { run, action, needsPassword, needsFactor, confirmation, forget };
}
