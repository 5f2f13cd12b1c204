import { useState } from 'react';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import type { UserErrorCode } from '../generated/graphql.js';
import { useStepUp, type Confirmation } from '../session/step-up.js';
import { toFailure, type Failure } from './failure.js';

/** An error in the input of a mutation, with a message in the current language. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly field?: readonly string[] | null | undefined;
  readonly message: string;
}

interface AnyPayload {
  readonly userErrors: readonly UserError[];
}

/** The payload of the one mutation of a document. */
type Payload<Data> = NonNullable<Data[Exclude<keyof Data, '__typename'>]>;

/** A mutation with the state of its latest run. */
export interface Action<Data, Variables> {
  readonly isPending: boolean;
  readonly userErrors: readonly UserError[];
  readonly failure: Failure | null;
  /** The payload of the latest run if it was refused: it may hold more than `userErrors`. */
  readonly refused: Payload<Data> | null;
  /** Runs the mutation. @returns the payload, or null if it failed or was canceled (see `userErrors`, `failure`) */
  run(variables: Variables): Promise<Payload<Data> | null>;
  /** Clears the latest result. */
  reset(): void;
}

const idleState = { isPending: false, userErrors: [], failure: null, refused: null } as const;

/**
 * Runs a mutation. If the server requires step-up, opens its dialog and then runs the mutation again. Refetches the
 * queries that contain a type of `refreshes` or of the payload.
 *
 * @param onConfirmed returns the variables to run the mutation with after step-up; the same by default
 */
export function useAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  refreshes: readonly string[] = [],
  onConfirmed: (variables: Variables, confirmation: Confirmation) => Variables = (variables) => variables,
): Action<Data, Variables> {
  const client = useClient();
  const { confirmIdentity } = useStepUp();
  const [state, setState] = useState<Pick<Action<Data, Variables>, keyof typeof idleState>>(idleState);

  async function run(variables: Variables): Promise<Payload<Data> | null> {
    setState({ ...idleState, isPending: true });
    const { data, error } = await client
      .mutation(document, variables, { additionalTypenames: [...refreshes, 'SecurityEvent'] })
      .toPromise();
    const payload = data
      ? Object.values(data as Record<string, (Payload<Data> & AnyPayload) | null>).find(
          (value) => value !== null && typeof value === 'object',
        )
      : null;
    if (payload?.userErrors.length === 0) {
      setState(idleState);
      return payload;
    }
    const failure = error ? toFailure(error) : null;
    if (failure?.kind === 'STEP_UP_REQUIRED') {
      const confirmation = await confirmIdentity();
      if (confirmation) return run(onConfirmed(variables, confirmation));
      setState(idleState);
    } else {
      setState({
        isPending: false,
        userErrors: payload?.userErrors ?? [],
        failure: payload ? null : (failure ?? { kind: 'FAULT', requestId: null }),
        refused: payload ?? null,
      });
    }
    return null;
  }

  return { ...state, run, reset: () => setState(idleState) };
}
