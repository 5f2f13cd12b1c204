import type { SessionViewer } from '../../rules/viewer.js';
import { CLOSED } from './session-lifetime.js';

/**
 * When the user last signed in or confirmed their identity in a session. If its step-up window was closed since, that
 * is the sign-in: earlier than the last confirmation, never later.
 */
export const authenticatedAt = ({
  steppedUpAt,
  signedInAt,
}: Pick<SessionViewer, 'steppedUpAt' | 'signedInAt'>): Date =>
  steppedUpAt.getTime() <= CLOSED.getTime() ? signedInAt : steppedUpAt;
