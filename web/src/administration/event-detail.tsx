import { Link } from 'wouter';
import type { Role } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';
import { useViewer } from '../session/viewer.js';
import { pathOf } from '../webhooks/webhook-documents.js';

/** The detail of a usage warning: the hint of the key with a percentage, and the quota. */
const QUOTA_WARNING = /^(.+ \d+%) (TOTAL|DAY|WEEK|MONTH)$/;

/**
 * The detail of a security event. Roles, statuses and other codes are translated; the hint of a key is shown unchanged,
 * and for ROOT the ID of a webhook leads to it.
 */
export function EventDetail({ detail }: { readonly detail: string | null }) {
  const { roles } = useMessages();
  const { role } = useViewer();
  const { events } = useProfileMessages();
  if (!detail) return null;
  const name = detail in roles ? roles[detail as Role] : events.details[detail];
  if (name) return <span className="badge">{name}</span>;
  const [, amount, quota] = QUOTA_WARNING.exec(detail) ?? [];
  if (quota)
    return (
      <>
        <code>{amount}</code> {events.details[quota]}
      </>
    );
  const code = <code>{detail}</code>;
  return role === 'ROOT' && detail.startsWith('webhook_') ? <Link href={pathOf(detail)}>{code}</Link> : code;
}
