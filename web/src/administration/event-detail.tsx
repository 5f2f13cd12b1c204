import type { Role } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';

/**
 * The detail of a security event. Roles, statuses and other codes are translated; the hint of a key is shown unchanged.
 */
export function EventDetail({ detail }: { readonly detail: string | null }) {
  const { roles } = useMessages();
  const { events } = useProfileMessages();
  if (!detail) return null;
  const name = detail in roles ? roles[detail as Role] : events.details[detail];
  return name ? <span className="badge">{name}</span> : <code>{detail}</code>;
}
