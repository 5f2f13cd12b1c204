import { Route, Switch } from 'wouter';
import { NotFound } from '../shell/not-found.js';
import { AllEvents } from './all-events.js';
import { Users } from './users.js';
import { User } from './user.js';

/** The views for administrators. */
export function Administration() {
  return (
    <Switch>
      <Route path="/administration" component={Users} />
      <Route path="/administration/events" component={AllEvents} />
      <Route path="/administration/users/:id">{({ id }) => <User key={id} id={id} />}</Route>
      <Route component={NotFound} />
    </Switch>
  );
}
