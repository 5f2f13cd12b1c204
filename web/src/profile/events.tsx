import { useQuery } from 'urql';
import { graphql } from '../api/graphql.js';
import { Loaded } from '../elements/loaded.js';
import { Timestamp } from '../elements/timestamp.js';
import { Pager, usePages } from '../elements/pages.js';
import { Section } from '../elements/section.js';
import { ExportMenu } from '../export/export-menu.js';
import type { MyEventsQuery } from '../generated/graphql.js';
import { useFormats, useMessages } from '../language/language.js';
import { useViewer } from '../session/viewer.js';
import { useProfileMessages } from './messages.js';
import { RefusedBadge } from './refused-badge.js';

const MyEvents = graphql(`
  query MyEvents($first: Int, $after: String, $last: Int, $before: String) {
    me {
      id
      securityEvents(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { id at type outcome reason ip device actor { id username role } accessToken { id name } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

type ProfileEvent = NonNullable<NonNullable<MyEventsQuery['me']>['securityEvents']>['edges'][number]['node'];

/** Events per page. */
const PAGE_SIZE = 8;

const context = { additionalTypenames: ['SecurityEvent'] };

/** The security events of the account, newest first. */
export function Events() {
  const { events } = useProfileMessages();
  const pages = usePages(PAGE_SIZE);
  const [result, reexecuteQuery] = useQuery({ query: MyEvents, variables: pages.arguments, context });
  return (
    <Section id="events" title={events.title} explanation={events.explanation} headerExtra={<ExportMenu of="events" />}>
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {({ me }) => (
          <>
            {me?.securityEvents?.edges.length === 0 && <p className="empty">{events.none}</p>}
            <ul className="rows">
              {me?.securityEvents?.edges.map(({ node }) => (
                <Event key={node.id} event={node} />
              ))}
            </ul>
            {me?.securityEvents && <Pager pages={pages} pageInfo={me.securityEvents.pageInfo} label={events.title} />}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Event({
  event: { at, type, outcome, reason, ip, device, actor, accessToken },
}: {
  readonly event: ProfileEvent;
}) {
  const { events } = useProfileMessages();
  const { punctuation } = useMessages();
  const formats = useFormats();
  const { id } = useViewer();
  const isByOtherUser = actor !== null && actor.id !== id;
  return (
    <li>
      <span className="row-main">
        <strong>
          {events.types[type]} <RefusedBadge type={type} outcome={outcome} />
        </strong>
        <small>
          {formats.device(device)}
          {ip && ` · ${ip}`}
          {isByOtherUser && ` · ${events.byUser(actor.username)}`}
          {accessToken && ` · ${events.byAccessToken(accessToken.name)}`}
          {reason && ` · ${punctuation.labeled(events.reason, reason)}`}
        </small>
      </span>
      <small className="when">
        <Timestamp at={at} />
      </small>
    </li>
  );
}
