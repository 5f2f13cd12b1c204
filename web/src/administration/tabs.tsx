import { Link } from 'wouter';
import { useAdministrationMessages } from './messages.js';

/** The tabs of Administration. */
export function Tabs() {
  const { title, table, events } = useAdministrationMessages();
  return (
    <nav className="tabs" aria-label={title}>
      <Link href="/administration" className={(isActive) => (isActive ? 'active' : '')}>
        {table}
      </Link>
      <Link href="/administration/events" className={(isActive) => (isActive ? 'active' : '')}>
        {events.title}
      </Link>
    </nav>
  );
}
