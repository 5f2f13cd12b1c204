import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { failureOf } from '../api/failure.js';
import { FailureNotice } from './failure-notice.js';
import { Loading } from './loading.js';

interface LoadedProps<Data> {
  /** What `useQuery` gives first. */
  readonly result: { readonly data?: Data | undefined; readonly error?: CombinedError | undefined; readonly fetching: boolean };
  /** Asks again, whatever is known. */
  readonly onRetry: () => void;
  readonly children: (data: Data) => ReactNode;
}

/** Shows what a query answers; until then that it is loading, or why it failed and a way to ask again. */
export function Loaded<Data>({ result: { data, error, fetching }, onRetry, children }: LoadedProps<Data>) {
  const failure = error && !fetching && <FailureNotice failure={failureOf(error)} onRetry={onRetry} />;
  return <>{failure}{data ? children(data) : !failure && <Loading />}</>;
}
