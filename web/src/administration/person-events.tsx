import { useQuery } from 'urql';
import { Link } from 'wouter';
import { Loaded } from '../elements/loaded.js';
import { Moment } from '../elements/moment.js';
import { Pager, usePages } from '../elements/pages.js';
import { Section } from '../elements/section.js';
import type { EventsOfPersonQuery } from '../generated/graphql.js';
import { useProfileWords } from '../profile/words.js';
import { EventsOfPerson } from './person-query.js';
import { useAdministrationWords } from './words.js';

/** Events of a page. */
const PAGE_SIZE = 10;

const context = { additionalTypenames: ['SecurityEvent'] };

type EventOfPerson = NonNullable<NonNullable<EventsOfPersonQuery['user']>['securityEvents']>['edges'][number]['node'];

/** What happened to somebody's account, the newest first. */
export function PersonEvents({ id }: { readonly id: string }) {
  const { person: words, events: all } = useAdministrationWords();
  const pages = usePages(PAGE_SIZE);
  const [result, read] = useQuery({ query: EventsOfPerson, variables: { id, ...pages.arguments }, context });
  return (
    <Section
      id="events"
      level={2}
      title={words.events}
      beside={<Link href={`/administration/events?user=${encodeURIComponent(id)}`}>{all.all}</Link>}
    >
      <Loaded result={result} onRetry={() => read({ requestPolicy: 'network-only' })}>
        {({ user }) =>
          user?.securityEvents && (
            <>
              {user.securityEvents.edges.length === 0 && <p className="hint">{words.noEvents}</p>}
              <ul className="rows">
                {user.securityEvents.edges.map(({ node }) => (
                  <Event key={node.id} event={node} userId={id} />
                ))}
              </ul>
              <Pager pages={pages} pageInfo={user.securityEvents.pageInfo} label={words.events} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Event({
  event: { at, type, outcome, reason, detail, ip, device, actor },
  userId,
}: {
  readonly event: EventOfPerson;
  readonly userId: string;
}) {
  const { events } = useProfileWords();
  const isOthers = actor !== null && actor.id !== userId;
  return (
    <li>
      <span className="row-main">
        <strong>
          {events.types[type] ?? type} {detail && <code>{detail}</code>}{' '}
          {outcome === 'REFUSED' && <span className="badge danger">{events.refused}</span>}
        </strong>
        <small>
          {[
            device ?? events.unknownDevice,
            ip,
            isOthers ? events.by(actor.username) : null,
            reason && `${events.reason}: ${reason}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <small className="when">
        <Moment at={at} />
      </small>
    </li>
  );
}
