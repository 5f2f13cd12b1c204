import { invalidValue, userError, type UserError } from '../../rules/refuse.js';
import type { UserErrorMessage } from '../../rules/user-error-messages.js';

/** Maximum length of a reason (in characters). */
const MAXIMUM_REASON_LENGTH = 500;

const tooLong: UserErrorMessage = {
  EN: `Use at most ${MAXIMUM_REASON_LENGTH} characters.`,
  ZH: `最多 ${MAXIMUM_REASON_LENGTH} 个字符。`,
  details: { maxLength: MAXIMUM_REASON_LENGTH },
};

/** Validates a reason in canonical form, for the field `reason`. */
export function validateReason(reason: string): UserError[] {
  if (reason === '') return [userError('REASON_REQUIRED', 'reason')];
  return [...reason].length > MAXIMUM_REASON_LENGTH ? [invalidValue(tooLong, 'reason')] : [];
}
