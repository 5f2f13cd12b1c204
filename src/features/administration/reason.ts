import { invalidValue, userError, type UserError } from '../../rules/refuse.js';

/** How much an administrator may say (in characters). */
const LONGEST_REASON = 500;

/** A reason as it is kept and told: one line, without characters that hide what they say. */
export const statedReason = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();

/** What is wrong with a reason, at the field `reason`. */
export function reasonFaults(reason: string): UserError[] {
  if (reason === '') return [userError('REASON_REQUIRED', 'reason')];
  return [...reason].length > LONGEST_REASON
    ? [invalidValue(`A reason has at most ${LONGEST_REASON} characters.`, 'reason')]
    : [];
}
