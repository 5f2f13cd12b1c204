import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { Loading } from '../elements/loading.js';
import { Profile } from '../profile/profile.js';
import { Shell } from './shell.js';
import { UnknownPage } from './unknown-page.js';

const Keys = lazy(() => import('../keys/keys.js'));
const Logs = lazy(() => import('../logs/logs.js'));

/** Addresses for who has not signed in; who has goes on to Profile. */
const fronts = ['/', '/sign-in', '/sign-up', '/recover'];

/** Every view of who is signed in. */
export default function SignedIn() {
  return (
    <Shell>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/profile" component={Profile} />
          <Route path="/keys" component={Keys} />
          <Route path="/logs" component={Logs} />
          {fronts.map((path) => <Route key={path} path={path}><Redirect to="/profile" replace /></Route>)}
          <Route component={UnknownPage} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
