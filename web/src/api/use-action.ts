import { useState } from 'react';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import type { UserErrorCode } from '../generated/graphql.js';
import { useStepUp } from '../session/step-up.js';
import { failureOf, type Failure } from './failure.js';

/** What a person typed or asked for, and why it was refused. */
export interface Refusal {
  readonly code: UserErrorCode;
  readonly field?: readonly string[] | null | undefined;
  readonly message: string;
}

interface AnyPayload {
  readonly userErrors: readonly Refusal[];
}

/** The payload of the one mutation of a document. */
type PayloadOf<Data> = NonNullable<Data[Exclude<keyof Data, '__typename'>]>;

/** Something that a person can do, and how it went the last time. */
export interface Action<Data, Variables> {
  readonly isUnderWay: boolean;
  /** What was refused; all of it at once. */
  readonly refusals: readonly Refusal[];
  readonly failure: Failure | null;
  /**
   * Does it. @returns the payload, or null where it was refused, failed or was called off; the state above tells which
   */
  run(variables: Variables): Promise<PayloadOf<Data> | null>;
  /** Forgets how it went. */
  reset(): void;
}

const idle = { isUnderWay: false, refusals: [], failure: null } as const;

/**
 * A mutation, ready to be run. Where the server asks who is at this session, the step-up dialog opens, and the mutation
 * goes on by itself afterwards. Queries that show one of the types in `refreshes` are read again, as are those that
 * show a type of the payload.
 */
export function useAction<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  refreshes: readonly string[] = [],
): Action<Data, Variables> {
  const client = useClient();
  const { confirmIdentity } = useStepUp();
  const [state, setState] = useState<Pick<Action<Data, Variables>, 'isUnderWay' | 'refusals' | 'failure'>>(idle);

  async function run(variables: Variables): Promise<PayloadOf<Data> | null> {
    setState({ ...idle, isUnderWay: true });
    const { data, error } = await client
      .mutation(document, variables, { additionalTypenames: [...refreshes, 'SecurityEvent'] })
      .toPromise();
    const payload = data
      ? Object.values(data as Record<string, (PayloadOf<Data> & AnyPayload) | null>).find(
          (value) => value !== null && typeof value === 'object',
        )
      : null;
    if (payload?.userErrors.length === 0) {
      setState(idle);
      return payload;
    }
    const failure = error ? failureOf(error) : null;
    if (failure?.kind === 'STEP_UP_REQUIRED') {
      if (await confirmIdentity()) return run(variables);
      setState(idle);
    } else {
      setState({
        isUnderWay: false,
        refusals: payload?.userErrors ?? [],
        failure: payload ? null : (failure ?? { kind: 'FAULT', requestId: null }),
      });
    }
    return null;
  }

  return { ...state, run, reset: () => setState(idle) };
}
