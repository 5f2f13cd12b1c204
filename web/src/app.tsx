import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { useSession } from './session/viewer.js';
import { useLinkCount } from './sign-in/link-token.js';
import { SignIn } from './sign-in/sign-in.js';

const SignedIn = lazy(() => import('./shell/signed-in.js'));
const SignUp = lazy(() => import('./sign-in/sign-up.js'));
const SetUp = lazy(() => import('./sign-in/set-up.js'));
const Recovery = lazy(() => import('./sign-in/recovery.js'));
const ResetPassword = lazy(() => import('./sign-in/reset-password.js'));
const RevertEmailChange = lazy(() => import('./sign-in/revert-email-change.js'));

/** The routes of the web app. Links from emails work whether or not the user is signed in. */
export function App() {
  const linkCount = useLinkCount();
  return (
    <Switch key={linkCount}>
      <Route path="/setup" component={SetUp} />
      <Route path="/reset-password" component={ResetPassword} />
      <Route path="/revert-email-change" component={RevertEmailChange} />
      <Route>
        <SessionRoutes />
      </Route>
    </Switch>
  );
}

function SessionRoutes() {
  const { viewer } = useSession();
  return viewer ? <SignedIn /> : <SignedOut />;
}

function SignedOut() {
  return (
    <Switch>
      <Route path="/sign-up" component={SignUp} />
      <Route path="/recover" component={Recovery} />
      {/* At every other path, so that a user stays there after signing in. */}
      <Route component={SignIn} />
    </Switch>
  );
}
