import type { Role } from '../generated/graphql.js';
import { useWords } from '../language/language.js';
import { useProfileWords } from '../profile/words.js';

/** The detail of a security event: a role, a status and the like by name, the hint of a key as it is. */
export function EventDetail({ detail }: { readonly detail: string | null }) {
  const { roles } = useWords();
  const { events } = useProfileWords();
  if (!detail) return null;
  const name = detail in roles ? roles[detail as Role] : events.details[detail];
  return name ? <span className="badge">{name}</span> : <code>{detail}</code>;
}
