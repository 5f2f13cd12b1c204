import type { RuleContext } from '../../rules/context.js';
import { invalidValue, refuseAll } from '../../rules/refuse.js';
import { transaction } from '../../rules/transaction.js';
import type { UserErrorMessage } from '../../rules/user-error-messages.js';
import type { SessionViewer } from '../../rules/viewer.js';
import { changeAccount } from '../account/change-account.js';

/** Maximum number of percentages at which a user is warned. */
const MAXIMUM_WARNINGS = 5;

const percentagesMessage: UserErrorMessage = {
  EN: `Enter at most ${MAXIMUM_WARNINGS} different whole percentages from 1 to 100.`,
  ZH: `请输入最多 ${MAXIMUM_WARNINGS} 个互不相同的整数百分比，范围为 1 到 100。`,
  details: { limit: MAXIMUM_WARNINGS },
};

/**
 * Sets the percentages of the quotas of call keys at which the viewer is warned; none means never.
 *
 * @throws {RefusedError} with INVALID_VALUE for more than five, repeated ones, or one that is not from 1 to 100
 */
export async function setUsageWarnings(
  context: RuleContext,
  viewer: SessionViewer,
  percentages: readonly number[],
): Promise<void> {
  const isValid =
    percentages.length <= MAXIMUM_WARNINGS &&
    new Set(percentages).size === percentages.length &&
    percentages.every((percentage) => percentage >= 1 && percentage <= 100);
  refuseAll(isValid ? [] : [invalidValue(percentagesMessage, 'percentages')]);
  const inOrder = percentages.toSorted((one, other) => one - other);
  await transaction(context, viewer, (context) =>
    changeAccount(context, viewer.accountId, { usage_warnings: inOrder }),
  );
}
