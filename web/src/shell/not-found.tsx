import { Link } from 'wouter';
import { useMessages } from '../language/language.js';
import { Page } from './shell.js';

/** Shown at a path that doesn't exist, or that the user may not see. */
export function NotFound() {
  const { states } = useMessages();
  return (
    <Page title={states.notFound}>
      <p>
        <Link href="/profile">{states.goToProfile}</Link>
      </p>
    </Page>
  );
}
