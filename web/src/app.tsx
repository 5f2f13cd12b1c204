import { lazy, useEffect, useState } from 'react';
import { Route, Switch } from 'wouter';
import { useSession } from './session/viewer.js';
import { useLinkCount } from './sign-in/link-token.js';
import { getReturnDestination, noteSignedOut } from './sign-in/return-destination.js';
import { SignIn } from './sign-in/sign-in.js';

const SignedIn = lazy(() => import('./shell/signed-in.js'));
const ReturnToService = lazy(() => import('./sign-in/return-to-service.js'));
const SignUp = lazy(() => import('./sign-in/sign-up.js'));
const SetUp = lazy(() => import('./sign-in/set-up.js'));
const Recovery = lazy(() => import('./sign-in/recovery.js'));
const ResetPassword = lazy(() => import('./sign-in/reset-password.js'));
const SignedOutNotFound = lazy(() => import('./shell/not-found.js'));
const AccountClosure = lazy(() => import('./account-closure/account-closure.js'));
const RevertEmailChange = lazy(() => import('./sign-in/revert-email-change.js'));

/** Where a signed-out user signs in: the sign-in view, and every view that requires it. */
const signInPaths = ['/', '/sign-in', '/profile', '/keys', '/logs', '/administration', '/administration/*'];

/** The routes of the web app. Links from emails work whether or not the user is signed in. */
export function App() {
  const linkCount = useLinkCount();
  return (
    <Switch key={linkCount}>
      <Route path="/setup" component={SetUp} />
      <Route path="/reset-password" component={ResetPassword} />
      <Route path="/revert-email-change" component={RevertEmailChange} />
      <Route path="/restore-account" component={AccountClosure} />
      <Route path="/account-deleted" component={AccountClosure} />
      <Route>
        <SessionRoutes />
      </Route>
    </Switch>
  );
}

function SessionRoutes() {
  const { viewer } = useSession();
  const [destination, setDestination] = useState(getReturnDestination);
  if (!viewer) return <SignedOut />;
  if (destination) return <ReturnToService destination={destination} onStay={() => setDestination(null)} />;
  return <SignedIn />;
}

function SignedOut() {
  useEffect(noteSignedOut, []);
  return (
    <Switch>
      <Route path="/sign-up" component={SignUp} />
      <Route path="/recover" component={Recovery} />
      {/* At the path of every view, so that a user stays there after signing in. */}
      {signInPaths.map((path) => (
        <Route key={path} path={path} component={SignIn} />
      ))}
      <Route component={SignedOutNotFound} />
    </Switch>
  );
}
