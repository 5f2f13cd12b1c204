import { useState, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { toFailure } from '../api/failure.js';
import { FailureNotice } from './failure-notice.js';
import { Loading } from './loading.js';

interface LoadedProps<Data> {
  /** The result of `useQuery`. */
  readonly result: {
    readonly data?: Data | undefined;
    readonly error?: CombinedError | undefined;
    readonly fetching: boolean;
    /** The key identifies a query with its variables. */
    readonly operation?: { readonly key: number } | undefined;
  };
  /** Reads the query again, bypassing the cache. */
  readonly onRetry: () => void;
  readonly children: (data: Data) => ReactNode;
}

/**
 * Shows the data of a query, a loading indicator, or a failure with a retry button. After a failure the previous data
 * stays visible, with what the user typed into it.
 */
export function Loaded<Data>({ result: { data, error, fetching, operation }, onRetry, children }: LoadedProps<Data>) {
  const [latest, setLatest] = useState({ key: operation?.key, data });
  const isComplete = data && !error;
  if (isComplete && (latest.data !== data || latest.key !== operation?.key)) setLatest({ key: operation?.key, data });
  const displayed = isComplete || latest.key !== operation?.key ? data : (latest.data ?? data);
  const failure = error && !fetching && <FailureNotice failure={toFailure(error)} onRetry={onRetry} />;
  return (
    <>
      {failure}
      {displayed ? children(displayed) : !failure && <Loading />}
    </>
  );
}
