import { Redirect, Route, Switch } from 'wouter';
import { Administration } from '../administration/administration.js';
import { Keys } from '../keys/keys.js';
import { Logs } from '../logs/logs.js';
import { Profile } from '../profile/profile.js';
import { useViewer } from '../session/viewer.js';
import { Shell } from './shell.js';
import { UnknownPage } from './unknown-page.js';
import { viewsFor } from './views.js';

/** Addresses for who has not signed in; who has goes on to Profile. */
const fronts = ['/', '/sign-in', '/sign-up', '/recover'];

/** Every view of who is signed in. */
export default function SignedIn() {
  const { role } = useViewer();
  const isAdministrator = viewsFor(role).some(({ name }) => name === 'administration');
  return (
    <Shell>
      <Switch>
        <Route path="/profile" component={Profile} />
        <Route path="/keys" component={Keys} />
        <Route path="/logs" component={Logs} />
        {isAdministrator && <Route path="/administration/*?" component={Administration} />}
        {fronts.map((path) => (
          <Route key={path} path={path}>
            <Redirect to="/profile" replace />
          </Route>
        ))}
        <Route component={UnknownPage} />
      </Switch>
    </Shell>
  );
}
