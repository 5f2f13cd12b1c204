import type { Tables } from '../../database/read/select.js';
import type { RuleContext } from '../../rules/context.js';
import { StepUpRequiredError } from '../../rules/step-up-required.js';
import type { SessionViewer } from '../../rules/viewer.js';
import type { SessionSelection } from './revoke-sessions.js';
import { isSteppedUp } from './session-lifetime.js';

/**
 * Protects sessions in which the user has just verified every factor from one in which that is long ago: otherwise a
 * stolen session could end each sign-in of its owner. In the transaction that revokes the selected sessions.
 *
 * @throws {StepUpRequiredError} if the viewer's window is closed, and that of a selected session is open
 */
export async function protectConfirmedSessions(
  context: RuleContext,
  viewer: SessionViewer,
  selected: SessionSelection,
): Promise<void> {
  if (isSteppedUp(context, viewer)) return;
  const { em, now, config } = context;
  const confirmed = await em
    .getKysely<Tables>()
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', viewer.accountId)
    .where('auth_version', '=', viewer.authVersion)
    .where('id', '!=', viewer.sessionId)
    .where('stepped_up_at', '>=', new Date(now.getTime() - config.stepUpMs))
    .where(selected)
    .limit(1)
    .executeTakeFirst();
  if (confirmed) throw new StepUpRequiredError();
}
