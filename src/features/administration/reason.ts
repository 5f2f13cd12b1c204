import type { Translated } from '../../text/locale.js';
import { invalidValue, userError, type UserError } from '../../rules/refuse.js';

/** Maximum length of a reason (in characters). */
const MAXIMUM_REASON_LENGTH = 500;

const tooLong: Translated = {
  EN: `Use at most ${MAXIMUM_REASON_LENGTH} characters.`,
  ZH: `最多 ${MAXIMUM_REASON_LENGTH} 个字符。`,
};

/** Validates a reason in canonical form, for the field `reason`. */
export function validateReason(reason: string): UserError[] {
  if (reason === '') return [userError('REASON_REQUIRED', 'reason')];
  return [...reason].length > MAXIMUM_REASON_LENGTH ? [invalidValue(tooLong, 'reason')] : [];
}
