import { Link, useLocation } from 'wouter';
import { useViewer } from '../session/viewer.js';
import { useWebhookMessages } from '../webhooks/messages.js';
import { useAdministrationMessages } from './messages.js';

/** The tabs of Administration. Only ROOT sees webhooks. */
export function Tabs() {
  const { title, table, events } = useAdministrationMessages();
  const { title: webhooks } = useWebhookMessages();
  const { role } = useViewer();
  const [location] = useLocation();
  const getCurrent = (path: string) => (location === path ? 'page' : undefined);
  return (
    <nav className="tabs" aria-label={title}>
      <Link href="/administration" aria-current={getCurrent('/administration')}>
        {table}
      </Link>
      <Link href="/administration/events" aria-current={getCurrent('/administration/events')}>
        {events.title}
      </Link>
      {role === 'ROOT' && (
        <Link href="/administration/webhooks" aria-current={getCurrent('/administration/webhooks')}>
          {webhooks}
        </Link>
      )}
    </nav>
  );
}
