import { useState, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { failureOf } from '../api/failure.js';
import { FailureNotice } from './failure-notice.js';
import { Loading } from './loading.js';

interface LoadedProps<Data> {
  /** What `useQuery` gives first. */
  readonly result: {
    readonly data?: Data | undefined;
    readonly error?: CombinedError | undefined;
    readonly fetching: boolean;
    /** What was asked for; the same query with the same variables has the same key. */
    readonly operation?: { readonly key: number } | undefined;
  };
  /** Asks again, whatever is known. */
  readonly onRetry: () => void;
  readonly children: (data: Data) => ReactNode;
}

/**
 * Shows what a query answers; until then that it is loading, or why it failed and a way to ask again. What was there
 * before stays below such a failure, with everything that somebody was typing into it.
 */
export function Loaded<Data>({ result: { data, error, fetching, operation }, onRetry, children }: LoadedProps<Data>) {
  const [known, setKnown] = useState({ key: operation?.key, data });
  const isWhole = data && !error;
  if (isWhole && (known.data !== data || known.key !== operation?.key)) setKnown({ key: operation?.key, data });
  const shown = isWhole || known.key !== operation?.key ? data : (known.data ?? data);
  const failure = error && !fetching && <FailureNotice failure={failureOf(error)} onRetry={onRetry} />;
  return (
    <>
      {failure}
      {shown ? children(shown) : !failure && <Loading />}
    </>
  );
}
