import { Link } from 'wouter';
import { useWords } from '../language/language.js';
import { Page } from './shell.js';

/** At an address that leads nowhere. */
export function UnknownPage() {
  const { states } = useWords();
  return (
    <Page title={states.unknownPage}>
      <p>
        <Link href="/profile">{states.toProfile}</Link>
      </p>
    </Page>
  );
}
