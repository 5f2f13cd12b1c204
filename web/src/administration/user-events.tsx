import { useQuery } from 'urql';
import { Link } from 'wouter';
import { Loaded } from '../elements/loaded.js';
import { Timestamp } from '../elements/timestamp.js';
import { Pager, usePages } from '../elements/pages.js';
import { Section } from '../elements/section.js';
import type { EventsOfUserQuery } from '../generated/graphql.js';
import { useFormats, useMessages } from '../language/language.js';
import { useProfileMessages } from '../profile/messages.js';
import { RefusedBadge } from '../profile/refused-badge.js';
import { EventDetail } from './event-detail.js';
import { EventsOfUser } from './user-query.js';
import { useAdministrationMessages } from './messages.js';

/** Events per page. */
const PAGE_SIZE = 10;

const context = { additionalTypenames: ['SecurityEvent'] };

type UserEvent = NonNullable<NonNullable<EventsOfUserQuery['user']>['securityEvents']>['edges'][number]['node'];

/** The security events of an account, newest first. */
export function UserEvents({ id }: { readonly id: string }) {
  const { user: messages, events: all } = useAdministrationMessages();
  const pages = usePages(PAGE_SIZE);
  const [result, reexecuteQuery] = useQuery({ query: EventsOfUser, variables: { id, ...pages.arguments }, context });
  return (
    <Section
      id="events"
      level={2}
      title={messages.events}
      headerExtra={<Link href={`/administration/events?user=${encodeURIComponent(id)}`}>{all.all}</Link>}
    >
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ user }) =>
          user?.securityEvents && (
            <>
              {user.securityEvents.edges.length === 0 && <p className="hint">{messages.noEvents}</p>}
              <ul className="rows">
                {user.securityEvents.edges.map(({ node }) => (
                  <Event key={node.id} event={node} userId={id} />
                ))}
              </ul>
              <Pager pages={pages} pageInfo={user.securityEvents.pageInfo} label={messages.events} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Event({
  event: { at, type, outcome, reason, detail, ip, device, actor, accessToken },
  userId,
}: {
  readonly event: UserEvent;
  readonly userId: string;
}) {
  const { events } = useProfileMessages();
  const { punctuation } = useMessages();
  const formats = useFormats();
  const isByOtherUser = actor !== null && actor.id !== userId;
  return (
    <li>
      <span className="row-main">
        <strong>
          {events.types[type]} <EventDetail detail={detail} /> <RefusedBadge type={type} outcome={outcome} />
        </strong>
        <small>
          {[
            formats.device(device),
            ip,
            isByOtherUser ? events.byUser(actor.username) : null,
            accessToken && events.byAccessToken(accessToken.name),
            reason && punctuation.labeled(events.reason, reason),
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <small className="when">
        <Timestamp at={at} />
      </small>
    </li>
  );
}
