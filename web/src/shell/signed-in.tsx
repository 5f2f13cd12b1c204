import { Redirect, Route, Switch } from 'wouter';
import { Administration } from '../administration/administration.js';
import { Keys } from '../keys/keys.js';
import { Logs } from '../logs/logs.js';
import { Profile } from '../profile/profile.js';
import { usePasskeySignals } from '../session/passkey-signals.js';
import { StepUpProvider } from '../session/step-up-provider.js';
import { useViewer } from '../session/viewer.js';
import { Shell } from './shell.js';
import { NotFound } from './not-found.js';
import { getViews } from './views.js';

/** Paths of the signed-out views; a signed-in user is redirected to Profile. */
const signedOutPaths = ['/', '/sign-in', '/sign-up', '/recover'];

/** The views of a signed-in user. */
export default function SignedIn() {
  const { role } = useViewer();
  usePasskeySignals();
  const isAdministrator = getViews(role).some(({ name }) => name === 'administration');
  return (
    <StepUpProvider>
      <Shell>
        <Switch>
          <Route path="/profile" component={Profile} />
          <Route path="/keys" component={Keys} />
          <Route path="/logs" component={Logs} />
          {isAdministrator && <Route path="/administration/*?" component={Administration} />}
          {signedOutPaths.map((path) => (
            <Route key={path} path={path}>
              <Redirect to="/profile" replace />
            </Route>
          ))}
          <Route component={NotFound} />
        </Switch>
      </Shell>
    </StepUpProvider>
  );
}
