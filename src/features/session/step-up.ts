import type { RuleContext } from '../../rules/context.js';
import type { Viewer } from '../../rules/viewer.js';

/** Whether the session has proven lately who is behind it, with every factor that is on. */
export const isSteppedUp = ({ config, now }: Pick<RuleContext, 'config' | 'now'>, viewer: Viewer): boolean =>
  now.getTime() - viewer.steppedUpAt.getTime() <= config.stepUpMs;
