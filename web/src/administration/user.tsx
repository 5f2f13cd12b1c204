import { useQuery } from 'urql';
import { Link } from 'wouter';
import { Loaded } from '../elements/loaded.js';
import { Notice } from '../elements/notice.js';
import { Section } from '../elements/section.js';
import { Table } from '../elements/table.js';
import { useKeyColumns } from '../keys/columns.js';
import { useFormats, useMessages } from '../language/language.js';
import { Summary } from '../logs/summary.js';
import { Page } from '../shell/shell.js';
import { UserAccessTokens } from './user-access-tokens.js';
import { UserActions } from './user-actions.js';
import { AccountDetails } from './account-details.js';
import { UserEvents } from './user-events.js';
import { UserDetails, type ViewedUser } from './user-query.js';
import { UserSessions } from './user-sessions.js';
import { StatusBadge } from './status-badge.js';
import { useAdministrationMessages } from './messages.js';

const context = { additionalTypenames: ['User', 'Session', 'TwoFactor', 'AccessToken', 'ApiToken', 'CallKey'] };

/** An account and the actions on it. */
export function User({ id }: { readonly id: string }) {
  const { user: messages, title } = useAdministrationMessages();
  const [result, reexecuteQuery] = useQuery({ query: UserDetails, variables: { id }, context });
  const user = result.data?.user;
  return (
    <Page title={user?.username ?? title} back={<Link href="/administration">← {messages.back}</Link>}>
      <Loaded result={result} onRetry={() => reexecuteQuery({ requestPolicy: 'network-only' })}>
        {(data) => {
          if (data.user) return <Sections user={data.user} />;
          return result.error ? null : <Notice tone="warning">{messages.unknown}</Notice>;
        }}
      </Loaded>
    </Page>
  );
}

function Sections({ user }: { readonly user: ViewedUser }) {
  const { user: messages } = useAdministrationMessages();
  const { roles } = useMessages();
  return (
    <div className="sections">
      <Section
        id="account"
        level={2}
        title={messages.account}
        headerExtra={
          <>
            <StatusBadge status={user.status} />
            <span className="badge info">{roles[user.role]}</span>
          </>
        }
      >
        <AccountDetails user={user} />
        <UserActions user={user} />
      </Section>
      {user.role !== 'SERVICE' && <UserSessions user={user} />}
      {user.role !== 'SERVICE' && <UserAccessTokens accessTokens={user.accessTokens} />}
      <Usage user={user} />
      <UserEvents id={user.id} />
    </div>
  );
}

function Usage({ user: { id, callKeys, usageSummary } }: { readonly user: ViewedUser }) {
  const { user: messages } = useAdministrationMessages();
  const { lists } = useMessages();
  const { number } = useFormats();
  const columns = useKeyColumns();
  return (
    <>
      <Section id="keys" level={2} title={messages.keys}>
        {callKeys && callKeys.edges.length > 0 ? (
          <>
            <Table label={messages.keysTable} columns={columns} rows={callKeys.edges.map(({ node }) => node)} />
            <footer className="list-foot">
              <p className="hint">{lists.total(number(callKeys.totalCount))}</p>
            </footer>
          </>
        ) : (
          <p className="hint">{messages.noKeys}</p>
        )}
      </Section>
      {usageSummary && (
        <Section
          id="usage"
          level={2}
          title={messages.usage}
          headerExtra={<Link href={`/logs?scope=all&user=${encodeURIComponent(id)}`}>{messages.logs}</Link>}
        >
          <Summary summary={usageSummary} />
        </Section>
      )}
    </>
  );
}
