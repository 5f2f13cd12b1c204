import { useMemo, useState } from 'react';
import type { UserErrorCode } from '../generated/graphql.js';
import type { FormAction } from './form.js';

/**
 * What a server asks for only sometimes, e.g. a second factor: the first refusal with the code is its question, and no
 * fault of the person.
 * @returns whether it has asked, and the action without that question among its refusals
 */
export function useFurtherQuestion(
  action: FormAction,
  code: UserErrorCode,
): readonly [isAsked: boolean, action: FormAction] {
  const [isAsked, setIsAsked] = useState(false);
  const refusals = useMemo(() => action.refusals.filter((refusal) => refusal.code !== code), [action.refusals, code]);
  if (!isAsked && refusals.length < action.refusals.length) setIsAsked(true);
  return [isAsked, { ...action, refusals }];
}
