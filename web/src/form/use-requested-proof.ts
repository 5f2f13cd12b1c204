import { useMemo, useState } from 'react';
import type { UserErrorCode } from '../generated/graphql.js';
import type { FormAction } from './form.js';

/**
 * Handles a proof that the server requires only sometimes, e.g. a second factor: the first error with the code requests
 * it, and is not shown.
 * @returns whether the proof was requested, and the action without that error
 */
export function useRequestedProof(
  action: FormAction,
  code: UserErrorCode,
): readonly [isRequested: boolean, action: FormAction] {
  const [isRequested, setIsRequested] = useState(false);
  const userErrors = useMemo(() => action.userErrors.filter((error) => error.code !== code), [action.userErrors, code]);
  if (!isRequested && userErrors.length < action.userErrors.length) setIsRequested(true);
  return [isRequested, { ...action, userErrors }];
}
