import { Link } from 'wouter';
import { useMessages } from '../language/language.js';
import { AuthLayout } from '../sign-in/auth-layout.js';
import { ClosedGate } from './brand.js';

/** Shown to a signed-in user at a path that doesn't exist, or that the user may not see. */
export function NotFound() {
  const { states } = useMessages();
  return (
    <div className="page not-found">
      <title>{`${states.notFound} – Postern`}</title>
      <ClosedGate />
      <h1>{states.notFound}</h1>
      <p>{states.notFoundReason}</p>
      <Link href="/profile" className="button main">
        {states.goToProfile}
      </Link>
    </div>
  );
}

/** Shown to a signed-out visitor at a path that doesn't exist. */
export default function SignedOutNotFound() {
  const { states, signIn } = useMessages();
  return (
    <AuthLayout title={states.notFound} explanation={states.notFoundReason}>
      <div className="form-buttons">
        <Link href="/sign-in" className="button main">
          {signIn.title}
        </Link>
      </div>
    </AuthLayout>
  );
}
