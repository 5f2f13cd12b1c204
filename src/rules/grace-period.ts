import { invalidValue, type UserError } from './refuse.js';
import type { UserErrorMessage } from './user-error-messages.js';

/** Maximum grace period of a replaced secret: a week to update programs. */
const MAXIMUM_GRACE_HOURS = 168;

const graceOutOfRange: UserErrorMessage = {
  EN: `Choose between 0 and ${MAXIMUM_GRACE_HOURS} hours.`,
  ZH: `请选择 0 至 ${MAXIMUM_GRACE_HOURS} 小时。`,
  details: { limit: MAXIMUM_GRACE_HOURS },
};

/** The error of a grace period that is out of range. */
export const validateGraceHours = (hours: number): UserError[] =>
  Number.isInteger(hours) && hours >= 0 && hours <= MAXIMUM_GRACE_HOURS
    ? []
    : [invalidValue(graceOutOfRange, 'graceHours')];
