import type { Outcome, SecurityEventType } from '../generated/graphql.js';
import { useProfileMessages } from './messages.js';

interface RefusedBadgeProps {
  readonly type: SecurityEventType;
  readonly outcome: Outcome;
}

/** Marks an event that failed, unless its name says so already, e.g. "Failed sign-in". */
export function RefusedBadge({ type, outcome }: RefusedBadgeProps) {
  const { events } = useProfileMessages();
  if (outcome !== 'REFUSED' || type.endsWith('_FAILED')) return null;
  return <span className="badge danger">{events.refused}</span>;
}
