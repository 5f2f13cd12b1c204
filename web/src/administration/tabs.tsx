import { Link } from 'wouter';
import { useAdministrationWords } from './words.js';

/** The tabs of Administration. */
export function Tabs() {
  const { title, table, events } = useAdministrationWords();
  return (
    <nav className="tabs" aria-label={title}>
      <Link href="/administration" className={(isHere) => (isHere ? 'active' : '')}>
        {table}
      </Link>
      <Link href="/administration/events" className={(isHere) => (isHere ? 'active' : '')}>
        {events.title}
      </Link>
    </nav>
  );
}
