import { Link } from 'wouter';
import { Moment } from '../elements/moment.js';
import type { Column } from '../elements/table.js';
import type { EverybodysEventsQuery } from '../generated/graphql.js';
import { useProfileWords } from '../profile/words.js';
import { useAdministrationWords } from './words.js';

type EventOfAll = NonNullable<EverybodysEventsQuery['securityEvents']>['edges'][number]['node'];

/** The columns of a table of everybody's events. */
export function useEventColumns(): Column<EventOfAll>[] {
  const { events: words } = useAdministrationWords();
  const { events } = useProfileWords();
  return [
    { name: 'at', title: words.at, cell: ({ at }) => <Moment at={at} as="moment" /> },
    {
      name: 'type',
      title: words.type,
      cell: ({ type, detail, reason }) => (
        <span className="row-main">
          <strong>
            {events.types[type] ?? type} {detail && <code>{detail}</code>}
          </strong>
          {reason && (
            <small>
              {events.reason}: {reason}
            </small>
          )}
        </span>
      ),
    },
    {
      name: 'outcome',
      title: words.outcome,
      cell: ({ outcome }) => (
        <span className={`badge ${outcome === 'REFUSED' ? 'danger' : 'good'}`}>{words.outcomes[outcome]}</span>
      ),
    },
    { name: 'user', title: words.user, cell: ({ user }) => <Who who={user} /> },
    { name: 'actor', title: words.actor, cell: ({ actor }) => <Who who={actor} /> },
    {
      name: 'from',
      title: words.origin,
      cell: ({ ip, device, requestId }) => (
        <span className="row-main" title={requestId}>
          <span>{ip ?? '–'}</span>
          <small>{device ?? events.unknownDevice}</small>
        </span>
      ),
    },
  ];
}

function Who({ who }: { readonly who: { readonly id: string; readonly username: string } | null }) {
  return who ? (
    <Link href={`/administration/people/${who.id}`}>
      <bdi>{who.username}</bdi>
    </Link>
  ) : (
    <>–</>
  );
}
