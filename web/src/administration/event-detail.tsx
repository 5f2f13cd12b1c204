import type { Role } from '../generated/graphql.js';
import { useMessages } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';

/** The detail of a security event: a role, a status and the like by name, the hint of a key as it is. */
export function EventDetail({ detail }: { readonly detail: string | null }) {
  const { roles } = useMessages();
  const { events } = useProfileMessages();
  if (!detail) return null;
  const name = detail in roles ? roles[detail as Role] : events.details[detail];
  return name ? <span className="badge">{name}</span> : <code>{detail}</code>;
}
