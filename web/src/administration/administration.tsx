import { Route, Switch } from 'wouter';
import { useViewer } from '../session/viewer.js';
import { NotFound } from '../shell/not-found.js';
import { Webhook } from '../webhooks/webhook.js';
import { Webhooks } from '../webhooks/webhooks.js';
import { AllEvents } from './all-events.js';
import { Users } from './users.js';
import { User } from './user.js';

/** The views for administrators. Only ROOT manages webhooks. */
export function Administration() {
  const isRoot = useViewer().role === 'ROOT';
  return (
    <Switch>
      <Route path="/administration" component={Users} />
      <Route path="/administration/events" component={AllEvents} />
      <Route path="/administration/users/:id">{({ id }) => <User key={id} id={id} />}</Route>
      {isRoot && <Route path="/administration/webhooks" component={Webhooks} />}
      {isRoot && <Route path="/administration/webhooks/:id">{({ id }) => <Webhook key={id} id={id} />}</Route>}
      <Route component={NotFound} />
    </Switch>
  );
}
