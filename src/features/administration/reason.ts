import { invalidValue, userError, type UserError } from '../../rules/refuse.js';

/** How much an administrator may say (in characters). */
const LONGEST_REASON = 500;

/** What is wrong with a reason in its canonical form, at the field `reason`. */
export function reasonFaults(reason: string): UserError[] {
  if (reason === '') return [userError('REASON_REQUIRED', 'reason')];
  return [...reason].length > LONGEST_REASON
    ? [invalidValue(`A reason has at most ${LONGEST_REASON} characters.`, 'reason')]
    : [];
}
