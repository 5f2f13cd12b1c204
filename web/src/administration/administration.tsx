import { Route, Switch } from 'wouter';
import { UnknownPage } from '../shell/unknown-page.js';
import { AllEvents } from './all-events.js';
import { People } from './people.js';
import { Person } from './person.js';

/** What administrators do for people. */
export function Administration() {
  return (
    <Switch>
      <Route path="/administration" component={People} />
      <Route path="/administration/events" component={AllEvents} />
      <Route path="/administration/people/:id">{({ id }) => <Person key={id} id={id} />}</Route>
      <Route component={UnknownPage} />
    </Switch>
  );
}
