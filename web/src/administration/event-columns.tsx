import { Link } from 'wouter';
import { Timestamp } from '../elements/timestamp.js';
import type { Column } from '../elements/table.js';
import type { AllSecurityEventsQuery } from '../generated/graphql.js';
import { useFormats, useMessages } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';
import { EventDetail } from './event-detail.js';
import { useAdministrationMessages } from './messages.js';

type SecurityEvent = NonNullable<AllSecurityEventsQuery['securityEvents']>['edges'][number]['node'];

/** The columns of the list of security events. */
export function useEventColumns(): Column<SecurityEvent>[] {
  const { events: messages } = useAdministrationMessages();
  const { events } = useProfileMessages();
  const { punctuation } = useMessages();
  const formats = useFormats();
  return [
    { name: 'at', title: messages.at, cell: ({ at }) => <Timestamp at={at} as="dateTime" /> },
    {
      name: 'type',
      title: messages.type,
      cell: ({ type, detail, reason }) => (
        <span className="row-main">
          <strong>
            {events.types[type]} <EventDetail detail={detail} />
          </strong>
          {reason && <small>{punctuation.labeled(events.reason, reason)}</small>}
        </span>
      ),
    },
    {
      name: 'outcome',
      title: messages.outcome,
      cell: ({ outcome }) => (
        <span className={`badge ${outcome === 'REFUSED' ? 'danger' : 'good'}`}>{messages.outcomes[outcome]}</span>
      ),
    },
    { name: 'user', title: messages.user, cell: ({ user }) => <UserLink user={user} /> },
    {
      name: 'actor',
      title: messages.actor,
      cell: ({ actor, accessToken }) => (
        <span className="row-main">
          <UserLink user={actor} />
          {accessToken && <small>{events.byAccessToken(accessToken.name)}</small>}
        </span>
      ),
    },
    {
      name: 'device',
      title: messages.device,
      cell: ({ ip, device, requestId }) => (
        <span className="row-main" title={requestId}>
          <span>{formats.device(device)}</span>
          <small>{ip}</small>
        </span>
      ),
    },
  ];
}

function UserLink({ user }: { readonly user: { readonly id: string; readonly username: string } | null }) {
  return user ? (
    <Link href={`/administration/users/${user.id}`}>
      <bdi>{user.username}</bdi>
    </Link>
  ) : (
    <>–</>
  );
}
